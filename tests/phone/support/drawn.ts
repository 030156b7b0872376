// What a part of a screen says, in both languages, without a browser.
import type { VNode } from "preact";
import { render } from "preact-render-to-string";
import { type Language, speak } from "../../../static/shared/words/say";
import { plain } from "./plain";

/** The markup of a part. */
export function markup(part: VNode): string {
  return plain(render(part));
}

/** The words of a part in one language: what stands in elements of its own is set apart by a space. */
export function saidIn(language: Language, part: () => VNode): string {
  speak(language);
  return plain(render(part()))
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/** The words of a part, in Chinese and in English. */
export function said(part: () => VNode): [string, string] {
  return [saidIn("zh-hans", part), saidIn("en", part)];
}
