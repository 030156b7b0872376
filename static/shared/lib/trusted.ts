// Trusted Types: the only two strings that this app may hand to the browser as an address of code or as markup.

interface Policies {
  createPolicy(
    name: string,
    rules: Record<string, (text: string) => string>,
  ): { createScriptURL(text: string): string };
}

const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
const WORKER = "/sw.js";
const only = (allowed: string) => (text: string) => {
  if (text !== allowed) throw new TypeError(`Not ours: ${text.slice(0, 40)}`);
  return text;
};
const worker = policies?.createPolicy("doorstep-worker", { createScriptURL: only(WORKER) });

/** The address of the service worker, as the browser's policy wants it. */
export function workerAddress(): string {
  return worker ? worker.createScriptURL(WORKER) : WORKER;
}

let leaflet = false;

/** To be called before Leaflet is loaded: at its start it writes `<svg/>` to see whether the browser can draw. */
export function allowLeaflet(): void {
  if (!leaflet) policies?.createPolicy("default", { createHTML: only("<svg/>") });
  leaflet = true;
}
