// Money in a record: what the case knows is tapped, anything else typed, and below stands what will be saved, in words.
import "./sums.css";
import { Icon } from "../../../shared/parts/icon";
import { LIMITS } from "../../../shared/server/generated";
import { money } from "../../../shared/words/format";
import { isChinese } from "../../../shared/words/say";
import { readSum } from "../../domain/amount/read";
import { type AmountRow, emptyAmount, type Meaning, type Source, type Sums } from "../../domain/visit/record";
import { type KnownSum, toggledKnown } from "../../domain/visit/sums";
import { say } from "../../words/record";
import { AmountField } from "./amount-field";
import { InWords } from "./in-words";
import { Moved } from "./moved";
import { Proofs } from "./proofs";

interface SumsProps {
  sums: Sums;
  change: (sums: Sums) => void;
  known: Record<Meaning, KnownSum[]>;
  byPhone: boolean; // nobody was met
}

export function SumsCard({ sums, change, known, byPhone }: SumsProps) {
  const room = LIMITS.amounts - sums.kept.length - sums.lost.length;
  return (
    <section class="sums" aria-label={say("money")}>
      {(["kept", "lost"] as const).map((meaning) => (
        <OfOneMeaning
          key={meaning}
          meaning={meaning}
          label={say(byPhone && meaning === "kept" ? "kept.by_phone" : meaning)}
          rows={sums[meaning]}
          known={known[meaning]}
          change={(rows) => change({ ...sums, [meaning]: rows })}
          room={room > 0}
        />
      ))}
      <InWords sums={sums} />
    </section>
  );
}

interface MeaningProps {
  meaning: Meaning;
  label: string;
  rows: readonly AmountRow[];
  known: readonly KnownSum[];
  change: (rows: AmountRow[]) => void;
  room: boolean;
}

const emptyRow = (): AmountRow => emptyAmount(isChinese() ? "wan" : "yuan");

function OfOneMeaning({ meaning, label, rows, known, change, room }: MeaningProps) {
  const chips = offered(rows, known);
  // Where the case knows nothing there is a field at once.
  const shown = rows.length === 0 && chips.length === 0 ? [emptyRow()] : rows;
  const open = shown.some((row) => !row.known && row.text.trim() === "");
  const put = (place: number, row: AmountRow): void => change(shown.map((old, at) => (at === place ? row : old)));
  return (
    <div class="sums__part" role="group" aria-label={label}>
      <div class="sums__head">
        <p class="label">{label}</p>
        <div class="chips">
          {chips.map((sum) => (
            <KnownChip
              key={sum.from}
              sum={sum}
              on={rows.some((row) => row.known === sum.from)}
              toggle={() => change(toggledKnown(rows, sum))}
            />
          ))}
          {!open && room && (
            <button class="chip known known--other" type="button" onClick={() => change([...shown, emptyRow()])}>
              {say(rows.length > 0 || meaning === "lost" ? "add" : "other")}
            </button>
          )}
        </div>
      </div>
      {shown.map((row, place) => (
        <Row
          key={row.known ?? place}
          meaning={meaning}
          row={row}
          change={(next) => put(place, next)}
          remove={rows.length > 0 ? () => change(rows.filter((_, at) => at !== place)) : null}
        />
      ))}
    </div>
  );
}

/** The sums to tap: those of the case, and those that were tapped before the case said otherwise. */
function offered(rows: readonly AmountRow[], known: readonly KnownSum[]): KnownSum[] {
  const tapped = rows.flatMap((row) =>
    row.known ? [{ from: row.known, yuan: readSum(row.text, row.unit) ?? 0 }] : [],
  );
  const isTapped = (from: Source): boolean => tapped.some((sum) => sum.from === from);
  return [...known.filter(({ from }) => !isTapped(from)), ...tapped].sort((a, b) => (a.from < b.from ? 1 : -1));
}

function KnownChip({ sum, on, toggle }: { sum: KnownSum; on: boolean; toggle: () => void }) {
  return (
    <button class="chip known" type="button" aria-pressed={on} onClick={toggle}>
      <b>
        {on && <Icon name="check" />}
        {money(sum.yuan)}
      </b>
      <small>{say(`known.${sum.from}`)}</small>
    </button>
  );
}

interface RowProps {
  meaning: Meaning;
  row: AmountRow;
  change: (row: AmountRow) => void;
  remove: (() => void) | null;
}

function Row({ meaning, row, change, remove }: RowProps) {
  const entered = row.text.trim() !== "";
  return (
    <div class="sums__row">
      {!row.known && <AmountField meaning={meaning} row={row} change={change} remove={remove} />}
      {entered && <Proofs row={row} change={change} />}
      {meaning === "lost" && (entered || row.at || row.to) && <Moved row={row} change={change} />}
    </div>
  );
}
