// When the sender tries again, and what happens when several of them send.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { LIN, photo, sent, upTo } from "../../support/made";
import { answerNothing, FakeServer, problem } from "../../support/server";
import { lendLocks, settle, until } from "../../support/setup";
import { keepWaiting, onlinePhone, openTab, type Tab } from "../../support/tab";

let server: FakeServer;
let tab: Tab;
beforeEach(async () => {
  ({ server, tab } = await onlinePhone());
});

const seqs = (): number[] => server.acts.map((act) => act.seq);

describe("the next try", () => {
  it("comes later and later, at most about once a minute", async () => {
    await keepWaiting(tab, 1);
    server.fault = () => "offline";
    await tab.send.flush();
    await settle();
    for (let minute = 0; minute < 10; minute += 1) {
      await vi.advanceTimersByTimeAsync(60_000);
      await settle(30);
    }
    expect(server.asked.length).toBeGreaterThan(7);
    expect(server.asked.length).toBeLessThan(25);
  });

  it("does not come in a hurry when the phone can't write the answer down", async () => {
    await keepWaiting(tab, 1);
    const change = vi.spyOn(tab.store.disk(), "change");
    change.mockImplementation(async (list) => {
      if (list.length > 0) throw new DOMException("full", "QuotaExceededError");
      return [];
    });
    await tab.send.flush();
    expect(tab.store.fault.value).toBe("disk.failed");
    await vi.advanceTimersByTimeAsync(900);
    await settle(20);
    expect(server.asked).toHaveLength(1);
    change.mockRestore();
    await vi.advanceTimersByTimeAsync(2_000);
    await until(() => tab.store.unsent.value.length === 0);
    expect(server.acts).toHaveLength(1);
  });

  it("is not planned when nothing is left", async () => {
    await keepWaiting(tab, 3);
    await tab.send.flush();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("comes for photos that are left without any act", async () => {
    let busy = true;
    server.fault = ({ path }) => (busy && path.includes("evidence") ? problem(500) : undefined);
    await tab.store.disk().write([
      { put: "photos", value: photo("p1") },
      { put: "outbox", value: sent(1, { photos: ["p1"] }) },
    ]);
    await tab.store.reload();
    await tab.send.flush();
    await vi.advanceTimersByTimeAsync(400);
    await settle(20);
    expect(server.asked).toHaveLength(1);
    busy = false;
    await vi.advanceTimersByTimeAsync(2_000);
    await until(() => tab.store.photosLeft.value.length === 0);
  });

  it("is made by the tab that is left when the one of the tap is gone", async () => {
    server.fault = () => "offline";
    const other = await openTab();
    await other.acts.perform("note", { assignment: "a" });
    await until(() => tab.store.unsent.value.length === 1);
    other.store.me.value = null; // closed
    server.fault = () => undefined;
    await vi.advanceTimersByTimeAsync(3_000);
    await until(() => server.acts.length === 1);
  });

  it("fetches the worklist after something was sent", async () => {
    const sentSomething = vi.fn();
    tab.send.onSent(sentSomething);
    await tab.send.flush();
    expect(sentSomething).not.toHaveBeenCalled();
    await keepWaiting(tab, 1);
    await tab.send.flush();
    expect(sentSomething).toHaveBeenCalledTimes(1);
  });
});

describe("two senders at once", () => {
  it("take turns where the browser has locks, and each act goes once", async () => {
    const locks = lendLocks(true);
    await keepWaiting(tab, 120);
    const other = await openTab();
    await Promise.all([tab.send.flush(), other.send.flush(), tab.send.sendAll(tab.store.disk(), LIN)]);
    expect(locks.most).toBe(1);
    expect(server.batches().flat()).toEqual(upTo(120));
  });

  it("send an act twice at worst where it has none, and it counts once", async () => {
    lendLocks(false);
    await keepWaiting(tab, 120);
    const other = await openTab();
    await Promise.all([tab.send.flush(), other.send.flush()]);
    expect([...seqs()].sort((a, b) => a - b)).toEqual(upTo(120));
    await tab.store.reload();
    expect(tab.store.unsent.value).toEqual([]);
  });

  it("let go of the lock when one of them is stuck on a dead line", async () => {
    await keepWaiting(tab, 1);
    answerNothing();
    const stuck = tab.send.flush();
    await settle();
    const fresh = new FakeServer();
    const other = await openTab();
    const second = other.send.flush();
    await vi.advanceTimersByTimeAsync(60_000);
    await Promise.all([stuck, second]);
    expect(fresh.acts).toHaveLength(1);
  });

  it("let go of it too when only the token against forged requests hangs", async () => {
    vi.stubGlobal("document", { ...document, cookie: "" });
    await keepWaiting(tab, 1);
    answerNothing();
    const stuck = tab.send.flush();
    await settle();
    await vi.advanceTimersByTimeAsync(60_000);
    await stuck;
    expect(tab.store.online.value).toBe(false);
    vi.stubGlobal("document", { ...document, cookie: "doorstep-csrf=token" });
  });

  it("from the worker send the outbox of who was here last, and say what is left", async () => {
    await keepWaiting(tab, 3);
    await until(
      async () =>
        (await import("../../../../static/phone/data/disk/phone-note").then((note) => note.phoneNote("person"))) ===
        LIN,
    );
    server.verdict = (act) => ({ verdict: act.seq === 2 ? "busy" : "applied" });
    const worker = await openTab();
    expect(await worker.send.flushOnce()).toEqual({ left: 1 });
    await until(() => tab.store.unsent.value.length === 1);
  });
});
