// How far the phone's clock is from the server's: learned from every answer, kept for the time without a network.
import { disk, hearTime, isHeld, me, offset, offsetKept, offsetKnown } from "../disk/store";

const WORTH_KEEPING_MS = 500;

let best = Infinity;

/** Measure by a server's time that arrived after `tookMs`; `coarseMs` is the precision of that time. */
export async function learnClock(serverAt: number, tookMs: number, coarseMs = 0): Promise<void> {
  if (!Number.isFinite(serverAt)) return;
  hearTime(serverAt);
  const doubt = tookMs / 2 + coarseMs;
  const measured = serverAt + tookMs / 2 + coarseMs / 2 - Date.now();
  const jumped = Math.abs(measured - offset.value) > doubt + best + 2000;
  if (!offsetKnown.value || doubt <= best || jumped) {
    best = doubt;
    offset.value = measured;
    offsetKnown.value = true;
  }
  if (me.value) await keep(offset.value);
}

/** Also an offset of nothing is kept: without a network it says that this clock was compared. */
async function keep(learned: number): Promise<void> {
  const kept = offsetKept.value;
  if (kept !== null && Math.abs(learned - kept) <= WORTH_KEEPING_MS) return;
  const mine = disk();
  try {
    await mine.write([{ put: "meta", key: "offset", value: learned }]);
    if (isHeld(mine)) offsetKept.value = learned;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // no room for it: it is learned again with the next answer
  }
}

const LATE_MS = 10_000;

/**
 * Learn from a server's time in a message of one way, which says nothing about how long it travelled: it can only tell
 * that the server's clock is further on. Returns whether only a question and its answer can tell more.
 */
export function hearClock(serverAt: number): boolean {
  const measured = serverAt - Date.now();
  if (!Number.isFinite(measured)) return false;
  hearTime(serverAt);
  if (!offsetKnown.value) void learnClock(serverAt, 0, 3000);
  else if (measured > offset.value + best + LATE_MS) void learnClock(serverAt, 0, 3000);
  return measured < offset.value - best - LATE_MS;
}
