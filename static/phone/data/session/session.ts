// Who is signed in on this phone: one person at a time, each with a database of their own that nobody else opens.
import { batch, effect } from "@preact/signals";
import { keep, kept as keptText } from "../../../shared/lib/local-storage";
import { askAt, beginSession, NetError, onRemoved, speakFor } from "../../../shared/server/net";
import { type Language, speak } from "../../../shared/words/say";
import type { Entry } from "../../domain/outbox/entry";
import { nameOf } from "../disk/connection";
import { deleteDisk, openDisk, openLasting } from "../disk/disk";
import { forgettableAtParting, owes } from "../disk/forget";
import { forgetMe, keepMe, keptMe, ME, readMe, WALL } from "../disk/last-person";
import { notePhone } from "../disk/phone-note";
import * as store from "../disk/store";
import type { Disk } from "../disk/tables";
import { Volatile } from "../disk/volatile";
import { sealAway } from "../outbox/seal-away";
import { sendAll } from "../outbox/send";
import { readScripts } from "../work/scripts";
import { hangUp, renew } from "../work/socket";
import { endOwed, endSession, oweLeaving, oweNothing, sayGoodbye } from "./leaving";
import { carriedOn, NOTHING, type Stake, stakeIn, together } from "./stake";

const DOOR = "/_allauth/browser/v1";
const FIRST_ANSWER_MS = 3_000;

interface User {
  id: string;
  username: string;
  name?: string;
  display?: string;
}
effect(() => speakFor(store.me.value?.id ?? null));
onRemoved((person) => {
  if (store.me.peek()?.id === person) setWall(person);
});

/** Raise the wall before somebody, which takes everything of theirs away (removal.ts); null leaves it for the sign-in. */
export function setWall(person: string | null): void {
  keep(WALL, person);
  store.walled.value = person;
}

export interface SessionAnswer {
  data?: { user?: User; flows?: { id: string; is_pending?: boolean }[] };
  meta?: { is_authenticated?: boolean };
  errors?: { message: string; code: string; param?: string }[];
}

/** Open the app for whoever was signed in last, from disk alone: no network is needed for that. */
export async function resume(): Promise<boolean> {
  const person = keptMe();
  const wall = keptText(WALL);
  // Somebody else may have signed in since, in another tab: the wall is not theirs.
  store.walled.value = person === null || person.id === wall ? wall : null;
  if (!person || store.walled.value !== null) return false;
  await open(person);
  return true;
}

let watching = false;

/** Another tab has signed out, or somebody else in: this one must not go on showing who was here. */
function watchOtherTabs(): void {
  if (watching) return;
  watching = true;
  addEventListener("storage", (event) => {
    if (event.key === WALL) {
      if (event.newValue !== null && event.newValue === store.me.peek()?.id) follow(null);
    } else if (event.key === ME) follow(readMe(event.newValue));
    else if (event.key === null) remainHere(); // the browser has cleared everything: nobody has signed out
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) follow(keptMe());
  });
}

/** Who is signed in here stands where the next start looks for it. */
export function remainHere(): void {
  const person = store.me.peek();
  if (person === null) return;
  keepMe(person);
  void notePhone("person", person.id);
}

function follow(next: store.Me | null): void {
  const here = store.me.value?.id;
  if (here === undefined || next?.id === here) return;
  close()?.close();
  location.reload();
}

async function open(person: store.Me): Promise<void> {
  watchOtherTabs();
  const mine = await openDisk(person.id);
  store.holdDisk(mine);
  store.me.value = person;
  void notePhone("person", person.id);
  try {
    await Promise.all([store.reload(), readScripts()]);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    mine.close();
    if (store.isHeld(mine)) store.holdDisk(new Volatile("silent")); // it opens and can't be read: better no disk than no app
  }
}

/** Open the disk of whose session this is; returns the key of a sentence where the one before can't leave, or null. */
export async function adopt(user: User): Promise<string | null> {
  const name = user.display ?? user.name ?? user.username;
  const person: store.Me = { id: String(user.id), name, username: user.username };
  if (store.me.value?.id !== person.id) {
    if (await wouldLose()) {
      store.signedOut.value = true;
      await endSession(); // nobody's: what is here is sent by its owner
      return "signin.volatile";
    }
    await leave();
    await clearWall(person.id);
    keepMe(person);
    await open(person);
  }
  oweNothing();
  beginSession();
  store.signedOut.value = false;
  // The first answer tells whether the cookie came through; a bad line that keeps it back keeps nobody out.
  await Promise.race([renew().then(speakAsWanted), new Promise((over) => setTimeout(over, FIRST_ANSWER_MS))]);
  return null;
}

function speakAsWanted(): void {
  const wanted = store.work.value?.person.language;
  if (wanted && !keptText("doorstep.language")) speak(wanted as Language);
}

/** Whoever signs in is not before the wall; what it has not taken away of somebody else yet goes first. */
async function clearWall(person: string): Promise<void> {
  const before = keptText(WALL);
  if (before !== null && before !== person) await sealAway(before);
  setWall(null);
}

