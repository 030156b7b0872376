// What the officer does is on disk before anything else happens.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openDisk } from "../../../../static/phone/data/disk/disk";
import type { Entry } from "../../../../static/phone/domain/outbox/entry";
import { LIN, photo } from "../../support/made";
import { FakeServer } from "../../support/server";
import { settle, until } from "../../support/setup";
import { newPhone, onlinePhone, openTab, quiet, type Tab } from "../../support/tab";

async function onDisk(): Promise<Entry[]> {
  const disk = await openDisk(LIN);
  const entries = await disk.all<Entry>("outbox");
  disk.close();
  return entries;
}

describe("keeping an act", () => {
  let server: FakeServer;
  let tab: Tab;
  beforeEach(async () => {
    await newPhone();
    server = new FakeServer();
    server.fault = () => "offline";
    tab = await openTab();
  });

  it("is on disk when the tap is done", async () => {
    const entry = await tab.acts.perform("acknowledge", { assignment: "a", label: "张*" });
    expect(await onDisk()).toEqual([entry]);
    expect(entry).toMatchObject({ seq: 1, kind: "acknowledge", state: "waiting", label: "张*" });
    expect(tab.store.entries.value).toEqual([entry]);
  });

  it("holds no half of a letter and no NUL, which would hold up the whole act at the server", async () => {
    const payload = { manual_reason: "离得远 \ud83d", photos: [{ kind: "photo\0" }], companion: true };
    await tab.acts.perform("arrive", { assignment: "a", payload });
    const clean = { manual_reason: "离得远 \ufffd", photos: [{ kind: "photo" }], companion: true };
    expect((await onDisk()).map((entry) => entry.payload)).toEqual([clean]);
    expect(payload.manual_reason).toBe("离得远 \ud83d");
  });

  it("is in sight although the network hangs", async () => {
    server.fault = () => undefined;
    vi.stubGlobal("fetch", () => new Promise(() => undefined));
    await tab.acts.perform("note", { assignment: "a" });
    await tab.acts.perform("note", { assignment: "a" });
    expect(tab.store.unsent.value).toHaveLength(2);
  });

  it("numbers acts without a gap through reloads and in two tabs at once", async () => {
    const other = await openTab();
    await Promise.all([tab, other, tab, other, tab].map((one) => one.acts.perform("note", { assignment: "a" })));
    const reloaded = await openTab();
    await reloaded.acts.perform("note", { assignment: "a" });
    const kept = await onDisk();
    expect(kept.map((entry) => entry.seq)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(kept.map((entry) => entry.device)).size).toBe(1);
    expect(new Set(kept.map((entry) => entry.uuid)).size).toBe(6);
  });

  it("keeps the order in which the taps came", async () => {
    const kinds = ["acknowledge", "depart", "arrive", "visit"] as const;
    await Promise.all(kinds.map((kind) => tab.acts.perform(kind, { assignment: "a" })));
    expect((await onDisk()).map((entry) => entry.kind)).toEqual(kinds);
  });

  it("shows another tab what was tapped here", async () => {
    const other = await openTab();
    await tab.acts.perform("note", { assignment: "a" });
    await until(() => other.store.entries.value.length === 1);
  });

  it("clears the form in the same transaction as the act that came from it", async () => {
    await tab.drafts.saveDraft({ key: "visit:a", assignment: "a", label: "张*", form: {}, touched: true });
    await tab.acts.perform("visit", { assignment: "a", draft: "visit:a" });
    expect(tab.store.drafts.value).toEqual([]);
    expect(await tab.store.disk().all("drafts")).toEqual([]);
  });

  it("lists the photos that must arrive before it may be forgotten", async () => {
    const picture = photo("p1");
    await tab.acts.keepPhoto(picture);
    const entry = await tab.acts.perform("visit", { assignment: "a", photos: [picture] });
    expect(entry.photos).toEqual(["p1"]);
    expect(tab.store.photosLeft.value).toHaveLength(1);
  });

  it("keeps the offset of the phone's clock beside the time of the tap", async () => {
    await tab.clock.learnClock(Date.now() + 700_000, 100);
    const entry = await tab.acts.perform("note", { assignment: "a" });
    expect(entry.happened_at).toBe(new Date().toISOString());
    expect(entry.clock_offset_ms).toBe(700_050);
  });

  it("is not lost from sight by a reading of the disk that began before it", async () => {
    const reading = tab.store.reload();
    const tapping = tab.acts.perform("note", { assignment: "a" });
    await Promise.all([reading, tapping]);
    await settle();
    expect(tab.store.entries.value).toHaveLength(1);
  });
});

