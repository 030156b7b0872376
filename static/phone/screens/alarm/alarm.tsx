// The alarm: over everything, ringing until somebody answers; who, how far, what money, and one big answer.
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import "../../parts/work/work.css";
import "./alarm.css";
import { Fuse } from "../../../shared/parts/clocks";
import { Icon } from "../../../shared/parts/icon";
import { useOnce } from "../../../shared/parts/once";
import { RiskMark } from "../../../shared/parts/state-marks";
import { asAct, asScreen } from "../../../shared/parts/taps";
import { moment, span } from "../../../shared/words/format";
import { shakes, startRinging, stopRinging, voice } from "../../data/device/ring";
import { minute, now, ticking, views } from "../../data/disk/store";
import { ringing, type View } from "../../domain/work/view";
import { Stuck } from "../../parts/frame/frame";
import { buzz } from "../../parts/frame/haptics";
import { useTitle } from "../../parts/frame/title";
import { Told } from "../../parts/frame/told";
import { ClockVoice } from "../../parts/work/clock-voice";
import { Compass } from "../../parts/work/compass";
import { Reasons } from "../../parts/work/decline";
import { Money } from "../../parts/work/money";
import { Ground, Name } from "../../parts/work/name";
import { useReceipt } from "../../parts/work/receipt";
import { useStep } from "../../parts/work/step";
import { timeLeft } from "../../parts/work/time-left";
import { say, scamName, scamSentence } from "../../words/alarm";
import { word } from "../../words/app";

/** One alarm at a time: a second one waits until the first is answered, so that nothing changes under a finger. */
export function Alarm({ view: first }: { view: View }) {
  const held = useRef(first.assignment.id);
  const still = views.value.filter((one) => one.assignment.id === held.current);
  const view = ringing(still, now.value) ?? first;
  held.current = view.assignment.id;
  const others = views.value.filter((one) => one !== view && ringing([one], now.value) !== null).length;
  return <Ringing key={view.assignment.id} view={view} others={others} />;
}

function useRing(): number {
  const [since] = useState(() => Date.now());
  useEffect(() => {
    startRinging();
    document.body.classList.add("is-alarm");
    return () => {
      stopRinging();
      document.body.classList.remove("is-alarm");
    };
  }, []);
  return since;
}

function Ringing({ view, others }: { view: View; others: number }) {
  const since = useRing();
  const who = useRef<HTMLHeadingElement>(null);
  const story = useRef<HTMLParagraphElement>(null);
  const [asking, setAsking] = useState(false);
  useReceipt(view, null); // it takes the whole screen
  useTitle(say("title"));
  useEffect(() => {
    who.current?.focus({ preventScroll: true });
  }, []);
  const { case: about, place, resident } = view.assignment;
  return (
    <main class={asking ? "app alarm alarm--asking" : "app alarm"} aria-labelledby="who" ref={asScreen}>
      <Waves />
      <div class="alarm__top">
        <RiskMark risk={about.risk} words={say("risk")} />
        <Bell since={since} />
      </div>
      <Countdown view={view} others={others} />
      <section class="alarm__card">
        <div class="alarm__who">
          <div class="grow">
            <h1 id="who" ref={who} tabIndex={-1}>
              <Name of={resident.short_name} />
            </h1>
            <p>
              <Ground place={place} />
            </p>
          </div>
          <Compass place={place} />
        </div>
        <Money about={about} />
        <p class="alarm__say" ref={story}>
          <b>{scamName(about.scam_type, about.scam_name)}</b>
          {scamSentence(about.scam_type) && say("colon") + scamSentence(about.scam_type)}
        </p>
      </section>
      <Answer view={view} who={who} story={story} asking={asking} setAsking={setAsking} />
    </main>
  );
}

function Waves() {
  return (
    <svg class="alarm__waves" viewBox="0 0 360 420" preserveAspectRatio="xMidYMin slice" aria-hidden="true">
      <g class="wave">
        {Array.from({ length: 12 }, (_, place) => (
          <circle key={place} cx="318" cy="52" r={40 + 34 * place} />
        ))}
      </g>
    </svg>
  );
}

