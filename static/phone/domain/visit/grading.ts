// How well a check-in proves presence, as the server will judge it (dissuasion/rules/grading.py): shown, never a block.
import { GRADING, type GradeReason } from "../../../shared/server/generated";
import { LETTERS, type Letter } from "../../../shared/server/schemas";

export interface Grade {
  letter: Letter;
  reasons: GradeReason[];
}

/** Metres and seconds; `distance` is null without a position or without a point for the address. */
export interface Measured {
  distance: number | null;
  accuracy: number | null;
  age: number | null;
  addressKnown?: boolean;
}

/** The grade of a position and the codes of why it is not better. */
export function grade({ distance, accuracy, age, addressKnown = true }: Measured): Grade {
  if (accuracy === null) return { letter: "D", reasons: ["no_position"] };
  if (distance === null) return { letter: "C", reasons: [addressKnown ? "no_distance" : "address_without_point"] };
  const { letter: placed, reasons } = byPlace(distance, accuracy);
  if (placed === "D") return { letter: placed, reasons };
  let letter: Letter = placed;
  if (age !== null && age > GRADING.old_after_s) {
    letter = LETTERS[Math.min(LETTERS.indexOf(letter) + 1, 3)] ?? "D";
    reasons.push("old_position");
  }
  if (accuracy <= 0) {
    // No receiver is that good: a made-up position.
    letter = letter > "C" ? letter : "C";
    reasons.push("accuracy_implausible");
  }
  return { letter, reasons };
}

function byPlace(distance: number, accuracy: number): Grade {
  if (distance <= GRADING.at_the_door_m && accuracy <= GRADING.fine_m) return { letter: "A", reasons: [] };
  if (distance <= GRADING.at_the_house_m && accuracy <= GRADING.usable_m) {
    return { letter: "B", reasons: ["a_little_off"] };
  }
  if (distance <= accuracy + GRADING.at_the_house_m && accuracy <= GRADING.coarse_m) {
    return { letter: "C", reasons: ["coarse_position"] };
  }
  return { letter: "D", reasons: ["far_away"] };
}

interface Fixed {
  accuracy: number;
  at: number;
}

const FRESH_MS = 20_000;

/** Which of two positions to keep: the finer one, until it is old. Milliseconds and metres. */
export function finer<T extends Fixed>(held: T | null, next: T): T {
  if (held === null || next.at - held.at > FRESH_MS) return next;
  return next.accuracy <= held.accuracy ? next : held;
}
