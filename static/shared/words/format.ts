// Numbers as people say them: money, times, spans, distances, in the language that is spoken.
import { wind } from "../lib/geo";
import { t } from "./core";
import { isChinese } from "./say";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CITY = 8 * HOUR; // Asia/Shanghai, the whole year: deadlines are the city's, whatever the phone's own zone is

function inCity(at: number | string): string {
  return new Date(new Date(at).getTime() + CITY).toISOString();
}

/** The time of day in the city, such as 15:40. */
export function timeOfDay(at: number | string): string {
  return inCity(at).slice(11, 16);
}

/** The day in the city as 2026-11-20: what two moments have in common when they are on one day. */
export function dayOf(at: number | string): string {
  return inCity(at).slice(0, 10);
}

/** Such as 15:40 today, otherwise with the day: 11-21 15:40. */
export function moment(at: number | string, now: number): string {
  const day = dayOf(at);
  return day === dayOf(now) ? timeOfDay(at) : `${day.slice(5)} ${timeOfDay(at)}`;
}

/** A span of milliseconds as its largest unit: 6 s, 3 min, 2 h, 4 d. */
export function span(ms: number): string {
  const length = Math.abs(ms);
  if (length < MINUTE) return t("span.s", { n: Math.floor(length / SECOND) });
  if (length < HOUR) return t("span.min", { n: Math.floor(length / MINUTE) });
  if (length < DAY) return t("span.h", { n: Math.floor(length / HOUR) });
  return t("span.d", { n: Math.floor(length / DAY) });
}

/** How long ago, such as "6 s ago". */
export function ago(ms: number): string {
  return ms < 2 * SECOND ? t("now") : t("ago", { t: span(ms) });
}

/** A countdown: "9:59" below an hour, "24 min"-style above; always the absolute value. */
export function countdown(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / SECOND);
  if (seconds >= 3600) return span(ms);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** An amount as number and unit apart, for print in two sizes: 20 and 万元; ¥200,000 has no unit of its own. */
export function moneyParts(yuan: number | string): { figure: string; unit: string } {
  const value = Number(yuan);
  const decimals = Number.isInteger(value) ? 0 : 2;
  const grouped = value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  if (!isChinese()) return { figure: `¥${grouped}`, unit: "" };
  if (value < 10_000) return { figure: grouped, unit: "元" };
  return { figure: String(Math.round(value / 1000) / 10), unit: "万元" };
}

/** An amount in yuan as one text: 20 万元, 5,000 元, ¥200,000. */
export function money(yuan: number | string): string {
  const { figure, unit } = moneyParts(yuan);
  return unit ? `${figure} ${unit}` : figure;
}

/** Metres as people say them: 26 m, 2.3 km. */
export function far(metres: number): string {
  if (metres < 1000) return t("unit.m", { n: metres < 20 ? Math.round(metres) : Math.round(metres / 5) * 5 });
  return t("unit.km", { n: metres < 10_000 ? (metres / 1000).toFixed(1) : Math.round(metres / 1000) });
}

/** A direction in words, from degrees clockwise from north. */
export function direction(degrees: number): string {
  return t(`wind.${wind(degrees)}`);
}

const HERE_M = 5; // closer than this a direction is only the noise of positions

/** How far and in which direction, or that it is here; `between` stands between the two. */
export function whereabouts({ metres, degrees }: { metres: number; degrees: number }, between = " "): string {
  return isHere(metres) ? t("here") : far(metres) + between + direction(degrees);
}

export function isHere(metres: number): boolean {
  return metres < HERE_M;
}

/** A size of a file: 410 kB. */
export function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
