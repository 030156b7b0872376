// The ready check as pure verdicts: from what was measured to in order, to be watched, or to be mended.
import { READY_CHECKS, type ReadyCheck } from "../../../shared/server/generated";
import type { Schemas } from "../../../shared/server/schemas";
import { FAR_OFF_MS, type Unkept } from "./surroundings";

export const CODES = READY_CHECKS;
export type Code = ReadyCheck;
export type State = "running" | Schemas["CheckStateEnum"];

/** One verdict: `why` names its sentences, `values` fill them, `value` is what the chief reads (no person in it). */
export interface Check {
  code: Code;
  state: State;
  why: string;
  values?: { n?: number; ms?: number; metres?: number };
  value?: string;
}

export const running = (code: Code): Check => ({ code, state: "running", why: "running" });

/** `played`: whether the browser let a tone out; `heard`: what the officer said. */
export function soundCheck(played: boolean, heard: boolean | null, shakes: boolean): Check {
  if (heard === false) return { code: "sound", state: "bad", why: "unheard", value: "not heard" };
  if (!played) return { code: "sound", state: "warn", why: "blocked", value: "needs a touch" };
  if (heard === null) return { code: "sound", state: "warn", why: "asked", value: "not answered" };
  return { code: "sound", state: "ok", why: shakes ? "heard" : "heard_only", value: shakes ? "heard" : "no vibration" };
}

export interface Platform {
  os: "ios" | "android" | "other";
  installed: boolean;
  inApp: boolean;
}

/** `none`: this browser has no notifications. */
export function notificationCheck(permission: NotificationPermission | "none", platform: Platform): Check {
  const code = "notifications";
  if (permission === "granted") return { code, state: "ok", why: "granted" };
  if (platform.inApp) return { code, state: "bad", why: "in_app", value: "inside another app" };
  if (platform.os === "ios" && !platform.installed)
    return { code, state: "bad", why: "ios_install", value: "not installed" };
  if (permission === "none") return { code, state: "bad", why: "none", value: "none" };
  if (permission === "denied") return { code, state: "bad", why: `denied_${platform.os}`, value: "denied" };
  return { code, state: "bad", why: "ask", value: "not asked" };
}

export type PushOutcome =
  | { kind: "received"; ms: number }
  | { kind: "silent" | "permission" | "none" | "server_off" | "refused" | "offline" | "worker" | "busy" };

export function pushCheck(outcome: PushOutcome): Check {
  const code = "push";
  if (outcome.kind === "received") {
    const seconds = Math.max(1, Math.round(outcome.ms / 1000));
    return { code, state: "ok", why: "received", values: { n: seconds }, value: `${seconds} s` };
  }
  const calm = ["permission", "server_off", "offline", "worker", "busy"].includes(outcome.kind);
  return { code, state: calm ? "warn" : "bad", why: outcome.kind, value: outcome.kind };
}

export type Measured = { kind: "fix"; accuracy: number } | { kind: "denied" | "unavailable" | "timeout" | "insecure" };
const FINE_M = 100;

export function positionCheck(measured: Measured, platform: Platform): Check {
  const code = "position";
  if (measured.kind === "fix") {
    const metres = Math.round(measured.accuracy);
    const fine = metres <= FINE_M;
    return {
      code,
      state: fine ? "ok" : "warn",
      why: fine ? "fix" : "coarse",
      values: { metres },
      value: `${metres} m`,
    };
  }
  if (measured.kind === "denied") return { code, state: "bad", why: `denied_${platform.os}`, value: "denied" };
  return { code, state: measured.kind === "timeout" ? "warn" : "bad", why: measured.kind, value: measured.kind };
}

/** `persisted` null: the browser does not say. */
export function storageCheck(unkept: Unkept | null, persisted: boolean | null, installed: boolean): Check {
  const code = "storage";
  if (unkept === "refused") return { code, state: "bad", why: "volatile", value: "nothing kept" };
  if (unkept !== null) return { code, state: "bad", why: unkept, value: `${unkept} disk` };
  if (persisted) return { code, state: "ok", why: "persisted" };
  if (persisted === null) return { code, state: installed ? "ok" : "warn", why: installed ? "installed" : "unknown" };
  return { code, state: "bad", why: "cleared", value: "may be cleared" };
}

export function versionCheck(build: string, newest: string | null, waiting: boolean, outdated: boolean): Check {
  const code = "version";
  const value = build.slice(0, 12);
  if (outdated) return { code, state: "bad", why: "outdated", value };
  if (newest === null) return { code, state: "warn", why: "unknown", value };
  if (waiting || newest !== build) return { code, state: "warn", why: "newer", value };
  return { code, state: "ok", why: "newest", value };
}

export function clockCheck(offsetMs: number, known: boolean): Check {
  const code = "clock";
  if (!known) return { code, state: "warn", why: "unknown" };
  const tenths = Math.round(Math.abs(offsetMs) / 100) / 10;
  const value = `${offsetMs < 0 ? "-" : "+"}${tenths} s`;
  if (Math.abs(offsetMs) > FAR_OFF_MS) {
    return { code, state: "bad", why: "far", values: { ms: offsetMs }, value };
  }
  if (tenths >= 60) return { code, state: "warn", why: "off", values: { ms: offsetMs }, value };
  return { code, state: "ok", why: "near", values: { n: tenths }, value };
}

/** `tookMs` null: the server did not answer. */
export function socketCheck(open: boolean, tookMs: number | null): Check {
  const code = "socket";
  if (tookMs === null) return { code, state: "bad", why: "offline", value: "offline" };
  const n = Math.round(tookMs);
  if (!open) return { code, state: "warn", why: "closed", values: { n }, value: "no socket" };
  return { code, state: "ok", why: "open", values: { n }, value: `${n} ms` };
}

/** How many are in order, to be mended, to be watched, and not done yet. */
export function tally(checks: readonly Check[]): Record<State, number> {
  const counts: Record<State, number> = { ok: 0, bad: 0, warn: 0, running: 0 };
  for (const check of checks) counts[check.state] += 1;
  return counts;
}
