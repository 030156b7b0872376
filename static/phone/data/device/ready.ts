// The ready check: eight measurements at the same time, their verdicts as signals, the result sent for the chief.
import { computed, signal } from "@preact/signals";
import { ask, NetError } from "../../../shared/server/net";
import * as verdict from "../../domain/device/ready";
import { type Check, CODES, type Code, running } from "../../domain/device/ready";
import * as store from "../disk/store";
import { device } from "../outbox/acts";
import { BUILD, newest, reportDevice } from "./device";
import { platform } from "./install";
import { permission, provePush } from "./push-proof";
import { keepResult } from "./readiness";
import { chime } from "./ring";
import { outdated } from "./surroundings";
import { look, updateReady } from "./worker";

const POSITION_MS = 8_000;
const SOCKET_MS = 4_000;
const initial = Object.fromEntries(CODES.map((code) => [code, running(code)])) as Record<Code, Check>;
const results = signal<Record<Code, Check>>(initial);
export const checks = computed(() => CODES.map((code) => results.value[code]));
export const tookS = signal<number | null>(null); // seconds; null while it runs

let played = false;
let heard: boolean | null = null;

function put(check: Check): void {
  results.value = { ...results.value, [check.code]: check };
}

/** Run all of it; resolves when every verdict stands and the result is on its way. */
export async function runReady(): Promise<void> {
  const begun = performance.now();
  tookS.value = null;
  heard = null;
  for (const code of CODES) put(running(code));
  const server = askServer();
  await Promise.all([sound(), notifications(), push(), position(), storage(), clockAndVersion(server), socket(server)]);
  tookS.value = Math.max(1, Math.round((performance.now() - begun) / 1000));
  await keepReadiness(Math.round(performance.now() - begun));
}

/** Run one of them again, such as after it was mended, and tell the chief. */
export async function again(code: Code): Promise<void> {
  put(running(code));
  const one: Record<Code, () => Promise<void>> = {
    sound,
    notifications,
    push,
    position,
    storage,
    version: () => clockAndVersion(askServer()),
    clock: () => clockAndVersion(askServer()),
    socket: () => socket(askServer()),
  };
  await one[code]();
  await keepReadiness(0);
}

async function sound(): Promise<void> {
  played = await chime();
  const shakes = navigator.vibrate?.([200, 100, 200]) ?? false;
  put(verdict.soundCheck(played, heard, shakes));
}

/** What the officer said about the tone. */
export async function tellHeard(yes: boolean): Promise<void> {
  heard = yes;
  put(verdict.soundCheck(played, heard, typeof navigator.vibrate === "function"));
  await keepReadiness(0);
}

async function notifications(): Promise<void> {
  put(verdict.notificationCheck(permission(), platform()));
}

async function push(): Promise<void> {
  put(verdict.pushCheck(await provePush()));
}

async function position(): Promise<void> {
  put(verdict.positionCheck(await measurePosition(), platform()));
}

// Codes of GeolocationPositionError that say more than that there is no position.
const REFUSALS: Partial<Record<number, "denied" | "timeout">> = { 1: "denied", 3: "timeout" };

function measurePosition(): Promise<verdict.Measured> {
  if (!isSecureContext) return Promise.resolve({ kind: "insecure" });
  if (!("geolocation" in navigator)) return Promise.resolve({ kind: "unavailable" });
  return new Promise((done) => {
    // A question that nobody answers has no time-out of its own.
    const late = setTimeout(() => done({ kind: "timeout" }), POSITION_MS + 1_000);
    const tell = (measured: verdict.Measured): void => {
      clearTimeout(late);
      done(measured);
    };
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => {
        store.fix.value = { lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy, at: timestamp };
        tell({ kind: "fix", accuracy: coords.accuracy });
      },
      (error) => tell({ kind: REFUSALS[error.code] ?? "unavailable" }),
      { enableHighAccuracy: true, timeout: POSITION_MS, maximumAge: 30_000 },
    );
  });
}

async function storage(): Promise<void> {
  const persisted = await navigator.storage?.persisted?.().catch(() => null);
  put(verdict.storageCheck(store.unkept.value, persisted ?? null, platform().installed));
}

/** Ask the browser to keep what is on disk even when the phone runs out of room. */
export async function protectStorage(): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false);
  await again("storage");
}

/** Milliseconds there and back, or null. */
async function askServer(): Promise<number | null> {
  try {
    const { tookMs } = await ask("/api/v1/app", { timeoutMs: 8_000 });
    await Promise.all([reportDevice(), look()]);
    return tookMs;
  } catch (error) {
    if (error instanceof NetError) return null;
    throw error;
  }
}

async function clockAndVersion(server: Promise<number | null>): Promise<void> {
  await server;
  put(verdict.clockCheck(store.offset.value, store.compared.value));
  put(verdict.versionCheck(BUILD, newest.value, updateReady.value, outdated.value));
}

async function socket(server: Promise<number | null>): Promise<void> {
  const tookMs = await server;
  const until = Date.now() + SOCKET_MS;
  while (tookMs !== null && !store.socketOpen.value && Date.now() < until) {
    await new Promise((done) => setTimeout(done, 200));
  }
  put(verdict.socketCheck(store.socketOpen.value, tookMs));
}

/** Keep the result, and send it now or when there is a network. */
export async function keepReadiness(took_ms: number): Promise<void> {
  const done = checks.value.flatMap(({ code, state, value }) =>
    state === "running" ? [] : [{ code, state, ...(value ? { value } : {}) }],
  );
  if (!store.isOpen() || done.length < checks.value.length) return;
  const on_duty = store.duty.value?.on_duty === true;
  await keepResult({ device: await device(), on_duty, took_ms, checks: done });
}
