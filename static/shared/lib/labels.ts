// Labels on a drawing: each is placed where it does not touch the marks, the other labels or the edge.
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A place for a label; `end` where its text is aligned to the right edge. */
export interface Spot extends Rect {
  end: boolean;
}

/** A point of a drawing. */
export interface Dot {
  x: number;
  y: number;
}

interface Size {
  width: number;
  height: number;
}

export type Side = "left" | "right" | "above" | "below";

const WIDE = 13; // a Chinese character, about
const SLIM = 7.5; // a Latin letter, about
const GAP = 4;

/** About how wide words are in the small print of a drawing. */
export function widthOf(words: string): number {
  return [...words].reduce((sum, letter) => sum + (letter > "\u2e7f" ? WIDE : SLIM), 0);
}

/** A square around a mark's middle. */
export function around({ x, y }: Dot, half: number): Rect {
  return { x: x - half, y: y - half, width: 2 * half, height: 2 * half };
}

/** The places beside a mark, in the order of `sides`: at each its middle, then to either side of that, inside the drawing. */
export function beside(mark: Rect, { width, height }: Size, within: Size, sides: readonly Side[]): Spot[] {
  const middle = mark.y + mark.height / 2;
  const at = (x: number, end: boolean): Spot[] =>
    [middle - height / 2, middle - height, middle].map((wanted) => {
      const y = Math.min(Math.max(0, wanted), within.height - height);
      return { x, y, width, height, end };
    });
  const over = (y: number): Spot[] =>
    [mark.x + (mark.width - width) / 2, mark.x + mark.width - width, mark.x].map((wanted) => {
      const x = Math.min(Math.max(GAP, wanted), within.width - width - GAP);
      return { x, y, width, height, end: false };
    });
  const spots: Record<Side, Spot[]> = {
    left: at(mark.x - GAP - width, true),
    right: at(mark.x + mark.width + GAP, false),
    above: over(mark.y - height),
    below: over(mark.y + mark.height),
  };
  return sides.flatMap((side) => spots[side]);
}

const STEP = 6; // between the squares along a line, which overlap each other
const CLEAR = 4; // of a line, on either side

/** What a line covers between two marks, as squares along it. */
export function along(from: Dot, to: Dot): Rect[] {
  const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / STEP);
  return Array.from({ length: steps + 1 }, (_, step) => around(part(from, to, step / Math.max(1, steps)), CLEAR));
}

/** A line without what lies under its two marks, so wide at each end; null where nothing is left. */
export function between(from: Dot, to: Dot, wide: number, wideTo: number): [Dot, Dot] | null {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length <= wide + wideTo) return null;
  return [part(from, to, wide / length), part(from, to, 1 - wideTo / length)];
}

function part(from: Dot, to: Dot, share: number): Dot {
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function overlap(one: Rect, other: Rect): number {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return across > 0 && down > 0 ? across * down : 0;
}

/** The first of `spots` (at least one) that is clear; where none is, the one that covers least. */
export function clearest<S extends Rect>(spots: readonly [S, ...S[]], taken: readonly Rect[], within: Size): S {
  const covers = (spot: S): number => {
    const outside = spot.width * spot.height - overlap(spot, { x: 0, y: 0, ...within });
    return 2 * outside + taken.reduce((sum, rect) => sum + overlap(spot, rect), 0);
  };
  return spots.reduce((best, spot) => (covers(spot) < covers(best) ? spot : best), spots[0]);
}

/** Two marks that stand on one point, drawn so far apart that both are seen: the first one above. */
export function apart<P extends { x: number; y: number }>(one: P, other: P, least: number): [P, P] {
  if (Math.hypot(one.x - other.x, one.y - other.y) >= least) return [one, other];
  const y = (one.y + other.y) / 2;
  return [
    { ...one, y: y - least / 2 },
    { ...other, y: y + least / 2 },
  ];
}