/** A staff number in plain signs: full width made narrow, blanks and signs that show nothing gone. */
const plainNumber = (typed: string): string => typed.normalize("NFKC").replace(/[\s\p{C}]/gu, "");

/** Sign in with staff number and password; returns the sentence of a refusal, or null when signed in. */
export async function signIn(username: string, password: string): Promise<string | null> {
  await endOwed();
  return finishSignIn(() =>
    askAt<SessionAnswer>(`${DOOR}/auth/login`, { method: "POST", json: { username: plainNumber(username), password } }),
  );
}

/** Run one of the ways to sign in and open the app for whoever it was. */
export async function finishSignIn(way: () => Promise<{ data: SessionAnswer }>): Promise<string | null> {
  try {
    const { data } = await way();
    if (!data.data?.user) return "signin.refused";
    // Signed in, and the very next question is a stranger's: the cookie of the session was taken out on the way.
    return (await adopt(data.data.user)) ?? (store.signedOut.value ? "signin.cookies" : null);
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    return refusal(error);
  }
}

/** The key of the sentence about a sign-in that came to nothing. */
export function refusal({ failure }: NetError): string {
  if (failure.kind === "offline") return `signin.${failure.why ?? "offline"}`;
  if (failure.kind !== "refused") return failure.kind === "signed_out" ? "signin.refused" : `signin.${failure.kind}`;
  const { status, code } = failure;
  if (status === 429 || code === "too_many_login_attempts") return "signin.too_many";
  if (status === 409) return "signin.already";
  return status === 400 ? "signin.refused" : "signin.failed";
}

let told: { person: string; all: boolean } | null = null; // what the officer was told before signing out

/** What would be lost by signing out now; `unsure` where the real disk can't be looked at: it is not wiped then. */
export async function atStake(): Promise<Stake> {
  const person = store.me.value?.id;
  if (person === undefined) return NOTHING;
  const held = store.disk();
  let stake = await sentAndCounted(held, person);
  await store.reload().catch(() => undefined);
  if (!held.lasting) {
    const real = await openLasting(person);
    stake = together(stake, real ? await sentAndCounted(real, person) : { ...NOTHING, unsure: true });
    real?.close();
  }
  told = { person, all: !stake.unsure };
  return stake;
}

async function sentAndCounted(disk: Disk, person: string): Promise<Stake> {
  await sendAll(disk, person).catch(() => undefined);
  return stakeIn(disk);
}

/** Wipe this person from the phone; a real disk that nobody could look at stays for its owner. */
async function wipe(): Promise<void> {
  const person = store.me.value;
  const held = close();
  oweLeaving();
  await forgetMe();
  if (!person || !held) return;
  const known = told?.person === person.id ? told.all : held.lasting;
  told = null;
  if (!known) return held.close();
  await deleteDisk(person.id, held.lasting ? held : await openLasting(person.id));
}

/** Sign out: wipe this person from the phone; then, `first` before it, end the session where the server can be reached. */
export async function signOut(first?: () => Promise<void>): Promise<void> {
  // First the phone, then the server: a bad line must not keep somebody's cases on a phone that they have handed back.
  await wipe();
  await sayGoodbye(first);
}

/** Whether another person's sign-in would lose what is in memory alone. */
async function wouldLose(): Promise<boolean> {
  if (!store.isOpen() || store.disk().lasting) return false;
  const held = store.disk();
  let owing = false;
  await held.review((all) => {
    owing = owes(all);
    return [];
  });
  return owing || (await carriedOn(held)) > 0;
}

/** Give the phone to another person: only what the server still lacks stays, unseen, until its owner comes back. */
async function leave(): Promise<void> {
  const person = store.me.value;
  const held = close();
  if (!person || !held?.lasting) return; // in memory only: the real disk may hold more, and stays as it is
  let owing = true;
  try {
    // By the disk, not by what was shown: another tab or the worker may have written since.
    let own = true;
    await held.review((all) => {
      own = owes(all);
      return forgettableAtParting(all);
    });
    owing = own || (await carriedOn(held)) > 0;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // what can't be written is not lost: its owner finds it
  }
  if (owing) held.close();
  else await deleteDisk(person.id, held);
}

/** Forget everything in memory; returns the disk that was open, for who calls to empty or close. */
export function close(): Disk | null {
  hangUp();
  const held = store.isOpen() ? store.disk() : null;
  batch(() => {
    store.me.value = null;
    store.holdDisk(null);
    store.forgetMemory();
  });
  return held;
}

/** Names of disks of other people on this phone that still hold unsent records; only their number is told. */
export async function othersUnsent(): Promise<number> {
  const listed = (await indexedDB.databases?.()) ?? [];
  let count = 0;
  for (const { name } of listed) {
    if (!name?.startsWith("doorstep-") || name === nameOf(store.me.value?.id ?? "")) continue;
    const other: Disk = await openDisk(name.slice("doorstep-".length));
    count += (await other.all<Entry>("outbox")).filter((entry) => entry.state === "waiting").length;
    other.close();
  }
  return count;
}
