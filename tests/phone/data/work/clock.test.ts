// The server's clock, as well as the phone can know it.
import { beforeEach, expect, it, vi } from "vitest";
import { FakeServer } from "../../support/server";
import { newPhone, openTab, type Tab } from "../../support/tab";

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
