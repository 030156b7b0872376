// Every text that people read: typed by its key, in Chinese and English; the language is a signal, so screens follow it.
import { computed, signal } from "@preact/signals";
import { keep, kept as keptText } from "../lib/local-storage";

export type Language = "zh-hans" | "en";

/** Two catalogues with the same keys: code does not compile when one of them lacks a key. */
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

const HOLE = /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g;

/** How the platform writes numbers and counts things in the language that is spoken. */
const rules = computed(() => {
  const tag = chinese.value ? "zh-CN" : "en";
  return { number: new Intl.NumberFormat(tag), plural: new Intl.PluralRules(tag) };
});

/** A number in groups; below a thousand there is none to make, and making the rules takes time on a poor phone. */
function filled(value: string | number | undefined): string {
  if (typeof value !== "number" || (Number.isInteger(value) && value < 1000)) return String(value ?? "");
  return rules.value.number.format(value);
}

/** No number is left by what it counts at the end of a line, nor a word cut at its hyphen: "29 s", "check-in". */
function together(text: string): string {
  return text
    .replace(/(\d) (?=\S)/g, "$1\u00a0")
    .replace(/([^\s.,;:·…]) (?=\d)/g, "$1\u00a0")
    .replace(/([a-z])-(?=[a-z])/g, "$1\u2011");
}

/**
 * A way to say the words of one catalogue: `say("sync.sending", { n: 3 })`; {n} in the text is filled in, and
 * {n|photo|photos} is the word for one or for any other number.
 */
export function sayer<K extends string>(words: { zh: Record<K, string>; en: Record<K, string> }) {
  return (key: K, values: Record<string, string | number> = {}): string => {
    const said: Partial<Record<string, string>> = chinese.value ? words.zh : words.en;
    const whole = (said[key] ?? "").replace(HOLE, (_hole, name: string, one?: string, other?: string) => {
      if (one === undefined || other === undefined) return filled(values[name]);
      return rules.value.plural.select(Number(values[name])) === "one" ? one : other;
    });
    return together(whole);
  };
}
