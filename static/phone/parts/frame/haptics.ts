// What the hand feels: one short tick when something is on disk, a long one when it was refused.

const TICK_MS = 15;
const REFUSED_MS = 400;

/** It is on disk. */
export function tick(): void {
  navigator.vibrate?.(TICK_MS);
}

/** It was refused, or needs the officer. */
export function buzz(): void {
  navigator.vibrate?.(REFUSED_MS);
}
