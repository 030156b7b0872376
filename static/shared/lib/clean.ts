// Text that a server can keep: without control characters and half letters.

const CONTROLS = /[^\P{Cc}\t\n\r]/gu; // PostgreSQL takes no NUL, and nobody means the others
const HALVES = /\p{Cs}/gu; // with the u flag: only a half of a pair that stands alone
const NO_BREAKS = /[\u00a0\u2011]/g; // what keeps a line of the screen whole is no part of the text

/** The text without control characters, with plain blanks and hyphens; half a letter becomes the sign that one was there. */
export function clean(text: string): string {
  return text
    .replace(CONTROLS, "")
    .replace(HALVES, "\ufffd")
    .replace(NO_BREAKS, (sign) => (sign === "\u2011" ? "-" : " "));
}

/** The same value with every text in it clean. */
export function cleaned<T>(value: T): T {
  if (typeof value === "string") return clean(value) as T;
  if (Array.isArray(value)) return value.map(cleaned) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, cleaned(part)])) as T;
}
