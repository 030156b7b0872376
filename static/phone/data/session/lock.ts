// The lock: after a while without a touch the app asks for a quick code or for the phone's own finger or face check.
import { signal } from "@preact/signals";
import { keep, kept } from "../../../shared/lib/local-storage";
import { isCode, isIdle, type KeptCode, keptCode, MOST_TRIES } from "../../domain/device/lock-code";
import { disk, isHeld, isOpen, locked, me, onHeard, tellOthers } from "../disk/store";

const TOUCHED = "doorstep.touched";
export const KEY = "lock";
const LOCKED = "0"; // what stands for the last touch while the app is locked
const NOTE_EVERY_MS = 5_000;

export type Minutes = 1 | 5 | 15 | 0; // 0: never by itself
export interface Lock {
  code: KeptCode;
  after: Minutes;
  tries: number; // wrong codes in a row
  finger: string | null; // base64 id of a credential of this phone
}

/** The lock of who is signed in; null where no code is set, and then nothing ever locks. */
export const lock = signal<Lock | null>(null);
/** Whether this browser can reckon and check a code at all. */
export const canLock = isSecureContext && typeof crypto !== "undefined" && crypto.subtle !== undefined;
/** Whether the phone itself can check finger, face or PIN. */
export const canFinger = signal(false);

let touched = Date.now();
let noted = 0;

/** Change the lock by what stands on disk, which another tab may have changed; returns what then stands. */
export async function change(make: (held: Lock | undefined) => Lock | undefined): Promise<Lock | null> {
  const mine = disk();
  const next = (await mine.changeMeta<Lock>(KEY, make)) ?? null;
  if (isHeld(mine)) lock.value = next;
  tellOthers("lock");
  return next;
}

/** Another tab has locked, opened or changed the lock: this one does the same, and tells nobody. */
async function hearLock(): Promise<void> {
  if (!isOpen()) return;
  const mine = disk();
  const next = (await mine.get<Lock>("meta", KEY)) ?? null;
  if (!isHeld(mine)) return;
  lock.value = next;
  locked.value = next !== null && kept(TOUCHED) === LOCKED;
  if (!locked.value) touched = Date.now();
}

/** Read the lock of whoever was opened from disk, and lock where the phone lay untouched for long enough. */
export async function readLock(): Promise<void> {
  lock.value = (isOpen() ? await disk().get<Lock>("meta", KEY) : undefined) ?? null;
  const last = Number(kept(TOUCHED) ?? 0);
  if (lock.value && (last === 0 || isBarred() || isIdle(last, Date.now(), lock.value.after))) bolt();
  else touch();
}

/** Watch touches, keys, the page going away, and other tabs. */
export function watchIdle(): void {
  onHeard(() => void hearLock().catch(() => undefined), "lock");
  for (const kind of ["pointerdown", "keydown", "wheel"])
    addEventListener(kind, touch, { passive: true, capture: true });
  document.addEventListener("visibilitychange", look);
  setInterval(look, 5_000);
  const credential = (globalThis as { PublicKeyCredential?: typeof PublicKeyCredential }).PublicKeyCredential;
  void credential?.isUserVerifyingPlatformAuthenticatorAvailable?.().then(
    (able) => {
      canFinger.value = able && isSecureContext;
    },
    () => undefined,
  );
}

function touch(): void {
  if (locked.peek() || me.peek() === null) return;
  look(); // the first touch after a long sleep comes too late to count
  if (lock.peek() && kept(TOUCHED) === LOCKED) locked.value = true; // another tab has locked: its mark stands
  if (locked.peek()) return;
  touched = Date.now();
  if (touched - noted < NOTE_EVERY_MS) return;
  noted = touched;
  keep(TOUCHED, String(touched));
}

function look(): void {
  if (lock.peek() && me.peek() && isIdle(touched, Date.now(), lock.peek()?.after ?? 0)) bolt();
}

/** Lock at once, on the officer's word. */
export function lockNow(): void {
  if (lock.value) bolt();
}

/** Loading the page again must not open it: a touch that never was stands for "locked". */
function bolt(): void {
  locked.value = true;
  keep(TOUCHED, LOCKED);
  tellOthers("lock");
}

/** Who is here has shown it: open. */
export async function opened(): Promise<void> {
  touched = Date.now();
  noted = touched;
  keep(TOUCHED, String(touched));
  const forgiven = (held: Lock | undefined): Lock | undefined => held && { ...held, tries: 0 };
  // A disk that fails forgives later: who has shown who they are must get in.
  if (lock.value && lock.value.tries > 0) await change(forgiven).catch(() => tellOthers("lock"));
  else tellOthers("lock");
  locked.value = false;
}

/** Whether only a full sign-in opens now. */
export function isBarred(): boolean {
  return (lock.value?.tries ?? 0) >= MOST_TRIES;
}

/** Try a code: opens, or counts; returns whether it was right. The count is on disk before the answer is told. */
export async function tryCode(code: string): Promise<boolean> {
  let may = false;
  const held = await change((now) => {
    may = now !== undefined && now.tries < MOST_TRIES;
    return now && may ? { ...now, tries: now.tries + 1 } : now;
  });
  if (!held || !may || !(await isCode(code, held.code))) return false;
  await opened();
  return true;
}

/** Set or change the code. */
export async function setCode(code: string): Promise<void> {
  const made = await keptCode(code);
  await change((held) => ({ after: 5, finger: null, ...held, code: made, tries: 0 }));
}

export async function setAfter(after: Minutes): Promise<void> {
  await change((held) => held && { ...held, after });
}

export async function dropLock(): Promise<void> {
  await change(() => undefined);
}

// --- Offered once, when duty first begins on this phone; afterwards it is found only under Me --------------------------
const OFFERED = "lock_offered";

export async function wantsLockOffer(): Promise<boolean> {
  return canLock && lock.value === null && (await disk().get<boolean>("meta", OFFERED)) !== true;
}

export async function noteLockOffered(): Promise<void> {
  await disk().write([{ put: "meta", key: OFFERED, value: true }]);
}
