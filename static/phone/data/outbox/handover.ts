// Hand-over: what this phone can't send, sealed for another phone to bring, and what others gave to this one.
import { signal } from "@preact/signals";
import { LIMITS } from "../../../shared/server/generated";
import { ask, type Failure, NetError } from "../../../shared/server/net";
import { wire } from "../../domain/outbox/entry";
import {
  type Author,
  bundles,
  type Envelope,
  linkBytes,
  linkOf,
  MOST_CONTENT,
  MOST_QR_BYTES,
  portions,
  seal,
} from "../../domain/outbox/envelope";
import { dropSealed, sealedHere } from "../disk/sealed";
import { disk, isHeld, isOpen, me, unsent } from "../disk/store";
import type { Disk } from "../disk/tables";
import { device } from "./acts";

const KEY = "handover_key";
const CARRIED = "handover_carried";
const UNREADABLE: readonly number[] = [400, 413, 422]; // the server will never open it; the giving phone still has its records
const TOO_LARGE = 413;

/** An envelope of somebody else's that this phone still has to deliver. */
export interface Carried extends Envelope {
  came_at: number;
}

/** What became of a delivered envelope. */
export interface Delivered {
  initial: string;
  taken: number;
  open: number; // held or refused: its author's desk hears of it
}

export const carried = signal<readonly Carried[]>([]);
/** What the server would not take while nobody was looking. */
export const sentBack = signal<Fate | null>(null);

/** Fetch the key once, while there is a network: it seals on the day when there is none. */
export async function readyHandover(anew = false): Promise<Author | null> {
  const mine = disk();
  const person = me.value?.id;
  const name = await device();
  const kept = await mine.get<Author>("meta", KEY);
  if (!isHeld(mine)) return null;
  const good = kept?.device === name && kept.person === person ? kept : null;
  if (good && !anew) return good;
  try {
    const { data } = await ask(`/api/v1/handover/key?device=${name}`);
    // Another person's key must never seal these records: they would arrive as that person's.
    if (data.person !== person || me.value?.id !== person || !isHeld(mine)) return null;
    const author: Author = { key: data.key, person: data.person, device: name };
    await mine.write([{ put: "meta", key: KEY, value: author }]);
    return author;
  } catch (error) {
    if (error instanceof NetError) return good;
    throw error;
  }
}

/** What waits as envelopes, the text of one file each: small enough for the server to take in one go. */
export async function filesOf(author: Author): Promise<string[]> {
  const parts = portions(unsent.value.map(wire), LIMITS.carried, MOST_CONTENT);
  return Promise.all(parts.map(async (acts) => JSON.stringify(await seal(acts, author))));
}

/** Everything that waits as links for QR codes; `tooLong` counts acts that only a file can carry. */
export async function linksOf(author: Author, origin: string): Promise<{ links: string[]; tooLong: number }> {
  const parts = bundles(unsent.value.map(wire), origin);
  const fit = parts.filter((acts) => linkBytes(acts, origin) <= MOST_QR_BYTES);
  const links = await Promise.all(fit.map(async (acts) => linkOf(await seal(acts, author), origin)));
  return { links, tooLong: parts.length - fit.length };
}

/** What this phone carries for others, from disk. */
export async function readCarried(): Promise<void> {
  const mine = disk();
  show(mine, await mine.get<Carried[]>("meta", CARRIED));
}

function show(mine: Disk, held: readonly Carried[] | undefined): void {
  if (isHeld(mine)) carried.value = held ?? [];
}

/** Keep an envelope on this phone before anything else, so that nothing hangs on the network. */
export async function carry(envelope: Envelope): Promise<void> {
  const mine = disk();
  const came_at = Date.now();
  const next = await mine.changeMeta<Carried[]>(CARRIED, (all = []) =>
    all.some((held) => held.box === envelope.box) ? all : [...all, { ...envelope, came_at }],
  );
  show(mine, next);
}

async function drop(mine: Disk, { box }: Envelope): Promise<void> {
  if (!isHeld(mine)) return; // its owner brings it again: twice counts once
  show(mine, await mine.changeMeta<Carried[]>(CARRIED, (all = []) => all.filter((held) => held.box !== box)));
}

/** `waits` with `all`: nothing else will get through either. */
export type Fate =
  | { kind: "delivered"; what: Delivered }
  | { kind: "waits"; all: boolean }
  | { kind: "too_large" }
  | { kind: "unreadable"; why: string };

/** Bring an envelope to the server; it leaves this phone once the server has taken or refused it. */
export async function deliver(envelope: Envelope): Promise<Fate> {
  const { person, device: from, nonce, box } = envelope;
  const mine = disk();
  try {
    const { data } = await ask("/api/v1/handover", {
      method: "POST",
      json: { person, device: from, nonce, box },
    });
    const count = (...verdicts: string[]): number =>
      data.receipts.filter(({ verdict }) => verdicts.includes(verdict)).length;
    if (count("busy") > 0) return { kind: "waits", all: false };
    await drop(mine, envelope);
    await dropSealed(envelope).catch(() => undefined); // brought again it counts once
    const open = count("held", "refused");
    return { kind: "delivered", what: { initial: data.person_name_initial, taken: data.receipts.length - open, open } };
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    return refused(mine, envelope, error.failure);
  }
}

async function refused(mine: Disk, envelope: Envelope, failure: Failure): Promise<Fate> {
  if (failure.kind !== "refused") return { kind: "waits", all: true };
  if (!UNREADABLE.includes(failure.status)) return { kind: "waits", all: false };
  await drop(mine, envelope);
  return failure.status === TOO_LARGE ? { kind: "too_large" } : { kind: "unreadable", why: failure.detail };
}

/** Try everything that is carried again, at the start and whenever there is a network; one that is stuck holds up no other. */
export async function deliverAll(): Promise<void> {
  if (!isOpen()) return;
  const mine = disk();
  await readCarried();
  for (const envelope of carried.value) {
    if (!isHeld(mine)) return;
    const fate = await deliver(envelope);
    if (fate.kind === "waits" && fate.all) return;
    if (fate.kind === "too_large" || fate.kind === "unreadable") sentBack.value = fate;
  }
}

/** After sign-in: have the key ready, deliver what is carried, and again with every network that comes. */
export async function readyToCarry(): Promise<void> {
  if (!listening) addEventListener("online", () => void whileOpen(deliverAll));
  listening = true;
  await whileOpen(async () => {
    await readyHandover(true); // a new password makes the old key open nothing
    await takeSealed();
    await deliverAll();
  });
}

/** Do some work unless the disk goes away under it, as when its person signs out or loses the right meanwhile. */
async function whileOpen(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/**
 * Carry what was sealed on this phone when somebody's right was taken away: nobody else will. It stays sealed here as well
 * until the server has it, for the carrier may sign out or lose the right before that, and no other phone has it.
 */
async function takeSealed(): Promise<void> {
  for (const one of await sealedHere().catch(() => [])) {
    if (!isOpen()) return;
    await carry(one);
  }
}

let listening = false;
