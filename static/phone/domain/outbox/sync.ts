// The truth about what has and has not reached the server: four faces, never more than one at a time.
import { type Entry, ripe } from "./entry";

export interface SyncFacts {
  entries: readonly Entry[];
  photosLeft: number;
  stray: number; // drafts of cases that have left the worklist: the officer says what becomes of them
  online: boolean; // the last word with the server went well
  sending: boolean;
  syncedAt: number | null;
  signedOut: boolean;
  maintenanceUntil: number | null;
  volatile: boolean; // nothing can be written on this phone
  now: number;
}

export type Sync =
  | { face: "you"; needs: number; reason: "signed_out" | "volatile" }
  | { face: "you"; needs: number; reason: "settle"; beside: Sync } // how the rest stands: what needs the officer hides nothing
  | { face: "send"; count: number; soon: boolean } // soon: all of it still waits for its undo
  | { face: "off"; count: number; oldest: number | null; until: number | null }
  | { face: "ok"; at: number | null };

/** Which face the sync bar shows; times in milliseconds. */
export function syncState(facts: SyncFacts): Sync {
  const waiting = facts.entries.filter((entry) => entry.state === "waiting");
  const settle = facts.entries.filter((entry) => entry.needs).length + facts.stray;
  const left = waiting.length || facts.photosLeft; // records are counted; photos only where they alone are left
  if (facts.volatile) return { face: "you", needs: left, reason: "volatile" };
  if (facts.signedOut) return { face: "you", needs: left, reason: "signed_out" };
  const rest = onItsWay(facts, waiting, left);
  return settle > 0 ? { face: "you", needs: settle, reason: "settle", beside: rest } : rest;
}

function onItsWay(facts: SyncFacts, waiting: readonly Entry[], left: number): Sync {
  if (!facts.online || facts.maintenanceUntil !== null) {
    const first = waiting[0];
    const oldest = first ? Math.max(0, facts.now - Date.parse(first.happened_at)) : null;
    return { face: "off", count: left, oldest, until: facts.maintenanceUntil };
  }
  if (left === 0) return { face: "ok", at: facts.syncedAt };
  return { face: "send", count: left, soon: waiting.length > 0 && ripe(waiting, facts.now).length === 0 };
}

const FIRST_MS = 1000;
const MOST_MS = 60_000;

/** Milliseconds to wait before the next try after `failures` in a row, with a part by lot against stampedes. */
export function backOff(failures: number, lot: number = Math.random()): number {
  return Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures, 6)) * (0.5 + lot / 2);
}
