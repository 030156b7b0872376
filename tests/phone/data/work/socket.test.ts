// The socket is a fast road: a silent or lagging one is given up, and what it missed is fetched.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { EPOCH, work } from "../../support/made";
import { FakeServer } from "../../support/server";
import { heard, page, settle, until } from "../../support/setup";
import { newPhone, openTab, type Tab } from "../../support/tab";

class Line {
  static all: Line[] = [];
  static readonly OPEN = 1;
  readyState = 1;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  closed = false;
  constructor(readonly address: string) {
    Line.all.push(this);
  }
  close(): void {
    this.closed = true;
  }
  send(): void {}
  say(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

let server: FakeServer;
let tab: Tab;
const line = (): Line => Line.all[Line.all.length - 1] as Line;
const pulls = (): number => server.asked.filter(({ path }) => path === "/api/v1/work").length;
const beat = (version: number, at = Date.now()) => ({
  type: "heartbeat",
  epoch: EPOCH,
  version,
  at: new Date(at).toISOString(),
});

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settle(40);
}

beforeEach(async () => {
  await newPhone();
  Line.all = [];
  vi.stubGlobal("WebSocket", Line);
  server = new FakeServer();
  server.work = work(3, ["a"]);
  tab = await openTab();
  await tab.socket.renew();
  line().onopen?.();
  await settle(40);
});

describe("the line", () => {
  it("is opened after a fetch, and names what the phone has", () => {
    expect(pulls()).toBe(1);
    expect(line().address).toBe(`wss://doorstep.test/ws/v1/work?have=${EPOCH}.000000a1.3`);
    expect(tab.store.socketOpen.value).toBe(true);
  });

  it("that opens sends what waits", async () => {
    server.fault = ({ path }) => (path.includes("acts") ? "offline" : undefined);
    await tab.acts.perform("note", { assignment: "a" });
    await settle();
    server.fault = () => undefined;
    await tab.socket.renew();
    line().onopen?.();
    await until(() => server.acts.length === 1);
  });

  it("brings a worklist", async () => {
    line().say({ type: "work", document: work(4, ["a", "b"]) });
    await until(() => tab.store.views.value.length === 2);
  });

  it("that says nonsense is listened to all the same", async () => {
    line().onmessage?.({ data: "{" });
    line().say({ type: "news" });
    line().say({ type: "work", document: work(4, []) });
    await until(() => tab.store.work.value?.version === 4);
  });

  it("that is silent for 25 s is closed, and the worklist is fetched", async () => {
    await pass(24_000);
    expect(line().closed).toBe(false);
    await pass(2_000);
    expect(Line.all[0]?.closed).toBe(true);
    await pass(2_000);
    expect(pulls()).toBe(2);
    expect(Line.all).toHaveLength(2);
  });

  it("that beats stays", async () => {
    for (let n = 0; n < 6; n += 1) {
      line().say(beat(3));
      await pass(10_000);
    }
    expect(Line.all).toHaveLength(1);
    expect(pulls()).toBe(1);
    expect(tab.store.syncedAt.value).toBeGreaterThan(0);
  });
});

describe("a heartbeat with a newer worklist than the phone's", () => {
  it("is given three seconds, then the worklist is fetched", async () => {
    line().say(beat(4));
    await pass(2_900);
    expect(pulls()).toBe(1);
    await pass(200);
    expect(pulls()).toBe(2);
  });

  it("is not put off by the heartbeats after it", async () => {
    for (let n = 0; n < 3; n += 1) {
      line().say(beat(4 + n));
      await pass(1_100);
    }
    expect(pulls()).toBe(2);
  });

  it("fetches nothing when the worklist came in time", async () => {
    line().say(beat(4));
    line().say({ type: "work", document: work(4, ["a"]) });
    await settle();
    await pass(5_000);
    expect(pulls()).toBe(1);
  });

  it("of another history is fetched too", async () => {
    line().say({ ...beat(1), epoch: "another" });
    await pass(3_100);
    expect(pulls()).toBe(2);
  });

  it("that was long on its way does not set the phone's clock back, but has it asked", async () => {
    line().say(beat(3, Date.now() - 120_000));
    await settle(40);
    expect(Math.abs(tab.store.offset.value)).toBeLessThan(10_000);
  });
});

describe("a line that is closed", () => {
  it.each([4401, 4403])("with %i says signed out, and is not opened again by itself", async (code) => {
    line().onclose?.({ code });
    await pass(120_000);
    expect(tab.store.signedOut.value).toBe(true);
    expect(Line.all).toHaveLength(1);
  });

  it("with 4410 takes what the server says anew, and shows the old worklist until then", async () => {
    server.fault = () => "offline";
    line().onclose?.({ code: 4410 });
    await pass(1_500);
    expect(tab.store.views.value).toHaveLength(1);
    server.fault = () => undefined;
    server.work = work(1, ["b"]);
    line().onclose?.({ code: 1006 });
    await pass(5_000);
    expect(tab.store.work.value).toMatchObject({ version: 1 });
    expect(tab.store.views.value[0]?.assignment.id).toBe("b");
  });

  it("with 4409, because another tab has it, is left to that tab for a minute", async () => {
    line().onclose?.({ code: 4409 });
    await pass(50_000);
    expect(Line.all).toHaveLength(1);
    await pass(15_000);
    expect(Line.all).toHaveLength(2);
  });

  it.each([1006, 1012, 1013])("with %i is opened again within a second, at a moment by lot", async (code) => {
    vi.spyOn(Math, "random").mockReturnValue(0.4);
    line().onclose?.({ code });
    await pass(690);
    expect(Line.all).toHaveLength(1);
    await pass(20);
    expect(Line.all).toHaveLength(2);
  });

  it.each([1006, 1013])("again and again with %i is tried less and less, though it opens each time", async (code) => {
    for (let second = 0; second < 300; second += 1) {
      if (!line().closed) line().onopen?.();
      line().onclose?.({ code });
      await vi.advanceTimersByTimeAsync(1_000);
      await settle(12);
    }
    expect(Line.all.length).toBeLessThan(20);
    expect(Line.all.length).toBeGreaterThan(5);
  });
});

describe("a phone that comes back", () => {
  it("fetches first and opens a new line, whatever became of the old one", async () => {
    document.dispatchEvent(new Event("visibilitychange"));
    tab.socket.keepConnected();
    heard.dispatchEvent(new Event("online"));
    await settle(60);
    expect(Line.all).toHaveLength(2);
    expect(Line.all[0]?.closed).toBe(true);
    expect(pulls()).toBe(2);
  });

  it("waits while it lies hidden", async () => {
    tab.socket.keepConnected();
    page.visibilityState = "hidden";
    heard.dispatchEvent(new Event("online"));
    await settle(40);
    expect(Line.all).toHaveLength(1);
  });

  it("opens one line however many occasions there are at once", async () => {
    await Promise.all([tab.socket.renew(), tab.socket.renew(), tab.socket.renew()]);
    expect(Line.all.filter((one) => !one.closed)).toHaveLength(1);
  });
});

describe("where no line stays open", () => {
  const goes = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 500) {
      await vi.advanceTimersByTimeAsync(500);
      await settle(6);
    }
  };
  const all = "/api/v1/work";
  beforeEach(async () => {
    tab.socket.hangUp();
    vi.stubGlobal(
      "WebSocket",
      class {
        static readonly OPEN = 1;
        onclose: ((event: { code: number }) => void) | null = null;
        constructor() {
          setTimeout(() => this.onclose?.({ code: 1006 }), 100);
        }
        close(): void {}
      },
    );
    await tab.socket.renew();
    tab.socket.keepConnected();
    await goes(60_000);
  });

