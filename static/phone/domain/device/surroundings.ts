// What the phone's surroundings take away: pure verdicts over a few facts, the worst first.

/**
 * Why nothing lasts on a phone: the browser lends no storage; a newer version of the app has left a disk that this one
 * can't read; the storage does not open, as while another window holds it. In the last two there may be records on it.
 */
export type Unkept = "refused" | "newer" | "silent";

export interface Around {
  secure: boolean;
  indexedDb: boolean;
  unkept: Unkept | null; // why the disk that is open does not keep what is written
  cleared: boolean; // the storage was cleared while the app was open
  workers: boolean; // this browser has service workers
  workerFailed: boolean;
  inApp: boolean; // the page stands inside a chat or office app
  roomLeft: number | null; // bytes
  offsetMs: number;
  outdated: boolean; // the server no longer wants records from this build
  serverOlder: boolean; // the server did not know an act of this build
  cardTriedMs: number | null; // how long ago somebody seemed to guess the codes of this person's officer card
}

export type Trouble =
  | "card_tried"
  | "no_disk"
  | "volatile"
  | "newer"
  | "silent"
  | "cleared"
  | "insecure"
  | "in_app"
  | "no_worker"
  | "worker_failed"
  | "nearly_full"
  | "clock"
  | "outdated"
  | "server_older";

const LITTLE_ROOM = 40_000_000; // bytes: some hundred photos
export const FAR_OFF_MS = 10 * 60_000;
const TRIED_FOR_MS = 60 * 60_000; // somebody who poses as an officer is gone by then

/** What must be said about this phone now. */
export function troubles(around: Around): Trouble[] {
  const found: Trouble[] = [];
  if (around.cardTriedMs !== null && around.cardTriedMs < TRIED_FOR_MS) found.push("card_tried");
  if (!around.indexedDb) found.push("no_disk");
  else if (around.unkept !== null) found.push(around.unkept === "refused" ? "volatile" : around.unkept);
  if (around.cleared) found.push("cleared");
  if (!around.secure) found.push("insecure");
  else if (!around.workers) found.push(around.inApp ? "in_app" : "no_worker");
  else if (around.workerFailed) found.push("worker_failed");
  if (around.roomLeft !== null && around.roomLeft < LITTLE_ROOM) found.push("nearly_full");
  if (Math.abs(around.offsetMs) > FAR_OFF_MS) found.push("clock");
  if (around.outdated) found.push("outdated");
  if (around.serverOlder) found.push("server_older");
  return found;
}

const APPS = /MicroMessenger|wxwork|DingTalk|Feishu|Lark|QQ\/|AlipayClient|aliapp|; wv\)|FBAN|FBAV|Line\//i;

/** Whether a user agent is a window inside another app. */
export function isInApp(userAgent: string): boolean {
  if (APPS.test(userAgent)) return true;
  return /iPhone|iPad|iPod/.test(userAgent) && !/Safari\//.test(userAgent);
}
