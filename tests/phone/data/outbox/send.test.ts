// The sender brings what waits to the server: once, in order, and whatever happens on the way.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { LIN, photo, sent, upTo } from "../../support/made";
import { type FakeServer, problem } from "../../support/server";
import { settle, until } from "../../support/setup";
import { keepWaiting, onlinePhone, quiet, type Tab } from "../../support/tab";

let server: FakeServer;
let tab: Tab;
beforeEach(async () => {
  ({ server, tab } = await onlinePhone());
});

const seqs = (): number[] => server.acts.map((act) => act.seq);

describe("a full outbox", () => {
  it("goes in batches of fifty, in order", async () => {
    await keepWaiting(tab, 120);
    await tab.send.flush();
    expect(server.batches().map((batch) => batch.length)).toEqual([50, 50, 20]);
    expect(seqs()).toEqual(upTo(120));
    expect(tab.store.unsent.value).toEqual([]);
    expect(tab.store.sync.value.face).toBe("ok");
  });

  it("writes the answers of a batch in one go, so that five hundred records don't wait for the disk", async () => {
    await keepWaiting(tab, 500);
    const writing = vi.spyOn(IDBDatabase.prototype, "transaction");
    await tab.send.flush();
    const writes = writing.mock.calls.filter(([, mode]) => mode === "readwrite").length;
    expect(seqs()).toHaveLength(500);
    expect(writes).toBeLessThanOrEqual(10);
  });

  it("sends only the act and not what the phone keeps beside it", async () => {
    await keepWaiting(tab, 1);
    let body = "";
    const real = fetch;
    vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
      body = String(init.body);
      return real(path, init);
    });
    await tab.send.flush();
    expect(Object.keys(JSON.parse(body).acts[0]).sort()).toEqual([
      "assignment",
      "clock_offset_ms",
      "device",
      "happened_at",
      "kind",
      "payload",
      "seq",
      "uuid",
    ]);
    expect(body).not.toContain("张");
  });

  it("names whose acts they are, for the browser's session may be somebody else's by now", async () => {
    await keepWaiting(tab, 1);
    await tab.send.flush();
    expect(server.asked[0]?.headers).toMatchObject({ "X-Person": LIN, "X-CSRFToken": "token" });
  });
});

describe("the server's word", () => {
  it.each(["applied", "already_applied", "flagged", "held", "refused"] as const)(
    "%s ends the waiting",
    async (verdict) => {
      server.verdict = () => ({ verdict });
      await keepWaiting(tab, 1, { kind: "visit" });
      await tab.send.flush();
      expect(tab.store.unsent.value).toEqual([]);
      expect(tab.store.entries.value[0]?.receipt?.verdict).toBe(verdict);
      expect(tab.store.needing.value).toHaveLength(verdict === "held" || verdict === "refused" ? 1 : 0);
    },
  );

  it("asks the officer when somebody else's truth met their visit", async () => {
    server.verdict = () => ({ verdict: "flagged", flags: [{ code: "after_recall", text: "已撤回" }] });
    await keepWaiting(tab, 1, { kind: "visit" });
    await tab.send.flush();
    expect(tab.store.sync.value).toMatchObject({ face: "you", needs: 1, reason: "settle", beside: { face: "ok" } });
  });

  it("busy keeps that one, takes the others, and comes again without saying that there is no network", async () => {
    server.verdict = (act) => ({ verdict: act.seq === 1 ? "busy" : "applied" });
    await keepWaiting(tab, 120);
    await tab.send.flush();
    expect(seqs()).toHaveLength(119);
    expect(tab.store.unsent.value.map((one) => one.seq)).toEqual([1]);
    expect(tab.store.sync.value).toEqual({ face: "send", count: 1, soon: false });
    server.verdict = () => ({ verdict: "applied" });
    await vi.advanceTimersByTimeAsync(2_000);
    await until(() => server.acts.length === 120);
  });

  it("for a busy act does not hold up the photos of others", async () => {
    server.verdict = (act) => ({ verdict: act.seq === 1 ? "busy" : "applied" });
    await keepWaiting(tab, 1);
    await tab.store.disk().write([
      { put: "photos", value: photo("p1") },
      { put: "outbox", value: sent(2, { photos: ["p1"] }) },
    ]);
    await tab.send.flush();
    expect(tab.store.photos.value[0]?.complete).toBe(true);
  });

  it("keeps an act that got no answer, and takes no other act's answer for it", async () => {
    server.fault = ({ path, acts }) => {
      const others = acts.filter((act) => act.seq !== 2);
      return path === "/api/v1/acts"
        ? Response.json({ receipts: others.map(({ uuid }) => ({ uuid, verdict: "applied" })) })
        : undefined;
    };
    await keepWaiting(tab, 3);
    await tab.send.flush();
    expect(tab.store.unsent.value.map((one) => one.seq)).toEqual([2]);
  });

  it("that this app does not know leaves the act waiting", async () => {
    server.fault = ({ acts }) => Response.json({ receipts: acts.map(({ uuid }) => ({ uuid, verdict: "pondered" })) });
    await keepWaiting(tab, 1);
    await tab.send.flush();
    expect(tab.store.unsent.value).toHaveLength(1);
  });

  it("about an envelope without a readable name reaches the act in its place", async () => {
    server.fault = () => Response.json({ receipts: [{ uuid: null, verdict: "refused", code: "unreadable" }] });
    await keepWaiting(tab, 1);
    await tab.send.flush();
    expect(tab.store.needing.value).toHaveLength(1);
  });
});

