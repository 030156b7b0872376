// How far away a place is and in which direction, where both ends are known.
import { bearing, distance, type Point } from "../../../shared/lib/geo";
import type { Assignment } from "./work";

export type Place = Assignment["place"];

export interface Way {
  metres: number;
  degrees: number; // clockwise from north
}

/** The point of a place, or null where nobody knows it. */
export function pointOf(place: Place): Point | null {
  return place.lat === null || place.lon === null ? null : { lat: place.lat, lon: place.lon };
}

/** As the crow flies; null where the phone or the place has no position. */
export function wayTo(place: Place, from: Point | null): Way | null {
  const to = pointOf(place);
  return to && from ? { metres: distance(from, to), degrees: bearing(from, to) } : null;
}

const OFFICES: readonly (readonly [RegExp, string])[] = [
  [/村?(村民委员会|村委会)$/, "村"],
  [/(社区)?(居民委员会|居委会)$/, "社区"],
  [/街道办事处$/, "街道"],
];

/** A division as people say it: the statistical names are those of its offices. */
export function spoken(division: string): string {
  for (const [office, place] of OFFICES) if (office.test(division)) return division.replace(office, place);
  return division;
}

/** The village, for lists. */
export function village(place: Place): string {
  const last = place.divisions[place.divisions.length - 1];
  return last === undefined ? (place.address ?? "") : spoken(last);
}

/** Town and village, for the card. */
export function townAndVillage(place: Place): string {
  return place.divisions.slice(-2).map(spoken).join(" ") || (place.address ?? "");
}