describe("a phone without room", () => {
  let tab: Tab;
  beforeEach(async () => {
    await newPhone();
    new FakeServer().fault = () => "offline";
    tab = await openTab();
  });

  function fillUp(): void {
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
  }

  it("says so, and nothing is half written", async () => {
    await tab.acts.perform("note", { assignment: "a" });
    const real = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...given) {
      if (this.name === "outbox") throw new DOMException("full", "QuotaExceededError");
      return real.apply(this, given as [unknown]);
    });
    await expect(tab.acts.perform("visit", { assignment: "a" })).rejects.toThrow("full");
    expect(tab.store.fault.value).toBe("disk.failed");
    vi.restoreAllMocks();
    expect(await tab.store.disk().get("meta", "next_seq")).toBe(2);
    const next = await tab.acts.perform("visit", { assignment: "a" });
    expect(next.seq).toBe(2);
    expect(tab.store.fault.value).toBeNull();
  });

  it("says so at the very first tap too", async () => {
    fillUp();
    await expect(tab.acts.perform("note", { assignment: "a" })).rejects.toThrow("full");
    expect(tab.store.fault.value).toBe("disk.failed");
    expect(tab.store.entries.value).toEqual([]);
  });

  it("keeps the form when its act could not be kept", async () => {
    await tab.drafts.saveDraft({ key: "visit:a", assignment: "a", label: "张*", form: { note: "x" }, touched: true });
    fillUp();
    await expect(tab.acts.perform("visit", { assignment: "a", draft: "visit:a" })).rejects.toThrow();
    expect(tab.drafts.draftOf("visit:a")).toEqual({ note: "x" });
  });

  it("says so for a photo", async () => {
    fillUp();
    await expect(tab.acts.keepPhoto(photo("p1"))).rejects.toThrow("full");
    expect(tab.store.fault.value).toBe("disk.failed");
    expect(tab.store.photos.value).toEqual([]);
  });

  it("writes nothing of a payload that can't be written", async () => {
    const payload = { broken: () => undefined };
    await expect(tab.acts.perform("note", { assignment: "a", payload })).rejects.toThrow();
    expect((await tab.acts.perform("note", { assignment: "a" })).seq).toBe(1);
  });
});

