// What was ended today, folded under the work; one's own records can be put right from here.
import { Icon } from "../../../shared/parts/icon";
import { DoneMark } from "../../../shared/parts/state-marks";
import { fact } from "../../../shared/words/facts";
import { timeOfDay } from "../../../shared/words/format";
import { called } from "../../data/work/readings";
import type { Done } from "../../domain/work/done";
import { Name } from "../../parts/work/name";
import { resultWord, say } from "../../words/work";

export function DoneList({ rows, open }: { rows: readonly Done[]; open: boolean }) {
  if (rows.length === 0) return null;
  return (
    <details class="donelist" open={open}>
      <summary class="group">
        <h2>{say("group.done")}</h2>
        <span class="n">{rows.length}</span>
        <Icon name="down" size="s" />
      </summary>
      <ul class="card card--none">
        {rows.map((row) => (
          <DoneRow key={row.assignment} row={row} />
        ))}
      </ul>
    </details>
  );
}

function DoneRow({ row }: { row: Done }) {
  const word = row.status === "cleared" && row.disposition ? resultWord(row.disposition) : fact(`status.${row.status}`);
  return (
    <li class={row.mine ? "line line--mine" : "line"}>
      <div class="grow">
        <p>
          <b>
            <Name of={row.label} />
          </b>{" "}
          {row.scam}
        </p>
        <p class="hint">
          {timeOfDay(row.at)}
          {row.waiting && ` · ${say("done.waiting")}`}
        </p>
      </div>
      {row.status === "cleared" ? <DoneMark>{word}</DoneMark> : <span class="st st--out">{word}</span>}
      {row.mine && (
        <a
          class="btn btn--icon"
          href={`/app/done/${row.assignment}/correct`}
          aria-label={`${say("done.correct")} ${called(row.label)}`}
        >
          <Icon name="pen" />
        </a>
      )}
    </li>
  );
}
