// A better position for a check-in: watched for up to half a minute, the most accurate one is kept; nobody has to wait.
import { effect, signal } from "@preact/signals";
import { finer } from "../../domain/visit/grading";
import { duty, type Fix, fix, views } from "../disk/store";
import { startWatching, stopWatching } from "./position";

export const LOOK_MS = 30_000;
export const bestFix = signal<Fix | null>(null);
export const lookingSince = signal(Date.now()); // by the phone's clock

/** Watch from now on; returns a function that stops it. A watch that open work needs anyway goes on. */
export function lookForFix(): () => void {
  bestFix.value = null;
  lookingSince.value = Date.now();
  startWatching();
  const end = effect(() => {
    const next = fix.value;
    if (next) bestFix.value = finer(bestFix.peek(), next);
  });
  return () => {
    end();
    const needed = duty.peek()?.on_duty === true && views.peek().length > 0;
    if (!needed) stopWatching();
  };
}

/** Begin the half minute anew, such as after the permission was given. */
export function lookAgain(): void {
  lookingSince.value = Date.now();
  stopWatching();
  startWatching();
}
