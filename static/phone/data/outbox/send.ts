// The sender: sends what waits in the outbox to the server, in order, under one lock for page and worker.
import { LIMITS, TAKEN } from "../../../shared/server/generated";
import { ask, type Failure, NetError } from "../../../shared/server/net";
import type { Verdict } from "../../../shared/server/schemas";
import { answered, type Entry, nextRipe, ripe, wire } from "../../domain/outbox/entry";
import { backOff } from "../../domain/outbox/sync";
import type { Receipt } from "../../domain/work/work";
import { openDisk } from "../disk/disk";
import { phoneNote } from "../disk/phone-note";
import * as store from "../disk/store";
import type { Disk } from "../disk/tables";
import { onActs } from "./acts";
import { askOfficer, evidenceLeft, SMALL_PIECE, sendEvidence } from "./evidence";
import { inTurn } from "./turn";

const AT_ONCE = 50; // acts a request: one phone's day in a few, and none near the server's limit
const FEW = 5; // on a line that broke off before
const PATIENCE_MS = 45_000; // for fifty records on a bad line
const UNREADABLE: readonly number[] = [400, 413, 422]; // these answers are about what was sent; all others are about now
const STUBBORN = 3; // failures in a row after which a 500 is taken apart too, and so many apart say that it is the server

/** `busy`: the server answered, and could not take everything now. */
export type Outcome = "sent" | "nothing" | "busy" | "offline" | "signed_out" | "maintenance";

/** Send everything that may go now from `disk`; returns how it went. Safe from page and worker at once. */
export function sendAll(disk: Disk, person: string): Promise<Outcome> {
  return sendInSteps({ disk, person, tried: new Set(), sent: false, left: false, broken: 0 });
}

/** One go through what waits: every act is tried once, so that none can hold up the others or keep the go from ending. */
interface Turn {
  disk: Disk;
  person: string;
  tried: Set<number>;
  sent: boolean;
  left: boolean; // something stays because the server could not take it now
  broken: number; // acts in a row that the server broke over
}

async function sendInSteps(turn: Turn): Promise<Outcome> {
  const step = <T>(work: () => Promise<T>): Promise<T> => inTurn(`doorstep-outbox-${turn.person}`, work);
  try {
    for (let went: Went = "some"; went !== "none"; ) {
      went = await step(() => sendSome(turn));
      if (went === "stopped") return "busy";
    }
    for (const { uuid } of await evidenceLeft(turn.disk)) {
      const bytes = failures > 1 ? SMALL_PIECE : LIMITS.piece_bytes;
      if (await sendEvidence(turn.disk, uuid, { person: turn.person, bytes, step })) turn.sent = true;
      else turn.left = true;
    }
    if (turn.left) return "busy";
    return turn.sent ? "sent" : "nothing";
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    const { failure } = error;
    if (failure.kind === "maintenance") store.maintenanceUntil.value = failure.until;
    if (failure.kind === "offline") store.unreached(failure.why);
    if (failure.kind !== "refused") return failure.kind;
    refusedAll(failure.status);
    return "busy";
  }
}

/** The server takes nothing at all: said once it has repeated itself. One that is only busy says 429. */
function refusedAll(status: number): void {
  if (failures >= STUBBORN - 1 && status !== 429) store.barrier.value = { why: "refused", status };
}

/** `stopped`: the server is in trouble with all of them. */
type Went = "some" | "none" | "stopped";

async function sendSome(turn: Turn): Promise<Went> {
  const batch = await due(turn);
  if (batch.length === 0) return "none";
  return (await sendBatch(turn, batch)) ? "some" : "stopped";
}

/** What goes next. From here on it can't be undone: noted on disk first, for the server may have it before it answers. */
async function due({ disk, tried }: Turn): Promise<Entry[]> {
  const all = ripe(await disk.all<Entry>("outbox"), Date.now()).filter((entry) => !tried.has(entry.seq));
  const batch = all.slice(0, failures > 1 ? FEW : AT_ONCE);
  for (const entry of batch) tried.add(entry.seq);
  const undoable = batch.filter((entry) => entry.not_before > 0).map((entry) => entry.seq);
  const fixed = await disk.change(undoable, (held) => ({ ...held, not_before: 0 }));
  return batch.map((entry) => fixed.find((held) => held.seq === entry.seq) ?? entry);
}

/** Returns false when the server is in trouble with all of them: the rest comes again later. */
async function sendBatch(turn: Turn, batch: readonly Entry[]): Promise<boolean> {
  try {
    const { data } = await ask("/api/v1/acts", {
      method: "POST",
      json: { acts: batch.map(wire) },
      headers: { "X-Person": turn.person }, // the session may have become another person's since
      timeoutMs: PATIENCE_MS,
    });
    if (!Array.isArray(data?.receipts)) throw new NetError({ kind: "offline" });
    turn.broken = 0;
    await keepReceipts(turn, batch, data.receipts);
    return true;
  } catch (error) {
    if (!(error instanceof NetError) || error.failure.kind !== "refused") throw error;
    return sendApart(turn, batch, error.failure);
  }
}

/** The server would not take the whole: half of it, down to the one that it does not like, which the officer sees. */
async function sendApart(
  turn: Turn,
  batch: readonly Entry[],
  failure: Failure & { kind: "refused" },
): Promise<boolean> {
  const { status, code, detail } = failure;
  const unreadable = UNREADABLE.includes(status);
  if (!unreadable && !(status === 500 && failures >= STUBBORN)) {
    refusedAll(status);
    return false;
  }
  const only = batch[0];
  if (batch.length > 1) {
    const middle = Math.ceil(batch.length / 2);
    return (await sendBatch(turn, batch.slice(0, middle))) && sendBatch(turn, batch.slice(middle));
  }
  if (only && unreadable)
    await keepReceipts(turn, batch, [{ uuid: only.uuid, verdict: "refused", code, detail, status }]);
  else turn.left = true;
  turn.broken = unreadable ? 0 : turn.broken + 1;
  return turn.broken < STUBBORN;
}

