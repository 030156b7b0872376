// The form of a visit: what it asks for, what of it is shown, and what is sent.
import { cut, tidy } from "../../../shared/lib/text";
import { LIMITS } from "../../../shared/server/generated";
import {
  type AmountRow,
  type ListedPhoto,
  MET_RESULTS,
  NOT_MET_RESULTS,
  type Sums,
  type VisitForm,
  withSums,
} from "./record";
import { type About, amountsOf, isEntered, knownSums, recognised, turned, unreadIn } from "./sums";

/** What the record says beside the form: the script that was used, and the photos that go with it. */
export interface Extra {
  script?: string | null;
  steps?: readonly unknown[];
  photos?: readonly ListedPhoto[];
}

/** A form that shows these pictures as well. */
export function withPictures(form: VisitForm, pictures: readonly ListedPhoto[]): VisitForm {
  const signed = pictures.find((picture) => picture.kind === "signature")?.uuid ?? "";
  const photos = pictures.filter((picture) => picture.kind === "photo").map((picture) => picture.uuid);
  return { ...form, photos: [...form.photos, ...photos], signature: form.signature || signed };
}

const NO_SUMS: Sums = { kept: [], lost: [] };

/** Whether these sums are asked for: somebody must have been spoken to, at the door or on the telephone. */
export function asksSums(form: VisitForm): boolean {
  return form.met !== false || form.result === "by_phone_only";
}

/** The sums that the form shows: nothing else of what was typed is sent. */
export function sumsOf(form: VisitForm): Sums {
  if (form.met !== false) return { kept: form.kept, lost: form.lost };
  return (asksSums(form) ? form.byPhone : undefined) ?? NO_SUMS;
}

function everyRow({ kept, lost, byPhone = NO_SUMS }: VisitForm): AmountRow[] {
  return [...kept, ...lost, ...byPhone.kept, ...byPhone.lost];
}

/** The pictures that the form shows: nobody who was not met has signed. */
export function picturesOf(form: VisitForm): string[] {
  return [...form.photos, ...(form.met === false ? [] : [form.signature])].filter(Boolean);
}

/** Whether anybody has entered anything. */
export function isTouched(form: VisitForm): boolean {
  const typed = everyRow(form).some(isEntered);
  const tapped = form.tried.length + form.done.length + form.needs.length + form.photos.length > 0;
  return form.met !== null || tapped || typed || [form.followUp, form.note.trim(), form.signature].some(Boolean);
}

/** What is still asked for: only met and the result, ever. */
export function lacks(form: VisitForm): "met" | "result" | null {
  if (form.met === null) return "met";
  return form.result === null ? "result" : null;
}

/** The form with another answer to "met?": a result that no longer fits is taken back, nothing else. */
export function withMet(form: VisitForm, met: boolean): VisitForm {
  const fits: readonly string[] = met ? MET_RESULTS : NOT_MET_RESULTS;
  return { ...form, met, result: form.result !== null && fits.includes(form.result) ? form.result : null };
}

/** The same list with a value put in, or taken out. */
export function toggled<T>(list: readonly T[], value: T): T[] {
  return list.includes(value) ? list.filter((other) => other !== value) : [...list, value];
}

/** Sums that are shown and can't be read: they go into the note, so that nothing is lost. */
export function unreadable(form: VisitForm): AmountRow[] {
  const { kept, lost } = sumsOf(form);
  return unreadIn([...kept, ...lost]);
}

/** The form with money in another unit, where another language is spoken now. */
export function inUnit(form: VisitForm, unit: "wan" | "yuan"): VisitForm {
  const both = ({ kept, lost }: Sums): Sums => ({ kept: turned(kept, unit), lost: turned(lost, unit) });
  return { ...form, ...both(form), ...(form.byPhone ? { byPhone: both(form.byPhone) } : {}) };
}

/** A form that was begun before, in which the sums that its case knows stand as tapped. */
export function takenUp(form: VisitForm, about: About | undefined): VisitForm {
  if (!about || !asksSums(form)) return form; // what is not shown stays as it was typed
  const { kept, lost } = sumsOf(form);
  const known = knownSums(about, form.result === "money_gone");
  return withSums(form, { kept: recognised(kept, known.kept), lost: recognised(lost, known.lost) });
}

/** The note as it is sent: `unread`, the sums that could not be read, always has its place at the end. */
export function noteOf(form: VisitForm, unread: string): string {
  if (!unread) return tidy(form.note, LIMITS.note);
  const room = Math.max(0, LIMITS.note - unread.length - 1);
  return cut([tidy(form.note, room), unread].filter(Boolean).join("\n"), LIMITS.note);
}

/** What is sent of a form that lacks nothing. */
export function payloadOf(form: VisitForm, extra: Extra = {}): Record<string, unknown> {
  const payload: Record<string, unknown> = { met: form.met === true, disposition: form.result ?? "not_met" };
  const { kept, lost } = sumsOf(form);
  const shown = (picture: ListedPhoto): boolean => picture.kind !== "signature" || form.met !== false;
  const lists = {
    tried: form.met ? [] : form.tried,
    done: form.met ? form.done : [],
    needs: form.needs,
    amounts: [...amountsOf(kept, "protected"), ...amountsOf(lost, "lost")],
    steps: form.met ? (extra.steps ?? []) : [],
    photos: (extra.photos ?? []).filter(shown).map(({ uuid, sha256, bytes, kind }) => ({ uuid, sha256, bytes, kind })),
  };
  for (const [name, list] of Object.entries(lists)) if (list.length > 0) payload[name] = list;
  if (form.followUp) payload["follow_up_on"] = form.followUp;
  const note = tidy(form.note, LIMITS.note);
  if (note) payload["note"] = note;
  if (extra.script) payload["script"] = extra.script;
  return payload;
}
