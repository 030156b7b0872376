// One phone, several people: nobody ever sees what belongs to the one before.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openDisk } from "../../../../static/phone/data/disk/disk";
import { LIN, photo, sent, WANG, work } from "../../support/made";
import type { FakeServer } from "../../support/server";
import { heard, page, reloaded, settle, storage, until } from "../../support/setup";
import { disks, offlinePhone, openTab, quiet, signedInAs, type Tab } from "../../support/tab";

const wang = { id: WANG, username: "wang", display: "王" };
let server: FakeServer;
let tab: Tab;
beforeEach(async () => {
  ({ server, tab } = await offlinePhone());
  await tab.pull.takeDocument(work(3, ["a"]));
});

function nothingShown(): void {
  const { store } = tab;
  const shown = [store.work.value, store.duty.value, store.fix.value];
  expect([...shown, ...store.entries.value, ...store.drafts.value, ...store.photos.value]).toEqual([null, null, null]);
}

describe("another person signs in", () => {
  it("and finds nothing; with nothing unsent the disk of the one before is deleted", async () => {
    await tab.session.adopt(wang);
    nothingShown();
    expect(tab.store.me.value?.id).toBe(WANG);
    expect(await disks()).toEqual(["doorstep", `doorstep-${WANG}`]);
  });

  it("and only what the server lacks stays, for its owner alone", async () => {
    await tab.acts.perform("visit", { assignment: "a", payload: { note: "x" } });
    await tab.drafts.saveDraft({ key: "visit:b", assignment: "b", label: "", form: {}, touched: true });
    await tab.store.disk().write([
      { put: "outbox", value: sent(90) },
      { put: "photos", value: photo("whole", { assignment: "c", complete: true }) },
      { put: "meta", key: "duty", value: { on_duty: true, until: null } },
    ]);
    await quiet(tab);
    await tab.session.adopt(wang);
    nothingShown();
    const left = await openDisk(LIN);
    expect((await left.all<{ seq: number }>("outbox")).map((one) => one.seq)).toEqual([1]);
    expect(await Promise.all([left.all("work"), left.all("photos"), left.get("meta", "duty")])).toEqual([
      [],
      [],
      undefined,
    ]);
    expect(await left.all("drafts")).toHaveLength(1);
    left.close();
    expect(await tab.session.othersUnsent()).toBe(1);
    await tab.session.adopt({ id: LIN, username: "lin" });
    expect(tab.store.unsent.value).toHaveLength(1);
    expect((await tab.acts.perform("note", { assignment: "a" })).seq).toBe(2);
  });

  it("and a disk that was being read just then is not shown to them", async () => {
    const reading = tab.store.reload();
    const adopting = tab.session.adopt(wang);
    await Promise.all([reading, adopting]);
    nothingShown();
  });

  it("and a form that was being saved just then is neither shown nor kept", async () => {
    const leaving = tab.session.signOut();
    await tab.drafts.saveDraft({ key: "visit:a", assignment: "a", label: "", form: {}, touched: true });
    await leaving;
    nothingShown();
  });

  it("and what another tab wrote unseen by this one is not lost", async () => {
    const other = await openTab();
    tab.store.entries.value = [];
    await other.acts.perform("note", { assignment: "a" });
    tab.store.entries.value = [];
    await tab.session.adopt(wang);
    expect(await disks()).toContain(`doorstep-${LIN}`);
  });
});

describe("signing out", () => {
  it("wipes the phone first, then tells the server, network or not", async () => {
    await tab.acts.perform("note", { assignment: "a" });
    await quiet(tab);
    server.asked.length = 0;
    await tab.session.signOut();
    expect(await disks()).toEqual(["doorstep"]);
    expect(storage.getItem("doorstep.me")).toBeNull();
    expect(tab.store.me.value).toBeNull();
    nothingShown();
    expect(server.paths()).toContain("DELETE /_allauth/browser/v1/auth/session");
  });

  it("leaves nothing to read although another tab does not let go of the disk", async () => {
    const stubborn = indexedDB.open(`doorstep-${LIN}`);
    await until(() => stubborn.readyState === "done");
    const leaving = tab.session.signOut();
    await settle();
    await vi.advanceTimersByTimeAsync(3_000);
    await leaving;
    const kept = stubborn.result.transaction("work").objectStore("work").count();
    await until(() => kept.readyState === "done");
    expect(kept.result).toBe(0);
    stubborn.result.close();
  });

  it("in another tab ends this one too", async () => {
    heard.dispatchEvent(Object.assign(new Event("storage"), { key: "doorstep.me", newValue: null }));
    expect(tab.store.me.value).toBeNull();
    nothingShown();
    expect(reloaded).toHaveBeenCalled();
  });

  it("says before what would be lost", async () => {
    await tab.acts.perform("note", { assignment: "a" });
    await tab.drafts.saveDraft({ key: "visit:a", assignment: "a", label: "", form: {}, touched: true });
    expect(await tab.session.atStake()).toEqual({ records: 1, unsettled: 0, photos: 0, drafts: 1, unsure: false });
  });

  it("counts what still needs the officer's word as at stake, although it is sent", async () => {
    const flagged = sent(7, { kind: "visit", needs: true });
    await tab.store.disk().write([
      { put: "outbox", value: flagged },
      { put: "outbox", value: sent(8) },
    ]);
    expect(await tab.session.atStake()).toEqual({ records: 0, unsettled: 1, photos: 0, drafts: 0, unsure: false });
  });
});

describe("opening the app", () => {
  it("shows what was there last from the disk alone", async () => {
    await tab.acts.perform("acknowledge", { assignment: "a" });
    const next = await openTab();
    expect(next.store.views.value.map((view) => view.status)).toEqual(["acknowledged"]);
    expect(page.visibilityState).toBe("visible");
  });

  it("for nobody opens nobody's disk", async () => {
    signedInAs(null);
    expect(await tab.session.resume()).toBe(false);
  });

  it("survives a memory that can't be read", async () => {
    storage.setItem("doorstep.me", "{broken");
    expect(await tab.session.resume()).toBe(false);
  });

  it("works on when the browser has dropped the disk behind its back", async () => {
    const bases: IDBDatabase[] = [];
    const real = IDBDatabase.prototype.transaction;
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (this: IDBDatabase, ...given) {
      bases.push(this);
      return real.apply(this, given as Parameters<typeof real>);
    });
    await tab.acts.perform("note", { assignment: "a" });
    await quiet(tab);
    for (const base of bases) base.close();
    expect((await tab.acts.perform("note", { assignment: "a" })).seq).toBe(2);
  });
});
