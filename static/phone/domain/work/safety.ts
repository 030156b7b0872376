// When an officer on scene is asked whether all is right: a quarter of an hour after the last word, before the desk hears.
import type { Entry } from "../outbox/entry";
import type { View } from "./view";

const ASK_AFTER_MS = 15 * 60_000;
const SERVER_AFTER_MS = 20 * 60_000; // the server's deadline counts from the same word

export interface Safety {
  asks: boolean;
  since: number; // the last word, in milliseconds by the server's clock
}

/** Whether to ask now; the last word is the arrival, an answer from this phone, or one that the server knows. */
export function safetyOf(view: View, entries: readonly Entry[], now: number): Safety {
  const { id, safety_due_at } = view.assignment;
  const words = entries
    .filter((entry) => entry.assignment === id && (entry.kind === "all_right" || entry.kind === "help"))
    .map((entry) => Date.parse(entry.happened_at) + entry.clock_offset_ms);
  if (view.arrivedAt) words.push(Date.parse(view.arrivedAt));
  if (safety_due_at) words.push(Date.parse(safety_due_at) - SERVER_AFTER_MS);
  const since = words.length > 0 ? Math.max(...words) : now;
  return { asks: view.status === "on_scene" && now - since >= ASK_AFTER_MS, since };
}
