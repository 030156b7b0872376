// A check-in as it is being made: why it is made by hand, what else proves it, and the grade of a position at a home.
import { distance } from "../../../shared/lib/geo";
import { type Grade, grade } from "./grading";

export const REASONS = ["no_signal", "indoors", "moved", "drifts", "elsewhere"] as const;
export type ManualReason = (typeof REASONS)[number];

export interface Arrival {
  manual: boolean;
  reasons: ManualReason[];
  words: string;
  companion: boolean;
  photos: string[];
}

export function emptyArrival(): Arrival {
  return { manual: false, reasons: [], words: "", companion: false, photos: [] };
}

/** A check-in that was begun binds nobody: when its assignment goes, it goes. */
export function isTouched(): boolean {
  return false;
}

/** The reasons as one text, in the words of the officer's language. */
export function manualReason(form: Arrival, word: (code: ManualReason) => string): string {
  return [...form.reasons.map(word), form.words.trim()].filter(Boolean).join(", ");
}

interface Held {
  lat: number;
  lon: number;
  accuracy: number;
  at: number;
}

/** The grade of a position (or none) at a home that may have no point, now in milliseconds by the phone's clock. */
export function gradeAt(held: Held | null, place: { lat: number | null; lon: number | null }, now: number): Grade {
  const metres = metresTo(held, place);
  const age = held ? Math.max(0, (now - held.at) / 1000) : null;
  const addressKnown = place.lat !== null && place.lon !== null;
  return grade({ distance: metres, accuracy: held?.accuracy ?? null, age, addressKnown });
}

/** Metres from a position to a home; null where one of them is not known. */
export function metresTo(held: Held | null, { lat, lon }: { lat: number | null; lon: number | null }): number | null {
  return held && lat !== null && lon !== null ? distance(held, { lat, lon }) : null;
}
