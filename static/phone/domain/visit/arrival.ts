// A check-in as it is being made: why it is made by hand, what else proves it, and the grade of a position at a home.
import { distance } from "../../../shared/lib/geo";
import { tidy } from "../../../shared/lib/text";
import { LIMITS } from "../../../shared/server/generated";
import { type Grade, grade } from "./grading";
import { type Reasoned, reasonsText } from "./reasons";

export const REASONS = ["no_signal", "indoors", "moved", "drifts", "elsewhere"] as const;
export type ManualReason = (typeof REASONS)[number];

/** What was answered to one question. */
export type Answered = Reasoned<ManualReason>;

/** The two questions: why by hand, why so far away. An answer to one is none to the other. */
export type Question = "byHand" | "farAway";

export interface Arrival extends Record<Question, Answered> {
  manual: boolean; // the officer says that the position is wrong
  companion: boolean;
  photos: string[];
}

export function emptyArrival(): Arrival {
  return { manual: false, byHand: unanswered(), farAway: unanswered(), companion: false, photos: [] };
}

function unanswered(): Answered {
  return { reasons: [], words: "" };
}

/** A check-in that was begun binds nobody: when its assignment goes, it goes. */
export function isTouched(): boolean {
  return false;
}

/** The reasons as one text, in the words of the officer's language. */
export function manualReason(answered: Answered, word: (code: ManualReason) => string): string {
  return tidy(reasonsText(answered, word), LIMITS.manual_reason);
}

/** What is asked, if anything: by hand, or without a position once the search is over; else why so far from the door. */
export function asks(form: Arrival, graded: Grade, searching: boolean): Question | null {
  if (form.manual) return "byHand";
  if (graded.reasons.includes("far_away")) return "farAway";
  const without = graded.reasons.includes("no_position");
  if (without) return searching ? null : "byHand";
  return graded.letter === "D" ? "byHand" : null;
}

interface Held {
  lat: number;
  lon: number;
  accuracy: number;
  at: number;
}

interface Home {
  lat: number | null;
  lon: number | null;
}

/** The grade that a check-in will have: by hand it proves nothing but what its officer says. */
export function gradeOf(form: Arrival, held: Held | null, place: Home, now: number): Grade {
  return gradeAt(form.manual ? null : held, place, now);
}

/** The grade of a position (or none) at a home that may have no point, now in milliseconds by the phone's clock. */
export function gradeAt(held: Held | null, place: Home, now: number): Grade {
  const metres = metresTo(held, place);
  const age = held ? Math.max(0, (now - held.at) / 1000) : null;
  const addressKnown = place.lat !== null && place.lon !== null;
  return grade({ distance: metres, accuracy: held?.accuracy ?? null, age, addressKnown });
}

/** Metres from a position to a home; null where one of them is not known. */
function metresTo(held: Held | null, { lat, lon }: Home): number | null {
  return held && lat !== null && lon !== null ? distance(held, { lat, lon }) : null;
}
