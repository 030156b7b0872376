// Photos follow their record in pieces: what is cut off goes on where it stopped, and a blob goes only when all is there.
import { ask, type Failure, NetError, type Reply } from "../../../shared/server/net";
import type { Schemas } from "../../../shared/server/schemas";
import type { Entry } from "../../domain/outbox/entry";
import type { Disk, Photo } from "../disk/tables";

export const SMALL_PIECE = 32_768; // on a line that broke off before: small steps arrive where large ones never do
const MOST_TURNS = 5; // a server that sends the phone back and forth gets it again later, not for ever now
const NEVER: readonly number[] = [400, 409, 413, 415, 422]; // these answers are about the picture itself

type Taken = Schemas["EvidenceState"];

/** The photos whose record has gone to the server and who have not arrived whole. */
export async function evidenceLeft(disk: Disk): Promise<Photo[]> {
  const gone = (await disk.all<Entry>("outbox")).filter((entry) => entry.state === "answered");
  const listed = new Set(gone.flatMap((entry) => entry.photos));
  return (await disk.all<Photo>("photos")).filter(
    (photo) => listed.has(photo.uuid) && !photo.complete && !photo.refused,
  );
}

/** How it is sent: in whose name, in pieces of how many bytes, and each in its turn among all who send from this phone. */
interface Sending {
  person: string;
  bytes: number;
  step: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Send one photo from where the server stands; returns whether it is done with. Throws NetError when the network ends. */
export async function sendEvidence(disk: Disk, uuid: string, { person, bytes, step }: Sending): Promise<boolean> {
  let turns = 0;
  for (;;) {
    const went = await step(() => sendPiece(disk, uuid, person, bytes));
    if (went === "ended") return true;
    if (went === "busy" || (went === "no further" && ++turns > MOST_TURNS)) return false;
  }
}

type PieceWent = "on" | "no further" | "busy" | "ended";

/** By the disk, at each piece: another sender may have gone on with it, or ended it, meanwhile. */
async function sendPiece(disk: Disk, uuid: string, person: string, size: number): Promise<PieceWent> {
  const kept = await disk.get<Photo>("photos", uuid);
  if (!kept || kept.complete || kept.refused) return "ended";
  const next = await tried(kept, person, size);
  if (next === null) return "busy";
  const { have, complete, refused } = next;
  await disk.changePhoto(uuid, (held) => (held.complete ? held : { ...held, have, complete, refused }));
  if (refused) await askOfficer(disk, uuid);
  if (complete || refused) return "ended";
  return have > kept.have ? "on" : "no further";
}

/** One piece; returns the photo as it then stands, or null when the server can't take it now. */
async function tried(photo: Photo, person: string, size: number): Promise<Photo | null> {
  try {
    const { data } = await piece(photo, person, size);
    return { ...photo, have: whole(data.have, photo), complete: data.complete === true };
  } catch (error) {
    if (!(error instanceof NetError) || error.failure.kind !== "refused") throw error;
    return corrected(photo, error.failure);
  }
}

function piece(photo: Photo, person: string, size: number): Promise<Reply<Taken>> {
  // All bytes there and still no word that it is whole: the last piece again makes the server look.
  const from = photo.have < photo.bytes ? photo.have : Math.max(0, photo.bytes - size);
  return ask(`/api/v1/evidence/${photo.uuid}?offset=${from}`, {
    method: "PUT",
    body: photo.blob.slice(from, from + size),
    headers: {
      "Content-Type": "application/octet-stream",
      "X-Sha256": photo.sha256,
      "X-Bytes": String(photo.bytes),
      "X-Mime": photo.mime,
      "X-Person": person, // the session may have become another person's since
    },
    timeoutMs: 60_000,
  });
}

/** Where the server says to go on, the phone goes on; what it will never take is shown to the officer. */
function corrected(photo: Photo, failure: Failure & { kind: "refused" }): Photo | null {
  const { status, code, detail, body } = failure;
  const have = (body as { have?: unknown } | null)?.have;
  if (status === 409 && typeof have === "number") return { ...photo, have: whole(have, photo) };
  return NEVER.includes(status) ? { ...photo, refused: detail || code || String(status) } : null;
}

function whole(have: unknown, photo: Photo): number {
  return typeof have === "number" && have >= 0 ? Math.min(Math.floor(have), photo.bytes) : photo.have;
}

/** A record whose picture was refused stands among what needs the officer. */
export async function askOfficer(disk: Disk, uuid: string): Promise<void> {
  const listing = (await disk.all<Entry>("outbox")).filter((entry) => entry.photos.includes(uuid));
  await disk.change(
    listing.map((entry) => entry.seq),
    (held) => (held.state === "answered" ? { ...held, needs: true } : held),
  );
}
