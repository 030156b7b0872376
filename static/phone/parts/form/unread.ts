// Sums that could not be read, as a sentence for the note.
import type { VisitForm } from "../../domain/visit/record";
import { sumsOf, unreadable } from "../../domain/visit/visit-form";
import { say } from "../../words/record";

/** The sentence, or empty where every sum was read. */
export function unread(form: VisitForm): string {
  const what = unreadable(form).map(
    (row) => `${say(sumsOf(form).kept.includes(row) ? "kept" : "lost")} “${row.text.trim()}”`,
  );
  return what.length > 0 ? say("unread.note", { what: what.join(", ") }) : "";
}
