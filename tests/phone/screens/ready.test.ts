// A row of the ready check: measures in the units that people use, whatever their size.
import "../support/setup";
import { expect, it } from "vitest";
import { type Check, clockCheck, positionCheck } from "../../../static/phone/domain/device/ready";
import { rowWords } from "../../../static/phone/screens/ready/words";
import { type Language, speak } from "../../../static/shared/words/say";

const HOUR = 3_600_000;
const ANY = { os: "android", installed: true, inApp: false } as unknown as Parameters<typeof positionCheck>[1];

function both(check: Check, part: "head" | "hint"): string[] {
  return (["zh-hans", "en"] as Language[]).map((language) => {
    speak(language);
    return rowWords(check)[part].replaceAll("\u00a0", " ");
  });
}

it.each([
  [clockCheck(24 * HOUR - 400, true), "head", "手机时间差 1 天", "Phone clock is 1 day off"],
  [clockCheck(-14 * 60_000, true), "head", "手机时间差 14 分钟", "Phone clock is 14 min off"],
  [clockCheck(95_000, true), "hint", "差 2 分钟，已替你校正", "2 min off, corrected for you"],
  [clockCheck(400, true), "hint", "差 0.4 秒", "0.4 s off"],
  [positionCheck({ kind: "fix", accuracy: 12 }, ANY), "hint", "误差 12 米", "Accurate to 12 m"],
  [positionCheck({ kind: "fix", accuracy: 1_480 }, ANY), "head", "定位粗", "Coarse position"],
] as const)("%o", (check, part, zh, en) => {
  expect(both(check, part)).toEqual([zh, en]);
});

it("says how coarse a position is in kilometres", () => {
  expect(both(positionCheck({ kind: "fix", accuracy: 1_480 }, ANY), "hint")[1]).toMatch(/^Accurate to 1.5 km\. /);
});