  it("the worklist is asked for every five seconds, and the bar says so", async () => {
    expect(tab.store.polled.value).toBe(true);
    expect(tab.store.sync.value).toMatchObject({ face: "ok", polled: true });
    const before = pulls();
    await goes(60_000);
    expect(pulls() - before).toBeGreaterThanOrEqual(12);
    expect(pulls() - before).toBeLessThanOrEqual(16);
    server.work = work(4, ["a", "b"]);
    await goes(5_100);
    expect(tab.store.views.value).toHaveLength(2);
  });

  it("one answer that is lost ends nothing", async () => {
    server.fault = ({ path }) => (path === all ? "offline" : undefined);
    await goes(5_100);
    expect(tab.store.online.value).toBe(false);
    server.fault = () => undefined;
    await goes(5_100);
    expect(tab.store.online.value).toBe(true);
  });

  it("a line that speaks again ends it", async () => {
    vi.stubGlobal("WebSocket", Line);
    await tab.socket.renew();
    line().onopen?.();
    line().say(beat(3));
    await settle(40);
    expect(tab.store.polled.value).toBe(false);
    const before = pulls();
    for (let beats = 0; beats < 6; beats += 1) {
      await goes(10_000);
      line().say(beat(3));
    }
    expect(pulls()).toBe(before);
  });

  it.each([[""], ["<html>the proxy's own</html>"]])(
    "a line that opens and brings nothing of ours counts as none: %j",
    async (text) => {
      vi.stubGlobal("WebSocket", Line);
      await tab.socket.renew();
      line().onopen?.();
      if (text) line().onmessage?.({ data: text });
      const before = pulls();
      await goes(15_000);
      expect(pulls() - before).toBeGreaterThanOrEqual(3);
    },
  );
});
