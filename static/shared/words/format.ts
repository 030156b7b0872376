// Numbers as text: money, times, durations, distances, by the platform's rules for the language of the screen.
import { computed } from "@preact/signals";
import { wind } from "../lib/geo";
import { dayOf, timeOfDay } from "./day";
import { fact } from "./facts";
import { isChinese } from "./say";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export { dayOf, timeOfDay };

/** A way of the platform to write numbers in the language of the screen: made when it is first needed, which takes time. */
function numbers(shape: Intl.NumberFormatOptions = {}) {
  return computed(() => new Intl.NumberFormat(isChinese() ? "zh-CN" : "en", shape));
}

function unitOf(name: string, unitDisplay: "short" | "narrow", maximumFractionDigits = 0) {
  return numbers({ style: "unit", unit: name, unitDisplay, maximumFractionDigits });
}

const whole = numbers();
const cents = numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
const tenths = numbers({ maximumFractionDigits: 1 });
const UNITS = {
  second: unitOf("second", "narrow"),
  minute: unitOf("minute", "short"),
  hour: unitOf("hour", "narrow"),
  day: unitOf("day", "short"),
  metre: unitOf("meter", "short"),
  kilometre: unitOf("kilometer", "short", 1),
  kilobyte: unitOf("kilobyte", "short"),
  megabyte: unitOf("megabyte", "short", 1),
};

/** Days are written as 30 Nov, not Nov 30. */
function dates(shape: Intl.DateTimeFormatOptions) {
  const day = { day: "numeric", month: "short", timeZone: "Asia/Shanghai" } as const;
  return computed(() => new Intl.DateTimeFormat(isChinese() ? "zh-CN" : "en-GB", { ...day, ...shape }));
}

const ofTheYear = dates({});
const ofAnother = dates({ year: "numeric" });
const nearDay = computed(() => new Intl.RelativeTimeFormat(isChinese() ? "zh-CN" : "en", { numeric: "auto" }));

type Unit = keyof typeof UNITS;

/** A number and its unit with a gap that no line breaks: 6 s, 6 秒, 2.3 km. */
function measure(of: Unit, n: number): string {
  return apart(UNITS[of].value.format(n));
}

/** A gap between digits and the letters beside them. */
function apart(text: string): string {
  return text.replace(/(\d)\s?(?=\p{L})/gu, "$1\u00a0").replace(/(\p{Script=Han})(?=\d)/gu, "$1\u00a0");
}

/** A day, such as 30 Nov; of another year it is told with its year. */
export function date(at: number | string, now: number): string {
  const same = dayOf(at).slice(0, 4) === dayOf(now).slice(0, 4);
  return apart((same ? ofTheYear : ofAnother).value.format(new Date(at)));
}

/** Such as 15:40 today, otherwise with the day: 01:14 tomorrow, 15:40 on 30 Nov. */
export function moment(at: number | string, now: number): string {
  const time = timeOfDay(at);
  const days = Math.round((Date.parse(dayOf(at)) - Date.parse(dayOf(now))) / DAY);
  if (days === 0) return time;
  if (Math.abs(days) > 1) return fact("on.date", { t: time, day: date(at, now) });
  return fact("on.near", { t: time, day: nearDay.value.format(days, "day") });
}

const SPANS: readonly [name: Unit, length: number, most: number][] = [
  ["second", SECOND, 60],
  ["minute", MINUTE, 60],
  ["hour", HOUR, 24],
];

/** A span of milliseconds as its largest whole unit: 6 s, 3 min, 2 h, 4 days; `round` where it is near enough. */
export function span(ms: number, round: (n: number) => number = Math.floor): string {
  const length = Math.abs(ms);
  const fits = SPANS.find(([, each, most]) => round(length / each) < most);
  const [name, one] = fits ?? (["day", DAY] as const);
  return measure(name, round(length / one));
}

/** How long ago, such as "6 s ago". */
export function ago(ms: number): string {
  return ms < 2 * SECOND ? fact("now") : fact("ago", { t: span(ms) });
}

/** A countdown: "9:59" below an hour, "24 min"-style above; always the absolute value. */
export function countdown(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / SECOND);
  if (seconds >= 3600) return span(ms);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** With two decimals or none: 12,345.60. */
function grouped(value: number): string {
  return (Number.isInteger(value) ? whole : cents).value.format(value);
}

/** An amount in yuan in full: 878,450 元, ¥878,450. */
export function inFull(yuan: number): string {
  return isChinese() ? `${grouped(yuan)}\u00a0元` : `¥${grouped(yuan)}`;
}

/** An amount as number and unit apart, for print in two sizes: 20 and 万元; ¥200,000 has no unit of its own. */
export function moneyParts(yuan: number | string): { figure: string; unit: string } {
  const value = Number(yuan);
  if (!isChinese()) return { figure: `¥${grouped(value)}`, unit: "" };
  if (value < 10_000) return { figure: grouped(value), unit: "元" };
  return { figure: tenths.value.format(value / 10_000), unit: "万元" };
}

/** An amount in yuan as one text: 20 万元, 5,000 元, ¥200,000. */
export function money(yuan: number | string): string {
  const { figure, unit } = moneyParts(yuan);
  return unit ? `${figure}\u00a0${unit}` : figure;
}

/** Metres as people say them: 26 m, 2.3 km. */
export function far(metres: number): string {
  const near = metres < 20 ? Math.round(metres) : Math.round(metres / 5) * 5;
  if (near < 1000) return measure("metre", near);
  return measure("kilometre", metres < 10_000 ? metres / 1000 : Math.round(metres / 1000));
}

const HERE_M = 5; // closer than this a direction is only the noise of positions

/** How far and in which direction, or that it is here; `between` stands between the two. */
export function whereabouts({ metres, degrees }: { metres: number; degrees: number }, between = " "): string {
  return isHere(metres) ? fact("here") : far(metres) + between + fact(`wind.${wind(degrees)}`);
}

export function isHere(metres: number): boolean {
  return metres < HERE_M;
}

/** A size of a file: 410 kB. */
export function size(bytes: number): string {
  return bytes < 1_000_000 ? measure("kilobyte", bytes / 1000) : measure("megabyte", bytes / 1_000_000);
}
