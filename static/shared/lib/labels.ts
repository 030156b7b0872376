// Labels on a drawing: each takes the place where it stands clear of the marks, of the other labels and of the edge.
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A place for a label; `end` where its words end at the right edge instead of beginning at the left one. */
export interface Spot extends Rect {
  end: boolean;
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
export function around({ x, y }: { x: number; y: number }, half: number): Rect {
  return { x: x - half, y: y - half, width: 2 * half, height: 2 * half };
}

/** The places beside a mark, in the order of `sides`; above and below they are moved inside the drawing. */
export function beside(mark: Rect, { width, height }: Size, within: Size, sides: readonly Side[]): Spot[] {
  const middle = mark.y + (mark.height - height) / 2;
  const x = Math.min(Math.max(GAP, mark.x + (mark.width - width) / 2), within.width - width - GAP);
  const spots: Record<Side, Spot> = {
    left: { x: mark.x - GAP - width, y: middle, width, height, end: true },
    right: { x: mark.x + mark.width + GAP, y: middle, width, height, end: false },
    above: { x, y: mark.y - height, width, height, end: false },
    below: { x, y: mark.y + mark.height, width, height, end: false },
  };
  return sides.map((side) => spots[side]);
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
