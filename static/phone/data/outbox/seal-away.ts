// Empties the disk of a person whose right was taken away: what the server lacks is sealed for it, the rest is deleted.
import { toBase64 } from "../../../shared/lib/bytes";
import { LIMITS } from "../../../shared/server/generated";
import { type Entry, wire } from "../../domain/outbox/entry";
import { type Author, MOST_CONTENT, portions, type SealedPhoto, seal } from "../../domain/outbox/envelope";
import { deleteDisk, isThere, openLasting } from "../disk/disk";
import { forgettableAtParting } from "../disk/forget";
import { keepSealed } from "../disk/sealed";
import type { Disk, Op, Photo } from "../disk/tables";
import { inTurn } from "./turn";

const KEY = "handover_key";

/**
 * Seal the outbox of a person with the key that only the server has from now on, and delete their disk; `memory` is a disk
 * that this page alone has. Page and worker may both hear of it: one after the other, and the second finds nothing.
 */
export async function sealAway(person: string, memory: Disk | null = null): Promise<void> {
  const work = async (): Promise<void> => {
    if (memory !== null) await emptied(memory, person);
    const disk = await openLasting(person);
    if (disk !== null) await emptied(disk, person);
    else if (await isThere(person)) throw new DOMException("The disk does not open.", "InvalidStateError");
  };
  await inTurn(`doorstep-seal-${person}`, work);
}

/** What can't be sealed, because this phone never got a key or its page can't seal, stays on a disk that nobody sees. */
async function emptied(disk: Disk, person: string): Promise<void> {
  // In rounds: what another tab or the page writes while the worker seals is sealed in the next one.
  for (;;) {
    const entries = await disk.all<Entry>("outbox");
    const waiting = entries.filter((entry) => entry.state === "waiting");
    const photos = await photosLeft(disk, entries);
    if (waiting.length + photos.length === 0) break;
    if (!(await sealed(disk, person, waiting, photos))) return leaveUnseen(disk, photos);
    await disk.write([
      ...waiting.map(({ seq }): Op => ({ drop: "outbox", key: seq })),
      ...photos.map(({ uuid }): Op => ({ drop: "photos", key: uuid })),
    ]);
  }
  if (disk.lasting) await deleteDisk(person, disk);
  else await disk.clear(); // the real disk may hold more: it is emptied by itself
}

/** Leave nothing on a disk but the outbox and its photos. */
async function leaveUnseen(disk: Disk, photos: readonly Photo[]): Promise<void> {
  const owed = new Set(photos.map(({ uuid }) => uuid));
  await disk.review((held) => [
    ...forgettableAtParting(held),
    ...held.drafts.map((draft): Op => ({ drop: "drafts", key: draft.key })),
    ...held.photos.filter(({ uuid }) => !owed.has(uuid)).map(({ uuid }): Op => ({ drop: "photos", key: uuid })),
  ]);
  disk.close();
}

/** The photos of records, sent or not, that have not arrived whole. */
async function photosLeft(disk: Disk, entries: readonly Entry[]): Promise<Photo[]> {
  const listed = new Set(entries.flatMap((entry) => entry.photos));
  const all = await disk.all<Photo>("photos");
  return all.filter((photo) => listed.has(photo.uuid) && !photo.complete && !photo.refused);
}

async function wirePhoto({ uuid, sha256, mime, blob }: Photo): Promise<SealedPhoto> {
  return { uuid, sha256, mime, content: toBase64(new Uint8Array(await blob.arrayBuffer())) };
}

async function sealed(
  disk: Disk,
  person: string,
  waiting: readonly Entry[],
  photos: readonly Photo[],
): Promise<boolean> {
  const author = await disk.get<Author>("meta", KEY);
  if (author?.person !== person || typeof crypto === "undefined" || !crypto.subtle) return false;
  try {
    const parts = portions(waiting.map(wire), LIMITS.carried, MOST_CONTENT);
    const albums = portions(await Promise.all(photos.map(wirePhoto)), LIMITS.carried, MOST_CONTENT);
    const boxes = [
      ...parts.map(async (acts) => ({ ...(await seal(acts, author)), records: acts.length })),
      ...albums.map(async (album) => ({ ...(await seal([], author, album)), records: 0 })),
    ];
    await keepSealed(await Promise.all(boxes));
    return true;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return false;
  }
}
