// Reasons that were tapped and a line of one's own words, as one text.

export interface Reasoned<R extends string> {
  reasons: R[];
  words: string;
}

/** The reasons and the own words as one text, in the officer's language. */
export function reasonsText<R extends string>({ reasons, words }: Reasoned<R>, word: (code: R) => string): string {
  return [...reasons.map(word), words.trim()].filter(Boolean).join(", ");
}
