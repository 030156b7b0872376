// Entering the app: from disk as it starts, by password or passkey, and everything that follows; and leaving it.
import { effect } from "@preact/signals";
import { goInstead } from "../../../shared/lib/address";
import { language } from "../../../shared/words/say";
import { reportDevice } from "../device/device";
import { forgetPush, pushHere } from "../device/push";
import { registerWorker } from "../device/worker";
import { isOfDisk } from "../disk/slow-storage";
import { fault, faultOf, hearOthers, locked, me, onHeard, photosLeft, ticking, unsent } from "../disk/store";
import { flush, onSent } from "../outbox/send";
import { pull } from "../work/pull";
import { keepConnected, renew } from "../work/socket";
import { readAppInfo } from "./app";
import { readDuty } from "./duty";
import { endOwed, endSession } from "./leaving";
import { lock, opened, readLock, watchIdle } from "./lock";
import { passkeySignIn } from "./passkey";
import { resume, signIn, signOut } from "./session";

export { othersUnsent } from "./session"; // the form asks for all that it needs in one place

const REPORT_EVERY_MS = 5 * 60_000;
const SIGN_IN = "/app/sign-in";

/** Read what is on disk; resolves when the first screen can be painted. */
export async function start(): Promise<void> {
  if (await resume()) await readLock();
}

let live = false;

/** Everything that may take its time: network, clocks, position, the worker. Once for a page, whoever asks first. */
export function goLive(): void {
  if (live) return;
  live = true;
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
async function afterSignIn(): Promise<void> {
  await renew();
  await Promise.all([flush(), readDuty(), reportDevice()]);
}

/** Sign in with staff number and password; returns the key of the sentence that says why not, or null when signed in. */
export async function enter(username: string, password: string): Promise<string | null> {
  return inside(await anew(() => signIn(username, password)));
}

/** Sign in with a passkey; "" when the officer let it be. */
export async function enterWithPasskey(): Promise<string | null> {
  return inside(await anew(passkeySignIn));
}

/** Where the server still holds a session of somebody, whose other half this phone has lost: end it and try again. */
async function anew(way: () => Promise<string | null>): Promise<string | null> {
  const answer = await way();
  if (answer !== "signin.already") return answer;
  await endSession();
  return way();
}

async function inside(answer: string | null): Promise<string | null> {
  if (answer !== null) return answer;
  await readLock();
  await opened();
  if (location.pathname === SIGN_IN) goInstead("/");
  void afterSignIn();
  return null;
}

/** Sign out: the phone forgets this person at once, and the server this phone as soon as it can be told. */
export async function leaveForGood(): Promise<void> {
  const push = await pushHere();
  lock.value = null;
  locked.value = false;
  history.replaceState(null, "", "/");
  await signOut(() => forgetPush(push));
}
