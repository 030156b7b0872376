// Hand-over: what this phone can't send any more, sealed for another phone to carry, and what others gave this one.
import { signal } from "@preact/signals";
import { wire } from "../domain/entry";
import { type Author, bundles, type Envelope, linkBytes, linkOf, MOST_QR_BYTES, seal } from "../domain/envelope";
import { device } from "./acts";
import { ask, NetError } from "./net";
import { disk, isOpen, unsent } from "./store";

const KEY = "handover_key";
const CARRIED = "handover_carried";
const UNREADABLE: readonly number[] = [400, 422]; // the server will never open it; the giving phone still has its records
const MOST_ACTS = 500; // at once, the server's measure

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

/** Fetch the key once, while there is a network: it seals on the day when there is none. */
export async function readyHandover(): Promise<Author | null> {
  const kept = await disk().get<Author>("meta", KEY);
  const name = await device();
  if (kept?.device === name) return kept;
  try {
    const { data } = await ask<{ key: string; person: string }>(`/api/v1/handover/key?device=${name}`);
    const author: Author = { key: data.key, person: data.person, device: name };
    await disk().write([{ put: "meta", key: KEY, value: author }]);
    return author;
  } catch (error) {
    if (error instanceof NetError) return null;
    throw error;
  }
}

/** What waits as one envelope: the text of a file. */
export async function fileOf(author: Author): Promise<string> {
  return JSON.stringify(await seal(unsent.value.slice(0, MOST_ACTS).map(wire), author));
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
  carried.value = (await disk().get<Carried[]>("meta", CARRIED)) ?? [];
}

async function keepCarried(next: readonly Carried[]): Promise<void> {
  await disk().write([{ put: "meta", key: CARRIED, value: next }]);
  carried.value = next;
}

/** Keep an envelope on this phone before anything else, so that nothing hangs on the network. */
export async function carry(envelope: Envelope): Promise<void> {
  await readCarried();
  if (carried.value.some((held) => held.box === envelope.box)) return;
  await keepCarried([...carried.value, { ...envelope, came_at: Date.now() }]);
}

export type Fate = { kind: "delivered"; what: Delivered } | { kind: "waits" } | { kind: "unreadable"; why: string };

/** Bring an envelope to the server; it leaves this phone once the server has taken or refused it. */
export async function deliver(envelope: Envelope): Promise<Fate> {
  const { person, device: from, nonce, box } = envelope;
  try {
    const { data } = await ask<{ receipts: { verdict: string }[]; person_name_initial: string }>("/api/v1/handover", {
      method: "POST",
      json: { person, device: from, nonce, box },
    });
    const count = (...verdicts: string[]): number =>
      data.receipts.filter(({ verdict }) => verdicts.includes(verdict)).length;
    if (count("busy") > 0) return { kind: "waits" };
    await drop(envelope);
    const open = count("held", "refused");
    return { kind: "delivered", what: { initial: data.person_name_initial, taken: data.receipts.length - open, open } };
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    const { failure } = error;
    if (failure.kind !== "refused" || !UNREADABLE.includes(failure.status)) return { kind: "waits" };
    await drop(envelope);
    return { kind: "unreadable", why: failure.detail };
  }
}

async function drop({ box }: Envelope): Promise<void> {
  await keepCarried(carried.value.filter((held) => held.box !== box));
}

/** Try everything that is carried again: at the start, and whenever there is a network. */
export async function deliverAll(): Promise<void> {
  if (!isOpen()) return;
  await readCarried();
  for (const envelope of carried.value) {
    if ((await deliver(envelope)).kind === "waits") return;
  }
}

/** After sign-in: have the key ready, deliver what is carried, and again with every network that comes. */
export async function readyToCarry(): Promise<void> {
  if (!listening) addEventListener("online", () => void deliverAll());
  listening = true;
  await readyHandover();
  await deliverAll();
}

let listening = false;
