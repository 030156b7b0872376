// Which map app was used last on this phone: a setting of the phone, no personal data.
import { signal } from "@preact/signals";
import { keep, kept } from "../../../shared/lib/local-storage";
import { NAV_APPS, type NavApp, platformOf } from "../../domain/work/nav";

const KEY = "doorstep.nav";

export const lastNav = signal<NavApp | null>(NAV_APPS.find((app) => app === kept(KEY)) ?? null);
export const platform =
  typeof navigator === "undefined" ? "other" : platformOf(navigator.userAgent, navigator.maxTouchPoints);

export function chooseNav(app: NavApp): void {
  lastNav.value = app;
  keep(KEY, app);
}
