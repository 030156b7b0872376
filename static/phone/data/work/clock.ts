// How far the phone's clock is from the server's: learned from every answer, kept for the time without a network.
import { disk, me, offset, offsetKnown } from "../disk/store";

const WORTH_KEEPING_MS = 500;
export const FAR_OFF_MS = 10 * 60_000; // from here on it is said to the officer

let best = Infinity;

/** Learn from a server's time that arrived after `tookMs`; `coarseMs` is how roughly it was told. */
export async function learnClock(serverAt: number, tookMs: number, coarseMs = 0): Promise<void> {
  if (!Number.isFinite(serverAt)) return;
  const doubt = tookMs / 2 + coarseMs;
  const measured = serverAt + tookMs / 2 + coarseMs / 2 - Date.now();
  const jumped = Math.abs(measured - offset.value) > doubt + best + 2000;
  if (offsetKnown.value && doubt > best && !jumped) return;
  best = doubt;
  const moved = Math.abs(measured - offset.value);
  offset.value = measured;
  offsetKnown.value = true;
  if (moved > WORTH_KEEPING_MS && me.value) await keep(measured);
}

async function keep(measured: number): Promise<void> {
  try {
    await disk().write([{ put: "meta", key: "offset", value: measured }]);
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
  if (!offsetKnown.value) void learnClock(serverAt, 0, 3000);
  else if (measured > offset.value + best + LATE_MS) void learnClock(serverAt, 0, 3000);
  return measured < offset.value - best - LATE_MS;
}
