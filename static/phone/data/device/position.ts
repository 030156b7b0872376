// Where the phone is: watched while there is open work, kept in memory only.
import { computed, effect, signal } from "@preact/signals";
import { duty, type Fix, fix, views } from "../disk/store";
import { sayPosition } from "../work/socket";

export type PositionState = "unknown" | "asked" | "known" | "denied" | "unavailable" | "timeout";
export const positionState = signal<PositionState>("unknown");

const SAY_EVERY_MS = 30_000;
const LOOK_EVERY_MS = 5 * 60_000; // on duty with nothing in hand: enough for a dispatch to know who is near
let looking: ReturnType<typeof setInterval> | undefined;
let watching: number | null = null;
let said = 0;

/** Watch the position with something in hand, look now and then while only on duty; off duty nobody is looked for. */
export function watchWhenNeeded(): void {
  // A need and not the worklist itself: where the phone may not be looked for, not every change asks again.
  const need = computed(() => {
    if (duty.value?.on_duty !== true) return "none";
    return views.value.length > 0 ? "way" : "now and then";
  });
  effect(() => {
    clearInterval(looking);
    if (need.value === "way") startWatching();
    else stopWatching();
    if (need.value === "now and then") {
      look();
      looking = setInterval(look, LOOK_EVERY_MS);
    }
  });
  document.addEventListener("visibilitychange", () => {
    // Back from the settings of the phone, where it may have been allowed meanwhile.
    if (need.value === "way" && document.visibilityState === "visible") startWatching();
  });
}

function look(): void {
  if (document.visibilityState !== "visible") return; // the browser would not answer
  navigator.geolocation?.getCurrentPosition(take, failed, { maximumAge: LOOK_EVERY_MS, timeout: 60_000 });
}

export function startWatching(): void {
  if (watching !== null) return;
  if (!("geolocation" in navigator)) {
    positionState.value = "unavailable";
    return;
  }
  if (positionState.value === "unknown") positionState.value = "asked";
  watching = navigator.geolocation.watchPosition(take, failed, { enableHighAccuracy: true, maximumAge: 5_000 });
}

export function stopWatching(): void {
  if (watching !== null) navigator.geolocation.clearWatch(watching);
  watching = null;
}

const OLDEST_MS = 24 * 3600_000;
const AHEAD_MS = 5 * 60_000;
const LONGEST_S = 31_536_000; // the server takes no position that is older
const COARSEST_M = 1_000_000;

/** Just received, where a position's own time can't be: a week counter that ran over, seconds, another epoch. */
function takenAt(timestamp: number): number {
  const now = Date.now();
  return timestamp > now - OLDEST_MS && timestamp < now + AHEAD_MS ? timestamp : now;
}

function take({ coords: { latitude: lat, longitude: lon, accuracy }, timestamp }: GeolocationPosition): void {
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return; // no place at all
  const next: Fix = {
    lat,
    lon,
    accuracy: accuracy >= 0 ? Math.min(accuracy, COARSEST_M) : COARSEST_M,
    at: takenAt(timestamp),
  };
  fix.value = next;
  positionState.value = "known";
  if (Math.abs(Date.now() - said) < SAY_EVERY_MS) return; // either way: the phone's clock may be set
  said = Date.now();
  sayPosition(forWire(next));
}

function failed(error: GeolocationPositionError): void {
  const states: PositionState[] = ["unavailable", "denied", "unavailable", "timeout"];
  positionState.value = states[error.code] ?? "unavailable";
  if (error.code === error.PERMISSION_DENIED) stopWatching();
}

/** A position as the server reads it: metres and seconds. */
export function forWire(position: Fix): { lat: number; lon: number; accuracy_m: number; age_s: number } {
  const age_s = Math.min(LONGEST_S, Math.max(0, Math.round((Date.now() - position.at) / 1000)));
  return { lat: position.lat, lon: position.lon, accuracy_m: Math.round(position.accuracy * 10) / 10, age_s };
}
