// What the screens see, as signals: read from the phone's disk at the start, and updated with every change since.
import { batch, computed, signal } from "@preact/signals";
import type { Schemas } from "../../../shared/server/schemas";
import { dayOf } from "../../../shared/words/day";
import type { Unkept } from "../../domain/device/surroundings";
import type { Entry } from "../../domain/outbox/entry";
import { type Barrier, stopsSending, syncState } from "../../domain/outbox/sync";
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

/** What is said of the phone's storage: `failed` where it has no room, `broken` of anything else. */
export type DiskFault = "disk.failed" | "disk.broken";

export const me = signal<Me | null>(null);
export const locked = signal(false);
/** The id of whose right was taken away here: nothing of theirs is shown any more. */
export const walled = signal<string | null>(null);
export const work = signal<WorkDocument | null>(null);
export const entries = signal<readonly Entry[]>([]);
export const drafts = signal<readonly Draft[]>([]);
export const photos = signal<readonly Photo[]>([]);
export const duty = signal<Duty | null>(null);
export const appInfo = signal<AppInfo | null>(null);

export const online = signal(true); // whether the last word with the server went well
/** What stands between this phone and its server; of `cookies` and `refused` only what is sent can tell. */
export const barrier = signal<Barrier | null>(null);
export const polled = signal(false); // the worklist is asked for every few seconds: no line stays open here
export const socketOpen = signal(false);
export const sending = signal(false);
export const syncedAt = signal<number | null>(null); // by the server's clock
export const otherSession = signal(false); // the browser's session is somebody else's: nothing of this phone may be sent in it
export const signedOut = signal(false); // the server no longer knows this session; the phone still works
export const maintenanceUntil = signal<number | null>(null);
/** Why nothing lasts on this phone, or null where it does. */
export const unkept = signal<Unkept | null>(null);
export const fault = signal<DiskFault | null>(null); // a tap came to nothing, until the next one has come through
export const draftFault = signal<DiskFault | null>(null); // what is typed can't be kept now
/** The phone's storage was cleared while the app was open, and how many photos could not be written back; null if not. */
export const cleared = signal<{ photos: number } | null>(null);
export const offset = signal(0); // milliseconds to add to the phone's clock for the server's
export const offsetKnown = signal(false); // learned since the app was opened
export const offsetKept = signal<number | null>(null); // as it stands on disk
export const ticking = signal(Date.now()); // the phone's clock, once a second
export const fix = signal<Fix | null>(null);

/** Now by the server's clock, once a second: what every countdown counts with. */
export const now = computed(() => ticking.value + offset.value);
/** The same once a minute. */
export const minute = computed(() => Math.floor(now.value / 60_000) * 60_000);
/** Whether this clock was ever compared with the server's, now or before the app was opened. */
export const compared = computed(() => offsetKnown.value || offsetKept.value !== null);
let word: readonly [number, number] | null = null; // the last time that our server said, and by the phone's steady clock when

/** Keep what our server says the time is. */
export function hearTime(serverAt: number): void {
  word = [serverAt, performance.now()];
}

/** The earliest that it can be now: no clock that was set, or learned from anybody else, ends an alarm by itself. */
const earliest = computed(() =>
  Math.min(ticking.value, now.value, word ? word[0] + performance.now() - word[1] : Infinity),
);
const today = computed(() => dayOf(now.value));

export const views = computed(() => overlayAll(work.value?.assignments ?? [], entries.value, today.value, dayOf));
/** The assignment that rings now, if any; a clock that stands a minute over still rings. */
export const alarm = computed(() => (duty.value?.on_duty === false ? null : ringing(views.value, earliest.value)));

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
    barrier: barrier.value,
    polled: polled.value,
    sending: sending.value,
    syncedAt: syncedAt.value,
    signedOut: signedOut.value,
    maintenanceUntil: maintenanceUntil.value,
    unkept: unkept.value,
    now: ticking.value,
  }),
);

/** Our server has answered, here or in what was `sent`: what only hinders sending is told by sending alone. */
export function reached(sent = false): void {
  online.value = true;
  if (sent || !stopsSending(barrier.peek())) barrier.value = null;
}

/** No answer of our server came; `why` where something else did. */
export function unreached(why?: Barrier["why"]): void {
  const next = why ? { why } : null;
  if (!stopsSending(next)) online.value = false; // what is read still comes
  if (next || !stopsSending(barrier.peek())) barrier.value = next;
}

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
  offsetKept.value = null;
  unkept.value = next?.unkept ?? null;
}

/** What a tap asks of the disk: where that fails it is said on every screen, until another tap has come through. */
export async function tapped<T>(asked: Promise<T>): Promise<T> {
  try {
    const done = await asked;
    fault.value = null;
    return done;
  } catch (error) {
    fault.value = faultOf(error);
    throw error;
  }
}

/** How an error of the disk is said. */
export function faultOf(error: unknown): DiskFault {
  return (error as Error).name === "QuotaExceededError" ? "disk.failed" : "disk.broken";
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
    offsetKept.value = clock ?? null;
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
  barrier.value = null;
  draftFault.value = null;
  cleared.value = null;
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
