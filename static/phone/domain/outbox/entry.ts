// An entry of the outbox: one act of the officer, kept until the server's receipt says what became of it.
import { type ActKind, FLAGS_FOR_THE_OFFICER } from "../../../shared/server/generated";
import type { Schemas } from "../../../shared/server/schemas";
import type { Receipt } from "../work/work";

export type { ActKind };

/**
 * `waiting`: only on this phone. `answered`: the server gave its receipt.
 * An entry with `needs` set stays in sight until the officer has dealt with it.
 */
export interface Entry {
  seq: number; // its key in the outbox
  uuid: string;
  device: string;
  before?: number; // how many keys this phone had used up under an earlier name: the server counts from behind them
  kind: ActKind;
  assignment: string | null;
  happened_at: string; // the phone's own clock
  clock_offset_ms: number; // added to the phone's clock it gives the server's
  payload: Record<string, unknown>;
  label: string; // the masked name, for the list of what has been sent
  photos: string[]; // what must also have arrived before the phone may forget
  not_before: number; // milliseconds since 1970 by the phone: the time to undo
  state: "waiting" | "answered";
  receipt: Receipt | null;
  answered_at: number | null;
  needs: boolean;
}

/** What is sent: just the act, never what the phone keeps beside it. */
export function wire(entry: Entry): Schemas["ActBodyRequest"] {
  const { uuid, kind, assignment, happened_at, clock_offset_ms, device, before = 0, payload } = entry;
  return { uuid, kind, assignment, happened_at, clock_offset_ms, device, seq: entry.seq - before, payload };
}

/** These flags mean that somebody else's truth met this one: the officer says how the act counts. */
const ASKS: ReadonlySet<string> = new Set(FLAGS_FOR_THE_OFFICER);

/** Whether a receipt must be seen and settled by the officer. */
function asks(kind: ActKind, receipt: Receipt): boolean {
  if (kind === "undone") return false; // it says nothing that anybody could have to settle
  if (receipt.verdict === "refused") return true;
  if (receipt.verdict === "held") return kind !== "receipt";
  const fact = kind === "visit" || kind === "arrive" || kind === "correction";
  return fact && (receipt.flags ?? []).some((flag) => ASKS.has(flag.code));
}

/** An entry with the server's receipt written into it. */
export function answered(entry: Entry, receipt: Receipt, at: number): Entry {
  return { ...entry, state: "answered", receipt, answered_at: at, needs: asks(entry.kind, receipt) };
}

/** Whether an entry may be forgotten by itself: answered, settled, and a day old. */
export function isOver(entry: Entry, now: number): boolean {
  return entry.state === "answered" && !entry.needs && now - (entry.answered_at ?? now) > 24 * 3600 * 1000;
}

const LONGEST_UNDO_MS = 60_000; // nobody gets longer: what waits for more was written before the phone's clock was set back

function isRipe(entry: Entry, now: number): boolean {
  return entry.not_before <= now || entry.not_before - now > LONGEST_UNDO_MS;
}

/**
 * The entries that may go now, in their order. One that can still be undone holds back what came after it for the same
 * assignment, or the server would hear the story backwards; a call for help waits for nothing.
 */
export function ripe(entries: readonly Entry[], now: number): Entry[] {
  const held = new Set<string>();
  return entries.filter((entry) => {
    if (entry.state !== "waiting") return false;
    const behind = entry.assignment !== null && held.has(entry.assignment) && entry.kind !== "help";
    if (isRipe(entry, now) && !behind) return true;
    if (entry.assignment !== null) held.add(entry.assignment);
    return false;
  });
}

/** When the next entry may go, in milliseconds since 1970 by the phone; null when none waits. */
export function nextRipe(entries: readonly Entry[], now: number): number | null {
  if (ripe(entries, now).length > 0) return now;
  const later = entries.filter((entry) => entry.state === "waiting" && !isRipe(entry, now));
  return later.length > 0 ? Math.min(...later.map((entry) => entry.not_before)) : null;
}
