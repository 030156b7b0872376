// What a phone must delete: everything of cases that left the worklist, except what the server still has to get.
import { type Entry, isOver } from "../../domain/outbox/entry";
import type { Held, Op, Photo } from "./tables";

const PERSONAL = ["duty", "pinned_scripts", "card", "lock", "readiness", "talks", "handover_key"];
const GRACE_MS = 10 * 60_000; // a picture that no record lists yet may belong to a form that is just being filled in

/** What is deleted when only the assignments in `open` are left; what is unsent, unsettled or being written stays. */
export function forgettable(held: Held, open: ReadonlySet<string>, now: number): Op[] {
  const drafts = held.drafts.filter((draft) => !draft.touched && !open.has(draft.assignment));
  const photos = held.photos.filter((photo) => !open.has(photo.assignment) && isFree(photo, held, now));
  const over = held.entries.filter((entry) => isOver(entry, now) && !owesPhotos(entry, held));
  const bare = held.entries.filter(
    (entry) => isSettled(entry) && !over.includes(entry) && !open.has(entry.assignment ?? "") && hasPayload(entry),
  );
  return [
    ...drafts.map((draft): Op => ({ drop: "drafts", key: draft.key })),
    ...photos.map((photo): Op => ({ drop: "photos", key: photo.uuid })),
    ...bare.map((entry): Op => ({ put: "outbox", value: { ...entry, payload: {} } })),
    ...over.map((entry): Op => ({ drop: "outbox", key: entry.seq })),
  ];
}

/** What leaves the disk when the phone goes to somebody else: all but what the server still lacks. */
export function forgettableAtParting(held: Held): Op[] {
  const settled = held.entries.filter((entry) => isSettled(entry) && !owesPhotos(entry, held));
  const own = owes(held) ? PERSONAL.filter((key) => key !== "handover_key") : PERSONAL; // what is owed may still be handed over
  return [
    ...forgettable(held, new Set(), Infinity).filter((op) => !("put" in op)),
    ...settled.map((entry): Op => ({ drop: "outbox", key: entry.seq })),
    { drop: "work", key: "document" },
    ...own.map((key): Op => ({ drop: "meta", key })),
  ];
}

/** Whether the server still lacks something of this disk, or the officer has written what they have not yet sent. */
export function owes(held: Held): boolean {
  const open = held.entries.some((entry) => !isSettled(entry) || owesPhotos(entry, held));
  return open || held.drafts.some((draft) => draft.touched);
}

function isSettled(entry: Entry): boolean {
  return entry.state === "answered" && !entry.needs;
}

function hasPayload(entry: Entry): boolean {
  return Object.keys(entry.payload).length > 0;
}

function isDelivered(photo: Photo): boolean {
  return photo.complete || photo.refused !== null;
}

function owesPhotos(entry: Entry, held: Held): boolean {
  return entry.photos.some((uuid) => held.photos.some((photo) => photo.uuid === uuid && !isDelivered(photo)));
}

function isFree(photo: Photo, held: Held, now: number): boolean {
  const { assignment, uuid } = photo;
  const wanted = held.entries.some(
    (entry) => !isSettled(entry) && (entry.assignment === assignment || entry.photos.includes(uuid)),
  );
  const written = held.drafts.some((draft) => draft.touched && draft.assignment === assignment);
  if (wanted || written) return false;
  if (isDelivered(photo)) return true;
  return !held.entries.some((entry) => entry.photos.includes(uuid)) && now - photo.taken_at > GRACE_MS;
}
