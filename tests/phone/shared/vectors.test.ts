// The phone's copies of the server's rules, asked the questions that Python has answered (tests/vectors/made.py).
import { describe, expect, it } from "vitest";
import { grade } from "../../../static/phone/domain/visit/grading";
import { running } from "../../../static/phone/domain/work/clocks";
import { money } from "../../../static/shared/words/format";
import { language } from "../../../static/shared/words/say";
import clocks from "../../vectors/clocks.json";
import grades from "../../vectors/grades.json";
import sums from "../../vectors/money.json";

describe("the clock that runs", () => {
  it.each(clocks)("$status, contact $contacted_at, arrival $arrived_at, a call first: $calls_first", (asked) => {
    const { status, calls_first: callsFirst, contacted_at: contactedAt, arrived_at: arrivedAt } = asked;
    const now = running({ status, callsFirst, contactedAt, arrivedAt, clocks: asked });
    expect(now).toEqual({ what: asked.what, by: asked.by });
  });
});

describe("the grade of a check-in", () => {
  it.each(grades)("$distance_m m, accuracy $accuracy_m m, $age_s s old", (asked) => {
    const { distance_m: distance, accuracy_m: accuracy, age_s: age, address_known: addressKnown } = asked;
    expect(grade({ distance, accuracy, age, addressKnown })).toEqual({ letter: asked.letter, reasons: asked.reasons });
  });
});

describe("money", () => {
  it.each(sums)("$yuan", ({ yuan, zh, en }) => {
    language.value = "zh-hans";
    expect(money(yuan).replace("\u00a0", " ")).toBe(zh);
    language.value = "en";
    expect(money(yuan)).toBe(en);
  });
});
