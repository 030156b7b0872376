// Text as people count and cut it: by whole letters.
import { clean } from "./clean";

/** How many letters the server counts: code points. */
export function lettersIn(text: string): number {
  return Array.from(text).length;
}

/** The beginning of a text, at most so many code points: what people see as one letter is never cut. */
export function cut(text: string, most: number): string {
  if (text.length <= most || lettersIn(text) <= most) return text;
  let kept = "";
  let room = most;
  for (const letter of wholeLetters(text)) {
    room -= lettersIn(letter);
    if (room < 0) return kept;
    kept += letter;
  }
  return kept;
}

function wholeLetters(text: string): Iterable<string> {
  if (typeof Intl.Segmenter !== "function") return Array.from(text);
  return segments(new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text));
}

function* segments(of: Intl.Segments): Iterable<string> {
  for (const { segment } of of) yield segment;
}

/** What is sent of a text: clean, without spaces around it, at most so many letters. */
export function tidy(text: string, most: number): string {
  return cut(clean(text).trim(), most);
}
