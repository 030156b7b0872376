// Who is signed in on this phone: one person at a time, each with a disk of their own that nobody else opens.
import { batch } from "@preact/signals";
import type { Entry } from "../domain/entry";
import { keep, kept as keptText } from "../lib/kept";
import { type Language, speak } from "../words/say";
import { deleteDisk, type Disk, nameOf, openDisk } from "./disk";
import { forgettableAtParting, owes } from "./forget";
import { ask, NetError } from "./net";
import { notePhone } from "./phone-note";
import { readScripts } from "./scripts";
import { hangUp, renew } from "./socket";
import { sendAll } from "./send";
import * as store from "./store";
import { Volatile } from "./volatile";

const ME = "doorstep.me";
const DOOR = "/_allauth/browser/v1";

interface User {
  id: string;
  username: string;
  name?: string;
  display?: string;
}
export interface SessionAnswer {
  data?: { user?: User; flows?: { id: string; is_pending?: boolean }[] };
  meta?: { is_authenticated?: boolean };
  errors?: { message: string; code: string; param?: string }[];
}

/** Whether somebody was signed in when the app was last open. */
export function isKept(): boolean {
  return readMe(keptText(ME)) !== null;
}

/** Open the app for whoever was signed in last, from disk alone: no network is needed for that. */
export async function resume(): Promise<boolean> {
  const person = readMe(keptText(ME));
  if (!person) return false;
  await open(person);
  return true;
}

function readMe(text: string | null): store.Me | null {
  try {
    const person = JSON.parse(text ?? "null") as store.Me | null;
    return typeof person?.id === "string" ? person : null;
  } catch {
    return null;
  }
}

let watching = false;

/** Another tab has signed out, or somebody else in: this one must not go on showing who was here. */
function watchOtherTabs(): void {
  if (watching) return;
  watching = true;
  addEventListener("storage", (event) => {
    if (event.key === ME || event.key === null) follow(event.key === null ? null : event.newValue);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) follow(keptText(ME));
  });
}

function follow(text: string | null): void {
  const here = store.me.value?.id;
  if (here === undefined || readMe(text)?.id === here) return;
  close()?.close();
  location.reload();
}

async function open(person: store.Me): Promise<void> {
  watchOtherTabs();
  store.holdDisk(await openDisk(person.id));
  store.me.value = person;
  void notePhone("person", person.id);
  try {
    await store.reload();
    await readScripts();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    store.holdDisk(new Volatile()); // it opens and can't be read: better no disk than no app
  }
}

/** Ask the server whose session this is and open their disk; throws NetError. */
export async function adopt(user: User): Promise<void> {
  const name = user.display ?? user.name ?? user.username;
  const person: store.Me = { id: String(user.id), name, username: user.username };
  if (store.me.value?.id !== person.id) {
    await leave();
    keep(ME, JSON.stringify(person));
    await open(person);
  }
  store.signedOut.value = false;
  await renew();
  const wanted = store.work.value?.person.language;
  if (wanted && !keptText("doorstep.language")) speak(wanted as Language);
}

/** Sign in with staff number and password; returns the sentence of a refusal, or null when signed in. */
export async function signIn(username: string, password: string): Promise<string | null> {
  return finishSignIn(() =>
    ask<SessionAnswer>(`${DOOR}/auth/login`, { method: "POST", json: { username, password } }),
  );
}

/** Run one of the ways to sign in and open the app for whoever it was. */
export async function finishSignIn(way: () => Promise<{ data: SessionAnswer }>): Promise<string | null> {
  try {
    const { data } = await way();
    if (!data.data?.user) return "signin.refused";
    await adopt(data.data.user);
    return null;
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    return refusal(error);
  }
}

function refusal({ failure }: NetError): string {
  if (failure.kind === "refused") {
    const errors = (failure.body as SessionAnswer | null)?.errors ?? [];
    if (failure.status === 429 || errors.some(({ code }) => code === "too_many_login_attempts")) return "signin.too_many";
    if (failure.status === 409) return "signin.already";
    return "signin.refused";
  }
  return failure.kind === "signed_out" ? "signin.refused" : `signin.${failure.kind}`;
}

/** What would be lost by signing out now. */
export async function atStake(): Promise<{ records: number; photos: number; drafts: number }> {
  await sendAll(store.disk(), store.me.value?.id ?? "").catch(() => undefined);
  await store.reload();
  const touched = store.drafts.value.filter((draft) => draft.touched);
  const carried = (await store.disk().get<unknown[]>("meta", "handover_carried")) ?? []; // others' records, given to this phone
  const records = store.unsent.value.length + carried.length;
  return { records, photos: store.photosLeft.value.length, drafts: touched.length };
}

/** Sign out: wipe this person from the phone, and end the session where the server can be reached. */
export async function signOut(): Promise<void> {
  const person = store.me.value;
  const held = close();
  keep(ME, null);
  await notePhone("person", null);
  // First the phone, then the server: a bad line must not keep somebody's cases on a phone that they have handed back.
  if (person) await deleteDisk(person.id, held);
  await ask(`${DOOR}/auth/session`, { method: "DELETE" }).catch(() => undefined); // answers 401 when it is done
  await forgetPush().catch(() => undefined);
}

/** Give the phone to another person: only what the server still lacks stays, unseen, until its owner comes back. */
async function leave(): Promise<void> {
  const person = store.me.value;
  const held = close();
  if (!person || !held) return;
  let owing = true;
  try {
    // By the disk, not by what was shown: another tab or the worker may have written since.
    const carried = (await held.get<unknown[]>("meta", "handover_carried")) ?? [];
    await held.review((all) => {
      owing = owes(all) || carried.length > 0;
      return forgettableAtParting(all);
    });
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // what can't be written is not lost: its owner finds it
  }
  if (owing) held.close();
  else await deleteDisk(person.id, held);
}

/** Forget everything in memory; returns the disk that was open, for who calls to empty or close. */
function close(): Disk | null {
  hangUp();
  const held = store.isOpen() ? store.disk() : null;
  batch(() => {
    store.me.value = null;
    store.holdDisk(null);
    store.forgetMemory();
  });
  return held;
}

async function forgetPush(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  const subscription = await registration?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
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
