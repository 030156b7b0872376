// Push on this phone as it is left: its subscription, forgotten with whoever signs out.
import { ask } from "../../../shared/server/net";

const GOODBYE_MS = 4_000;

/** This phone's subscription, if there is one. */
export async function pushHere(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  const found = registration?.pushManager?.getSubscription().catch(() => null);
  return found ? within(found, GOODBYE_MS) : null;
}

/** Have the server, then the browser, forget a subscription: nobody is signed in here any more. */
export async function forgetPush(subscription: PushSubscription | null): Promise<void> {
  if (!subscription) return;
  const json = { endpoint: subscription.endpoint };
  await ask("/api/v1/push", { method: "DELETE", json, timeoutMs: GOODBYE_MS }).catch(() => undefined);
  await within(
    subscription.unsubscribe().catch(() => false),
    GOODBYE_MS,
  );
}

/** What is wanted, or null where it takes too long. */
export async function within<T>(wanted: Promise<T>, ms: number): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), ms);
  });
  const first = await Promise.race([wanted, late]);
  clearTimeout(timer);
  return first;
}
