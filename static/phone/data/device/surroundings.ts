// What this browser and this phone can't do, as signals for one sentence each; an officer may hide one until it changes.
import { computed, effect, signal } from "@preact/signals";
import { isInApp, type Trouble, troubles } from "../../domain/device/surroundings";
import { cleared, entries, me, minute, offset, ticking, unkept, work } from "../disk/store";
import { BUILD, newest, oldest } from "./device";
import { workerState } from "./worker";

const LOOK_EVERY_MS = 5 * 60_000;

const room = signal<{ used: number; quota: number } | null>(null); // bytes
const aside = signal<ReadonlySet<Trouble>>(new Set());
let looked = 0;

function hasIndexedDb(): boolean {
  try {
    return typeof indexedDB !== "undefined" && indexedDB !== null;
  } catch {
    return false;
  }
}

/** How long ago somebody tried codes of the officer card, in milliseconds by the server's clock. */
function sinceTried(): number | null {
  const tried = work.value?.person.card_tried_at;
  return tried ? minute.value - Date.parse(tried) : null;
}

const inApp = isInApp(navigator.userAgent);
const hasWorkers = "serviceWorker" in navigator;

/** Whether the server has said that a build as old as this one must be renewed. */
export const outdated = computed(
  () => oldest.value !== "" && BUILD !== oldest.value && newest.value !== null && BUILD !== newest.value,
);

const found = computed(() =>
  troubles({
    secure: isSecureContext,
    indexedDb: hasIndexedDb(),
    unkept: unkept.value,
    cleared: cleared.value !== null,
    workers: hasWorkers,
    workerFailed: workerState.value === "failed",
    inApp,
    roomLeft: room.value ? room.value.quota - room.value.used : null,
    offsetMs: offset.value,
    outdated: outdated.value,
    serverOlder: entries.value.some((entry) => entry.receipt?.code === "kind_unknown"),
    cardTriedMs: sinceTried(),
  }),
);

/** What is to be said now: every trouble that was not put aside. */
export const said = computed(() => found.value.filter((trouble) => !aside.value.has(trouble)));

/** The officer has read it; it is said again after a restart, or when it comes back. */
export function putAside(trouble: Trouble): void {
  aside.value = new Set([...aside.value, trouble]);
}

/** Read how much room there is left. */
async function readRoom(): Promise<void> {
  looked = Date.now();
  try {
    const { usage, quota } = await navigator.storage.estimate();
    if (usage !== undefined && quota !== undefined) room.value = { used: usage, quota };
  } catch {
    // A browser that does not tell is taken to have room.
  }
}

effect(() => {
  if (me.value && ticking.value - looked > LOOK_EVERY_MS) void readRoom();
});

effect(() => {
  const gone = [...aside.peek()].filter((trouble) => !found.value.includes(trouble));
  if (gone.length > 0) aside.value = new Set([...aside.peek()].filter((trouble) => found.value.includes(trouble)));
});
