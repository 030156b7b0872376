// One connection to a disk, whatever the browser does to it: nothing hangs on one that nobody knows of.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openDisk } from "../../../../static/phone/data/disk/disk";
import { connections, drop, failing } from "../../support/disk";
import { LIN, work } from "../../support/made";
import { settle, until } from "../../support/setup";
import { disks, offlinePhone, openTab, quiet, type Tab } from "../../support/tab";

let tab: Tab;
let bases: ReturnType<typeof connections>;
beforeEach(async () => {
  ({ tab } = await offlinePhone());
  await tab.pull.takeDocument(work(3, ["a"]));
  bases = connections();
  tab = await openTab();
});

const lins = (): IDBDatabase[] => bases.all.filter(({ name }) => name === `doorstep-${LIN}`);

describe("a connection that the browser has dropped", () => {
  it.each([true, false])("is opened once for all who ask (told: %s)", async (told) => {
    drop(lins(), told);
    const before = bases.opened();
    await Promise.all(Array.from({ length: 6 }, () => tab.store.disk().all("outbox")));
    expect(bases.opened() - before).toBe(1);
  });

  it("holds up neither the sign-out nor the next sign-in", async () => {
    drop(lins(), false);
    await Promise.all([tab.store.reload(), tab.store.reload(), tab.acts.perform("note", { assignment: "a" })]);
    await quiet(tab);
    await tab.session.signOut();
    expect(await disks()).toEqual(["doorstep"]);
    await tab.session.adopt({ id: LIN, username: "lin" });
    expect(tab.store.unkept.value).toBeNull();
    expect((await tab.acts.perform("note", { assignment: "a" })).seq).toBe(1);
  });

  it("does not come back where it was closed on purpose while it was being opened", async () => {
    drop(lins(), false);
    const reading = tab.store.disk().all("outbox");
    tab.store.disk().close();
    await expect(reading).rejects.toThrow();
    await settle();
    const gone = indexedDB.deleteDatabase(`doorstep-${LIN}`);
    await until(() => gone.readyState === "done");
  });

  it("is let go of after a lost server of WebKit, and what was only read is read again", async () => {
    await tab.acts.perform("note", { assignment: "a" });
    await quiet(tab);
    const before = bases.opened();
    const fired = failing(1, "refused");
    expect(await tab.store.disk().all("outbox")).toHaveLength(1);
    expect(fired()).toBe(true);
    expect(bases.opened() - before).toBe(1);
  });

  it("does a write that may have come through only once", async () => {
    const fired = failing(4, "refused"); // the three that number it, then the first put
    await expect(tab.acts.perform("note", { assignment: "a" })).rejects.toThrow("broken");
    expect(fired()).toBe(true);
    expect(await tab.store.disk().all("outbox")).toEqual([]);
    expect((await tab.acts.perform("note", { assignment: "a" })).seq).toBe(1);
  });
});

it("a database that does not open is said for what it is, and one that comes late holds nothing up", async () => {
  await tab.acts.perform("note", { assignment: "a" });
  await quiet(tab);
  const frozen = indexedDB.open(`doorstep-${LIN}`);
  await until(() => frozen.readyState === "done"); // this window does not let go of it
  const deleting = indexedDB.deleteDatabase(`doorstep-${LIN}`);
  const opening = openDisk(LIN);
  await settle();
  await vi.advanceTimersByTimeAsync(4_100);
  const disk = await opening;
  expect([disk.lasting, disk.unkept]).toEqual([false, "silent"]);
  frozen.result.close();
  await until(() => deleting.readyState === "done");
  await settle();
  const again = indexedDB.deleteDatabase(`doorstep-${LIN}`);
  await until(() => again.readyState === "done");
});

describe("a disk that a newer version of the app has left", () => {
  async function leave(newer: (base: IDBDatabase) => void): Promise<void> {
    await tab.acts.perform("note", { assignment: "a" });
    await quiet(tab);
    tab.store.disk().close();
    const asked = indexedDB.open(`doorstep-${LIN}`, 2);
    asked.onupgradeneeded = () => newer(asked.result);
    await until(() => asked.readyState === "done");
    asked.result.close();
  }

  it("is read and written as before: what was unsent stands there", async () => {
    await leave((base) => base.createObjectStore("later"));
    const next = await openTab();
    expect(next.store.unkept.value).toBeNull();
    expect(next.store.unsent.value).toHaveLength(1);
    expect((await next.acts.perform("note", { assignment: "a" })).seq).toBe(2);
  });

  it("and that can't be read is called so, not private", async () => {
    await leave((base) => base.deleteObjectStore("drafts"));
    const next = await openTab();
    expect(next.store.unkept.value).toBe("newer");
    expect(next.store.sync.value).toMatchObject({ face: "you", reason: "shut" });
  });

  it("in another window does not close this one's for good", async () => {
    const asked = indexedDB.open(`doorstep-${LIN}`, 2);
    asked.onupgradeneeded = () => asked.result.createObjectStore("later");
    await until(() => asked.readyState === "done");
    asked.result.close();
    expect((await tab.acts.perform("note", { assignment: "a" })).seq).toBe(1);
  });
});
