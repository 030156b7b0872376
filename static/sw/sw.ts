// The service worker: keeps the app's files, sends what waits, shows what is pushed. It never keeps personal data.
import { forgetOldFiles, fromFiles, keepFiles, mendFiles, refreshShell, shellFor } from "./files";
import { clicked, pushed } from "./notices";
import { sendWaiting } from "./outbox";

declare const self: ServiceWorkerGlobalScope;

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

self.addEventListener("install", (event) => {
  // No skipWaiting: a page of the old version keeps its worker until its officer says that it may change.
  event.waitUntil(keepFiles());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldFiles().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && isApp(url.pathname)) {
    event.respondWith(shellFor(request));
    event.waitUntil(refreshShell(self.registration));
  } else if (url.pathname.startsWith("/static/assets/")) {
    event.respondWith(fromFiles(request));
  }
});

self.addEventListener("message", (event) => {
  const { type } = (event.data ?? {}) as { type?: string };
  if (type === "skip") event.waitUntil(self.skipWaiting());
  if (type === "mend") event.waitUntil(mendFiles().catch(() => undefined)); // the page could not start
  if (type === "flush") event.waitUntil(sendWaiting().catch(() => undefined));
});

self.addEventListener("sync", (event) => {
  (event as SyncEvent).waitUntil(sendWaiting());
});

self.addEventListener("push", (event) => event.waitUntil(pushed(self, event)));
self.addEventListener("notificationclick", (event) => event.waitUntil(clicked(self, event, isApp)));

/** Whether an address is a screen of the app; every other page comes from the server. */
function isApp(path: string): boolean {
  return path === "/" || path === "/handover" || path.startsWith("/app/");
}
