// Ends the session at the server: a phone that signed out without a network tries until the server has answered.
import { keep, kept } from "../../../shared/lib/local-storage";
import { askAt, NetError } from "../../../shared/server/net";
import { keptMe } from "../disk/last-person";

const LEAVING = "doorstep.leaving"; // no personal data: only that some session is still to be ended
const SESSION = "/_allauth/browser/v1/auth/session";
const GONE = 410;

let going: Promise<void> | null = null;

/** Note that the phone is wiped and the server must still be told. */
export function oweLeaving(): void {
  keep(LEAVING, "1");
}

/** Somebody is signed in here: the session is theirs now and must not be ended any more. */
export function oweNothing(): void {
  keep(LEAVING, null);
}

/** Say goodbye to the server, `first` before the session goes; one at a time, so that a sign-in can wait for it. */
export function sayGoodbye(first: () => Promise<void> = async () => undefined): Promise<void> {
  going ??= (async () => {
    try {
      await first();
      if (isOwed() && (await endSession())) oweNothing();
    } finally {
      going = null;
    }
  })();
  return going;
}

/** End a session that was left without a network; at the start, with every network, and before a sign-in. */
export async function endOwed(): Promise<void> {
  if (going !== null || isOwed()) await sayGoodbye();
}

/** End whatever session the server holds for this browser; returns whether it answered that there is none any more. */
export async function endSession(): Promise<boolean> {
  try {
    await askAt(SESSION, { method: "DELETE" });
    return true;
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    const { failure } = error;
    return failure.kind === "signed_out" || (failure.kind === "refused" && failure.status === GONE); // 401 is how it says yes
  }
}

function isOwed(): boolean {
  return kept(LEAVING) !== null && keptMe() === null;
}
