// What the officer does: written to the outbox on disk in one transaction, shown when it is there, then sent.
import { batch } from "@preact/signals";
import { cleaned } from "../../../shared/lib/clean";
import { uuid } from "../../../shared/lib/ids";
import type { ActKind, Entry } from "../../domain/outbox/entry";
import type { Choice } from "../../domain/outbox/needs";
import { COUNTING, DEVICE } from "../disk/counting";
import { disk, draftFault, drafts, entries, isHeld, offset, photos, tapped, tellOthers } from "../disk/store";
import type { Disk, Op, Photo } from "../disk/tables";

export interface Doing {
  assignment: string | null;
  payload?: Record<string, unknown>;
  label?: string; // masked name
  photos?: readonly Photo[]; // what the payload lists
  undoMs?: number; // how long it waits in the outbox for a change of mind
  draft?: string; // the key of the form that this came from, cleared in the same transaction
  settles?: number; // the key of an entry that needed the officer and does no more, noted in the same transaction
  at?: number; // when it happened by the phone's clock, where that was earlier
}

let ring: () => void = () => undefined;

/** Who is called when there is something to send: set once, by the sender. */
export function onActs(call: () => void): void {
  ring = call;
}

/** Keep an act. Resolves when it is on disk; rejects when the phone could not keep it (the form then stays). */
export async function perform(kind: ActKind, doing: Doing): Promise<Entry> {
  const mine = disk();
  const { entry, settled } = await tapped(append(mine, kind, doing));
  if (!isHeld(mine)) return entry; // signed out meanwhile: it is on its own disk, and nobody else sees it
  batch(() => {
    show(settled);
    entries.value = [...entries.value.filter((other) => other.seq !== entry.seq), entry];
    if (doing.draft) dropped(doing.draft);
  });
  tellOthers();
  ring();
  return entry;
}

async function append(mine: Disk, kind: ActKind, doing: Doing): Promise<{ entry: Entry; settled: Entry[] }> {
  const ops: Op[] = doing.draft ? [{ drop: "drafts", key: doing.draft }] : [];
  const asked = doing.settles === undefined ? undefined : await mine.get<Entry>("outbox", doing.settles);
  const settled = asked ? [{ ...asked, needs: false }] : [];
  for (const value of settled) ops.push({ put: "outbox", value });
  return { entry: await mine.append(madeOf(kind, doing), ops), settled };
}

/** A form has become an act: whether it could be kept as a form matters no more. */
function dropped(key: string): void {
  drafts.value = drafts.value.filter((draft) => draft.key !== key);
  draftFault.value = null;
}

/** Show entries as they now stand on disk, without reading: what is done must not look undone where that fails. */
function show(changed: readonly Entry[]): void {
  entries.value = entries.value.map((entry) => changed.find(({ seq }) => seq === entry.seq) ?? entry);
}

function madeOf(kind: ActKind, doing: Doing): Parameters<Disk["append"]>[0] {
  const at = doing.at ?? Date.now();
  const listed = doing.photos ?? [];
  return {
    uuid: uuid(),
    kind,
    assignment: doing.assignment,
    happened_at: new Date(at).toISOString(),
    clock_offset_ms: Math.round(offset.value),
    payload: cleaned(doing.payload ?? {}), // the server keeps no half letters: they would hold up the whole act
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
  const mine = disk();
  const taken = mine.change([entry.seq], (held) => {
    undone = held.state === "waiting" && held.not_before > Date.now();
    // Its number is used: an act that says "taken back" goes in its place, or the server would look for a lost one.
    return undone ? { ...held, kind: "undone", assignment: null, payload: {}, photos: [], not_before: 0 } : held;
  });
  const changed = await tapped(taken);
  if (undone) {
    if (isHeld(mine)) show(changed);
    tellOthers();
    ring();
  }
  return undone;
}

/** The officer has dealt with an entry that needed them. */
export async function settle(entry: Entry, choice: Choice): Promise<void> {
  const { assignment, label, seq } = entry;
  // A word about a word would go on for ever.
  if (entry.kind !== "resolve") {
    await perform("resolve", { assignment, label, payload: { act: entry.uuid, choice }, settles: seq });
    return;
  }
  const mine = disk();
  const changed = await tapped(mine.change([seq], (held) => ({ ...held, needs: false })));
  if (isHeld(mine)) show(changed);
  tellOthers();
}

/** The name of this app on this phone for this person; made once, and new when the storage was cleared. */
export async function device(): Promise<string> {
  const mine = disk();
  return (await mine.get<string>("meta", DEVICE)) ?? (await mine.first(DEVICE, uuid())); // two tabs agree
}

/** The number of the newest act under the name of this phone. */
export async function lastNumber(): Promise<number> {
  const mine = disk();
  const [, next = 1, before = 0] = await Promise.all(COUNTING.map((key) => mine.get<number>("meta", key)));
  return next - 1 - before;
}

/** Keep a photo on disk; it is sent once a record lists it. */
export async function keepPhoto(photo: Photo): Promise<void> {
  const mine = disk();
  await tapped(mine.write([{ put: "photos", value: photo }]));
  if (!isHeld(mine)) return;
  photos.value = [...photos.value.filter((other) => other.uuid !== photo.uuid), photo];
  tellOthers();
}

export async function dropPhoto(id: string): Promise<void> {
  await tapped(disk().write([{ drop: "photos", key: id }]));
  photos.value = photos.value.filter((photo) => photo.uuid !== id);
  tellOthers();
}
