// The city's time of day and day, as digits: no words, so that the sign-in needs no more.

const CITY_MS = 8 * 3_600_000; // Asia/Shanghai, the whole year: deadlines are the city's, whatever the phone's own zone is

function inCity(at: number | string): string {
  return new Date(new Date(at).getTime() + CITY_MS).toISOString();
}

/** The time of day in the city, such as 15:40. */
export function timeOfDay(at: number | string): string {
  return inCity(at).slice(11, 16);
}

/** The day in the city as 2026-11-20: what two moments have in common when they are on one day. */
export function dayOf(at: number | string): string {
  return inCity(at).slice(0, 10);
}
