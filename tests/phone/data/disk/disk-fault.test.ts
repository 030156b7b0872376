// A disk that fails for a while: what is really on it is never deleted by a phone that could not look at it.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openDisk, openLasting } from "../../../../static/phone/data/disk/disk";
import { LIN, WANG, work } from "../../support/made";
import type { FakeServer } from "../../support/server";
import { until } from "../../support/setup";
import { offlinePhone, openTab, quiet, type Tab } from "../../support/tab";

const wang = { id: WANG, username: "wang" };
let server: FakeServer;
let tab: Tab;

/** The phone with one unsent record on its real disk, opened again while the browser gives no disk. */
beforeEach(async () => {
  const { server: unreachable, tab: before } = await offlinePhone();
  server = unreachable;
  await before.pull.takeDocument(work(3, ["a"]));
  await before.acts.perform("note", { assignment: "a" });
  await quiet(before);
  before.store.disk().close();
  before.store.me.value = null;
  before.store.holdDisk(null);
  fail();
  tab = await openTab();
  expect(tab.store.unkept.value).not.toBeNull();
});

let faulty: { mockRestore(): void };
function fail(): void {
  faulty = vi.spyOn(indexedDB, "open").mockImplementation(() => {
    throw new DOMException("broken", "UnknownError");
  });
}

async function unsentOnDisk(): Promise<number> {
  faulty.mockRestore();
  const real = await openLasting(LIN);
  const found = (await real?.all("outbox"))?.length ?? 0;
  real?.close();
  return found;
}

describe("while the real disk can't be opened", () => {
  it("another person's sign-in leaves it as it is", async () => {
    expect(await tab.session.adopt(wang)).toBeNull();
    expect(tab.store.me.value?.id).toBe(WANG);
    expect(await unsentOnDisk()).toBe(1);
  });

  it("another person does not get in over records that are in memory only", async () => {
    await tab.acts.perform("note", { assignment: "a" });
    await quiet(tab);
    expect(await tab.session.adopt(wang)).toBe("signin.volatile");
    expect(tab.store.me.value?.id).toBe(LIN);
    expect(tab.store.unsent.value).toHaveLength(1);
    expect(server.paths()).toContain("DELETE /_allauth/browser/v1/auth/session");
  });

  it("signing out says that there may be more, and wipes nothing that nobody saw", async () => {
    expect(await tab.session.atStake()).toEqual({ records: 0, unsettled: 0, photos: 0, drafts: 0, unsure: true });
    await tab.session.signOut();
    expect(tab.store.me.value).toBeNull();
    expect(await unsentOnDisk()).toBe(1);
  });

  it("signing out without having looked wipes nothing either, though the disk is back", async () => {
    faulty.mockRestore();
    await tab.session.signOut();
    expect(await unsentOnDisk()).toBe(1);
  });
});

it("signing out counts what is on the disk that is back, and then wipes that", async () => {
  await tab.acts.perform("note", { assignment: "a" });
  await quiet(tab);
  faulty.mockRestore();
  expect(await tab.session.atStake()).toEqual({ records: 2, unsettled: 0, photos: 0, drafts: 0, unsure: false });
  await tab.session.signOut();
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(`doorstep-${LIN}`);
});

it("a disk that opens and can't be read is let go of", async () => {
  faulty.mockRestore();
  const closing = vi.spyOn(IDBDatabase.prototype, "close");
  const reading = vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(() => {
    throw new DOMException("broken", "UnknownError");
  });
  tab = await openTab();
  reading.mockRestore();
  expect(tab.store.unkept.value).not.toBeNull();
  await until(() => closing.mock.contexts.some((base) => (base as IDBDatabase).name === `doorstep-${LIN}`));
});

it("a note in meta is changed in one go, so that two writers lose nothing of one another", async () => {
  faulty.mockRestore();
  const [one, other] = [await openDisk(LIN), await openDisk(LIN)];
  const add =
    (more: number) =>
    (held: number[] = []) => [...held, more];
  await Promise.all([one.changeMeta("list", add(1)), other.changeMeta("list", add(2)), one.changeMeta("list", add(3))]);
  expect((await one.get<number[]>("meta", "list"))?.sort()).toEqual([1, 2, 3]);
  expect(await one.changeMeta("list", () => undefined)).toBeUndefined();
  expect(await other.get("meta", "list")).toBeUndefined();
  one.close();
  other.close();
});
