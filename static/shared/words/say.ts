// Every word that people read: typed by its key, in Chinese and English; the language is a signal, so screens follow it.
import { computed, signal } from "@preact/signals";
import { keep, kept as keptText } from "../lib/kept";

export type Language = "zh-hans" | "en";

/** Two catalogues with the same keys: a key that one of them lacks does not compile. */
export function catalogue<K extends string>(zh: Record<K, string>, en: Record<NoInfer<K>, string>) {
  return { zh, en };
}

export const language = signal<Language>(startingLanguage());
const chinese = computed(() => language.value === "zh-hans");

function startingLanguage(): Language {
  const kept = keptText("doorstep.language");
  if (kept === "en" || kept === "zh-hans") return kept;
  return typeof navigator !== "undefined" && !navigator.language.startsWith("zh") ? "en" : "zh-hans";
}

/** Speak another language from now on; the phone remembers it. */
export function speak(next: Language): void {
  language.value = next;
  keep("doorstep.language", next);
  document.documentElement.lang = next === "en" ? "en" : "zh-CN";
}

export function isChinese(): boolean {
  return chinese.value;
}

/**
 * A way to say the words of one catalogue: `say("sync.sending", { n: 3 })`; {n} in the text is filled in. Where there is
 * a `.one` beside a key, it is said of one.
 */
export function sayer<K extends string>(words: { zh: Record<K, string>; en: Record<K, string> }) {
  return (key: K, values: Record<string, string | number> = {}): string => {
    const said: Partial<Record<string, string>> = chinese.value ? words.zh : words.en;
    const text = (Number(values["n"]) === 1 ? said[`${key}.one`] : undefined) ?? said[key] ?? "";
    return text.replace(/\{(\w+)\}/g, (_whole, name: string) => String(values[name] ?? ""));
  };
}
