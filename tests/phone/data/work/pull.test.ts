// The worklist: the newest one stands, nobody else's ever does, and what left it is gone from the phone.
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { WorkDocument } from "../../../../static/phone/domain/work/work";
import { LIN, photo, sent, WANG, work } from "../../support/made";
import { type FakeServer, problem } from "../../support/server";
import { channels, lots, settle, until } from "../../support/setup";
import { onlinePhone, openTab, type Tab } from "../../support/tab";

let server: FakeServer;
let tab: Tab;
beforeEach(async () => {
  ({ server, tab } = await onlinePhone());
});

async function onDisk(): Promise<WorkDocument | undefined> {
  return (await tab.store.disk().get<{ document: WorkDocument }>("work", "document"))?.document;
}

describe("fetching", () => {
  it("brings the worklist to screen and disk", async () => {
    server.work = work(3, ["a"]);
    expect(await tab.pull.pull()).toBe(true);
    expect(tab.store.work.value).toEqual(server.work);
    expect(await onDisk()).toEqual(server.work);
    expect(tab.store.sync.value).toEqual({ face: "ok", at: expect.closeTo(Date.now(), -4), polled: false });
  });

  it("asks for nothing that it has, and is up to date all the same", async () => {
    server.work = work(3, ["a"]);
    await tab.pull.pull();
    await vi.advanceTimersByTimeAsync(60_000);
    tab.store.ticking.value = Date.now();
    expect(await tab.pull.pull()).toBe(true);
    expect(server.asked[1]?.headers["If-None-Match"]).toMatch(/^"11111111-.*\.3"$/);
    expect(tab.store.syncedAt.value).toBeCloseTo(Date.now(), -4);
    await tab.store.reload();
    expect(tab.store.syncedAt.value).toBeCloseTo(Date.now(), -4);
  });

  it("that meets no network, no session or a closed server says which, and keeps what it has", async () => {
    server.work = work(3, ["a"]);
    await tab.pull.pull();
    const answers = [
      "offline",
      problem(401),
      new Response("", { status: 503, headers: { "Retry-After": "60" } }),
    ] as const;
    const faces = [];
    for (const answer of answers) {
      server.fault = () => answer;
      expect(await tab.pull.pull()).toBe(false);
      faces.push(tab.store.sync.value.face);
    }
    expect(faces).toEqual(["off", "you", "you"]);
    expect(tab.store.maintenanceUntil.value).toBe(Date.now() + 60_000);
    expect(tab.store.views.value).toHaveLength(1);
    server.fault = () => undefined;
    await tab.pull.pull();
    expect(tab.store.sync.value.face).toBe("ok");
  });

  it.each(["<html>Welcome", "{}", "null", "[]"])(
    "that gets %s instead of a worklist keeps what it has",
    async (text) => {
      await tab.pull.takeDocument(work(3, ["a"]));
      server.fault = () => new Response(text);
      expect(await tab.pull.pull()).toBe(false);
      expect(tab.store.work.value?.version).toBe(3);
    },
  );
});

describe("another person's worklist", () => {
  const theirs = work(9, ["z"], { person: { id: WANG, name: "王", language: "zh-hans" } as never });

  it("is neither shown nor kept", async () => {
    await tab.pull.takeDocument(theirs);
    expect(tab.store.work.value).toBeNull();
    expect(await onDisk()).toBeUndefined();
  });

  it("means that the session is theirs: nothing of this phone is sent in it until its owner is back", async () => {
    server.work = theirs;
    expect(await tab.pull.pull()).toBe(false);
    await tab.acts.perform("note", { assignment: "a" });
    await tab.send.flush();
    await settle();
    expect(server.acts).toEqual([]);
    expect(tab.store.sync.value).toMatchObject({ face: "you", reason: "signed_out", needs: 1 });
    server.work = work(1);
    await tab.pull.pull();
    await tab.send.flush();
    expect(server.acts).toHaveLength(1);
  });

  it("is not written to their disk either when they sign in while it is on its way", async () => {
    const taking = tab.pull.takeDocument(work(3, ["a"]));
    tab.store.me.value = { id: WANG, name: "王", username: "wang" };
    const disk = await import("../../../../static/phone/data/disk/disk");
    const fresh = await disk.openDisk(WANG);
    tab.store.holdDisk(fresh);
    await taking;
    expect(tab.store.work.value).toBeNull();
    expect(await fresh.all("work")).toEqual([]);
  });
});

