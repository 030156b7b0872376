// Push on this phone: subscribed at the browser's service, told to our server, proven by the worker's receipt.
import { fromBase64 } from "../../../shared/lib/bytes";
import { ask, NetError } from "../../../shared/server/net";
import type { PushOutcome } from "../../domain/device/ready";
import { device } from "../outbox/acts";
import { within } from "./push";

const WAIT_MS = 5_000;
const START_MS = 4_000;

export function permission(): NotificationPermission | "none" {
  return typeof Notification === "undefined" ? "none" : Notification.permission;
}

/** Ask the officer for notifications: only ever on a tap. */
export async function askPermission(): Promise<NotificationPermission | "none"> {
  if (typeof Notification === "undefined") return "none";
  try {
    return await Notification.requestPermission();
  } catch {
    return Notification.permission;
  }
}

/** Subscribe this phone, have the server send a test, and wait for the worker to say that it came. */
export async function provePush(): Promise<PushOutcome> {
  if (!("serviceWorker" in navigator) || !("PushManager" in globalThis)) return { kind: "none" };
  if (permission() !== "granted") return { kind: "permission" };
  const registration = await within(navigator.serviceWorker.ready, START_MS);
  if (!registration) return { kind: "worker" };
  try {
    const { data } = await ask("/api/v1/push");
    if (!data.public_key) return { kind: "server_off" };
    const subscription = await subscribe(registration, data.public_key);
    if (!subscription) return { kind: "refused" };
    await tell(subscription);
    return await test();
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    const { failure } = error;
    if (failure.kind !== "refused") return { kind: "offline" };
    if (failure.status === 429) return { kind: "busy" };
    return { kind: failure.code === "push_off" ? "server_off" : "refused" };
  }
}

async function subscribe(registration: ServiceWorkerRegistration, key: string): Promise<PushSubscription | null> {
  const wanted = { userVisibleOnly: true, applicationServerKey: fromBase64(key) };
  try {
    return await registration.pushManager.subscribe(wanted);
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== "InvalidStateError") return null;
  }
  // It was subscribed with another key of the server.
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  return registration.pushManager.subscribe(wanted).catch(() => null);
}

async function tell(subscription: PushSubscription): Promise<void> {
  const { endpoint, keys: { p256dh = "", auth = "" } = {} } = subscription.toJSON();
  const json = { device: await device(), endpoint: endpoint ?? "", keys: { p256dh, auth } };
  await ask("/api/v1/push", { method: "POST", json });
}

async function test(): Promise<PushOutcome> {
  const arrived = new Map<string, number>();
  let wake: () => void = () => undefined;
  const hear = (event: MessageEvent): void => {
    const { type, id } = (event.data ?? {}) as { type?: string; id?: string };
    if (type !== "push-received" || !id) return;
    arrived.set(id, performance.now());
    wake();
  };
  navigator.serviceWorker.addEventListener("message", hear);
  const begun = performance.now();
  try {
    const json = { device: await device() };
    const { data } = await ask("/api/v1/push/test", { method: "POST", json });
    const until = performance.now() + WAIT_MS;
    while (!arrived.has(data.id) && performance.now() < until) {
      const woken = new Promise<void>((done) => {
        wake = done;
      });
      await within(woken, until - performance.now());
    }
    const at = arrived.get(data.id);
    return at === undefined ? { kind: "silent" } : { kind: "received", ms: at - begun };
  } finally {
    navigator.serviceWorker.removeEventListener("message", hear);
  }
}