describe("a change of mind", () => {
  let server: FakeServer;
  let tab: Tab;
  beforeEach(async () => {
    ({ server, tab } = await onlinePhone());
  });

  it("leaves an act that says taken back, under the same number, with nothing of the old one", async () => {
    const picture = photo("p1");
    await tab.acts.keepPhoto(picture);
    const entry = await tab.acts.perform("visit", {
      assignment: "a",
      payload: { note: "x" },
      photos: [picture],
      undoMs: 8000,
    });
    expect(await tab.acts.undo(entry)).toBe(true);
    await until(() => server.acts.length === 1);
    expect(server.acts[0]).toMatchObject({ seq: 1, kind: "undone", payload: {} });
    expect((await onDisk())[0]).toMatchObject({ assignment: null, photos: [] });
  });

  it("never asks the officer about it, whatever the server makes of it", async () => {
    server.verdict = () => ({ verdict: "held", code: "kind_unknown" });
    const entry = await tab.acts.perform("visit", { assignment: "a", undoMs: 8000 });
    await tab.acts.undo(entry);
    await until(() => tab.store.unsent.value.length === 0);
    expect(tab.store.needing.value).toEqual([]);
  });

  it("comes too late when its time is over", async () => {
    const entry = await tab.acts.perform("decline", { assignment: "a", undoMs: 8000 });
    await quiet(tab);
    await vi.advanceTimersByTimeAsync(8000);
    expect(await tab.acts.undo(entry)).toBe(false);
    await until(() => server.acts.length === 1);
    expect(server.acts[0]?.kind).toBe("decline");
  });

  it("comes too late once the act is on its way, also when the phone's clock is set back", async () => {
    server.fault = () => "cut";
    const entry = await tab.acts.perform("decline", { assignment: "a", undoMs: 8000 });
    await quiet(tab);
    await vi.advanceTimersByTimeAsync(8300);
    await until(() => server.acts.length === 1);
    vi.setSystemTime(Date.now() - 60_000);
    expect(await tab.acts.undo(entry)).toBe(false);
  });

  it("waits for its time before the act is sent, and holds back what follows for that case only", async () => {
    await tab.acts.perform("decline", { assignment: "a", undoMs: 8000 });
    await tab.acts.perform("note", { assignment: "a" });
    await tab.acts.perform("acknowledge", { assignment: "b" });
    await quiet(tab);
    expect(server.acts.map((act) => act.seq)).toEqual([3]);
    await vi.advanceTimersByTimeAsync(8300);
    await until(() => server.acts.length === 3);
    expect(server.acts.map((act) => act.seq)).toEqual([3, 1, 2]);
  });

  it("does not wait for days when the phone's clock was set back in between", async () => {
    server.fault = () => "offline";
    await tab.acts.perform("decline", { assignment: "a", undoMs: 8000 });
    await quiet(tab);
    vi.setSystemTime(Date.now() - 48 * 3600_000);
    server.fault = () => undefined;
    await tab.send.flush();
    expect(server.acts).toHaveLength(1);
  });
});

describe("dealing with what needs the officer", () => {
  let server: FakeServer;
  let tab: Tab;
  beforeEach(async () => {
    ({ server, tab } = await onlinePhone());
  });

  it("tells the server how it counts, and then it stands there no more", async () => {
    server.verdict = (act) => ({ verdict: act.kind === "visit" ? "refused" : "applied" });
    const entry = await tab.acts.perform("visit", { assignment: "a", label: "张*" });
    await until(() => tab.store.needing.value.length === 1);
    await tab.acts.settle(entry, "seen");
    await until(() => server.acts.length === 2);
    expect(server.acts[1]).toMatchObject({ kind: "resolve", payload: { act: entry.uuid, choice: "seen" } });
    expect(tab.store.needing.value).toEqual([]);
  });

  it("is not asked about its own answer for ever", async () => {
    server.verdict = () => ({ verdict: "refused" });
    const first = await tab.acts.perform("visit", { assignment: "a" });
    await until(() => tab.store.needing.value.length === 1);
    await tab.acts.settle(first, "seen");
    await until(() => tab.store.needing.value[0]?.kind === "resolve");
    await tab.acts.settle(tab.store.needing.value[0] as Entry, "seen");
    await settle();
    expect(tab.store.needing.value).toEqual([]);
    expect(server.asked).toHaveLength(2);
  });
});

describe("a browser that lends no disk", () => {
  it("still sends what is tapped, and says that nothing is kept", async () => {
    await newPhone();
    const server = new FakeServer();
    vi.stubGlobal("indexedDB", {
      open: () => {
        throw new DOMException("no", "SecurityError");
      },
    });
    const tab = await openTab();
    expect(tab.store.unkept.value).not.toBeNull();
    const picture = photo("p1");
    await tab.acts.keepPhoto(picture);
    await tab.acts.perform("acknowledge", { assignment: "a" });
    await tab.acts.perform("visit", { assignment: "a", photos: [picture] });
    expect(tab.store.sync.value).toMatchObject({ face: "you", reason: "volatile" });
    await until(() => server.acts.length === 2 && (server.photos.get("p1")?.have ?? 0) === picture.bytes);
    expect(server.acts.map((act) => act.seq)).toEqual([1, 2]);
  });
});