/** Whether it rings, and where it can't: what the officer can do, or that they must look. */
function Bell({ since }: { since: number }) {
  const heard = voice.value === "on" || voice.value === "trying";
  return (
    <span class={heard ? "alarm__bell" : "alarm__bell alarm__bell--mute"}>
      <span class={heard ? "ringing" : undefined}>
        <Icon name={heard ? "bell" : "sound"} />
      </span>
      {heard ? say("ringing", { t: span(Math.max(0, ticking.value - since)) }) : say(unheard())}
    </span>
  );
}

function unheard(): "silent" | "shaking" | "mute" {
  if (voice.value === "blocked") return "silent";
  return shakes.value ? "shaking" : "mute";
}

function Countdown({ view, others }: { view: View; others: number }) {
  const due = view.due;
  if (!due) return null;
  const left = due.by - now.value;
  const [before, after] = say("by", { t: "\n" }).split("\n");
  return (
    <div class="alarm__clock">
      <p class="alarm__by">
        <span>
          {before}
          <b>{moment(due.by, minute.value)}</b>
          {after}
        </span>
        {others > 0 && <span class="alarm__others">{say("others", { n: others })}</span>}
      </p>
      <p class="alarm__left" role="timer">
        {timeLeft(due, now.value)}
      </p>
      <ClockVoice left={left} />
      <Fuse due={due} now={now.value} />
      <p class="alarm__then">{say(left < 0 ? "over" : "then")}</p>
    </div>
  );
}

/** Whether `what` reaches below the top of `over`, which stands on it: there is more to scroll to. */
function useHidden(what: RefObject<Element | null>, over: RefObject<Element | null>): boolean {
  const [hidden, setHidden] = useState(false);
  const look = (): void => {
    if (!what.current || !over.current) return;
    setHidden(what.current.getBoundingClientRect().bottom > over.current.getBoundingClientRect().top + 2);
  };
  useLayoutEffect(look); // everything above it may have grown
  useOnce(() => {
    const sizes = new ResizeObserver(look); // larger print is no event of its own
    if (over.current) sizes.observe(over.current);
    addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      removeEventListener("scroll", look);
    };
  });
  return hidden;
}

interface AnswerProps {
  view: View;
  who: RefObject<Element | null>;
  story: RefObject<Element | null>;
  asking: boolean; // why not
  setAsking: (asking: boolean) => void;
}

function Answer({ view, who, story, asking, setAsking }: AnswerProps) {
  const acts = useRef<HTMLDivElement>(null);
  const hidden = useHidden(story, acts);
  const unseen = useHidden(who, acts);
  const take = useStep();
  return (
    <div class={asking ? "alarm__acts alarm__acts--asking" : "alarm__acts"} ref={acts}>
      {hidden && !asking && (
        <button class="alarm__below" type="button" onClick={() => story.current?.scrollIntoView({ block: "center" })}>
          <Icon name="down" />
          {say("below")}
        </button>
      )}
      <Stuck />
      <Told />
      {asking ? (
        <WhyNot view={view} named={unseen} onBack={() => setAsking(false)} />
      ) : (
        <>
          <button class="btn btn--answer" type="button" onClick={() => take(view)} ref={asAct}>
            <Icon name="check" />
            {word("next.acknowledge")}
          </button>
          <button class="btn btn--decline" type="button" onClick={() => setAsking(true)} ref={asAct}>
            {say("decline")}
          </button>
        </>
      )}
    </div>
  );
}

interface WhyNotProps {
  view: View;
  named: boolean; // it hides the alarm: who it is about and the time left are said in it
  onBack: () => void;
}

function WhyNot({ view, named, onBack }: WhyNotProps) {
  useOnce(() => scrollTo(0, 0)); // who and how long stand at the top
  return (
    <section class="alarm__why" aria-labelledby="why" ref={asAct}>
      <div class="alarm__head">
        {named && (
          <p class="alarm__still">
            <b>
              <Name of={view.assignment.resident.short_name} />
            </b>
            {view.due && <b>{timeLeft(view.due, now.value)}</b>}
          </p>
        )}
        <h2 id="why">
          {say("why")} <small>{say("why.one")}</small>
        </h2>
      </div>
      <Reasons view={view} onDone={onBack} onFault={buzz} />
      <button class="btn btn--decline" type="button" onClick={onBack}>
        {say("why.back")}
      </button>
    </section>
  );
}
