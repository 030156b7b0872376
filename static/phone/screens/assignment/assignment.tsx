// One assignment: where, how dangerous, what money, why, whom to ring, and one big next step.
import { useEffect, useRef, useState } from "preact/hooks";
import "../../parts/work/work.css";
import "./assignment.css";
import { Fuse } from "../../../shared/parts/clocks";
import { Icon } from "../../../shared/parts/icon";
import { RiskMark } from "../../../shared/parts/state-marks";
import { drafts, entries, now, online, views, work } from "../../data/disk/store";
import { called } from "../../data/work/readings";
import { nextStep, type View } from "../../domain/work/view";
import { Go, Note, Screen } from "../../parts/frame/frame";
import { ClockVoice } from "../../parts/work/clock-voice";
import { Money } from "../../parts/work/money";
import { Name } from "../../parts/work/name";
import { useReceipt } from "../../parts/work/receipt";
import { cardOf, STEP_ICONS, stepHref, useStep } from "../../parts/work/step";
import { TimeLeft } from "../../parts/work/time-left";
import { word } from "../../words/app";
import { say } from "../../words/assignment";
import { say as sayWork } from "../../words/work";
import { MoreSheet } from "./more-sheet";
import { Call, Helpers } from "./people";
import { Steps } from "./steps";
import { Where } from "./where";
import { Before, Resident, Why } from "./why";

export function Assignment({ id = "" }: { id?: string }) {
  const view = views.value.find((one) => one.assignment.id === id);
  return view ? <Card key={id} view={view} /> : <Gone id={id} />;
}

interface Said {
  words: string;
  tone: "ok" | "warn";
}

function Card({ view }: { view: View }) {
  const [more, setMore] = useState(false);
  const [said, setSaid] = useState<Said | null>(null);
  const take = useStep();
  useReceipt(view, null);
  useFreshSaid(view.status, () => setSaid(null));
  const { case: about, part, place, resident } = view.assignment;
  return (
    <Screen
      title={<Name of={resident.short_name} />}
      name={called(resident.short_name)}
      back="/"
      head={
        <>
          <RiskMark risk={about.risk} />
          <button class="btn btn--icon" type="button" aria-label={say("more")} onClick={() => setMore(true)}>
            <Icon name="dots" />
          </button>
        </>
      }
      dock={<NextDock view={view} said={said} onTake={() => take(view)} />}
    >
      <Steps view={view} />
      <Clock view={view} />
      {place.safety_note && <Note icon="alert">{place.safety_note}</Note>}
      {part !== "lead" && <Note tone="calm">{say(part)}</Note>}
      <div class="cols">
        <Where view={view} />
        <Money about={about} />
        <Call view={view} />
        <Why view={view} />
        <Helpers view={view} />
        <Resident view={view} />
        <Before view={view} />
      </div>
      {more && (
        <MoreSheet view={view} onClose={() => setMore(false)} onSaid={(words, tone) => setSaid({ words, tone })} />
      )}
    </Screen>
  );
}

/** What was said stands until the next step. */
function useFreshSaid(status: string, forget: () => void): void {
  const before = useRef(status);
  useEffect(() => {
    if (before.current !== status) forget();
    before.current = status;
  }, [status, forget]);
}

function Clock({ view }: { view: View }) {
  const due = view.due;
  if (!due) return null;
  return (
    <div class="dueline">
      <p class="row row--wrap">
        <TimeLeft due={due} at={now.value} />
        {view.pending > 0 && !online.value && <span class="tag end">{word("saved.offline")}</span>}
      </p>
      <Fuse due={due} now={now.value} />
      <ClockVoice left={due.by - now.value} />
    </div>
  );
}

interface NextDockProps {
  view: View;
  said: Said | null; // above the next step, where it moves nothing
  onTake: () => void;
}

function NextDock({ view, said, onTake }: NextDockProps) {
  const step = nextStep(view);
  const href = stepHref(view);
  return (
    <>
      {said && (
        <div role="status">
          <Note tone={said.tone} icon={said.tone === "ok" ? "check" : "alert"}>
            {said.words}
          </Note>
        </div>
      )}
      <div class="pair">
        <a class="btn pair__side" href={cardOf(view, "script")} aria-label={say("script.open")}>
          <Icon name="speech" />
          {say("script")}
        </a>
        <Go key={step} icon={STEP_ICONS[step]} {...(href === null ? { onClick: onTake } : { href })}>
          {word(`next.${step}`)}
        </Go>
      </div>
    </>
  );
}

/** An assignment that is not (or no longer) this officer's: what became of it, and the way back. */
function Gone({ id }: { id: string }) {
  const kept = drafts.value.some((draft) => draft.assignment === id && draft.touched);
  return (
    <Screen
      title={say("gone")}
      back="/"
      dock={
        <Go calm icon="list" href="/">
          {sayWork("missing.back")}
        </Go>
      }
    >
      <p role="status">{work.value === null ? sayWork("never.do") : say(`gone.${fate(id)}`)}</p>
      {kept && (
        <Note icon="disk">
          {say("gone.kept")} <a href="/app/outbox">{say("gone.outbox")}</a>
        </Note>
      )}
    </Screen>
  );
}

/** By this phone's own acts first, then by what the server says of today. */
function fate(id: string): "recalled" | "lapsed" | "declined" | "cleared" | "unknown" {
  const own = entries.value.filter((entry) => entry.assignment === id && entry.receipt?.verdict !== "refused");
  if (own.some((entry) => entry.kind === "visit")) return "cleared";
  if (own.some((entry) => entry.kind === "decline")) return "declined";
  const ended = work.value?.done_today.find((row) => row.id === id)?.status;
  if (ended === "recalled" || ended === "lapsed" || ended === "declined" || ended === "cleared") return ended;
  return "unknown";
}
