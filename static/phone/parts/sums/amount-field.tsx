// One sum as it is typed, its unit, and how it is read; what can be read in two ways is asked back.
import { useId } from "preact/hooks";
import { Icon } from "../../../shared/parts/icon";
import type { AmountKind } from "../../../shared/server/generated";
import { inFull, money } from "../../../shared/words/format";
import { isChinese } from "../../../shared/words/say";
import { type Doubt, readAmount } from "../../domain/amount/read";
import { type Unit, written } from "../../domain/amount/write";
import type { AmountRow, Meaning } from "../../domain/visit/record";
import { say } from "../../words/record";

interface Measure {
  code: "wan" | "yuan" | "g" | "other";
  kind: AmountKind;
  unit: Unit;
}
const MEASURES: readonly Measure[] = [
  { code: "wan", kind: "money", unit: "wan" },
  { code: "yuan", kind: "money", unit: "yuan" },
  { code: "g", kind: "gold", unit: "g" },
  { code: "other", kind: "other", unit: "yuan" },
];

interface RowProps {
  row: AmountRow;
  change: (row: AmountRow) => void;
}

interface AmountFieldProps extends RowProps {
  meaning: Meaning;
  remove: (() => void) | null;
}

export function AmountField({ meaning, row, change, remove }: AmountFieldProps) {
  const id = useId();
  const reading = readAmount(row.text, row.unit);
  return (
    <>
      <div class="inrow">
        <input
          aria-label={say(`${meaning}.amount`)}
          aria-describedby={reading ? id : undefined}
          enterkeyhint="next"
          autoComplete="off"
          inputMode="decimal"
          value={row.text}
          onInput={(event) => change({ ...row, text: event.currentTarget.value })}
        />
        <UnitPick row={row} change={change} />
        {remove && (
          <button class="btn btn--icon" type="button" aria-label={say("remove")} onClick={remove}>
            <Icon name="close" />
          </button>
        )}
      </div>
      <div class="sums__read" id={id} aria-live="polite">
        {reading && "sum" in reading && <p class="hint">{inFigures(reading.sum, row)}</p>}
        {reading && "doubt" in reading && <Asked doubt={reading.doubt} row={row} change={change} />}
      </div>
    </>
  );
}

function UnitPick({ row, change }: RowProps) {
  const offered = MEASURES.filter(({ unit }) => unit !== "wan" || isChinese() || row.unit === "wan");
  const on = MEASURES.find(({ kind, unit }) => kind === row.kind && unit === row.unit)?.code ?? "yuan";
  const pick = (code: string): void => {
    const measure = MEASURES.find((known) => known.code === code);
    if (measure) change({ ...row, kind: measure.kind, unit: measure.unit });
  };
  return (
    <select class="unitpick" aria-label={say("unit")} value={on} onChange={(event) => pick(event.currentTarget.value)}>
      {offered.map(({ code }) => (
        <option key={code} value={code}>
          {say(`unit.${code}`)}
        </option>
      ))}
    </select>
  );
}

/** The sum both ways, so that a nought too many is seen: in ten thousands and in full. */
function inFigures(sum: number, row: AmountRow): string {
  if (row.kind === "gold") return say("equals", { t: say("grams", { n: sum }) });
  const plain = inFull(sum);
  const spoken = money(sum);
  const both = isChinese() && spoken !== plain && sum % 1000 === 0;
  return say("equals", { t: both ? say("both", { a: spoken, b: plain }) : plain });
}

/** What is not clear, and the sums that it may be: one tap settles it. */
function Asked({ doubt, row, change }: RowProps & { doubt: Doubt }) {
  const settle = (sum: number): void =>
    change({ ...row, ...(row.unit === "g" ? written(sum, false) : written(sum, isChinese())) });
  return (
    <>
      <p class="ask">{say(`doubt.${doubt.why}`, { what: doubt.what })}</p>
      {doubt.offers.length > 0 && (
        <div class="chips">
          {doubt.offers.map((sum) => (
            <button key={sum} class="chip" type="button" onClick={() => settle(sum)}>
              {row.unit === "g" ? say("grams", { n: sum }) : money(sum)}
            </button>
          ))}
        </div>
      )}
      <p class="hint">{say("doubt.left")}</p>
    </>
  );
}
