// The grade that the check-in shows is the one that the server gives: the same table as tests/dissuasion/rules/test_grading.py.
import { describe, expect, it } from "vitest";
import { finer, grade } from "../../../../static/phone/domain/visit/grading";
import type { GradeReason } from "../../../../static/shared/server/generated";
import type { Letter } from "../../../../static/shared/server/schemas";

type Row = [distance: number, accuracy: number, age: number | null, letter: Letter, reasons: GradeReason[]];
const TABLE: Row[] = [
  [0, 5, 3, "A", []],
  [15, 30, 120, "A", []],
  [15, 30, null, "A", []],
  [15.1, 30, 3, "B", ["a_little_off"]],
  [10, 31, 3, "B", ["a_little_off"]],
  [50, 100, 3, "B", ["a_little_off"]],
  [50.1, 100, 3, "C", ["coarse_position"]],
  [10, 101, 3, "C", ["coarse_position"]],
  [549, 500, 3, "C", ["coarse_position"]],
  [2050, 2000, 3, "C", ["coarse_position"]],
  [551, 500, 3, "D", ["far_away"]],
  [10, 2001, 3, "D", ["far_away"]],
  [9_000_000, 5, 3, "D", ["far_away"]],
  [5, 5, 121, "B", ["old_position"]],
  [40, 5, 121, "C", ["a_little_off", "old_position"]],
  [300, 500, 121, "D", ["coarse_position", "old_position"]],
  [5, 0, 3, "C", ["accuracy_implausible"]],
  [5, 0, 500, "C", ["old_position", "accuracy_implausible"]],
  [5, -1, 3, "C", ["accuracy_implausible"]],
];

describe("a grade", () => {
  it.each(TABLE)("at %d m, within %d m, %s s old, is %s", (distance, accuracy, age, letter, reasons) => {
    expect(grade({ distance, accuracy, age })).toEqual({ letter, reasons });
  });

  it("says what is not known", () => {
    const unknown = { distance: null, accuracy: 5, age: 1 };
    expect(grade({ distance: null, accuracy: null, age: null })).toEqual({ letter: "D", reasons: ["no_position"] });
    expect(grade({ ...unknown, addressKnown: false })).toEqual({ letter: "C", reasons: ["address_without_point"] });
    expect(grade(unknown)).toEqual({ letter: "C", reasons: ["no_distance"] });
  });
});

describe("of two positions", () => {
  const fix = (accuracy: number, at: number): { accuracy: number; at: number } => ({ accuracy, at });

  it("the finer one is kept, until it is twenty seconds old", () => {
    expect(finer(null, fix(80, 0)).accuracy).toBe(80);
    expect(finer(fix(80, 0), fix(20, 1000)).accuracy).toBe(20);
    expect(finer(fix(20, 0), fix(80, 1000)).accuracy).toBe(20);
    expect(finer(fix(20, 0), fix(80, 21_000)).accuracy).toBe(80);
  });
});
