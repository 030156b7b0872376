// Storage that is cleared while the app is open: what the page knows is written back, and the phone counts under a new name.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { clear, connections } from "../../support/disk";
import { LIN, photo, work } from "../../support/made";
import type { FakeServer } from "../../support/server";
import { heard, reloaded, settle, storage, until } from "../../support/setup";
import { offlinePhone, openTab, quiet, type Tab } from "../../support/tab";

vi.stubGlobal("isSecureContext", true);
let server: FakeServer;
let tab: Tab;
let bases: ReturnType<typeof connections>;
const clearing = (told = true): void => {
  storage.held.clear();
  clear(bases.all, told);
};

beforeEach(async () => {
  ({ server } = await offlinePhone());
  bases = connections();
  tab = await openTab();
  await import("../../../../static/phone/data/session/write-back");
  await tab.pull.takeDocument(work(3, ["a"]));
  await tab.acts.perform("acknowledge", { assignment: "a" });
  await tab.acts.perform("note", { assignment: "a" });
  await tab.drafts.saveDraft({ key: "visit:a", assignment: "a", label: "", form: { note: "x" }, touched: true });
  await tab.acts.keepPhoto(photo("p"));
  await quiet(tab);
});

describe.each([true, false])("cleared under the app (the browser says so: %s)", (told) => {
  it("nothing is missing, on disk and on the screen", async () => {
    clearing(told);
    await settle();
    await tab.store.reload();
    await until(() => tab.store.cleared.value !== null);
    await settle();
    const disk = tab.store.disk();
    expect((await disk.all<{ kind: string }>("outbox")).map(({ kind }) => kind)).toEqual(["acknowledge", "note"]);
    expect(await disk.all("drafts")).toMatchObject([{ form: { note: "x" } }]);
    expect(await disk.all("photos")).toMatchObject([{ uuid: "p" }]);
    expect(await disk.get("work", "document")).toMatchObject({ document: { version: 3 } });
    expect(tab.store.unsent.value).toHaveLength(2);
    expect(tab.store.sync.value).toMatchObject({ face: "off", count: 2 });
    expect(tab.store.cleared.value).toEqual({ photos: 0 });
  });

  it("it counts from 1 under a new name, and what came before keeps its own", async () => {
    const before = await tab.acts.device();
    clearing(told);
    await settle();
    await tab.acts.perform("note", { assignment: "a" });
    const after = await tab.acts.device();
    expect(after).not.toBe(before);
    expect(await tab.acts.lastNumber()).toBe(1);
    await quiet(tab);
    server.fault = () => undefined;
    await tab.send.flush();
    const sent = server.acts.map((act) => act as unknown as { device: string; seq: number });
    expect(sent.map(({ device, seq }) => [device, seq])).toEqual([
      [before, 1],
      [before, 2],
      [after, 1],
    ]);
    expect(tab.store.unsent.value).toEqual([]);
  });

  it("the next start finds who was here", async () => {
    clearing(told);
    await settle();
    await tab.store.reload();
    await until(() => storage.getItem("doorstep.me") !== null);
    const next = await openTab();
    expect(next.store.me.value?.id).toBe(LIN);
    expect(next.store.unsent.value).toHaveLength(2);
  });
});

it("a storage that is cleared is no sign-out of another tab", async () => {
  storage.held.clear();
  heard.dispatchEvent(Object.assign(new Event("storage"), { key: null, newValue: null }));
  expect(reloaded).not.toHaveBeenCalled();
  expect(tab.store.me.value?.id).toBe(LIN);
  expect(storage.getItem("doorstep.me")).toContain(LIN);
});

it("a disk that somebody has signed out of is not written back", async () => {
  await tab.session.signOut();
  expect((await indexedDB.databases()).map(({ name }) => name)).toEqual(["doorstep"]);
  await tab.session.adopt({ id: LIN, username: "lin" });
  expect([tab.store.unsent.value, tab.store.drafts.value, tab.store.cleared.value]).toEqual([[], [], null]);
});
