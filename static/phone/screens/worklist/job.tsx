// One assignment in the worklist: the card of now with its big clock, and the plain row.
import { useRef } from "preact/hooks";
import { Dial, Fuse, pressure } from "../../../shared/parts/clocks";
import { RiskMark, StatusMark } from "../../../shared/parts/state-marks";
import { moment, money } from "../../../shared/words/format";
import { minute, now } from "../../data/disk/store";
import { village } from "../../domain/work/place";
import type { View } from "../../domain/work/view";
import { wayTo } from "../../parts/work/compass";
import { Name } from "../../parts/work/name";
import { useReceipt } from "../../parts/work/receipt";
import { cardOf } from "../../parts/work/step";
import { leftForBy, TimeLeft, timeLeft } from "../../parts/work/time-left";
import { scamName } from "../../words/alarm";
import { say } from "../../words/work";

const HOUR_MS = 3600_000; // below it a countdown shows its seconds

interface JobProps {
  view: View;
  open?: boolean; // it stands beside the list
}

/** The most urgent one: what is left to answer, arrive or record stands largest. */
export function JobNow({ view, open = false }: JobProps) {
  const card = useRef<HTMLAnchorElement>(null);
  useReceipt(view, card);
  const { case: about, resident } = view.assignment;
  return (
    <a class={`job job--now job--${about.risk}`} href={cardOf(view)} aria-current={open || undefined} ref={card}>
      <div class="job__in">
        <p class="job__who">
          <RiskMark risk={about.risk} />
          <span>
            <Name of={resident.short_name} />
          </span>
        </p>
        <Whereabouts view={view} />
        <p class="job__where job__stakes">
          <span>{scamName(about.scam_type, about.scam_name)}</span>
          <Stake view={view} />
        </p>
      </div>
      <BigClock view={view} />
      {view.due && <Fuse due={view.due} now={now.value} />}
    </a>
  );
}

/** Where it is, and how far the officer is with it. */
function Whereabouts({ view }: { view: View }) {
  const { place } = view.assignment;
  return (
    <div class="job__row">
      <p class="job__where">
        <Name of={village(place)} />
        {wayTo(place)}
      </p>
      <p class="job__st">
        <StatusMark status={view.status} />
      </p>
    </div>
  );
}

/** The money that is about to go, or has gone. */
function Stake({ view }: { view: View }) {
  const { amount_at_risk, already_transferred, risk } = view.assignment.case;
  const about = risk === "high" ? "is-high" : "warn";
  if (Number(amount_at_risk) > 0) return <b class={about}>{say("about_to", { money: money(amount_at_risk) })}</b>;
  if (Number(already_transferred) > 0) return <b>{say("already", { money: money(already_transferred) })}</b>;
  return null;
}

function BigClock({ view }: { view: View }) {
  const due = view.due;
  if (!due) return null;
  return (
    <p class={`bigclk bigclk--${pressure(due, now.value)}`}>
      <b>{timeLeft(due, now.value)}</b> <span>{leftForBy(due, now.value)}</span>
    </p>
  );
}

export function JobRow({ view, open = false }: JobProps) {
  const row = useRef<HTMLAnchorElement>(null);
  useReceipt(view, row);
  const { case: about, resident, part } = view.assignment;
  return (
    <a class="job" href={cardOf(view)} aria-current={open || undefined} ref={row}>
      <div class="job__in">
        <div class="job__row">
          <p class="job__who">
            <RiskMark risk={about.risk} />
            <span>
              <Name of={resident.short_name} />
            </span>
            {part !== "lead" && <span class="tag">{say(part)}</span>}
          </p>
          <p class="job__clk">
            <RowClock view={view} />
          </p>
        </div>
        <Whereabouts view={view} />
      </div>
      {view.due && pressure(view.due, minute.value) !== "ok" && <Fuse due={view.due} now={minute.value} />}
    </a>
  );
}

/** What is left within the hour or the last quarter; before that until when. */
function RowClock({ view }: { view: View }) {
  const due = view.due;
  if (!due) return null;
  // A clock that shows minutes is drawn once a minute: fifty rows a second would be felt.
  const at = due.by - minute.value > HOUR_MS ? minute.value : now.value;
  if (due.by - at < HOUR_MS || pressure(due, at) !== "ok") return <TimeLeft due={due} at={at} brief />;
  return <Dial>{say("by", { t: moment(due.by, at) })}</Dial>;
}
