// A phone whose storage does not answer says so, and what was tapped is kept once it does.
import { afterEach, expect, it, vi } from "vitest";
import { openDisk } from "../../../../static/phone/data/disk/disk";
import { stuck } from "../../../../static/phone/data/disk/slow-storage";
import { LIN } from "../../support/made";
import { newPhone } from "../../support/tab";

const WAIT = { toFake: ["setTimeout", "clearTimeout"] } satisfies Parameters<typeof vi.useFakeTimers>[0];

afterEach(() => {
  vi.useRealTimers();
});

/** Hold the table against every other write, until the call that is returned. */
async function held(): Promise<() => void> {
  const base = await new Promise<IDBDatabase>((opened) => {
    const asked = indexedDB.open(`doorstep-${LIN}`);
    asked.onsuccess = () => opened(asked.result);
  });
  let holding = true;
  const store = base.transaction("meta", "readwrite").objectStore("meta");
  const again = (): void => {
    if (holding) store.get("x").onsuccess = again;
    else base.close();
  };
  again();
  return () => {
    holding = false;
  };
}

it("says that the storage does not answer, for as long as it does not", async () => {
  await newPhone();
  const disk = await openDisk(LIN);
  const release = await held();
  vi.useFakeTimers(WAIT);
  const kept = disk.write([{ put: "meta", key: "a", value: 1 }]);
  const other = disk.write([{ put: "meta", key: "b", value: 2 }]);
  await vi.advanceTimersByTimeAsync(3_900);
  expect(stuck.value).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  expect(stuck.value).toBe(true);
  release();
  await Promise.all([kept, other]);
  expect(stuck.value).toBe(false);
  expect(await disk.get("meta", "a")).toBe(1);
  disk.close();
});

it("is said no more once the storage has refused", async () => {
  await newPhone();
  const disk = await openDisk(LIN);
  const release = await held();
  vi.useFakeTimers(WAIT);
  const refused = disk.changeMeta("a", () => {
    throw new Error("no");
  });
  const said = expect(refused).rejects.toThrow("no");
  await vi.advanceTimersByTimeAsync(4_100);
  expect(stuck.value).toBe(true);
  release();
  await said;
  expect(stuck.value).toBe(false);
  disk.close();
});
