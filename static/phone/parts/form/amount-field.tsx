// Sums in a record: typed as people say them, with their unit, how well they are proven, and for lost ones when and to whom.
import { useId } from "preact/hooks";
import { GradeMark } from "../../../shared/parts/marks";
import { type AmountKind, LIMITS } from "../../../shared/server/generated";
import { LETTERS } from "../../../shared/server/schemas";
import { t } from "../../../shared/words/core";
import { money } from "../../../shared/words/format";
import { isChinese } from "../../../shared/words/say";
import { readSum, type Unit } from "../../domain/visit/amount";
import { type AmountRow, emptyAmount, PROOFS } from "../../domain/visit/visit-form";
import { say } from "../../words/record";
import { Field } from "./pick";

interface Measure {
  code: string;
  kind: AmountKind;
  unit: Unit;
}
const MEASURES: readonly Measure[] = [
  { code: "wan", kind: "money", unit: "wan" },
  { code: "yuan", kind: "money", unit: "yuan" },
  { code: "g", kind: "gold", unit: "g" },
  { code: "other", kind: "other", unit: "yuan" },
];

const moneyUnit = (): "wan" | "yuan" => (isChinese() ? "wan" : "yuan");

interface AmountsProps {
  meaning: "kept" | "lost";
  rows: readonly AmountRow[];
  change: (rows: AmountRow[]) => void;
}

/** All sums of one meaning; there is always a field to type the next one into. */
export function Amounts({ meaning, rows, change }: AmountsProps) {
  const shown = rows.length > 0 ? rows : [emptyAmount(moneyUnit())];
  const put = (place: number, row: AmountRow): void => change(shown.map((old, at) => (at === place ? row : old)));
  return (
    <Field legend={say(meaning)}>
      {shown.map((row, place) => (
        <AmountField
          key={place}
          meaning={meaning}
          row={row}
          change={(next) => put(place, next)}
          add={
            place === shown.length - 1 && row.text.trim() ? () => change([...shown, emptyAmount(moneyUnit())]) : null
          }
          remove={shown.length > 1 ? () => change(shown.filter((_, at) => at !== place)) : null}
        />
      ))}
    </Field>
  );
}

interface AmountFieldProps {
  meaning: "kept" | "lost";
  row: AmountRow;
  change: (row: AmountRow) => void;
  add: (() => void) | null;
  remove: (() => void) | null;
}

function AmountField({ meaning, row, change, add, remove }: AmountFieldProps) {
  const id = useId();
  const typed = row.text.trim() !== "";
  return (
    <div class="sum">
      <div class="inrow">
        <input
          aria-label={say(`${meaning}.amount`)}
          aria-describedby={typed ? id : undefined}
          inputMode="decimal"
          enterkeyhint="next"
          autoComplete="off"
          value={row.text}
          onInput={(event) => change(inFittingUnit({ ...row, text: event.currentTarget.value }))}
        />
        <UnitPick row={row} change={change} />
      </div>
      {typed && (
        <p class="hint" id={id} aria-live="polite">
          {inWords(row)}
        </p>
      )}
      {typed && <Proofs row={row} change={change} />}
      {typed && meaning === "lost" && <WhenAndWhom row={row} change={change} />}
      {(add ?? remove) && (
        <div class="row row--wrap">
          {add && (
            <button class="btn btn--plain" type="button" onClick={add}>
              {say("add")}
            </button>
          )}
          {remove && (
            <button class="btn btn--plain" type="button" onClick={remove}>
              {say("remove")}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

const MOST_WAN = 10_000; // a hundred million yuan at one door: whoever types 200000 means yuan

function inFittingUnit(row: AmountRow): AmountRow {
  const inYuan = row.unit === "wan" && (readSum(row.text, "yuan") ?? 0) >= MOST_WAN;
  return inYuan ? { ...row, unit: "yuan" } : row;
}

interface RowProps {
  row: AmountRow;
  change: (row: AmountRow) => void;
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
          {say(`unit.${code as "wan" | "yuan" | "g" | "other"}`)}
        </option>
      ))}
    </select>
  );
}

/** The sum both ways, so that a nought too many is seen: in ten thousands and in full. */
function inWords(row: AmountRow): string {
  const sum = readSum(row.text, row.unit);
  if (sum === null) return say("unreadable");
  const grouped = sum.toLocaleString("en-US", { maximumFractionDigits: 3 });
  if (row.unit === "g") return say("equals", { t: say("grams", { n: grouped }) });
  const plain = t("unit.yuan", { n: grouped });
  const spoken = money(sum);
  const exact = !isChinese() || spoken === plain || sum % 1000 !== 0 || row.unit === "wan";
  return say("equals", { t: exact ? plain : say("both", { a: spoken, b: plain }) });
}

function Proofs({ row, change }: RowProps) {
  return (
    <>
      <div class="seg seg--grade" role="group" aria-label={say("proof")}>
        {PROOFS.map((proof, place) => (
          <button
            key={proof}
            class="chip"
            type="button"
            aria-pressed={row.proof === proof}
            onClick={() => change({ ...row, proof: row.proof === proof ? null : proof })}
          >
            <GradeMark letter={LETTERS[place] ?? "D"} />
            <small>{say(`proof.${proof}`)}</small>
          </button>
        ))}
      </div>
      {row.proof === null && <p class="hint">{say("proof.none")}</p>}
    </>
  );
}

function WhenAndWhom({ row, change }: RowProps) {
  return (
    <div class="twofold">
      <label class="field">
        <span class="hint">{say("when")}</span>
        <input
          class="line-in"
          type="datetime-local"
          value={row.at}
          onInput={(event) => change({ ...row, at: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        <span class="hint">{say("to")}</span>
        <input
          class="line-in"
          maxLength={LIMITS.amount_to}
          autoComplete="off"
          placeholder={say("to.hint")}
          value={row.to}
          onInput={(event) => change({ ...row, to: event.currentTarget.value })}
        />
      </label>
    </div>
  );
}
