// Hand-over: a key is its person's alone, and no envelope that was given to this phone gets lost.
import { beforeEach, describe, expect, it } from "vitest";
import { LIN, WANG } from "../../support/made";
import { type FakeServer, problem } from "../../support/server";
import { onlinePhone, openTab, type Tab } from "../../support/tab";

type Handover = typeof import("../../../../static/phone/data/outbox/handover");
let server: FakeServer;
let tab: Tab;
let handover: Handover;
beforeEach(async () => {
  ({ server, tab } = await onlinePhone());
  handover = await import("../../../../static/phone/data/outbox/handover");
});

const box = (name: string) => ({ person: WANG, device: "d", nonce: "n", box: name });
const taken = (): Response => Response.json({ receipts: [{ verdict: "applied" }], person_name_initial: "王" });
const boxes = (): string[] => handover.carried.value.map((one) => one.box);
const onDisk = async (): Promise<unknown> =>
  (await tab.store.disk().get<{ box: string }[]>("meta", "handover_carried"))?.map((one) => one.box).sort();

/** Answer deliveries in their order. */
function answers(...given: (Response | "offline")[]): void {
  server.fault = ({ path }) => (path === "/api/v1/handover" ? (given.shift() ?? "offline") : undefined);
}

describe("the key", () => {
  const key = (person: string): void => {
    server.fault = ({ path }) =>
      path.startsWith("/api/v1/handover/key") ? Response.json({ key: "k", person }) : undefined;
  };

  it("is kept, and asked for in the name of who is signed in", async () => {
    key(LIN);
    expect(await handover.readyHandover()).toMatchObject({ key: "k", person: LIN });
    expect(server.asked[0]?.headers).toMatchObject({ "X-Person": LIN });
    expect(await handover.readyHandover()).toMatchObject({ person: LIN });
    expect(server.asked).toHaveLength(1);
  });

  it("of another person is neither taken nor, where one was kept, used", async () => {
    key(WANG);
    expect(await handover.readyHandover()).toBeNull();
    expect(await tab.store.disk().get("meta", "handover_key")).toBeUndefined();
    const device = await tab.acts.device();
    await tab.store.disk().write([{ put: "meta", key: "handover_key", value: { key: "w", person: WANG, device } }]);
    expect(await handover.readyHandover()).toBeNull();
    key(LIN);
    expect(await handover.readyHandover()).toMatchObject({ key: "k", person: LIN });
  });

  it("that comes when its disk is no longer held is written nowhere", async () => {
    key(LIN);
    const asking = handover.readyHandover();
    tab.store.holdDisk(null);
    expect(await asking.catch(() => null)).toBeNull();
  });
});

describe("envelopes", () => {
  it("that come at once, in two tabs, are all kept", async () => {
    const other = await openTab();
    const there: Handover = await import("../../../../static/phone/data/outbox/handover");
    await Promise.all([
      handover.carry(box("1")),
      there.carry(box("2")),
      handover.carry(box("3")),
      there.carry(box("1")),
    ]);
    expect(await onDisk()).toEqual(["1", "2", "3"]);
    other.store.disk().close();
  });

  it("delivered in one tab take nothing along that another has just got", async () => {
    await handover.carry(box("1"));
    await openTab();
    const there: Handover = await import("../../../../static/phone/data/outbox/handover");
    answers(taken());
    const delivering = handover.deliver(box("1"));
    await there.carry(box("2"));
    await delivering;
    expect(await onDisk()).toEqual(["2"]);
    expect(boxes()).toEqual(["2"]);
  });

  it("of which the server does not take one now do not hold up the others", async () => {
    for (const name of ["1", "2", "3"]) await handover.carry(box(name));
    answers(problem(500), problem(413, "too_large"), taken());
    await handover.deliverAll();
    expect(boxes()).toEqual(["1"]);
    expect(handover.sentBack.value).toEqual({ kind: "too_large" });
  });

  it("all wait where there is no network", async () => {
    for (const name of ["1", "2"]) await handover.carry(box(name));
    server.asked.length = 0;
    answers("offline", taken());
    await handover.deliverAll();
    expect(boxes()).toEqual(["1", "2"]);
    expect(server.asked).toHaveLength(1);
  });
});
