// Dice that fall the same way in every run.

export interface Rolls {
  between: (low: number, high: number) => number;
  upTo: (most: number) => number; // a whole number
  one: <T>(of: readonly T[]) => T;
}

/** A generator with a seed (mulberry32): a failure can be looked at again. */
export function rolls(seed: number): Rolls {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (most: number): number => Math.floor(next() * (most + 1));
  return {
    between: (low, high) => low + next() * (high - low),
    upTo,
    one: (of) => of[upTo(of.length - 1)] as (typeof of)[number],
  };
}
