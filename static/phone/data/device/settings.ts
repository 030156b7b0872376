// The settings of this phone: theme, size of type, sound. They belong to the phone, not to the person.
import { effect, signal } from "@preact/signals";
import { keep, kept } from "../../../shared/lib/local-storage";

export type Theme = "auto" | "light" | "dark" | "outdoor";
export const theme = signal<Theme>((kept("doorstep.theme") as Theme | null) ?? "auto");
export const largeType = signal(kept("doorstep.type") === "large");

const dark = matchMedia("(prefers-color-scheme: dark)");
const systemDark = signal(dark.matches);

/** Apply theme and size to the page, now and whenever they change. */
export function applySettings(): void {
  dark.addEventListener("change", () => {
    systemDark.value = dark.matches;
  });
  effect(() => {
    const root = document.documentElement;
    const ofSystem = systemDark.value ? "dark" : "light";
    const chosen = theme.value === "auto" ? ofSystem : theme.value;
    root.dataset["theme"] = chosen;
    if (largeType.value) root.dataset["type"] = "large";
    else delete root.dataset["type"];
    keep("doorstep.theme", theme.value);
    keep("doorstep.type", largeType.value ? "large" : "normal");
  });
}
