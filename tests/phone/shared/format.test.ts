// Numbers as people say them, in both languages, in the city's time.
import "../support/setup";
import { describe, expect, it } from "vitest";
import {
  ago,
  countdown,
  dayOf,
  far,
  moment,
  money,
  span,
  timeOfDay,
  whereabouts,
} from "../../../static/shared/words/format";
import { catalogue, type Language, sayer, speak } from "../../../static/shared/words/say";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

function both(say: () => string): [string, string] {
  const texts = (["zh-hans", "en"] as Language[]).map((language) => {
    speak(language);
    return say();
  });
  return [texts[0] ?? "", texts[1] ?? ""];
}

describe("money", () => {
  it.each([
    [878_000, "87.8 万元", "¥878,000"],
    ["200000.00", "20 万元", "¥200,000"],
    [5_000, "5,000 元", "¥5,000"],
    [9_999.5, "9,999.50 元", "¥9,999.50"],
    [10_000, "1 万元", "¥10,000"],
    [0, "0 元", "¥0"],
  ])("%s is said as people say it", (yuan, zh, en) => {
    expect(both(() => money(yuan))).toEqual([zh, en]);
  });
});

describe("time", () => {
  it("is the city's, whatever the phone's zone is", () => {
    const at = "2026-11-20T16:30:00Z";
    expect([timeOfDay(at), dayOf(at)]).toEqual(["00:30", "2026-11-21"]);
    expect(timeOfDay("2026-11-20T16:00:00Z")).toBe("00:00");
  });

  it("names the day only when it is another one", () => {
    const now = Date.parse("2026-11-20T04:00:00Z");
    expect(moment("2026-11-20T07:40:00Z", now)).toBe("15:40");
    expect(moment("2026-11-21T07:40:00Z", now)).toBe("11-21 15:40");
  });

  it.each([
    [6 * SECOND, "6 秒", "6 s"],
    [59_999, "59 秒", "59 s"],
    [40 * MINUTE, "40 分", "40 min"],
    [2.9 * HOUR, "2 小时", "2 h"],
    [4 * 24 * HOUR, "4 天", "4 d"],
  ])("a span of %i ms is told by its largest unit", (ms, zh, en) => {
    expect(both(() => span(ms))).toEqual([zh, en]);
  });

  it("that is past is so long ago, or just now", () => {
    expect(both(() => ago(6 * SECOND))).toEqual(["6 秒前", "6 s ago"]);
    expect(both(() => ago(SECOND))).toEqual(["刚刚", "just now"]);
  });

  it("counts down by the second below an hour, and the same way past zero", () => {
    speak("en");
    expect([599_999, 600_000, 61_000, 0, -61_000].map(countdown)).toEqual(["9:59", "10:00", "1:01", "0:00", "1:01"]);
    expect(countdown(2 * HOUR)).toBe("2 h");
  });
});

it("a direction is told only of what is not here", () => {
  expect(both(() => whereabouts({ metres: 0, degrees: 0 }))).toEqual(["就在这里", "here"]);
  expect(both(() => whereabouts({ metres: 2_345, degrees: 45 }, " · "))).toEqual(["2.3 公里 · 东北", "2.3 km · NE"]);
});

it("one is said as one", () => {
  const say = sayer(catalogue({ few: "{n} 条", "few.one": "{n} 条" }, { few: "{n} records", "few.one": "{n} record" }));
  expect([1, "1", 0, 2].map((n) => both(() => say("few", { n }))[1])).toEqual([
    "1 record",
    "1 record",
    "0 records",
    "2 records",
  ]);
});

it("a distance is as exact as it is near", () => {
  expect([7.6, 26, 998, 2_345, 12_400].map((metres) => both(() => far(metres))[1])).toEqual([
    "8 m",
    "25 m",
    "1000 m",
    "2.3 km",
    "12 km",
  ]);
});
