// Who was signed in when the app was last open: one mark for the whole phone, beside the disks of its people.
import { keep, kept } from "../../../shared/lib/local-storage";
import { notePhone } from "./phone-note";
import type { Me } from "./store";

/** Where the mark stands: other tabs hear of a change under this name. */
export const ME = "doorstep.me";

/** The person whom a mark names; null where it is none of ours. */
export function readMe(text: string | null): Me | null {
  try {
    const person = JSON.parse(text ?? "null") as Me | null;
    return typeof person?.id === "string" ? person : null;
  } catch {
    return null;
  }
}

export function keptMe(): Me | null {
  return readMe(kept(ME));
}

/** Where the id of whoever a wall stands before is kept: their right was taken away here. */
export const WALL = "doorstep.wall";

/** Whether the app has anybody to show something to from disk: who was signed in, or whom a wall stands before. */
export function wasHere(): boolean {
  return keptMe() !== null || kept(WALL) !== null;
}

export function keepMe(person: Me): void {
  keep(ME, JSON.stringify(person));
}

/** Nobody was signed in here. */
export async function forgetMe(): Promise<void> {
  keep(ME, null);
  await notePhone("person", null);
}
