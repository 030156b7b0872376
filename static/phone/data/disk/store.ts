// What the screens see, as signals: read from the phone's disk at the start, and told of every change since.
import { batch, computed, signal } from "@preact/signals";
import type { Schemas } from "../../../shared/server/schemas";
import { dayOf } from "../../../shared/words/format";
import type { Entry } from "../../domain/outbox/entry";
import { syncState } from "../../domain/outbox/sync";
import { isRecorded } from "../../domain/work/done";
import { overlayAll, ringing } from "../../domain/work/view";
import { replaces, type WorkDocument } from "../../domain/work/work";
import type { Disk, Draft, Photo } from "./tables";

/** Who is signed in on this phone: enough to open their disk without a network. */
export interface Me {
  id: string;
  name: string;
  username: string;
}

export type Duty = Schemas["DutyBody"];

export interface Fix {
  lat: number;
  lon: number;
  accuracy: number; // metres
  at: number; // milliseconds since 1970, by the phone
}

export type AppInfo = Schemas["AppInfo"];

export const me = signal<Me | null>(null);
export const locked = signal(false);
export const work = signal<WorkDocument | null>(null);
export const entries = signal<readonly Entry[]>([]);
export const drafts = signal<readonly Draft[]>([]);
export const photos = signal<readonly Photo[]>([]);
export const duty = signal<Duty | null>(null);
export const appInfo = signal<AppInfo | null>(null);

export const online = signal(true); // whether the last word with the server went well
export const socketOpen = signal(false);
export const sending = signal(false);
export const syncedAt = signal<number | null>(null); // by the server's clock
export const otherSession = signal(false); // the browser's session is somebody else's: nothing of this phone may be sent in it
export const signedOut = signal(false); // the server no longer knows this session; the phone still works
export const maintenanceUntil = signal<number | null>(null);
export const volatile = signal(false);
export const fault = signal<string | null>(null); // the key of a sentence about something that could not be kept
export const offset = signal(0); // milliseconds to add to the phone's clock for the server's
export const offsetKnown = signal(false);
export const ticking = signal(Date.now()); // the phone's clock, once a second
export const fix = signal<Fix | null>(null);

/** Now by the server's clock, once a second: what every countdown counts with. */
export const now = computed(() => ticking.value + offset.value);
/** The same once a minute. */
export const minute = computed(() => Math.floor(now.value / 60_000) * 60_000);
const today = computed(() => dayOf(now.value));

export const views = computed(() => overlayAll(work.value?.assignments ?? [], entries.value, today.value, dayOf));
/** The assignment that rings now, if any; a clock that stands a minute over still rings. */
export const alarm = computed(() => (duty.value?.on_duty === false ? null : ringing(views.value, now.value)));

const known = computed(() => new Set((work.value?.assignments ?? []).map((assignment) => assignment.id)));
/** Drafts of cases that have left the worklist: the officer says what becomes of them. */
export const strays = computed(() =>
  work.value ? drafts.value.filter((draft) => draft.touched && !known.value.has(draft.assignment)) : [],
);

/** Whether the visit of an assignment has been recorded already by who is here. */
export function recorded(assignment: string): boolean {
  return isRecorded(assignment, work.value?.done_today ?? [], entries.value);
}

export const unsent = computed(() => entries.value.filter((entry) => entry.state === "waiting"));
export const needing = computed(() => entries.value.filter((entry) => entry.needs));
/** Photos that belong to a sent or waiting record and have not arrived whole. */
export const photosLeft = computed(() => {
  const listed = new Set(entries.value.flatMap((entry) => entry.photos));
  return photos.value.filter((photo) => listed.has(photo.uuid) && !photo.complete && !photo.refused);
});

export const sync = computed(() =>
  syncState({
    entries: entries.value,
    photosLeft: photosLeft.value.length,
    stray: strays.value.length,
    online: online.value,
    sending: sending.value,
    syncedAt: syncedAt.value,
    signedOut: signedOut.value,
    maintenanceUntil: maintenanceUntil.value,
    volatile: volatile.value,
    now: ticking.value,
  }),
);

let opened: Disk | null = null;

/** The disk of who is signed in; throws when nobody is. */
export function disk(): Disk {
  if (opened === null) throw new Error("No disk is open: nobody is signed in on this phone.");
  return opened;
}

export function isOpen(): boolean {
  return opened !== null;
}

/** Whether `held` is still the disk of who is signed in; asked after every wait, before anything of it is shown. */
export function isHeld(held: Disk): boolean {
  return opened === held;
}

export function holdDisk(next: Disk | null): void {
  opened = next;
  volatile.value = next !== null && !next.lasting;
}

/** Read what is on disk into the signals: at the start, and when another tab or the worker has written. */
export async function reload(): Promise<void> {
  const from = opened;
  if (from === null) return;
  for (let tries = 5; tries > 0; tries -= 1) {
    const before = inMemory();
    const show = await readFrom(from);
    if (opened !== from) return;
    const changed = inMemory().some((held, place) => held !== before[place]);
    if (changed && tries > 1) continue; // a tap came in between: what was read may be older than it
    batch(show);
    return;
  }
}

function inMemory(): unknown[] {
  return [work.peek(), entries.peek(), drafts.peek(), photos.peek()];
}

async function readFrom(from: Disk): Promise<() => void> {
  const [kept, outbox, forms, pictures, clock, shift, info] = await Promise.all([
    from.get<{ document: WorkDocument; fetched_at: number }>("work", "document"),
    from.all<Entry>("outbox"),
    from.all<Draft>("drafts"),
    from.all<Photo>("photos"),
    from.get<number>("meta", "offset"),
    from.get<Duty>("meta", "duty"),
    from.get<AppInfo>("meta", "app"),
  ]);
  return () => {
    // A full disk keeps an older worklist than the one that is shown.
    if (kept && replaces(work.peek(), kept.document)) work.value = kept.document;
    if (kept) syncedAt.value = Math.max(kept.fetched_at, syncedAt.peek() ?? 0);
    entries.value = outbox;
    drafts.value = forms;
    photos.value = pictures;
    if (clock !== undefined && !offsetKnown.peek()) offset.value = clock;
    duty.value = shift ?? duty.peek();
    appInfo.value = info ?? appInfo.peek();
  };
}

/** Forget everything in memory; the disk is not touched. */
export function forgetMemory(): void {
  work.value = null;
  entries.value = [];
  drafts.value = [];
  photos.value = [];
  duty.value = null;
  fix.value = null;
  syncedAt.value = null;
  signedOut.value = false;
  otherSession.value = false;
  fault.value = null;
}

// --- Between tabs and the worker: "something on disk has changed", or the lock has ----------------------------------
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("doorstep");
type News = "changed" | "lock";

export function tellOthers(news: News = "changed"): void {
  channel?.postMessage(news);
}

const heard: Record<News, Set<() => void>> = { changed: new Set(), lock: new Set() };

/** Called after another tab or the worker has changed something, when the signals show it; or another tab its lock. */
export function onHeard(call: () => void, news: News = "changed"): void {
  heard[news].add(call);
}

function tell(news: News): void {
  for (const call of heard[news]) call();
}

export function hearOthers(): void {
  if (!channel) return;
  channel.onmessage = ({ data }) => {
    if (data === "lock") return tell("lock");
    void reload().then(
      () => tell("changed"),
      () => undefined, // the disk went away under it: signed out elsewhere
    );
  };
}
