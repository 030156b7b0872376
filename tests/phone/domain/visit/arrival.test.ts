// What a check-in asks, and the grade that it promises: by hand it promises nothing.
import { describe, expect, it } from "vitest";
import { type Arrival, asks, emptyArrival, gradeOf, manualReason } from "../../../../static/phone/domain/visit/arrival";

const HOME = { lat: 33.5, lon: 115 };
const AT = Date.parse("2026-11-29T02:00:00Z");
const near = { lat: 33.5003, lon: 115, accuracy: 12, at: AT };
const far = { ...near, lat: 33.6 };
const said = (part: Partial<Arrival>): Arrival => ({ ...emptyArrival(), ...part });
const graded = (form: Arrival, held: typeof near | null) => gradeOf(form, held, HOME, AT);

describe("a check-in", () => {
  it("has the grade of its position, and none of it where the officer calls the position wrong", () => {
    expect(graded(emptyArrival(), near).letter).toBe("B");
    expect(graded(said({ manual: true }), near)).toEqual({ letter: "D", reasons: ["no_position"] });
  });

  it.each([
    ["a position at the house", emptyArrival(), near, false, null],
    ["by hand", said({ manual: true }), near, false, "byHand"],
    ["by hand, far away", said({ manual: true }), far, false, "byHand"],
    ["far away", emptyArrival(), far, false, "farAway"],
    ["still searching", emptyArrival(), null, true, null],
    ["nothing found", emptyArrival(), null, false, "byHand"],
  ] as const)("asks about %s", (_what, form, held, searching, question) => {
    expect(asks(form, graded(form, held), searching)).toBe(question);
  });

  it("carries no answer over to the other question", () => {
    const form = said({ byHand: { reasons: ["drifts"], words: " the well " } });
    expect(manualReason(form.byHand, (code) => code)).toBe("drifts, the well");
    expect(manualReason(form.farAway, (code) => code)).toBe("");
  });
});
