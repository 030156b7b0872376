// The truth about what has and has not reached the server: four faces, never more than one at a time.
import type { Between } from "../../../shared/server/net";
import type { Unkept } from "../device/surroundings";
import { type Entry, ripe } from "./entry";

/** Who says no on the way: somebody else's page, a gateway, whoever strips our cookies; or our server, with a status. */
export interface Barrier {
  why: Between | "refused";
  status?: number;
}

/** Whether reading goes on behind it. */
export function stopsSending(barrier: Barrier | null): boolean {
  return barrier?.why === "cookies" || barrier?.why === "refused";
}

export interface SyncFacts {
  entries: readonly Entry[];
  photosLeft: number;
  stray: number; // drafts of cases that have left the worklist: the officer says what becomes of them
  online: boolean; // the last word with the server went well
  barrier: Barrier | null;
  polled: boolean; // no line stays open: news are asked for
  sending: boolean;
  syncedAt: number | null;
  signedOut: boolean;
  maintenanceUntil: number | null;
  unkept: Unkept | null; // why nothing can be written on this phone
  now: number;
}

export type Sync =
  | { face: "you"; needs: number; reason: "signed_out" | "volatile" | "shut" }
  | { face: "you"; needs: number; reason: "settle"; beside: Sync } // how the rest stands: what needs the officer hides nothing
  | { face: "send"; count: number; soon: boolean } // soon: all of it still waits for its undo
  | { face: "off"; count: number; oldest: number | null; until: number | null; barrier: Barrier | null }
  | { face: "ok"; at: number | null; polled: boolean };

/** Which face the sync bar shows; times in milliseconds. */
export function syncState(facts: SyncFacts): Sync {
  const waiting = facts.entries.filter((entry) => entry.state === "waiting");
  const settle = facts.entries.filter((entry) => entry.needs).length + facts.stray;
  const left = waiting.length || facts.photosLeft; // records are counted; photos only where they alone are left
  if (facts.unkept !== null)
    return { face: "you", needs: left, reason: facts.unkept === "refused" ? "volatile" : "shut" };
  if (facts.signedOut) return { face: "you", needs: left, reason: "signed_out" };
  const rest = onItsWay(facts, waiting, left);
  return settle > 0 ? { face: "you", needs: settle, reason: "settle", beside: rest } : rest;
}

function onItsWay(facts: SyncFacts, waiting: readonly Entry[], left: number): Sync {
  const stopped = left > 0 && stopsSending(facts.barrier);
  if (!facts.online || stopped || facts.maintenanceUntil !== null) {
    const first = waiting[0];
    const oldest = first ? Math.max(0, facts.now - Date.parse(first.happened_at)) : null;
    return { face: "off", count: left, oldest, until: facts.maintenanceUntil, barrier: facts.barrier };
  }
  if (left === 0) return { face: "ok", at: facts.syncedAt, polled: facts.polled };
  return { face: "send", count: left, soon: waiting.length > 0 && ripe(waiting, facts.now).length === 0 };
}

const FIRST_MS = 1000;
const MOST_MS = 60_000;

/** Milliseconds to wait before the next try after `failures` in a row, with a part by lot against stampedes. */
export function backOff(failures: number, lot: number = Math.random()): number {
  return Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures, 6)) * (0.5 + lot / 2);
}
