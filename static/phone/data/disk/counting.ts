// How a phone numbers what it does: from 1 under the name of this app on this phone, so that the server sees what is missing.
import { uuid } from "../../../shared/lib/ids";
import type { Entry } from "../../domain/outbox/entry";
import type { Op } from "./tables";

export const DEVICE = "device";
export const NEXT_SEQ = "next_seq";
export const SEQ_BEFORE = "seq_before";

/** What stands in `meta` about it, in the order of `Counted`. */
export const COUNTING = [DEVICE, NEXT_SEQ, SEQ_BEFORE] as const;
/** Name of this app on this phone, the next key in the outbox, and how many keys were used under an earlier name. */
export type Counted = readonly [string | undefined, number | undefined, number | undefined];

export type Unnumbered = Omit<Entry, "seq" | "device" | "before">;

/** An entry with its number, and what must be written with it; a phone without a name gets one. */
export function numbered(made: Unnumbered, [known, next = 1, before = 0]: Counted): { entry: Entry; ops: Op[] } {
  const device = known ?? uuid();
  const entry: Entry = { ...made, seq: next, device, ...(before > 0 ? { before } : {}) };
  const ops: Op[] = [
    { put: "meta", key: NEXT_SEQ, value: next + 1 },
    { put: "outbox", value: entry },
  ];
  if (known === undefined) ops.push({ put: "meta", key: DEVICE, value: device });
  return { entry, ops };
}

/** A new name that counts from 1, behind entries that keep the numbers of the name before. */
export function countedAnew(entries: readonly Entry[]): Op[] {
  const before = Math.max(0, ...entries.map(({ seq }) => seq));
  return [
    { put: "meta", key: DEVICE, value: uuid() },
    { put: "meta", key: NEXT_SEQ, value: before + 1 },
    { put: "meta", key: SEQ_BEFORE, value: before },
  ];
}
