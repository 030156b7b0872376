// From a form to an act: the photos that it lists, the script that was used, and the amounts that could not be read.
import { ask, NetError } from "../../../shared/server/net";
import type { VisitForm } from "../../domain/visit/record";
import { type Extra, noteOf, payloadOf, picturesOf } from "../../domain/visit/visit-form";
import { photos } from "../disk/store";
import type { Photo } from "../disk/tables";
import { pinned } from "./scripts";
import { stepsOf } from "./steps";

/** The pictures that a form shows and that are on this phone. */
export function photosOf(form: VisitForm): Photo[] {
  const wanted = new Set(picturesOf(form));
  return photos.value.filter((photo) => wanted.has(photo.uuid));
}

/** What is sent of a form; `unread` is a sentence on sums that can't be read, or empty. */
export async function recordOf(form: VisitForm, assignment: string, unread: string): Promise<Record<string, unknown>> {
  const extra: Extra = {
    script: await pinned(assignment),
    steps: form.met ? await stepsOf(assignment) : [],
    photos: photosOf(form),
  };
  return payloadOf({ ...form, note: noteOf(form, unread) }, extra);
}

/** My own record as the server has it, or null where it can't be asked. */
export async function writtenRecord(visit: string): Promise<Record<string, unknown> | null> {
  try {
    return (await ask(`/api/v1/visits/${visit}`, { timeoutMs: 8_000 })).data;
  } catch (error) {
    if (error instanceof NetError) return null;
    throw error;
  }
}