const FINAL: readonly Verdict[] = TAKEN;

/** Write the answers of a batch to disk; an act without one, or with one that this app does not know, stays. */
async function keepReceipts(turn: Turn, batch: readonly Entry[], receipts: readonly Receipt[]): Promise<void> {
  const answers = new Map<number, Receipt>();
  for (const [place, entry] of batch.entries()) {
    const receipt = receiptOf(entry, place, batch, receipts);
    if (receipt && FINAL.includes(receipt.verdict)) answers.set(entry.seq, receipt);
    else turn.left = true;
  }
  const at = Date.now();
  await turn.disk.change([...answers.keys()], (held) => {
    const receipt = answers.get(held.seq);
    return receipt && held.state === "waiting" ? answered(held, receipt, at) : held;
  });
  if (answers.size > 0) turn.sent = true;
  for (const receipt of answers.values()) {
    for (const picture of receipt.photos ?? []) await keepStanding(turn.disk, picture);
  }
}

/** By its UUID; by its place only where the server could not even read that. Somebody else's answer counts for nobody. */
function receiptOf(
  entry: Entry,
  place: number,
  batch: readonly Entry[],
  receipts: readonly Receipt[],
): Receipt | undefined {
  const own = receipts.find((receipt) => receipt.uuid === entry.uuid);
  const nameless = receipts.length === batch.length && receipts[place]?.uuid === null ? receipts[place] : undefined;
  return own ?? nameless;
}

async function keepStanding(disk: Disk, { uuid, state, have }: NonNullable<Receipt["photos"]>[number]): Promise<void> {
  await disk.changePhoto(uuid, (photo) => {
    if (photo.complete || photo.refused) return photo;
    if (state === "refused") return { ...photo, refused: "refused" };
    return { ...photo, have: Math.min(have, photo.bytes), complete: state === "complete" };
  });
  if (state === "refused") await askOfficer(disk, uuid);
}

/** The worker's turn (Background Sync): the last person's outbox, on a disk of its own opening. */
export async function flushOnce(): Promise<{ left: number }> {
  const person = await phoneNote("person");
  if (person === null) return { left: 0 };
  const disk = await openDisk(person);
  try {
    await sendAll(disk, person);
    const left = (await disk.all<Entry>("outbox")).filter((entry) => entry.state === "waiting").length;
    store.tellOthers();
    return { left };
  } finally {
    disk.close();
  }
}

// --- In the page: when to send ---------------------------------------------------------------------------------------
let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let running = false;
let again = false;
const afterSent = new Set<() => void>();

/** Called after something was sent, such as to fetch the worklist that it has changed. */
export function onSent(call: () => void): void {
  afterSent.add(call);
}

/** Send now, from any occasion: a tap, the start, focus, a network, a socket, a timer. Never two at once. */
export async function flush(): Promise<void> {
  const person = store.me.value;
  if (!person || store.otherSession.value) return;
  if (running) {
    again = true;
    return;
  }
  const disk = store.disk();
  running = true;
  store.sending.value = true;
  try {
    const outcome = await sendAll(disk, person.id);
    if (store.isHeld(disk)) await settleOutcome(outcome);
  } catch (error) {
    failures += 1; // whatever it was: never again at once
    if (!(error instanceof DOMException)) throw error;
    if (store.isHeld(disk)) store.fault.value = store.faultOf(error);
  } finally {
    running = false;
    store.sending.value = false;
    schedule();
  }
}

async function settleOutcome(outcome: Outcome): Promise<void> {
  const some = outcome === "sent" || outcome === "busy";
  if (outcome === "signed_out") store.signedOut.value = true;
  if (some) {
    store.reached(outcome === "sent");
    store.maintenanceUntil.value = null;
  }
  await store.reload();
  // Nothing went although something may go, and it did not come just now: not again in the same breath.
  const stuck = outcome === "nothing" && !again && nextWake(Date.now()) <= Date.now();
  failures = outcome === "sent" || outcome === "signed_out" || (outcome === "nothing" && !stuck) ? 0 : failures + 1;
  if (!some) return;
  store.tellOthers();
  for (const call of afterSent) call();
}

const SOON_MS = 250;
const LONGEST_MS = 3600_000; // timers of browsers run over at 24 days, and a server may be back before it said

/** When something of this phone wants to go, by the phone's clock; Infinity when nothing does. */
function nextWake(now: number): number {
  const done = new Set(
    store.entries.value.filter((entry) => entry.state === "answered").flatMap((entry) => entry.photos),
  );
  const photo = store.photosLeft.value.some((left) => done.has(left.uuid));
  return photo ? now : (nextRipe(store.entries.value, now) ?? Infinity);
}

/** The next try: at once for what came meanwhile, when an undo runs out, or after a back-off that grows. */
function schedule(): void {
  clearTimeout(timer);
  if (running || !store.me.value || store.signedOut.value || store.otherSession.value) return;
  const more = again;
  again = false;
  if (more && failures === 0) return void flush(); // what came during a go that failed waits with the others
  const now = Date.now();
  const wake = nextWake(now);
  if (wake === Infinity) return;
  const closed = (store.maintenanceUntil.value ?? 0) - now;
  const waits = [wake - now, SOON_MS, failures > 0 ? backOff(failures) : 0, closed > 0 ? closed + backOff(1) : 0];
  timer = setTimeout(() => void flush(), Math.min(LONGEST_MS, Math.max(...waits)));
}

onActs(() => void flush());
store.onHeard(schedule); // the tab that took the tap may be gone before it could send