describe("a request that fails", () => {
  it("with the answer cut off brings the same acts again, and they count once", async () => {
    await keepWaiting(tab, 3);
    let cut = true;
    server.fault = () => (cut ? "cut" : undefined);
    await tab.send.flush();
    expect(tab.store.unsent.value).toHaveLength(3);
    expect(tab.store.online.value).toBe(false);
    cut = false;
    await tab.send.flush();
    expect(server.batches()).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(seqs()).toEqual([1, 2, 3]);
    expect(tab.store.unsent.value).toEqual([]);
  });

  it.each([400, 413, 422])("with %i is halved down to the culprit, and the rest is delivered", async (status) => {
    await keepWaiting(tab, 50);
    server.fault = ({ acts }) => (acts.some((act) => act.seq === 37) ? problem(status, "bad") : undefined);
    await tab.send.flush();
    expect(seqs()).toEqual(upTo(50).filter((seq) => seq !== 37));
    expect(tab.store.needing.value.map((one) => [one.seq, one.receipt?.detail])).toEqual([[37, "bad in words"]]);
    expect(server.asked.length).toBeLessThan(16);
  });

  it("with a proxy's page about its size is halved too", async () => {
    await keepWaiting(tab, 4);
    server.fault = ({ acts }) => (acts.length > 1 ? new Response("<html>too large", { status: 413 }) : undefined);
    await tab.send.flush();
    expect(seqs()).toEqual([1, 2, 3, 4]);
  });

  it("with 401 says signed out, loses nothing, and waits for the sign-in", async () => {
    await keepWaiting(tab, 2);
    server.fault = () => problem(401, "not_signed_in");
    await tab.send.flush();
    expect(tab.store.sync.value).toEqual({ face: "you", needs: 2, reason: "signed_out" });
    expect(vi.getTimerCount()).toBe(0);
    server.fault = () => undefined;
    await tab.send.flush();
    expect(seqs()).toEqual([1, 2]);
  });

  it.each([403, 404, 405, 409, 429, 500])(
    "with %i is no verdict on any act: they stay and come again later",
    async (status) => {
      await keepWaiting(tab, 60);
      server.fault = () => problem(status, "no");
      await tab.send.flush();
      expect(tab.store.unsent.value).toHaveLength(60);
      expect(server.asked).toHaveLength(1);
      expect(tab.store.needing.value).toEqual([]);
      server.fault = () => undefined;
      await vi.advanceTimersByTimeAsync(2_000);
      await until(() => server.acts.length === 60);
    },
  );

  it("with 500 over one act alone delivers the others in the end", async () => {
    await keepWaiting(tab, 20);
    server.fault = ({ acts }) => (acts.some((act) => act.seq === 5) ? problem(500) : undefined);
    for (let go = 0; go < 4; go += 1) await tab.send.flush();
    expect(seqs().sort((a, b) => a - b)).toEqual(upTo(20).filter((seq) => seq !== 5));
  });

  it("with 500 for everything is not taken apart into a hundred requests", async () => {
    await keepWaiting(tab, 50);
    server.fault = () => problem(500);
    for (let go = 0; go < 4; go += 1) await tab.send.flush();
    expect(server.asked.length).toBeLessThan(12);
  });

  it("with 503 waits as long as the server says, and says until when", async () => {
    await keepWaiting(tab, 1);
    server.fault = () => new Response("", { status: 503, headers: { "Retry-After": "120" } });
    const start = Date.now();
    await tab.send.flush();
    expect(tab.store.sync.value).toMatchObject({ face: "off", count: 1, until: start + 120_000 });
    server.fault = () => undefined;
    await vi.advanceTimersByTimeAsync(119_000);
    await settle(20);
    expect(server.asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(4_000);
    await until(() => server.acts.length === 1);
    await quiet(tab);
    expect(tab.store.maintenanceUntil.value).toBeNull();
  });

  it("with a Retry-After of a hundred days does not run in circles", async () => {
    await keepWaiting(tab, 1);
    server.fault = () => new Response("", { status: 503, headers: { "Retry-After": "8640000" } });
    await tab.send.flush();
    await vi.advanceTimersByTimeAsync(60_000);
    await settle(20);
    expect(server.asked).toHaveLength(1);
  });

  it("offline says so and keeps count", async () => {
    await keepWaiting(tab, 2);
    server.fault = () => "offline";
    await tab.send.flush();
    expect(tab.store.sync.value).toMatchObject({ face: "off", count: 2, until: null });
  });

  it("that meets the page of a wireless network's door takes it for no answer", async () => {
    await keepWaiting(tab, 2);
    server.fault = () => new Response("<html>Welcome", { status: 200 });
    await tab.send.flush();
    expect(tab.store.unsent.value).toHaveLength(2);
    expect(tab.store.online.value).toBe(false);
  });

  it("on a line that breaks off again and again goes in smaller steps", async () => {
    await keepWaiting(tab, 30);
    server.fault = ({ acts }) => (acts.length > 5 ? "offline" : undefined);
    for (let go = 0; go < 3; go += 1) await tab.send.flush();
    expect(seqs()).toEqual(upTo(30));
  });
});
