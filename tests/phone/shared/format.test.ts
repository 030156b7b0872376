// Numbers as people say them, in both languages, in the city's time.
import "../support/setup";
import { describe, expect, it } from "vitest";
import {
  ago,
  countdown,
  dayOf,
  far,
  inFull,
  moment,
  money,
  size,
  span,
  timeOfDay,
  whereabouts,
} from "../../../static/shared/words/format";
import { catalogue, type Language, sayer, speak } from "../../../static/shared/words/say";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** In both languages; what ties a number to its unit is a space here. */
function both(say: () => string): [string, string] {
  const texts = (["zh-hans", "en"] as Language[]).map((language) => {
    speak(language);
    return say().replaceAll("\u00a0", " ");
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
    [12_345_678.9, "1,234.6 万元", "¥12,345,678.90"],
  ])("%s is said as people say it", (yuan, zh, en) => {
    expect(both(() => money(yuan))).toEqual([zh, en]);
  });

  it("in full has two decimals or none", () => {
    expect(both(() => inFull(12_345_678.9))).toEqual(["12,345,678.90 元", "¥12,345,678.90"]);
    expect(both(() => inFull(878_450))).toEqual(["878,450 元", "¥878,450"]);
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
    expect(both(() => moment("2026-11-20T07:40:00Z", now))).toEqual(["15:40", "15:40"]);
  });

  it.each([
    ["2026-11-20T17:14:00Z", "明天 01:14", "01:14 tomorrow"],
    ["2026-11-19T15:10:00Z", "昨天 23:10", "23:10 yesterday"],
    ["2026-11-30T07:40:00Z", "11 月 30 日 15:40", "15:40 on 30 Nov"],
    ["2027-01-02T07:40:00Z", "2027 年 1 月 2 日 15:40", "15:40 on 2 Jan 2027"],
  ])("a moment of another day is told with its day: %s", (at, zh, en) => {
    const now = Date.parse("2026-11-20T15:59:00Z"); // a minute before midnight in the city
    expect(both(() => moment(at, now))).toEqual([zh, en]);
  });

  it.each([
    [6 * SECOND, "6 秒", "6 s"],
    [59_999, "59 秒", "59 s"],
    [40 * MINUTE, "40 分钟", "40 min"],
    [2.9 * HOUR, "2 小时", "2 h"],
    [24 * HOUR, "1 天", "1 day"],
    [4 * 24 * HOUR, "4 天", "4 days"],
  ])("a span of %i ms is told by its largest unit", (ms, zh, en) => {
    expect(both(() => span(ms))).toEqual([zh, en]);
  });

  it.each([
    [24 * HOUR - 1, "1 天", "1 day"],
    [59.6 * SECOND, "1 分钟", "1 min"],
    [23.4 * HOUR, "23 小时", "23 h"],
    [1.4 * SECOND, "1 秒", "1 s"],
  ])("a span of %i ms that need not be whole is told by the nearest one", (ms, zh, en) => {
    expect(both(() => span(ms, Math.round))).toEqual([zh, en]);
  });

  it("that is past is so long ago, or just now", () => {
    expect(both(() => ago(6 * SECOND))).toEqual(["6 秒前", "6 s ago"]);
    expect(both(() => ago(SECOND))).toEqual(["刚刚", "just now"]);
  });

  it("counts down by the second below an hour, and the same way past zero", () => {
    speak("en");
    expect([599_999, 600_000, 61_000, 0, -61_000].map(countdown)).toEqual(["9:59", "10:00", "1:01", "0:00", "1:01"]);
    expect(both(() => countdown(2 * HOUR))).toEqual(["2 小时", "2 h"]);
  });
});

it("a direction is told only of what is not here", () => {
  expect(both(() => whereabouts({ metres: 0, degrees: 0 }))).toEqual(["就在这里", "here"]);
  expect(both(() => whereabouts({ metres: 2_345, degrees: 45 }, " · "))).toEqual(["2.3 公里 · 东北", "2.3 km · NE"]);
});

it("one is said as one, and a large number in groups", () => {
  const say = sayer(catalogue({ few: "{n} 条" }, { few: "{n} {n|record|records}" }));
  expect([1, "1", 0, 2, 12_345].map((n) => both(() => say("few", { n })))).toEqual([
    ["1 条", "1 record"],
    ["1 条", "1 record"],
    ["0 条", "0 records"],
    ["2 条", "2 records"],
    ["12,345 条", "12,345 records"],
  ]);
});

it("a distance is as exact as it is near", () => {
  expect([7.6, 26, 998, 1_020, 2_345, 12_400].map((metres) => both(() => far(metres)))).toEqual([
    ["8 米", "8 m"],
    ["25 米", "25 m"],
    ["1 公里", "1 km"],
    ["1 公里", "1 km"],
    ["2.3 公里", "2.3 km"],
    ["12 公里", "12 km"],
  ]);
});

it("no line breaks between a number and its unit", () => {
  speak("zh-hans");
  const texts = [span(6 * SECOND), far(26), far(2_345), money(200_000), money(5_000), inFull(5_000), size(410_000)];
  expect(texts.filter((text) => !/^[\d.,]+\u00a0\S+$/.test(text))).toEqual([]);
});

it("a file is as large as people say", () => {
  expect(both(() => size(410_400))).toEqual(["410 kB", "410 kB"]);
  expect(both(() => size(1_240_000))).toEqual(["1.2 MB", "1.2 MB"]);
});

it("at the end of a line no number is left by what it counts, and no word is cut at its hyphen", () => {
  const say = sayer(
    catalogue(
      { wait: "再等 {n} 秒", version: "第 {n} 版，{n} 份", who: "打给 {who} 来" },
      { wait: "{n} s more", version: "the check-in, version {n}. {n} {n|is|are} here", who: "Call {who} to help" },
    ),
  );
  const texts = (["zh-hans", "en"] as Language[]).map((language) => {
    speak(language);
    return [say("wait", { n: 29 }), say("version", { n: 2 }), say("who", { who: "梅某" })];
  });
  expect(texts).toEqual([
    ["再等\u00a029\u00a0秒", "第\u00a02\u00a0版，2\u00a0份", "打给 梅某 来"],
    ["29\u00a0s more", "the check\u2011in, version\u00a02. 2\u00a0are here", "Call 梅某 to help"],
  ]);
});
