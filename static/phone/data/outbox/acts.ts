// What the officer does: written to disk and outbox in one transaction, shown when it is there, then sent.
import { batch } from "@preact/signals";
import { uuid } from "../../../shared/lib/ids";
import type { ActKind, Entry } from "../../domain/outbox/entry";
import type { Choice } from "../../domain/outbox/needs";
import { disk, drafts, entries, fault, isHeld, offset, photos, reload, tellOthers } from "../disk/store";
import type { Disk, Op, Photo } from "../disk/tables";

export interface Doing {
  assignment: string | null;
  payload?: Record<string, unknown>;
  label?: string; // masked name
  photos?: readonly Photo[]; // what the payload lists
  undoMs?: number; // how long it waits in the outbox for a change of mind
  draft?: string; // the key of the form that this came from, cleared in the same transaction
  at?: number; // when it happened by the phone's clock, where that was earlier
}

let ring: () => void = () => undefined;

/** Who is called when there is something to send: set once, by the sender. */
export function onActs(call: () => void): void {
  ring = call;
}

/** Keep an act. Resolves when it is on disk; rejects when the phone could not keep it (the form then stays). */
export async function perform(kind: ActKind, doing: Doing): Promise<Entry> {
  const ops: Op[] = doing.draft ? [{ drop: "drafts", key: doing.draft }] : [];
  const mine = disk();
  let entry: Entry;
  try {
    const made = madeOf(kind, doing);
    entry = await mine.append({ ...made, device: await device() }, ops);
  } catch (error) {
    fault.value = "disk.failed";
    throw error;
  }
  if (!isHeld(mine)) return entry; // signed out meanwhile: it is on its own disk, and nobody else sees it
  batch(() => {
    fault.value = null;
    entries.value = [...entries.value.filter((other) => other.seq !== entry.seq), entry];
    if (doing.draft) drafts.value = drafts.value.filter((draft) => draft.key !== doing.draft);
  });
  tellOthers();
  ring();
  return entry;
}

function madeOf(kind: ActKind, doing: Doing): Omit<Entry, "seq" | "device"> {
  const at = doing.at ?? Date.now();
  const listed = doing.photos ?? [];
  return {
    uuid: uuid(),
    kind,
    assignment: doing.assignment,
    happened_at: new Date(at).toISOString(),
    clock_offset_ms: Math.round(offset.value),
    payload: doing.payload ?? {},
    label: doing.label ?? "",
    photos: listed.map((photo) => photo.uuid),
    not_before: doing.undoMs ? Date.now() + doing.undoMs : 0,
    state: "waiting",
    receipt: null,
    answered_at: null,
    needs: false,
  };
}

/** Take back an act that still waits for its time; returns whether it could be. Its form may then be filled again. */
export async function undo(entry: Entry): Promise<boolean> {
  let undone = false;
  await disk().change([entry.seq], (held) => {
    undone = held.state === "waiting" && held.not_before > Date.now();
    // Its number is used: an act that says "taken back" goes in its place, or the server would look for a lost one.
    return undone ? { ...held, kind: "undone", assignment: null, payload: {}, photos: [], not_before: 0 } : held;
  });
  if (undone) {
    await reload();
    tellOthers();
    ring();
  }
  return undone;
}

/** The officer has dealt with an entry that needed them. */
export async function settle(entry: Entry, choice: Choice): Promise<void> {
  // A word about a word would go on for ever.
  if (entry.kind !== "resolve") {
    const { assignment, label } = entry;
    await perform("resolve", { assignment, label, payload: { act: entry.uuid, choice } });
  }
  await disk().change([entry.seq], (held) => ({ ...held, needs: false }));
  await reload();
  tellOthers();
}

const devices = new WeakMap<Disk, string>(); // a tap does not read it again

/** The name of this app on this phone for this person; made once, and new when the storage was wiped. */
export async function device(): Promise<string> {
  const mine = disk();
  const remembered = devices.get(mine);
  if (remembered) return remembered;
  const known = (await mine.get<string>("meta", "device")) ?? (await mine.first("device", uuid())); // two tabs agree
  devices.set(mine, known);
  return known;
}

/** Keep a photo on disk; it is sent once a record lists it. */
export async function keepPhoto(photo: Photo): Promise<void> {
  const mine = disk();
  try {
    await mine.write([{ put: "photos", value: photo }]);
  } catch (error) {
    fault.value = "disk.failed";
    throw error;
  }
  if (!isHeld(mine)) return;
  photos.value = [...photos.value.filter((other) => other.uuid !== photo.uuid), photo];
  tellOthers();
}

export async function dropPhoto(id: string): Promise<void> {
  await disk().write([{ drop: "photos", key: id }]);
  photos.value = photos.value.filter((photo) => photo.uuid !== id);
  tellOthers();
}
