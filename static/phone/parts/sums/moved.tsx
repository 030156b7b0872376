// When a sum went, and to whom: folded away until somebody knows.
import { LIMITS } from "../../../shared/server/generated";
import { dayOf } from "../../../shared/words/format";
import { now } from "../../data/disk/store";
import type { AmountRow } from "../../domain/visit/record";
import { isMoment } from "../../domain/visit/sums";
import { say } from "../../words/record";
import { TooLong } from "../form/counted";

interface MovedProps {
  row: AmountRow;
  change: (row: AmountRow) => void;
}

export function Moved({ row, change }: MovedProps) {
  return (
    <details class="moved" open={Boolean(row.at || row.to)}>
      <summary class="fold">{say("moved")}</summary>
      <div class="twofold">
        <label class="field">
          <span class="hint">{say("when")}</span>
          <input
            class="line-in"
            type="datetime-local"
            max={`${dayOf(now.value)}T23:59`}
            value={row.at}
            onInput={(event) => change({ ...row, at: event.currentTarget.value })}
          />
        </label>
        <label class="field">
          <span class="hint">{say("to")}</span>
          <input
            class="line-in"
            autoComplete="off"
            placeholder={say("to.hint")}
            value={row.to}
            onInput={(event) => change({ ...row, to: event.currentTarget.value })}
          />
        </label>
      </div>
      {row.at !== "" && !isMoment(row.at) && (
        <p class="ask" role="status">
          {say("when.odd")}
        </p>
      )}
      <TooLong text={row.to} most={LIMITS.amount_to} />
    </details>
  );
}
