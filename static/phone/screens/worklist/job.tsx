// One assignment in the worklist: the card of now with its big clock, and the plain row.
import { useRef } from "preact/hooks";
import { ClockMark, Dial, Fuse } from "../../../shared/parts/clocks";
import { RiskMark, StatusMark } from "../../../shared/parts/marks";
import { t } from "../../../shared/words/core";
import { countdown, dayOf, moment, money, timeOfDay } from "../../../shared/words/format";
import { minute, now } from "../../data/disk/store";
import type { View } from "../../domain/work/view";
import { village } from "../../domain/work/way";
import { whereLine } from "../../parts/work/compass";
import { useReceipt } from "../../parts/work/receipt";
import { cardOf } from "../../parts/work/step";
import { scamName } from "../../words/alarm";
import { say } from "../../words/work";

const DAY_MS = 24 * 3600_000;
const SECONDS_BELOW = 3600_000; // the same hour below which a countdown shows its seconds

/** The most urgent one: what is left to answer, arrive or record stands largest. */
export function JobNow({ view }: { view: View }) {
  const card = useRef<HTMLAnchorElement>(null);
  useReceipt(view, card);
  const { case: about, resident } = view.assignment;
  return (
    <a class={`job job--now job--${about.risk}`} href={cardOf(view)} ref={card}>
      <div class="job__in">
        <p class="job__who">
          <RiskMark risk={about.risk} />
          <span class="nb">{resident.short_name}</span>
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
      <p class="job__where">{whereLine(village(place), place)}</p>
      <p class="job__st">
        <StatusMark status={view.status} />
      </p>
    </div>
  );
}

/** The money that is about to go, or has gone. */
function Stake({ view }: { view: View }) {
  const { amount_at_risk, already_transferred } = view.assignment.case;
  if (Number(amount_at_risk) > 0) return <b class="hi">{say("about_to", { money: money(amount_at_risk) })}</b>;
  if (Number(already_transferred) > 0) return <b>{say("already", { money: money(already_transferred) })}</b>;
  return null;
}

function BigClock({ view }: { view: View }) {
  const due = view.due;
  if (!due) return null;
  const left = due.by - now.value;
  const time = moment(due.by, now.value);
  return (
    <p class={left < 0 ? "bigclk bigclk--over" : "bigclk"}>
      <b>{left < 0 ? `+${countdown(left)}` : countdown(left)}</b>
      <span>
        {left < 0 ? say("big.over", { t: time, what: say(`due.${due.what}`) }) : say(`big.${due.what}`, { t: time })}
      </span>
    </p>
  );
}

export function JobRow({ view }: { view: View }) {
  const row = useRef<HTMLAnchorElement>(null);
  useReceipt(view, row);
  const { case: about, resident, part } = view.assignment;
  return (
    <a class="job" href={cardOf(view)} ref={row}>
      <div class="job__in">
        <div class="job__row">
          <p class="job__who">
            <RiskMark risk={about.risk} />
            <span class="nb">{resident.short_name}</span>
            {part !== "lead" && <span class="tag">{say(part)}</span>}
          </p>
          <p class="job__clk">
            <RowClock view={view} />
          </p>
        </div>
        <Whereabouts view={view} />
      </div>
    </a>
  );
}

/** Minutes today; the day where it is another one. */
function RowClock({ view }: { view: View }) {
  const due = view.due;
  if (!due) return null;
  // A clock that shows minutes is drawn once a minute: fifty rows a second would be felt.
  const at = due.by - minute.value > SECONDS_BELOW ? minute.value : now.value;
  if (due.by < at || dayOf(due.by) === dayOf(at)) return <ClockMark due={due} now={at} />;
  if (dayOf(due.by) === dayOf(at + DAY_MS)) return <Dial>{`${t("tomorrow")} ${timeOfDay(due.by)}`}</Dial>;
  return <Dial>{moment(due.by, at)}</Dial>;
}