describe("what left the worklist", () => {
  it("is erased when the worklist comes, from the disk and from the screen", async () => {
    await tab.store.disk().write([
      { put: "photos", value: photo("p", { complete: true }) },
      { put: "outbox", value: sent(1, { photos: ["p"] }) },
      { put: "drafts", value: { key: "visit:a", assignment: "a", label: "", form: {}, touched: false, saved_at: 0 } },
    ]);
    await tab.pull.takeDocument(work(3, ["a"]));
    await tab.store.reload();
    expect(tab.store.photos.value).toHaveLength(1);
    await tab.pull.takeDocument(work(4, []));
    expect(tab.store.photos.value).toEqual([]);
    expect(tab.store.drafts.value).toEqual([]);
    expect(tab.store.entries.value[0]?.payload).toEqual({});
  });

  it("is erased as soon as its last photo has arrived, although no new worklist comes", async () => {
    server.work = work(4, []);
    await tab.pull.pull();
    await tab.store.disk().write([
      { put: "photos", value: photo("p") },
      { put: "outbox", value: sent(1, { photos: ["p"] }) },
    ]);
    tab.send.onSent(() => void tab.pull.pull());
    await tab.send.flush();
    await until(() => tab.store.photos.value.length === 0);
    expect(await tab.store.disk().all("photos")).toEqual([]);
  });

  it("stays in sight as a form that the officer must decide about", async () => {
    await tab.drafts.saveDraft({ key: "visit:a", assignment: "a", label: "张*", form: { note: "x" }, touched: true });
    await tab.pull.takeDocument(work(4, []));
    expect(tab.store.strays.value).toHaveLength(1);
    expect(tab.store.sync.value).toMatchObject({ face: "you", needs: 1, reason: "settle" });
  });
});

describe("a phone without room", () => {
  it("shows the new worklist all the same, and goes on showing it", async () => {
    await tab.pull.takeDocument(work(3, ["a"]));
    const real = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...given) {
      if (this.name === "work") throw new DOMException("full", "QuotaExceededError");
      return real.apply(this, given as [unknown]);
    });
    await tab.pull.takeDocument(work(4, ["a", "b"]));
    await tab.store.reload();
    expect(tab.store.views.value).toHaveLength(2);
    expect(tab.store.fault.value).toBe("disk.failed");
  });
});

describe("documents in any order", () => {
  /** The order in which documents of one history after another may come: shuffled, doubled, some of them lost. */
  function story(lot: () => number, round: number): { sequence: WorkDocument[]; last: WorkDocument } {
    const sequence: WorkDocument[] = [];
    let last = work(0);
    for (const epoch of [`${round}-1`, `${round}-2`, `${round}-3`].slice(0, 1 + Math.floor(lot() * 3))) {
      const newest = 2 + Math.floor(lot() * 6);
      const versions = [newest, ...Array.from({ length: Math.floor(lot() * 8) }, () => 1 + Math.floor(lot() * newest))];
      const documents = versions.map((version) => work(version, [`a${version}`], { epoch }));
      sequence.push(...documents.sort(() => lot() - 0.5));
      last = work(newest, [`a${newest}`], { epoch });
    }
    return { sequence, last };
  }

  it("leave the newest of the newest history, in 2,000 stories by lot", async () => {
    vi.stubGlobal("indexedDB", {
      open: () => {
        throw new DOMException("no", "SecurityError");
      },
    });
    const fast = await openTab();
    channels.clear(); // no other tab to read all of it along
    const lot = lots(11);
    for (let round = 0; round < 2_000; round += 1) {
      const { sequence, last } = story(lot, round);
      await Promise.all(sequence.map((document) => fast.pull.takeDocument(document)));
      expect(fast.store.work.value).toMatchObject({ epoch: last.epoch, version: last.version });
    }
  }, 30_000);

  it("leave the same on disk as on the screen, however their writes overlap", async () => {
    const lot = lots(12);
    for (let round = 0; round < 25; round += 1) {
      const { sequence, last } = story(lot, round);
      await Promise.all(sequence.map((document) => tab.pull.takeDocument(document)));
      expect(tab.store.work.value).toEqual(last);
      expect(await onDisk()).toEqual(last);
    }
  });

  it("leave the same in two tabs", async () => {
    const other = await openTab();
    await Promise.all([tab.pull.takeDocument(work(6, ["a"])), other.pull.takeDocument(work(5, ["b"]))]);
    await until(() => other.store.work.value?.version === 6);
    expect((await onDisk())?.version).toBe(6);
  });

  it("take what the server says anew, however old it says it is", async () => {
    await tab.pull.takeDocument(work(9, ["a"]));
    server.work = work(2, ["b"]);
    await tab.pull.pull(true);
    expect(server.asked[0]?.headers["If-None-Match"]).toBeUndefined();
    expect(tab.store.work.value?.version).toBe(2);
    expect(LIN).toBe(tab.store.work.value?.person.id);
  });
});
