// Sums that could not be read, as a sentence for the note.
import { unreadable, type VisitForm } from "../../domain/visit/visit-form";
import { say } from "../../words/record";

/** The sentence, or empty where every sum was read. */
export function unread(form: VisitForm): string {
  const what = unreadable(form).map((row) => `${say(form.kept.includes(row) ? "kept" : "lost")} “${row.text.trim()}”`);
  return what.length > 0 ? say("unread.note", { what: what.join(", ") }) : "";
}
