// The officer card: who stands at the door, a code that the resident can check, what police never ask.
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import "./card.css";
import { FuseBar } from "../../../shared/parts/clocks";
import { Icon } from "../../../shared/parts/icon";
import { roleName } from "../../../shared/words/roles";
import { language } from "../../../shared/words/say";
import { now, offset, offsetKnown } from "../../data/disk/store";
import { card, cardState, type OfficerCard, readCard } from "../../data/session/card";
import { FAR_OFF_MS } from "../../data/work/clock";
import { scriptFor, scripts } from "../../data/work/scripts";
import { useAwake } from "../../parts/frame/awake";
import { Go, Note, Screen } from "../../parts/frame/frame";
import { Rose } from "./rose";
import { codeOf, fromBase32, stepAt } from "./totp";
import { sayCard as say } from "./words";

export function Card() {
  const [big, setBig] = useState(false);
  const { route } = useLocation();
  useAwake();
  useEffect(() => {
    void readCard();
  }, []);
  const held = card.value;
  const done = (): void => (history.length > 1 ? history.back() : route("/"));
  const toggle = (
    <button class="btn btn--icon" type="button" aria-label={say("big")} aria-pressed={big} onClick={() => setBig(!big)}>
      <Icon name="big" />
    </button>
  );
  return (
    <Screen
      title={say("title")}
      back={done}
      head={toggle}
      dock={
        <Go icon="check" onClick={done}>
          {say("done")}
        </Go>
      }
    >
      <div class={big ? "paper paper--big" : "paper"}>
        <ClockNote />
        {held ? <Paper held={held} /> : <Lacking />}
        <Never />
        <ShowLink />
        <p class="hint">{say("bright")}</p>
      </div>
    </Screen>
  );
}

function Lacking() {
  const state = cardState.value;
  if (state === "none" || state === "missing") return <Note icon="card">{say(state)}</Note>;
  return <p class="muted">{say("reading")}</p>;
}

/** The code follows the server's clock: where that was never heard of, the officer knows before the resident does. */
function ClockNote() {
  if (!offsetKnown.value && offset.value === 0) return <Note icon="clock">{say("clock")}</Note>;
  if (Math.abs(offset.value) > FAR_OFF_MS) {
    return (
      <Note tone="calm" icon="clock">
        {say("clock.far")}
      </Note>
    );
  }
  return null;
}

function Paper({ held }: { held: OfficerCard }) {
  return (
    <section class="idcard" aria-label={say("card")}>
      <div class="idcard__head">
        <Icon name="shield" />
        <div>
          <h2 class="idcard__name">{held.name}</h2>
          <p>
            {held.unit ? `${held.unit} · ` : ""}
            {roleName(held.role)}
            <br />
            {say("number", { n: held.number })}
          </p>
        </div>
      </div>
      {globalThis.crypto?.subtle ? <Code held={held} /> : <Note icon="alert">{say("insecure")}</Note>}
      <div class="idcard__how">
        <b>{say("how")}</b>
        {say("how.a")}
        <b>{held.hotline}</b>
        {say("how.b")}
        <p class="idcard__web">{say("how.web", { url: `${location.host}/verify` })}</p>
      </div>
    </section>
  );
}

function Code({ held }: { held: OfficerCard }) {
  const [digits, setDigits] = useState("");
  const { counter, leftMs } = stepAt(now.value, held.period_s);
  useEffect(() => {
    let over = false;
    void codeOf(fromBase32(held.secret), counter, held.digits).then((code) => {
      if (!over) setDigits(code);
    });
    return () => {
      over = true;
    };
  }, [held.secret, held.digits, counter]);
  const half = Math.ceil(digits.length / 2);
  const left = Math.max(1, Math.ceil(leftMs / 1000));
  return (
    <div class="idcard__code">
      <Rose />
      <p class="idcard__label" aria-hidden="true">
        {say("code")}
      </p>
      <p class="vh">{say("digits", { d: [...digits].join(" ") })}</p>
      <p class="code" aria-hidden="true">
        <span>{digits.slice(0, half)}</span>
        <span>{digits.slice(half)}</span>
      </p>
      <FuseBar part={leftMs / (held.period_s * 1000)} />
      <p class="hint2">{say("next", { n: left })}</p>
    </div>
  );
}

function Never() {
  return (
    <section class="idcard idcard--never">
      <h2>{say("never")}</h2>
      <ul class="never">
        {(["never.money", "never.secret", "never.family"] as const).map((word) => (
          <li key={word}>
            <Icon name="close" />
            {say(word)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Pictures that fit any case; a visit's own are in its script. */
function ShowLink() {
  void scripts.value;
  const script = scriptFor("other", "resident", language.value);
  if (!script || script.show.length === 0) return null;
  return (
    <a class="btn btn--wide" href={`/app/show/${script.sha256}`}>
      <Icon name="big" />
      {say("show")}
    </a>
  );
}
