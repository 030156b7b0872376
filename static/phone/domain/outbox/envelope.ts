// What carries records that a phone can't send: sealed so that only the server reads them, in a file or QR codes.
import { fromBase64, toBase64 } from "../../../shared/lib/bytes";

/** Bytes as the server's contract has them; `person` and `device` say which key opens it. */
export interface Envelope {
  person: string;
  device: string;
  nonce: string; // base64, 12 bytes
  box: string; // base64, AES-256-GCM of {"acts": […]}
}

export interface Author {
  person: string;
  device: string;
  key: string; // base64, 32 bytes
}

const BOUND_TO = new TextEncoder().encode("doorstep-handover");
const NONCE_BYTES = 12;
const LINK_BYTES = 1200; // what a phone's camera reads from another phone's screen in one go
export const MOST_QR_BYTES = 2900; // what a QR code can hold at all
export const MOST_CONTENT = 2_900_000; // bytes before sealing and base64: a file stays under 4 MB

/** A photo or signature in an envelope, whole. */
export interface SealedPhoto {
  uuid: string;
  sha256: string;
  mime: string;
  content: string; // base64
}

/** Seal acts, and photos where there are some, as the author's. Needs a secure page. */
export async function seal(
  acts: readonly unknown[],
  author: Author,
  photos: readonly SealedPhoto[] = [],
): Promise<Envelope> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const key = await crypto.subtle.importKey("raw", fromBase64(author.key), "AES-GCM", false, ["encrypt"]);
  const content = new TextEncoder().encode(JSON.stringify(photos.length > 0 ? { acts, photos } : { acts }));
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: BOUND_TO }, key, content);
  return { person: author.person, device: author.device, nonce: toBase64(nonce), box: toBase64(new Uint8Array(box)) };
}

/** The link that brings an envelope: its content stands behind the #, which no server log ever sees. */
export function linkOf(envelope: Envelope, origin: string): string {
  const text = toBase64(new TextEncoder().encode(JSON.stringify(envelope)));
  return `${origin}/app/handover#${text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")}`;
}

/** The envelope in the hash of a link, or null for anything else. */
export function fromHash(hash: string): Envelope | null {
  try {
    return fromText(new TextDecoder().decode(fromBase64(hash.replace(/^#/, ""))));
  } catch {
    return null;
  }
}

/** The envelope in the text of a file, or null for anything else. */
export function fromText(text: string): Envelope | null {
  try {
    const { person, device, nonce, box } = JSON.parse(text) as Record<string, unknown>;
    const parts = { person, device, nonce, box };
    return Object.values(parts).every((part) => typeof part === "string" && part) ? (parts as Envelope) : null;
  } catch {
    return null;
  }
}

/** How long the link of some acts gets, in bytes: base64 twice, and what stands around it. */
export function linkBytes(acts: readonly unknown[], origin: string): number {
  const content = new TextEncoder().encode(JSON.stringify({ acts })).length + 16;
  const envelope = 4 * Math.ceil(content / 3) + 36 + 36 + 16 + 48;
  return origin.length + "/app/handover#".length + Math.ceil((4 * envelope) / 3);
}

/** The acts in their order, in bundles whose links a camera reads well; one that is longer goes alone. */
export function bundles<T>(acts: readonly T[], origin: string): T[][] {
  const made: T[][] = [];
  for (const act of acts) {
    const last = made[made.length - 1];
    if (last && linkBytes([...last, act], origin) <= LINK_BYTES) last.push(act);
    else made.push([act]);
  }
  return made;
}

/** The acts in their order, in portions of at most `most` acts and `bytes` bytes; one that is longer goes alone. */
export function portions<T>(acts: readonly T[], most: number, bytes: number): T[][] {
  const made: T[][] = [];
  let room = 0;
  for (const act of acts) {
    const size = new TextEncoder().encode(JSON.stringify(act)).length + 1;
    const last = made[made.length - 1];
    if (last && last.length < most && size <= room) last.push(act);
    else made.push([act]);
    room = last === made[made.length - 1] ? room - size : bytes - size;
  }
  return made;
}
