// Pictures from camera, album and signature pad: made small, without place and device in them, hashed, saved on disk.
import { sha256 } from "../../../shared/lib/bytes";
import { uuid } from "../../../shared/lib/ids";
import { FIRST, fitted, nextAttempt } from "../../domain/visit/photo-size";
import { isWhole } from "../../domain/visit/whole-picture";
import { drafts, entries, fault, photos } from "../disk/store";
import type { Photo } from "../disk/tables";
import { keepPhoto } from "./acts";

/** Why a picture could not be saved: it can't be read, there is no room, the page is not secure; or why it is not whole. */
export type PhotoFault = "unreadable" | "full" | "insecure" | "cut";

export class PhotoError extends Error {
  constructor(readonly why: PhotoFault) {
    super(why);
  }
}

const taking = new Set<Promise<unknown>>();

/** Resolves when no picture is being made small any more: a record waits for its photos. */
export async function photosSettled(): Promise<void> {
  while (taking.size > 0) await Promise.allSettled(taking);
}

/** The same work; until it ends, a record waits for it. */
export async function awaited<T>(work: Promise<T>): Promise<T> {
  taking.add(work);
  try {
    return await work;
  } finally {
    taking.delete(work);
  }
}

/** Keep a picture from a file; throws PhotoError. Only pixels survive: what else the file said is gone. */
export function takePhoto(file: Blob, assignment: string): Promise<Photo> {
  return awaited(shrink(file).then((picture) => keep(picture, { assignment, kind: "photo" })));
}

/** Whether the end of a picture's file is missing, so that it was read in part. */
export async function isCut(file: Blob): Promise<boolean> {
  try {
    return !isWhole(new Uint8Array(await file.arrayBuffer()));
  } catch {
    return false; // a camera's file may be gone by now: the picture is kept already, and the next one waits
  }
}

/** Keep what was drawn on a signature pad; throws PhotoError. */
export async function takeSignature(canvas: HTMLCanvasElement, assignment: string): Promise<Photo> {
  return keep(await blobOf(canvas, "image/png"), { assignment, kind: "signature" });
}

/**
 * Pictures of an assignment that no form and no record lists: the app ended between keeping a picture and keeping the
 * form that shows it. The form takes them in when it opens again.
 */
export function orphansOf(assignment: string): Photo[] {
  type Pictures = { photos?: string[]; signature?: string };
  const forms = drafts.value.flatMap((draft): Pictures[] => {
    const form = draft.form as Pictures & { record?: Pictures };
    return form.record ? [form, form.record] : [form]; // a correction holds its record inside
  });
  const listed = new Set([
    ...entries.value.flatMap((entry) => entry.photos),
    ...forms.flatMap((form) => [...(form.photos ?? []), form.signature ?? ""]),
  ]);
  return photos.value.filter((photo) => photo.assignment === assignment && !listed.has(photo.uuid));
}

async function keep(blob: Blob, about: Pick<Photo, "assignment" | "kind">): Promise<Photo> {
  if (!globalThis.crypto?.subtle) throw new PhotoError("insecure");
  const photo: Photo = {
    uuid: uuid(),
    ...about,
    blob,
    mime: blob.type,
    bytes: blob.size,
    sha256: await sha256(await blob.arrayBuffer()),
    have: 0,
    complete: false,
    refused: null,
    taken_at: Date.now(),
  };
  try {
    await keepPhoto(photo);
  } catch {
    fault.value = null; // the text is on disk: only the picture has no room, and its own sentence says so
    throw new PhotoError("full");
  }
  return photo;
}

interface Drawable {
  source: CanvasImageSource;
  width: number;
  height: number;
  free: () => void;
}

async function shrink(file: Blob): Promise<Blob> {
  const drawable = await decode(file);
  try {
    let attempt = FIRST;
    for (;;) {
      const blob = await blobOf(draw(drawable, attempt.longest), "image/jpeg", attempt.quality);
      const next = nextAttempt(attempt, blob.size);
      if (next === null) return blob;
      attempt = next;
    }
  } finally {
    drawable.free();
  }
}

async function decode(file: Blob): Promise<Drawable> {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    return { source: bitmap, width: bitmap.width, height: bitmap.height, free: () => bitmap.close() };
  } catch {
    return decodeByElement(file); // older browsers know neither the option nor every format there
  }
}

async function decodeByElement(file: Blob): Promise<Drawable> {
  const address = URL.createObjectURL(file);
  const image = new Image();
  image.src = address;
  const free = (): void => URL.revokeObjectURL(address);
  try {
    await image.decode();
  } catch {
    free();
    throw new PhotoError("unreadable");
  }
  return { source: image, width: image.naturalWidth, height: image.naturalHeight, free };
}

function draw({ source, width, height }: Drawable, longest: number): HTMLCanvasElement {
  const size = fitted({ width, height }, longest);
  const canvas = document.createElement("canvas");
  canvas.width = size.width;
  canvas.height = size.height;
  const pen = canvas.getContext("2d");
  if (!pen) throw new PhotoError("unreadable");
  pen.fillStyle = "#fff"; // what was transparent would turn black in a JPEG
  pen.fillRect(0, 0, size.width, size.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(source, 0, 0, size.width, size.height);
  return canvas;
}

async function blobOf(canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Blob> {
  const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made, type, quality));
  if (!blob) throw new PhotoError("unreadable");
  return blob;
}
