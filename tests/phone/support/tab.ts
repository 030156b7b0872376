// A tab of the app: its own copy of all modules over the one disk, as after every reload; and a phone to open it on.
import { IDBFactory } from "fake-indexeddb";
import { vi } from "vitest";
import type { Op } from "../../../static/phone/data/disk/tables";
import type { Entry } from "../../../static/phone/domain/outbox/entry";
import { entry, LIN, upTo } from "./made";
import { FakeServer } from "./server";
import { channels, heard, lendLocks, page, reloaded, settle, storage, until } from "./setup";

const tabs: Tab[] = [];

/** A phone as it comes out of its box; the tabs of the one before do nothing more. */
export async function newPhone(): Promise<void> {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  for (const { store } of tabs.splice(0)) {
    store.me.value = null;
    store.holdDisk(null);
  }
  await settle(20);
  channels.clear();
  heard.by = new EventTarget();
  vi.clearAllTimers();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: Date.UTC(2026, 10, 20, 6, 5) });
  vi.stubGlobal("indexedDB", new IDBFactory());
  storage.held.clear();
  page.visibilityState = "visible";
  reloaded.mockClear();
  lendLocks(true);
}

/** A new phone with a server that takes everything, and Lin's tab on it. */
export async function onlinePhone(): Promise<{ server: FakeServer; tab: Tab }> {
  await newPhone();
  return { server: new FakeServer(), tab: await openTab() };
}

/** From now on each socket stays silent. */
export function lendSilentSockets(): void {
  vi.stubGlobal(
    "WebSocket",
    class {
      close(): void {}
    },
  );
}

/** A new phone without a network, and Lin's tab on it. */
export async function offlinePhone(): Promise<{ server: FakeServer; tab: Tab }> {
  await newPhone();
  lendSilentSockets();
  const server = new FakeServer();
  server.fault = () => "offline";
  return { server, tab: await openTab() };
}

/** The names of the disks on this phone. */
export async function disks(): Promise<string[]> {
  return (await indexedDB.databases()).flatMap(({ name }) => name ?? []).sort();
}

/** Who stands in this phone's memory of who was here last. */
export function signedInAs(id: string | null): void {
  if (id === null) storage.removeItem("doorstep.me");
  else storage.setItem("doorstep.me", JSON.stringify({ id, name: "林警官", username: "lin" }));
}

/** Open the app for somebody. A second one is another tab, or the same after a reload. */
export async function openTab(id: string = LIN): Promise<Tab> {
  const tab = await modules();
  tabs.push(tab);
  signedInAs(id);
  await tab.session.resume();
  tab.store.hearOthers();
  return tab;
}

async function modules() {
  vi.resetModules();
  const [store, acts, send, pull, session, socket, drafts, scripts, clock, duty] = await Promise.all([
    import("../../../static/phone/data/disk/store"),
    import("../../../static/phone/data/outbox/acts"),
    import("../../../static/phone/data/outbox/send"),
    import("../../../static/phone/data/work/pull"),
    import("../../../static/phone/data/session/session"),
    import("../../../static/phone/data/work/socket"),
    import("../../../static/phone/data/disk/drafts"),
    import("../../../static/phone/data/work/scripts"),
    import("../../../static/phone/data/work/clock"),
    import("../../../static/phone/data/session/duty"),
  ]);
  return { store, acts, send, pull, session, socket, drafts, scripts, clock, duty };
}

export type Tab = Awaited<ReturnType<typeof modules>>;

/** Put acts on the disk of a tab without sending them. */
export async function keepWaiting({ store }: Tab, count: number, more: Partial<Entry> = {}): Promise<void> {
  const ops = upTo(count).map((seq): Op => ({ put: "outbox", value: entry(seq, more) }));
  await store.disk().write([...ops, { put: "meta", key: "next_seq", value: count + 1 }]);
  await store.reload();
}

/** Nothing is being sent any more, and the next try has its time. */
export async function quiet({ store }: Tab): Promise<void> {
  await until(() => !store.sending.value);
  await settle(5);
}
