// A plan of a small piece of ground without tiles: points in metres on a flat sheet that is fitted into a box.
import type { Point } from "./geo";

const METRES_A_DEGREE = 111_195; // of latitude, on the sphere of lib/geo
const LEAST_SPAN_M = 160; // closer than this a plan would only show the noise of positions
const BAR_PART = 0.28; // of the width: the longest scale bar

export interface Box {
  width: number;
  height: number;
  pad: number;
}

export interface Plan {
  perMetre: number; // units of the box a metre
  bar: { metres: number; length: number };
  at(point: Point): { x: number; y: number };
}

/** Fit `points` (at least one) into a box, north up; `least` metres are shown in any case. */
export function plan(points: readonly [Point, ...Point[]], box: Box, least = LEAST_SPAN_M): Plan {
  const lats = points.map((point) => point.lat);
  const lons = points.map((point) => point.lon);
  const lat = (Math.min(...lats) + Math.max(...lats)) / 2;
  const lon = (Math.min(...lons) + Math.max(...lons)) / 2;
  const squeeze = Math.cos((lat * Math.PI) / 180);
  const east = (Math.max(...lons) - Math.min(...lons)) * METRES_A_DEGREE * squeeze;
  const north = (Math.max(...lats) - Math.min(...lats)) * METRES_A_DEGREE;
  const perMetre = Math.min(
    (box.width - 2 * box.pad) / Math.max(east, least),
    (box.height - 2 * box.pad) / Math.max(north, least),
  );
  const metres = roundLength((box.width * BAR_PART) / perMetre);
  return {
    perMetre,
    bar: { metres, length: metres * perMetre },
    at: (point) => ({
      x: box.width / 2 + (point.lon - lon) * METRES_A_DEGREE * squeeze * perMetre,
      y: box.height / 2 - (point.lat - lat) * METRES_A_DEGREE * perMetre,
    }),
  };
}

/** The longest of 1, 2, 5, 10, 20 … metres that is not longer than `most`. */
export function roundLength(most: number): number {
  const ten = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  const digit = [5, 2, 1].find((factor) => factor * ten <= most) ?? 1;
  return digit * ten;
}
