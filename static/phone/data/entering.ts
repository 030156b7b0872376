// Coming in: sign in by password or passkey, open the lock of whoever it was, and start everything that follows.
import { passkeySignIn } from "./passkey";
import { ask } from "./net";
import { lock, opened, readLock } from "./lock";
import { forgetPush } from "./push";
import { signIn, signOut } from "./session";
import { afterSignIn } from "./start";
import { locked } from "./store";

const SIGN_IN = "/app/sign-in";

/** Sign in with staff number and password; returns the key of a sentence, or null when inside. */
export async function enter(username: string, password: string): Promise<string | null> {
  let fault = await signIn(username, password);
  if (fault === "signin.already") {
    // The server still holds a session of somebody: this phone had lost its own half of it.
    await ask("/_allauth/browser/v1/auth/session", { method: "DELETE" }).catch(() => undefined);
    fault = await signIn(username, password);
  }
  return inside(fault);
}

/** Sign in with a passkey; "" when the officer let it be. */
export async function enterWithPasskey(): Promise<string | null> {
  return inside(await passkeySignIn());
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

/** Sign out: the server forgets this phone, the phone forgets this person. */
export async function leaveForGood(): Promise<void> {
  await forgetPush();
  await signOut();
  lock.value = null;
  locked.value = false;
  history.replaceState(null, "", "/");
}
