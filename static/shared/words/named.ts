// What Python gives names to, in the language that is spoken.
import { isChinese } from "./say";

export function named(words: { zh: string; en: string }): string {
  return isChinese() ? words.zh : words.en;
}
