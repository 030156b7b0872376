// A list that does not move under a finger: while it is touched, what stands stays where it is.
import type { View } from "./view";

/** The order and groups of `held` with the contents of `fresh`; what came or went meanwhile waits until the hand is off. */
export function steady(held: readonly View[], fresh: readonly View[]): View[] {
  const now = new Map(fresh.map((view) => [view.assignment.id, view]));
  return held.map((view) => ({ ...(now.get(view.assignment.id) ?? view), group: view.group }));
}
