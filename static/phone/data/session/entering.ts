// Entering the app: sign in by password or passkey, open the lock of the last person, start everything that follows.
import { forgetPush, pushHere } from "../device/push";
import { locked } from "../disk/store";
import { endSession } from "./leaving";
import { lock, opened, readLock } from "./lock";
import { passkeySignIn } from "./passkey";
import { signIn, signOut } from "./session";
import { afterSignIn } from "./start";

const SIGN_IN = "/app/sign-in";

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
  const fault = await way();
  if (fault !== "signin.already") return fault;
  await endSession();
  return way();
}

async function inside(fault: string | null): Promise<string | null> {
  if (fault !== null) return fault;
  await readLock();
  await opened();
  if (location.pathname === SIGN_IN) toWorklist();
  void afterSignIn();
  return null;
}

/** Leave the way back to the sign-in behind. */
export function toWorklist(): void {
  history.replaceState(null, "", "/");
  dispatchEvent(new PopStateEvent("popstate"));
}

/** Sign out: the phone forgets this person at once, and the server this phone as soon as it can be told. */
export async function leaveForGood(): Promise<void> {
  const push = await pushHere();
  lock.value = null;
  locked.value = false;
  history.replaceState(null, "", "/");
  await signOut(() => forgetPush(push));
}
