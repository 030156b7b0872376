// Starting the app: disk first, so that the worklist stands before any network has answered; then everything else.
import { language, speak } from "../words/say";
import { readAppInfo } from "./app";
import { reportDevice } from "./device";
import { readDuty } from "./duty";
import "./install"; // hears the browser's offer, which comes only once
import { readLock, watchIdle } from "./lock";
import { pull } from "./pull";
import { flush, onSent } from "./send";
import { resume } from "./session";
import { applySettings } from "./settings";
import { keepConnected, renew } from "./socket";
import { hearOthers, me, ticking } from "./store";
import { registerWorker } from "./worker";

const REPORT_EVERY_MS = 5 * 60_000;

/** Show what is on disk; resolves when the first screen can be painted. */
export async function start(): Promise<void> {
  speak(language.value);
  applySettings();
  if (await resume()) await readLock();
}

/** Everything that may take its time: network, clocks, position, the worker. */
export function goLive(): void {
  setInterval(() => {
    ticking.value = Date.now();
  }, 1000);
  document.addEventListener("visibilitychange", () => {
    ticking.value = Date.now();
  });
  hearOthers();
  onSent(() => void pull());
  keepConnected();
  watchIdle();
  void registerWorker();
  void readAppInfo();
  if (me.value) void afterSignIn();
  setInterval(() => void reportDevice(), REPORT_EVERY_MS);
}

/** What must happen once it is known who is here: at the start and after every sign-in. */
export async function afterSignIn(): Promise<void> {
  await renew();
  await Promise.all([flush(), readDuty(), reportDevice()]);
}
