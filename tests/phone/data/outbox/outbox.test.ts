// Whatever order of taps, lost answers, reloads and second senders: the server has each act once, and nothing waits.
import { beforeEach, expect, it, vi } from "vitest";
import type { Entry } from "../../../../static/phone/domain/outbox/entry";
import { LIN, photo, work } from "../../support/made";
import { FakeServer, problem } from "../../support/server";
import { lendLocks, lots, settle } from "../../support/setup";
import { newPhone, openTab, type Tab } from "../../support/tab";

let server: FakeServer;
beforeEach(async () => {
  await newPhone();
  server = new FakeServer();
  server.work = work(1, ["a", "b"]);
});

function troubled(lot: () => number): FakeServer["fault"] {
  return () => {
    const drawn = lot();
    if (drawn < 0.2) return "cut";
    if (drawn < 0.35) return "offline";
    if (drawn < 0.4) return problem(500);
    if (drawn < 0.44) return new Response("", { status: 503, headers: { "Retry-After": "3" } });
    if (drawn < 0.46) return new Response("<html>portal");
    return undefined;
  };
}

/** One thing by lot that happens to an officer's phone. */
async function something(lot: () => number, tabs: Tab[], made: Entry[]): Promise<void> {
  const tab = tabs[Math.floor(lot() * tabs.length)] as Tab;
  const drawn = lot();
  const assignment = lot() < 0.5 ? "a" : "b";
  if (drawn < 0.4) made.push(await tab.acts.perform("note", { assignment, undoMs: lot() < 0.3 ? 5_000 : 0 }));
  else if (drawn < 0.5) {
    const picture = photo(`p${made.length}`, { assignment, blob: new Blob([new Uint8Array(300_000)]) });
    await tab.acts.keepPhoto(picture);
    made.push(await tab.acts.perform("visit", { assignment, photos: [picture] }));
  } else if (drawn < 0.6 && made.length > 0) await tab.acts.undo(made[Math.floor(lot() * made.length)] as Entry);
  else if (drawn < 0.7) void tab.send.flush();
  else if (drawn < 0.8)
    void tab.send.flushOnce().catch(() => undefined); // the worker
  else if (drawn < 0.85) tabs[tabs.indexOf(tab)] = await reopened(tab);
  else await vi.advanceTimersByTimeAsync(lot() * 6_000);
}

/** The tab is killed at whatever it does, and opened again. */
async function reopened(tab: Tab): Promise<Tab> {
  tab.store.me.value = null;
  tab.store.holdDisk(null);
  return openTab();
}

it.each(Array.from({ length: 12 }, (_, n) => n + 1))(
  "comes out even, story %i",
  async (seed) => {
    const lot = lots(seed);
    lendLocks(seed % 3 !== 0);
    server.fault = troubled(lot);
    const tabs = [await openTab(), await openTab()];
    const made: Entry[] = [];
    for (let step = 0; step < 40; step += 1) await something(lot, tabs, made);

    server.fault = () => undefined;
    const tab = tabs[0] as Tab;
    await vi.advanceTimersByTimeAsync(6_000);
    for (let tries = 0; tries < 40 && tab.store.sync.value.face !== "ok"; tries += 1) {
      await vi.advanceTimersByTimeAsync(5_000);
      await settle(20);
      await tab.pull.pull();
      await tab.store.reload();
    }
    expect(tab.store.sync.value.face).toBe("ok");

    const seqs = server.acts.map((act) => act.seq).sort((a, b) => a - b);
    expect(seqs).toEqual(made.map((_entry, place) => place + 1));
    expect(new Set(server.acts.map((act) => act.uuid))).toEqual(new Set(made.map((entry) => entry.uuid)));
    const kinds = new Map((await tab.store.disk().all<Entry>("outbox")).map((entry) => [entry.uuid, entry.kind]));
    for (const act of server.acts) expect(act.kind).toBe(kinds.get(act.uuid)); // what is shown is what the server has
    expect(tab.store.photos.value.every((one) => one.complete)).toBe(true);
    expect(tab.store.me.value?.id).toBe(LIN);
  },
  30_000,
);
