// What an entry that needs the officer asks of them, and which answers make sense.
import { ordered } from "../../../shared/lib/ordered";
import { FLAGS_FOR_THE_OFFICER, HELD_CODES, type HeldCode, type ResolveChoice } from "../../../shared/server/generated";
import type { WorkDocument } from "../work/work";
import type { Entry } from "./entry";

export type Choice = ResolveChoice;
type Flag = (typeof FLAGS_FOR_THE_OFFICER)[number];
/** Why a card stands there: a flag of the server's, or its verdict. */
export type Why = Flag | "held" | "refused";

/** The one that says most comes first. */
const FLAGS = ordered<Flag>(FLAGS_FOR_THE_OFFICER, [
  "after_recall",
  "after_lapse",
  "second_record",
  "decided_meanwhile",
  "after_close",
  "after_clear",
]);

/** Why an entry needs the officer. */
export function whyOf(entry: Entry): Why {
  const { receipt } = entry;
  if (receipt?.verdict === "refused") return "refused";
  const flags = (receipt?.flags ?? []).map((flag) => flag.code);
  return FLAGS.find((code) => flags.includes(code)) ?? "held";
}

type Ended = WorkDocument["done_today"][number];

/** A result of a visit, and when it was recorded (or happened, where this phone knows that). */
export interface Said {
  disposition: string | null;
  at: number;
}

/** This officer's own earlier record of the visit that `entry` records once more; null where there is none. */
export function earlierOf(entry: Entry, entries: readonly Entry[], done: readonly Ended[]): Said | null {
  const why = whyOf(entry);
  if (entry.kind !== "visit" || (why !== "second_record" && why !== "after_clear")) return null;
  const first = entries.find(
    (one) =>
      one.kind === "visit" &&
      one.assignment === entry.assignment &&
      one.seq < entry.seq &&
      one.receipt?.verdict !== "refused",
  );
  const row = done.find((one) => one.id === entry.assignment && one.visit !== null && one.visit !== entry.uuid);
  if (!first && !row) return null;
  const at = first ? Date.parse(first.happened_at) + first.clock_offset_ms : Date.parse(row?.ended_at ?? "");
  return { disposition: (first && dispositionOf(first)) ?? row?.disposition ?? null, at };
}

/** The result that a record says; null where this phone has forgotten it. */
export function dispositionOf({ payload }: Entry): string | null {
  const said = payload["disposition"];
  return typeof said === "string" ? said : null;
}

/**
 * The answers, the usual one first: whose visit it was can only be said where somebody else may have gone; of two records
 * of one's own (`double`) one may be a mistake.
 */
export function choicesOf(entry: Entry, double = false): Choice[] {
  const why = whyOf(entry);
  if (entry.kind === "correction" || why === "held" || why === "refused") return ["seen"];
  if (double) return ["mistake", "mine_too"];
  if (why === "after_recall" || why === "after_lapse" || why === "second_record") return ["theirs", "mine_too"];
  return ["mine_too", "seen"];
}

/** Why the server holds an entry without counting it, where the phone has words for it. */
export function heldFor(entry: Entry): HeldCode | null {
  return HELD_CODES.find((code) => code === entry.receipt?.code) ?? null;
}

/** Whether what was written can be sent again as a new record: the server could count nothing of it. */
export function canRecordAnew(entry: Entry): boolean {
  const uncounted = whyOf(entry) === "refused" || heldFor(entry) === "payload_unreadable";
  return uncounted && entry.kind === "visit" && Object.keys(entry.payload).length > 0;
}

/** What the server said in words, without repetitions and without what the heading of the card says already. */
export function saidBy(entry: Entry): string[] {
  const { receipt } = entry;
  const errors = (receipt?.errors ?? []).flatMap((error) => {
    const words = error["reason"];
    return typeof words === "string" ? [words] : [];
  });
  const flags = (receipt?.flags ?? []).filter((flag) => flag.code !== whyOf(entry)).map((flag) => flag.text);
  return [...new Set([receipt?.detail ?? "", ...errors, ...flags].filter(Boolean))];
}
