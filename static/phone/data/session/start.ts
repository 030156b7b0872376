// Starts the app: the disk first, so that the worklist is shown before any network answers; then everything else.
import { effect } from "@preact/signals";
import { language, speak } from "../../../shared/words/say";
import { reportDevice } from "../device/device";
import { readAppInfo } from "./app";
import { readDuty } from "./duty";
import "../device/install"; // hears the browser's offer, which comes only once
import { applySettings } from "../device/settings";
import { registerWorker } from "../device/worker";
import { isOfDisk } from "../disk/slow-storage";
import { fault, faultOf, hearOthers, me, onHeard, photosLeft, ticking, unsent } from "../disk/store";
import { flush, onSent } from "../outbox/send";
import { pull } from "../work/pull";
import { keepConnected, renew } from "../work/socket";
import { endOwed } from "./leaving";
import { readLock, watchIdle } from "./lock";
import { resume } from "./session";

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
  addEventListener("unhandledrejection", ({ reason }) => {
    if (isOfDisk(reason) && me.value) fault.value = faultOf(reason); // whatever was tapped, it is said
  });
  hearOthers();
  onSent(() => void pull());
  onHeard(pullAfterOthers);
  keepConnected();
  watchIdle();
  void registerWorker();
  void readAppInfo();
  if (me.value) void afterSignIn();
  void endOwed();
  addEventListener("online", () => void endOwed());
  setInterval(() => void reportDevice(), REPORT_EVERY_MS);
  let spoken = language.value;
  effect(() => {
    if (language.value === spoken) return;
    spoken = language.value;
    void reportDevice(); // the server writes its reasons in the language of the phone
  });
  effect(() => {
    owed = Math.max(owed, unsent.value.length + photosLeft.value.length);
  });
}

let owed = 0;

/** The worker or another tab has sent something: the worklist has changed, and what arrived may be forgotten. */
function pullAfterOthers(): void {
  const before = owed;
  owed = unsent.value.length + photosLeft.value.length;
  if (owed < before) void pull();
}

/** What must happen once it is known who is here: at the start and after every sign-in. */
export async function afterSignIn(): Promise<void> {
  await renew();
  await Promise.all([flush(), readDuty(), reportDevice()]);
}
