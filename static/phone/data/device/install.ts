// Putting the app on the home screen: the browser's own offer where there is one, steps by hand on iPhones.
import { signal } from "@preact/signals";
import type { Platform } from "../../domain/device/ready";
import { isInApp } from "../../domain/device/surroundings";

interface Offer extends Event {
  prompt(): Promise<void>;
  userChoice: Promise<{ outcome: "accepted" | "dismissed" }>;
}

let offer: Offer | null = null;
export const canInstall = signal(false);

const display = matchMedia("(display-mode: standalone)");
export const installed = signal(display.matches || (navigator as { standalone?: boolean }).standalone === true);

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault(); // the officer is asked when they look for it, not while they work
  offer = event as Offer;
  canInstall.value = true;
});
addEventListener("appinstalled", () => {
  offer = null;
  canInstall.value = false;
  installed.value = true;
});

/** Show the browser's own question; returns whether it was agreed to. */
export async function install(): Promise<boolean> {
  if (!offer) return false;
  const asked = offer;
  offer = null;
  canInstall.value = false;
  await asked.prompt();
  return (await asked.userChoice).outcome === "accepted";
}

/** What kind of phone this is, as far as the browser tells. */
export function platform(): Platform {
  const agent = navigator.userAgent;
  return { os: systemOf(agent), installed: installed.value, inApp: isInApp(agent) };
}

function systemOf(agent: string): Platform["os"] {
  const touchMac = /Macintosh/.test(agent) && navigator.maxTouchPoints > 1;
  if (/iPhone|iPad|iPod/.test(agent) || touchMac) return "ios";
  return /Android|HarmonyOS/.test(agent) ? "android" : "other";
}
