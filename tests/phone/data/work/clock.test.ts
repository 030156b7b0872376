// The server's clock, as well as the phone can know it.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { WANG, work } from "../../support/made";
import { FakeServer } from "../../support/server";
import { newPhone, openTab, signedInAs, type Tab } from "../../support/tab";

let tab: Tab;
const known = (): number => Math.round(tab.store.offset.value / 1000);
const server = (ahead: number): number => Date.now() + ahead * 1000;
beforeEach(async () => {
  await newPhone();
  new FakeServer();
  tab = await openTab();
});

it("is learned from an answer, taken to be half way back", async () => {
  await tab.clock.learnClock(server(120) - 500, 1000);
  expect(tab.store.offset.value).toBe(120_000);
  expect(tab.store.now.value).toBe(tab.store.ticking.value + 120_000);
});

it("is not spoiled by a rougher answer, and mended by a finer one", async () => {
  await tab.clock.learnClock(server(10), 200);
  await tab.clock.learnClock(server(12), 8_000);
  expect(known()).toBe(10);
  await tab.clock.learnClock(server(11), 20);
  expect(known()).toBe(11);
});

it("is learned anew when the phone's clock was set, also from a rougher answer", async () => {
  await tab.clock.learnClock(server(0), 20);
  vi.setSystemTime(Date.now() - 3600_000);
  await tab.clock.learnClock(server(3600), 900);
  expect(known()).toBe(3600);
});

it("is remembered without a network", async () => {
  await tab.clock.learnClock(server(700), 20);
  const next = await openTab();
  expect(Math.round(next.store.offset.value / 1000)).toBe(700);
  expect(next.store.offsetKnown.value).toBe(false);
});

it("that is right is remembered as compared, by whoever signs in next too", async () => {
  expect(tab.store.compared.value).toBe(false);
  await tab.clock.learnClock(server(0), 20);
  const next = await openTab();
  expect([next.store.offsetKnown.value, next.store.compared.value]).toEqual([false, true]);
  await next.clock.learnClock(server(0), 20);
  signedInAs(WANG);
  await next.session.resume();
  expect(await next.store.disk().get("meta", "offset")).toBeUndefined();
  await next.clock.learnClock(server(1), 8_000); // a rougher answer
  expect((await openTab(WANG)).store.compared.value).toBe(true);
});

it("is written once, not with every answer", async () => {
  await tab.clock.learnClock(server(0), 20);
  const write = vi.spyOn(tab.store.disk(), "write");
  for (const off of [0.1, 0.2, 0.3]) await tab.clock.learnClock(server(off), 20);
  expect(write).not.toHaveBeenCalled();
  await tab.clock.learnClock(server(0.7), 20);
  expect(write).toHaveBeenCalledOnce();
});

it("is never learned from something that is no time", async () => {
  await tab.clock.learnClock(NaN, 20);
  expect(tab.clock.hearClock(Date.parse("soon"))).toBe(false);
  expect(tab.store.offset.value).toBe(0);
});

it("is not set back by a message that was long on its way: that asks the server", async () => {
  await tab.clock.learnClock(server(0), 20);
  expect(tab.clock.hearClock(server(-60))).toBe(true);
  expect(known()).toBe(0);
});

it("is set forward by a message from later than it: nothing arrives before it was sent", async () => {
  await tab.clock.learnClock(server(0), 20);
  expect(tab.clock.hearClock(server(600))).toBe(false);
  expect(Math.abs(known() - 600)).toBeLessThan(3);
});

describe("an alarm that nobody has answered", () => {
  const HOURS = 2 * 3600;
  beforeEach(async () => {
    await tab.store
      .disk()
      .write([{ put: "work", key: "document", value: { document: work(1, ["a"]), fetched_at: 0 } }]);
    await tab.store.reload();
    expect(tab.store.alarm.value).not.toBeNull();
  });
  const passes = (seconds: number): void => {
    vi.setSystemTime(Date.now() + seconds * 1000);
    tab.store.ticking.value = Date.now();
  };

  it("is not ended by a server's word that is hours ahead", async () => {
    await tab.clock.learnClock(server(HOURS), 20);
    passes(2);
    expect(known()).toBe(HOURS);
    expect(tab.store.alarm.value).not.toBeNull();
  });

  it("is not ended by a phone's clock that is set hours ahead", async () => {
    await tab.clock.learnClock(server(0), 20);
    passes(HOURS);
    expect(tab.store.alarm.value).not.toBeNull();
  });

  it("is ended when every clock says that its time is over", async () => {
    passes(HOURS);
    await tab.clock.learnClock(server(0), 20);
    passes(1);
    expect(tab.store.alarm.value).toBeNull();
  });
});

it("takes no proxy's word for the time", async () => {
  const told = work(1, ["a"]);
  const ahead = new Date(server(7200)).toUTCString();
  const fake = new FakeServer();
  fake.fault = ({ path }) =>
    path === "/api/v1/work"
      ? Response.json(told, { headers: { Date: ahead, "X-Server-Time": String(server(3)) } })
      : undefined;
  await tab.pull.pull();
  expect(known()).toBe(3);
  fake.fault = ({ path }) => (path === "/api/v1/work" ? Response.json(told, { headers: { Date: ahead } }) : undefined);
  await tab.pull.pull();
  expect(known()).toBe(3);
});
