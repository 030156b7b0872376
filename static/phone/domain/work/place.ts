// A place on the phone: its point, its name as people say it, and how far away it is and in which direction.
import { bearing, distance, type Point } from "../../../shared/lib/geo";
import { TRAVEL } from "../../../shared/server/generated";
import type { Assignment } from "./work";

export type Place = Assignment["place"];

export interface Bearing {
  metres: number;
  degrees: number; // clockwise from north
}

/** The point of a place, or null where nobody knows it. */
export function pointOf(place: Place): Point | null {
  return place.lat === null || place.lon === null ? null : { lat: place.lat, lon: place.lon };
}

/** As the crow flies; null where the phone or the place has no position. */
export function bearingTo(place: Place, from: Point | null): Bearing | null {
  const to = pointOf(place);
  return to && from ? { metres: distance(from, to), degrees: bearing(from, to) } : null;
}

/** About how long the way takes, in minutes, as the dispatch reckons it. */
export function minutesTo(metres: number): number {
  return Math.max(1, Math.round((metres / 1000) * TRAVEL.minutes_a_km));
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

// A division's name with this behind it is the name of a road: 王村 in 王村路12号, 王村东路, 王村二街.
const ROAD = /^[东西南北中一二三四五六七八九十]?(路|街|巷|大道|道|桥|里|弄|胡同)/;

/** What the address adds to town and village: many are written with the divisions in front. */
export function street(place: Place): string {
  const address = (place.address ?? "").trim();
  if (place.divisions.length === 0) return ""; // the address stands for the village already
  for (const division of [...place.divisions].reverse()) {
    for (const name of [division, spoken(division)]) {
      const at = address.indexOf(name);
      const rest = address.slice(at + name.length);
      if (at >= 0 && !ROAD.test(rest)) return rest.trim();
    }
  }
  return address;
}
