// A right that was taken away: the phone forgets everything at once, and what the server lacks is sealed for it.
import { webcrypto } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openDisk } from "../../../../static/phone/data/disk/disk";
import { fromBase64, toBase64 } from "../../../../static/shared/lib/bytes";
import { LIN, photo, WANG, work } from "../../support/made";
import { type FakeServer, problem } from "../../support/server";
import { heard, reloaded, settle, storage } from "../../support/setup";
import { disks, offlinePhone, openTab, quiet, type Tab } from "../../support/tab";

const RAW = webcrypto.getRandomValues(new Uint8Array(32));
let server: FakeServer;
let tab: Tab;

const removal = () => import("../../../../static/phone/data/session/removal");
const sealed = async () => (await import("../../../../static/phone/data/disk/sealed")).sealedHere();
const gone = (): void => {
  server.fault = () => problem(401, "right_removed");
};

async function kept(): Promise<void> {
  const device = await tab.acts.device();
  await tab.store.disk().write([
    { put: "meta", key: "card", value: { number: "lin", secret: "S" } },
    { put: "meta", key: "pinned_scripts", value: {} },
    { put: "meta", key: "handover_key", value: { key: toBase64(RAW), person: LIN, device } },
    { put: "photos", value: photo("p", { assignment: "a" }) },
  ]);
}

async function records(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await tab.acts.perform("note", { assignment: "a", payload: { note: `n${n}` } });
  await quiet(tab);
}

beforeEach(async () => {
  vi.stubGlobal("crypto", webcrypto);
  ({ server, tab } = await offlinePhone());
  await tab.pull.takeDocument(work(3, ["a"]));
  await kept();
});

function nothingShown(): void {
  const { store } = tab;
  expect([store.me.value, store.work.value, store.alarm.value]).toEqual([null, null, null]);
  expect([...store.entries.value, ...store.drafts.value, ...store.photos.value]).toEqual([]);
}

describe("a right that was taken away", () => {
  it("is told by any door, and raises the wall at once", async () => {
    gone();
    await tab.duty.readDuty();
    expect(tab.store.walled.value).toBe(LIN);
    expect(storage.getItem("doorstep.wall")).toBe(LIN);
  });

  it("takes everything from the phone, and seals what had not arrived", async () => {
    await records(2);
    gone();
    await tab.pull.pull();
    await (await removal()).takeAway();
    nothingShown();
    expect(await disks()).toEqual(["doorstep"]);
    expect(storage.getItem("doorstep.me")).toBeNull();
    const [box, ...others] = await sealed();
    expect(others).toEqual([]);
    expect(box).toMatchObject({ person: LIN, records: 2 });
    expect(JSON.stringify(box)).not.toContain('"n1"');
    expect(await opened(box)).toEqual(["n0", "n1"]);
  });

  it("leaves no box where nothing waited", async () => {
    gone();
    await tab.pull.pull();
    await (await removal()).takeAway();
    expect(await sealed()).toEqual([]);
    expect(await disks()).toEqual(["doorstep"]);
  });

  it("leaves only the outbox, unseen, where this phone never got a key", async () => {
    await records(1);
    await tab.store.disk().write([{ drop: "meta", key: "handover_key" }]);
    await tab.drafts.saveDraft({ key: "visit:a", assignment: "a", label: "", form: { x: 1 }, touched: true });
    gone();
    await tab.pull.pull();
    await (await removal()).takeAway();
    nothingShown();
    expect(await sealed()).toEqual([]);
    const left = await openDisk(LIN);
    expect(await left.all("outbox")).toHaveLength(1);
    for (const table of ["work", "drafts", "photos"] as const) expect(await left.all(table)).toEqual([]);
    expect([await left.get("meta", "card"), await left.get("meta", "pinned_scripts")]).toEqual([undefined, undefined]);
    left.close();
    expect(await tab.session.othersUnsent()).toBe(1);
  });

  it("is remembered when the phone dies over it: the next start shows nothing and goes on", async () => {
    await records(1);
    gone();
    await tab.pull.pull();
    tab = await openTab();
    expect(tab.store.walled.value).toBe(LIN);
    nothingShown();
    await (await removal()).takeAway();
    expect(await sealed()).toHaveLength(1);
    expect(await disks()).toEqual(["doorstep"]);
  });

  it("of somebody else, whose answer comes late, takes nothing away", async () => {
    const { ask } = await import("../../../../static/shared/server/net");
    gone();
    await ask("/api/v1/duty", { headers: { "X-Person": WANG } }).catch(() => undefined);
    expect(tab.store.walled.value).toBeNull();
  });

  it("is not a session that has ended", async () => {
    server.fault = () => problem(401, "not_authenticated");
    await tab.pull.pull();
    expect([tab.store.walled.value, tab.store.signedOut.value]).toEqual([null, true]);
    expect(tab.store.views.value).toHaveLength(1);
  });

  it("hides what another tab shows", async () => {
    const event = Object.assign(new Event("storage"), { key: "doorstep.wall", newValue: LIN });
    heard.dispatchEvent(event);
    expect(reloaded).toHaveBeenCalled();
    nothingShown();
  });
});

