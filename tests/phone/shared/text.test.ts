// Text that is kept and sent: clean, and cut by whole letters.
import { describe, expect, it } from "vitest";
import { clean, cleaned } from "../../../static/shared/lib/clean";
import { cut, lettersIn, tidy } from "../../../static/shared/lib/text";
import { rolls } from "../support/rolls";

/** What the server asks of a text (`is_storable`). */
function isStorable(text: string): boolean {
  return !text.includes("\0") && !/[\ud800-\udfff]/u.test(text);
}

describe("a clean text", () => {
  it.each([
    ["赵某 😀", "赵某 😀"],
    ["a\0b", "ab"],
    ["half \ud83d", "half \ufffd"],
    ["\ude00 half", "\ufffd half"],
    ["two\tlines\r\nof it", "two\tlines\r\nof it"],
    ["bell\u0007 \u0085\u009f", "bell "],
    ["about\u00a05\u00a0km, check\u2011in", "about 5 km, check-in"],
  ])("of %j is %j", (text, kept) => {
    expect(clean(text)).toBe(kept);
    expect(isStorable(clean(text))).toBe(true);
  });

  it("is every text of a payload", () => {
    const payload = { note: "\ud83d", list: [{ to: "a\0" }, 5, null], met: true };
    expect(cleaned(payload)).toEqual({ note: "\ufffd", list: [{ to: "a" }, 5, null], met: true });
  });
});

describe("a text that is cut", () => {
  it.each([
    [`${"字".repeat(199)}😀字`, 200, `${"字".repeat(199)}😀`],
    [`${"字".repeat(199)}👨\u200d👩\u200d👧`, 200, "字".repeat(199)], // five code points, one letter
    ["e\u0301e\u0301", 3, "e\u0301"],
    ["🇨🇳🇨🇳", 3, "🇨🇳"],
    ["葛\u{e0100}葛\u{e0100}", 3, "葛\u{e0100}"], // a variant of a name
    ["short", 200, "short"],
    ["😀😀", 2, "😀😀"],
  ])("%j to %d code points", (text, most, kept) => {
    expect(cut(text, most)).toBe(kept);
  });

  it("is a beginning of the text, within its length, and can be stored, whatever was typed", () => {
    const roll = rolls(6);
    const pieces = ["字", "a", "😀", "👩🏽\u200d⚕️", "\u0301", "\ud83d", "\udc00", "\0", "\n", "🇨🇳", "\u200d"];
    for (let run = 0; run < 1000; run++) {
      const text = Array.from({ length: roll.upTo(40) }, () => roll.one(pieces)).join("");
      const most = roll.upTo(30);
      const kept = tidy(text, most);
      expect([text, isStorable(kept), lettersIn(kept) <= most, clean(text).trim().startsWith(kept)]).toEqual([
        text,
        true,
        true,
        true,
      ]);
    }
  });
});
