// A window that was frozen while it sent holds nobody up, and what is sent twice counts once.
import { beforeEach, expect, it, vi } from "vitest";
import { inTurn } from "../../../../static/phone/data/outbox/turn";
import { LIN, photo, sent } from "../../support/made";
import { FakeServer } from "../../support/server";
import { lendLocks, settle, until } from "../../support/setup";
import { keepWaiting, newPhone, openTab, type Tab } from "../../support/tab";

let server: FakeServer;
let tab: Tab;
beforeEach(async () => {
  await newPhone();
  server = new FakeServer();
  tab = await openTab();
});

/** The window is frozen: it holds the turn and does nothing. Returns how it thaws. */
function frozen(): () => void {
  let thaw: () => void = () => undefined;
  const sleep = new Promise<void>((done) => {
    thaw = done;
  });
  void inTurn(`doorstep-outbox-${LIN}`, () => sleep);
  return () => thaw();
}

it("the turn of a frozen window is taken over, and every act is sent", async () => {
  await keepWaiting(tab, 3);
  const thaw = frozen();
  await settle(5);
  const sending = tab.send.flush();
  await settle(20);
  expect(server.acts).toEqual([]);
  await vi.advanceTimersByTimeAsync(30_100);
  await sending;
  expect(server.acts.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(tab.store.unsent.value).toEqual([]);
  thaw();
  await settle(20);
  expect(tab.store.fault.value).toBeNull();
});

it("a window that thaws in mid-send ends its go, and nothing counts twice", async () => {
  await keepWaiting(tab, 2);
  let answer: () => void = () => undefined;
  const real = fetch;
  let first = true;
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const response = await real(path, init);
    if (path !== "/api/v1/acts" || !first) return response;
    first = false;
    await new Promise<void>((done) => {
      answer = done;
    });
    return response;
  });
  const slow = tab.send.flush();
  await until(() => server.acts.length === 2);
  const other = await openTab();
  const taken = other.send.flush();
  await settle(20);
  await vi.advanceTimersByTimeAsync(30_100);
  await taken;
  answer();
  await slow;
  await settle(20);
  expect(server.acts).toHaveLength(2);
  expect([tab.store.unsent.value, other.store.unsent.value]).toEqual([[], []]);
  expect([tab.store.fault.value, other.store.fault.value]).toEqual([null, null]);
});

it("who sends long gives the turn away between two steps", async () => {
  const locks = lendLocks(true);
  await tab.store.disk().write([
    { put: "photos", value: photo("p1") },
    { put: "photos", value: photo("p2") },
    { put: "outbox", value: sent(1, { photos: ["p1", "p2"] }) },
    { put: "meta", key: "next_seq", value: 2 },
  ]);
  await tab.store.reload();
  const between: number[] = [];
  const sending = tab.send.flush();
  void inTurn(`doorstep-outbox-${LIN}`, async () => {
    between.push(server.asked.length);
  });
  await sending;
  expect(between[0]).toBeLessThan(server.asked.length);
  expect(locks.most).toBe(1);
  expect(tab.store.photosLeft.value).toEqual([]);
});
