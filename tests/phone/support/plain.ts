// What a test compares of a text: its words, not where its lines may break.

/** A text whose numbers may stand apart from what they count, and whose hyphens may end a line. */
export function plain(text: string): string {
  return text.replaceAll("\u00a0", " ").replaceAll("\u2011", "-");
}
