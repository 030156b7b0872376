// Sums in a record: as they were typed or tapped, and as they are sent.
import { tidy } from "../../../shared/lib/text";
import { type AmountMeaning, LIMITS } from "../../../shared/server/generated";
import { convert, readAmount, readSum } from "../amount/read";
import { writeSum } from "../amount/write";
import { type AmountRow, emptyAmount, type Meaning, type Source } from "./record";

/** A sum in yuan that the case knows. */
export interface KnownSum {
  from: Source;
  yuan: number;
}

/** What a case knows of money, in yuan. */
export interface About {
  amount_at_risk: string;
  already_transferred: string;
}

/** The sums that a record can take over from its case; money that is gone was lost, not kept. */
export function knownSums(about: About, gone: boolean): Record<Meaning, KnownSum[]> {
  const risk = { from: "risk" as const, yuan: Number(about.amount_at_risk) };
  const sent = { from: "sent" as const, yuan: Number(about.already_transferred) };
  const real = (...sums: KnownSum[]): KnownSum[] => sums.filter(({ yuan }) => yuan > 0);
  return { kept: gone ? [] : real(risk), lost: gone ? real(sent, risk) : real(sent) };
}

/** The rows with a known sum tapped, or taken back; a field in which nothing was entered makes room. */
export function toggledKnown(rows: readonly AmountRow[], { from, yuan }: KnownSum): AmountRow[] {
  if (rows.some((row) => row.known === from)) return rows.filter((row) => row.known !== from);
  const tapped: AmountRow = { ...emptyAmount(), text: writeSum(yuan, "yuan"), known: from };
  return [...rows.filter((row) => row.known), tapped, ...rows.filter((row) => !row.known && isEntered(row))];
}

/** The rows in which the sums that the case knows count as tapped: so they come back from a record that was sent. */
export function recognised(rows: readonly AmountRow[], sums: readonly KnownSum[]): AmountRow[] {
  return sums.reduce((all: readonly AmountRow[], { from, yuan }) => {
    const isIt = (row: AmountRow): boolean =>
      row.kind === "money" && !row.known && readSum(row.text, row.unit) === yuan;
    const place = all.some((row) => row.known === from) ? -1 : all.findIndex(isIt);
    return all.map((row, at) => (at === place ? { ...row, known: from } : row));
  }, rows) as AmountRow[];
}

/** Whether anything was entered in it. */
export function isEntered(row: AmountRow): boolean {
  return Boolean(row.text.trim() || row.to.trim() || row.at);
}

/** Sums that were typed and can't be read. */
export function unreadIn(rows: readonly AmountRow[]): AmountRow[] {
  return rows.filter((row) => {
    const reading = readAmount(row.text, row.unit);
    return reading !== null && "doubt" in reading;
  });
}

/** Rows with money in another unit, where another language is spoken now. */
export function turned(rows: readonly AmountRow[], unit: "wan" | "yuan"): AmountRow[] {
  return rows.map((row) =>
    row.unit === "g" || row.unit === unit ? row : { ...row, text: convert(row.text, row.unit, unit), unit },
  );
}

/** The amounts that are sent of these rows; a sum of nothing says nothing. */
export function amountsOf(rows: readonly AmountRow[], meaning: AmountMeaning): Record<string, unknown>[] {
  return rows.flatMap((row) => {
    const sum = readSum(row.text, row.unit);
    if (sum === null || sum === 0) return [];
    const amount: Record<string, unknown> = {
      meaning,
      evidence: row.proof ?? "said",
      kind: row.kind,
      quantity: writeSum(sum, "yuan"),
    };
    if (isMoment(row.at)) amount["happened_at"] = `${row.at.slice(0, 16)}:00+08:00`; // clocks are the city's
    const to = tidy(row.to, LIMITS.amount_to);
    if (to) amount["to"] = to;
    return [amount];
  });
}

/** Whether a date-time field says a time in which money can have moved; a year that is half typed is none. */
export function isMoment(at: string): boolean {
  return (
    /^(?:19[6-9]|20|21)\d/.test(at) &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(at) &&
    !Number.isNaN(Date.parse(`${at.slice(0, 16)}Z`))
  );
}
