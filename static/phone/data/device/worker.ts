// The service worker as the page sees it: registered, checked for updates, replaced only when the officer says so.
import { effect, signal } from "@preact/signals";
import { goTo } from "../../../shared/lib/address";
import { workerAddress } from "../../../shared/lib/trusted";
import { isWriting } from "../../../shared/lib/writing";
import { language } from "../../../shared/words/say";
import { notePhone } from "../disk/phone-note";
import { photosLeft, unsent } from "../disk/store";

/** `off`: this browser has none (or Vite serves); `failed`: it has one, but the files could not be stored. */
export type WorkerState = "off" | "starting" | "ready" | "failed";

export const workerState = signal<WorkerState>("off");
export const updateReady = signal(false); // a newer app is on the phone and waits to be asked for
/** How many forms are being filled in: while there are any, nothing is loaded anew. */
export const editing = signal(0);

const HOUR = 3600_000;
const SELDOM = 60_000; // coming back to the app asks for news no more often than this

let registration: ServiceWorkerRegistration | null = null;
let controlled = false;
let askedAt = 0;

/** Register the worker and watch it; the app runs without one too. */
export async function registerWorker(): Promise<void> {
  if (import.meta.env.DEV || !("serviceWorker" in navigator)) return;
  workerState.value = "starting";
  const { serviceWorker } = navigator;
  controlled = serviceWorker.controller !== null;
  serviceWorker.addEventListener("controllerchange", changedOver);
  serviceWorker.addEventListener("message", told);
  await register();
  setInterval(() => void look(), HOUR);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && Date.now() - askedAt > SELDOM) void look();
  });
  // The worker speaks when no page is there: it reads the language from the phone's disk.
  effect(() => void notePhone("language", language.value).catch(() => undefined));
  effect(() => {
    if (unsent.value.length + photosLeft.value.length > 0) void askForSync();
  });
}

const AGAIN_MS = 60_000;
let again: ReturnType<typeof setTimeout> | undefined;

/** Register it; where a file could not be kept whole (a portal's page in its place), again after a minute. */
async function register(): Promise<void> {
  try {
    registration = await navigator.serviceWorker.register(workerAddress(), { updateViaCache: "none" });
    watch(registration);
  } catch {
    failed();
  }
}

function failed(): void {
  workerState.value = "failed";
  clearTimeout(again);
  again = setTimeout(() => void register(), AGAIN_MS);
}

/** Change over to the newer app: the officer said so. */
export function applyUpdate(): void {
  if (registration?.waiting) registration.waiting.postMessage({ type: "skip" });
  else location.reload();
}

/** Ask the server for a newer app. */
export async function look(): Promise<void> {
  askedAt = Date.now();
  await registration?.update().catch(() => undefined);
}

function watch(held: ServiceWorkerRegistration): void {
  if (held.active) workerState.value = "ready";
  announce(held);
  held.addEventListener("updatefound", () => {
    const coming = held.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "activated") workerState.value = "ready";
      if (coming.state === "redundant" && !held.active) failed();
      announce(held);
    });
  });
}

function announce(held: ServiceWorkerRegistration): void {
  // Without a controller it is the first one, which takes over by itself.
  updateReady.value = held.waiting !== null && navigator.serviceWorker.controller !== null;
}

/** Another version answers now, on the word of this tab or another: load it once nobody is writing. */
function changedOver(): void {
  if (navigator.serviceWorker.controller === null) {
    controlled = false; // cleared away with the browser's data: what is not sent stands in this page alone, which stays
    void register();
    return;
  }
  if (!controlled) {
    controlled = true; // the first worker, for the files that are shown already
    return;
  }
  const go = (): void => {
    if (editing.value === 0 && !isWriting()) location.reload();
    else setTimeout(go, 2_000);
  };
  go();
}

/** A notification was tapped while the app was open: go there without loading anything. */
function told(event: MessageEvent): void {
  const { type, path } = (event.data ?? {}) as { type?: string; path?: string };
  if (type !== "open" || !path?.startsWith("/")) return;
  goTo(path);
}

/** Have the worker send what waits when there is a network again, even if the app is closed by then. */
async function askForSync(): Promise<void> {
  const held = registration as (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | null;
  await held?.sync?.register("outbox").catch(() => undefined);
}