describe("nothing is lost when a right is taken away", () => {
  it("of a page that could not open the disk: both are sealed", async () => {
    await records(2);
    const { Volatile } = await import("../../../../static/phone/data/disk/volatile");
    tab.store.disk().close();
    tab.store.holdDisk(new Volatile());
    gone();
    await tab.pull.pull();
    await (await removal()).takeAway();
    expect((await sealed()).map((box) => box.records)).toEqual([2]);
    expect(await disks()).toEqual(["doorstep"]);
  });

  it("of whoever has signed in since, in another tab", async () => {
    await records(1);
    gone();
    await tab.pull.pull();
    server.fault = () => "offline";
    const other = await openTab(WANG);
    expect([other.store.walled.value, other.store.me.value?.id]).toEqual([null, WANG]);
    await other.store.disk().write([{ put: "meta", key: "lock", value: "of Wang" }]);
    await (await removal()).takeAway();
    expect(await other.store.disk().get("meta", "lock")).toBe("of Wang");
    expect(storage.getItem("doorstep.me")).toContain(WANG);
  });

  it("of what is written while the worker seals", async () => {
    await records(1);
    const { sealAway } = await import("../../../../static/phone/data/outbox/seal-away");
    const disk = tab.store.disk();
    const write = vi.spyOn(webcrypto.subtle, "encrypt");
    write.mockImplementationOnce(async (...given) => {
      await tab.acts.perform("note", { assignment: "a", payload: { note: "late" } });
      write.mockRestore();
      return webcrypto.subtle.encrypt(...given);
    });
    await sealAway(LIN);
    disk.close();
    expect((await Promise.all((await sealed()).map(opened))).flat()).toEqual(["n0", "late"]);
  });

  it("of a box whose carrier loses the right before it has arrived", async () => {
    await records(1);
    gone();
    await tab.pull.pull();
    await (await removal()).takeAway();
    server.fault = () => "offline";
    tab = await openTab(WANG);
    const handover = await import("../../../../static/phone/data/outbox/handover");
    await handover.readyToCarry();
    gone();
    await tab.pull.pull();
    await (await removal()).takeAway();
    expect((await sealed()).map(({ person }) => person)).toEqual([LIN]);
  });
});

describe("what was sealed", () => {
  it("is brought by whoever signs in next, once", async () => {
    await records(1);
    gone();
    await tab.pull.pull();
    await (await removal()).takeAway();
    tab.session.setWall(null);
    const brought: string[] = [];
    server.fault = ({ path }) => {
      if (path !== "/api/v1/handover") return "offline";
      brought.push(path);
      return Response.json({ receipts: [{ uuid: "x", verdict: "held" }], person_name_initial: "林" });
    };
    await tab.session.adopt({ id: WANG, username: "wang" });
    const handover = await import("../../../../static/phone/data/outbox/handover");
    await handover.readyToCarry();
    expect(brought).toHaveLength(1);
    expect(await sealed()).toEqual([]);
    await handover.readyToCarry();
    expect(brought).toHaveLength(1);
  });

  it("is sealed once when page and worker hear of it at the same time", async () => {
    await records(2);
    const { sealAway } = await import("../../../../static/phone/data/outbox/seal-away");
    gone();
    await tab.pull.pull();
    await Promise.all([(await removal()).takeAway(), sealAway(LIN)]);
    expect((await sealed()).map((box) => box.records)).toEqual([2]);
  });

  it("by the worker waits for the page to say so", async () => {
    await records(1);
    tab.store.disk().close();
    const { sendWaiting } = await import("../../../../static/sw/outbox");
    gone();
    await sendWaiting();
    await settle();
    expect(await sealed()).toHaveLength(1);
  });
});

async function opened(box: { nonce: string; box: string } | undefined): Promise<string[]> {
  const key = await webcrypto.subtle.importKey("raw", RAW, "AES-GCM", false, ["decrypt"]);
  const how = {
    name: "AES-GCM",
    iv: fromBase64(box?.nonce ?? ""),
    additionalData: new TextEncoder().encode("doorstep-handover"),
  };
  const content = await webcrypto.subtle.decrypt(how, key, fromBase64(box?.box ?? ""));
  const { acts } = JSON.parse(new TextDecoder().decode(content)) as { acts: { payload: { note: string } }[] };
  return acts.map((act) => act.payload.note);
}
