// The lock over several tabs: one count of wrong codes, one state, and a mark that no other tab wipes away.
import { beforeEach, expect, it, vi } from "vitest";
import { FakeServer } from "../../support/server";
import { heard, settle, storage, until } from "../../support/setup";
import { newPhone, openTab, type Tab } from "../../support/tab";

type Lock = typeof import("../../../../static/phone/data/session/lock");
vi.stubGlobal("isSecureContext", true);
vi.stubGlobal("setInterval", () => 0);

async function opened(): Promise<Tab & { lock: Lock }> {
  const tab = await openTab();
  const lock = await import("../../../../static/phone/data/session/lock");
  await lock.readLock();
  lock.watchIdle();
  return { ...tab, lock };
}

let one: Tab & { lock: Lock };
let other: Tab & { lock: Lock };
beforeEach(async () => {
  await newPhone();
  new FakeServer().fault = () => "offline";
  one = await opened();
  await one.lock.setCode("2580");
  await one.lock.opened();
  other = await opened();
});

const tries = async (): Promise<number | undefined> =>
  (await one.store.disk().get<{ tries: number }>("meta", "lock"))?.tries;

it("wrong codes in two tabs at once count together, and no more than five are looked at", async () => {
  one.lock.lockNow();
  await settle();
  const wrong = Array.from({ length: 8 }, (_, n) => (n % 2 ? one : other).lock.tryCode("1379"));
  expect(await Promise.all(wrong)).not.toContain(true);
  expect(await tries()).toBe(5);
  expect(await other.lock.tryCode("2580")).toBe(false);
  expect([one.lock.isBarred(), other.lock.isBarred()]).toEqual([true, true]);
}, 20_000);

it("locked in one tab is locked in all, and opened in all", async () => {
  one.lock.lockNow();
  await until(() => other.store.locked.value);
  expect(await other.lock.tryCode("2580")).toBe(true);
  await until(() => !one.store.locked.value);
  expect(await tries()).toBe(0);
}, 20_000);

it("a touch in a tab that has not heard of it locks that one, and leaves the mark", async () => {
  storage.setItem("doorstep.touched", "0");
  vi.setSystemTime(Date.now() + 10_000);
  heard.dispatchEvent(new Event("pointerdown"));
  expect(storage.getItem("doorstep.touched")).toBe("0");
  expect([one.store.locked.value, other.store.locked.value]).toEqual([true, true]);
});
