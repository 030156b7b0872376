// Money that moved and money that is about to: the second in amber, in red where the risk is high.
import { moneyParts } from "../../../shared/words/format";
import type { Assignment } from "../../domain/work/work";
import { say } from "../../words/alarm";

/** Nothing where nobody knows a sum. */
export function Money({ about }: { about: Assignment["case"] }) {
  const sent = Number(about.already_transferred);
  const risk = Number(about.amount_at_risk);
  if (sent <= 0 && risk <= 0) return null;
  return (
    <dl class="money">
      {sent > 0 && (
        <div>
          <dt>{say("sent")}</dt>
          <Sum yuan={sent} />
        </div>
      )}
      {risk > 0 && (
        <div class={`money__risk money__risk--${about.risk}`}>
          <dt>{say("at_risk")}</dt>
          <Sum yuan={risk} />
        </div>
      )}
    </dl>
  );
}

function Sum({ yuan }: { yuan: number }) {
  const { figure, unit } = moneyParts(yuan);
  return (
    <dd>
      {figure}
      {unit && <small>{`\u00a0${unit}`}</small>}
    </dd>
  );
}
