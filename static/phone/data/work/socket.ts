// The socket: worklists arrive as they change. A silent socket is closed, and what was missed is fetched.
import { CLOSE_CODES } from "../../../shared/server/generated";
import { ask, NetError } from "../../../shared/server/net";
import { backOff } from "../../domain/outbox/sync";
import { tagOf, type WorkDocument } from "../../domain/work/work";
import * as store from "../disk/store";
import { flush } from "../outbox/send";
import { hearClock } from "./clock";
import { pull, takeDocument } from "./pull";

const SILENT_MS = 25_000; // two heartbeats and a half
const BEHIND_MS = 3_000; // a heartbeat names a newer worklist than this phone has: give it that long to arrive
const OTHER_TAB_MS = 60_000; // two tabs of one session take the line from one another: not without end

const POLL_MS = 5_000; // where no line stays open, and HTTP works
const ALIVE_MS = 12_000; // a heartbeat and a little
const SHOWN_FROM = 3; // polls in a row: a line that is just being opened is not said to be missing

type Message =
  | { type: "work"; document: WorkDocument }
  | { type: "heartbeat"; epoch: string; version: number; at: string };

let socket: WebSocket | null = null;
let failures = 0;
let anew = false; // what is held here must not stand against what the server sends next
let silence: ReturnType<typeof setTimeout> | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;
let behind: ReturnType<typeof setTimeout> | undefined;

/** Pull first, then open a new socket: at the start, and whenever the phone comes back from anywhere. */
export async function renew(): Promise<void> {
  hangUp();
  if (!store.me.value) return; // a locked phone rings too
  let answered = false;
  try {
    answered = await pull(anew);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // a disk that failed must not keep the line closed
  }
  if (answered) anew = false;
  if (store.signedOut.value || !store.me.value || store.locked.value) return;
  if (answered) void flush();
  connect();
}

/** Close the socket without a new try. */
export function hangUp(): void {
  clearTimeout(silence);
  clearTimeout(retry);
  clearTimeout(behind);
  behind = undefined;
  const closing = socket;
  socket = null;
  store.socketOpen.value = false;
  closing?.close();
}

function connect(): void {
  if (socket !== null || !store.me.value) return;
  const held = anew ? null : store.work.value;
  const have = held ? `?have=${encodeURIComponent(tagOf(held))}` : "";
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const opened = new WebSocket(`${scheme}://${location.host}/ws/v1/work${have}`);
  socket = opened;
  opened.onopen = () => heard(opened);
  opened.onmessage = (event) => {
    if (socket === opened) void take(opened, String(event.data));
  };
  opened.onclose = (event) => {
    if (socket === opened) closed(event.code);
  };
  watch(opened);
}

/** Any sign of life. The first one of a socket says that there is a network: send what waits. */
function heard(from: WebSocket): void {
  if (socket !== from) return;
  watch(from);
  if (store.socketOpen.value) return;
  store.socketOpen.value = true;
  store.reached();
  void flush();
}

/** A link that says nothing for longer than two heartbeats is dead, whatever the browser thinks of it. */
function watch(watched: WebSocket): void {
  clearTimeout(silence);
  silence = setTimeout(() => {
    if (socket !== watched) return;
    store.unreached();
    hangUp();
    again();
  }, SILENT_MS);
}

async function take(from: WebSocket, text: string): Promise<void> {
  heard(from);
  let message: Message;
  try {
    message = JSON.parse(text) as Message;
  } catch {
    return;
  }
  if (!store.me.value || socket !== from) return;
  spokeAt = Date.now();
  polls = 0;
  store.polled.value = false;
  failures = 0; // an overloaded server opens too, and closes without a word
  if (message.type === "work") await takeDocument(message.document);
  else if (message.type === "heartbeat") beat(message.epoch, message.version, message.at);
}

function beat(epoch: string, version: number, at: string): void {
  if (hearClock(Date.parse(at))) void pull();
  const held = store.work.value;
  if (held && held.epoch === epoch && held.version >= version) {
    store.syncedAt.value = store.now.peek();
    return;
  }
  behind ??= setTimeout(() => {
    behind = undefined;
    const mine = store.work.value;
    if (!mine || mine.epoch !== epoch || mine.version < version) void renew();
  }, BEHIND_MS);
}

function closed(code: number): void {
  hangUp();
  if (code === CLOSE_CODES.signed_out || code === CLOSE_CODES.right_removed) {
    store.signedOut.value = true;
    askWhy(code === CLOSE_CODES.right_removed);
    return;
  }
  if (code === CLOSE_CODES.refetch) anew = true;
  if (code === CLOSE_CODES.replaced) retry = setTimeout(() => void renew(), OTHER_TAB_MS);
  else again();
}

/** Ask a door: a page that is not the server's is closed with that code too, and what is here goes only on a door's word. */
function askWhy(insist: boolean): void {
  ask("/api/v1/duty").catch((error: unknown) => {
    const unheard = error instanceof NetError && error.failure.kind !== "signed_out";
    if (!insist || !unheard || !store.me.value) return;
    retry = setTimeout(() => askWhy(insist), backOff(failures));
    failures += 1;
  });
}

/** Fetch and open again after a while that grows; the fetch tells whether there is a network at all. */
function again(): void {
  if (!store.me.value) return;
  retry = setTimeout(() => void renew(), backOff(failures));
  failures += 1;
}

const LASTING = 12; // polls that were answered outweigh so many that were not: one lost answer ends nothing
let spokeAt = 0; // when a line last brought a message of ours, by the phone's clock
let polls = 0;

/** Ask over HTTP as long as no line says anything: some proxies let none through, or take one and pass nothing on. */
async function poll(): Promise<void> {
  const alive = store.socketOpen.value && Math.abs(Date.now() - spokeAt) < ALIVE_MS;
  const was = store.online.value;
  const may = store.me.value && !store.signedOut.value && !store.otherSession.value && (was || polls > 0);
  try {
    if (!may || alive) return;
    const answered = await pull();
    polls = answered ? Math.min(polls + 1, LASTING) : Math.max(polls - 1, 0);
    store.polled.value = polls >= SHOWN_FROM;
    if (answered && !was) void flush();
  } finally {
    setTimeout(() => void poll(), POLL_MS); // also after a disk that failed: an alarm may come next
  }
}

/** Tell the server where the phone is; a lost position costs nothing. */
export function sayPosition(position: { lat: number; lon: number; accuracy_m: number; age_s: number }): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: "position", position }));
}

/** Watch for everything that a phone goes through: out of a pocket, out of a tunnel, back from another app. */
export function keepConnected(): void {
  const back = (): void => {
    if (document.visibilityState === "visible") void renew();
  };
  document.addEventListener("visibilitychange", back);
  addEventListener("pageshow", (event) => {
    if (event.persisted) back();
  });
  addEventListener("online", back);
  addEventListener("offline", () => {
    store.unreached();
    hangUp();
    again();
  });
  setTimeout(() => void poll(), POLL_MS);
}
