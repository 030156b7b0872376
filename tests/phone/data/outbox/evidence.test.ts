// Photos follow their record, and none leaves the phone before the server has every byte of it.
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Photo } from "../../../../static/phone/data/disk/tables";
import { photo, sent } from "../../support/made";
import { type FakeServer, problem } from "../../support/server";
import { settle } from "../../support/setup";
import { onlinePhone, type Tab } from "../../support/tab";

const PIECE = 262_144;
let server: FakeServer;
let tab: Tab;
beforeEach(async () => {
  ({ server, tab } = await onlinePhone());
});

async function put(...photos: Photo[]): Promise<void> {
  const uuids = photos.map((one) => one.uuid);
  await tab.store
    .disk()
    .write([
      ...photos.map((value) => ({ put: "photos" as const, value })),
      { put: "outbox", value: sent(1, { photos: uuids }) },
    ]);
  await tab.store.reload();
}

const held = (): Photo | undefined => tab.store.photos.value[0];
const offsets = (): number[] => server.asked.map(({ path }) => Number(path.split("offset=")[1]));

describe("a photo", () => {
  it("goes in pieces and is then whole", async () => {
    await put(photo("p1"));
    await tab.send.flush();
    expect(offsets()).toEqual([0, PIECE, 2 * PIECE]);
    expect(held()).toMatchObject({ complete: true, have: 700_000 });
    expect(tab.store.sync.value.face).toBe("ok");
  });

  it("does not go before its record", async () => {
    await tab.store.disk().write([{ put: "photos", value: photo("p1") }]);
    await tab.send.flush();
    expect(server.asked).toEqual([]);
  });

  it("goes on where the server stands after an answer was cut off", async () => {
    await put(photo("p1"));
    let cut = true;
    server.fault = () => (cut ? "cut" : undefined);
    await tab.send.flush();
    cut = false;
    await tab.send.flush();
    expect(offsets()).toEqual([0, 0, PIECE, 2 * PIECE]);
    expect(held()?.complete).toBe(true);
  });

  it("goes on where the server says, further on or further back", async () => {
    await put(photo("p1", { have: PIECE }));
    server.photos.set("p1", { have: 100, bytes: 700_000 });
    await tab.send.flush();
    expect(offsets().slice(0, 2)).toEqual([PIECE, 100]);
    expect(held()?.complete).toBe(true);
  });

  it("comes from its beginning again when what arrived was not what was promised", async () => {
    await put(photo("p1"));
    let differs = true;
    server.fault = ({ path }) => {
      if (!differs || !path.endsWith(String(2 * PIECE))) return undefined;
      differs = false;
      server.photos.delete("p1");
      return problem(409, "hash_differs", { have: 0 });
    };
    await tab.send.flush();
    expect(held()).toMatchObject({ complete: true, refused: null });
  });

  it("is not sent to and fro for ever by a server that contradicts itself", async () => {
    await put(photo("p1"));
    let turn = 0;
    server.fault = () => {
      turn += 1;
      return problem(409, "wrong_offset", { have: turn % 2 ? 500 : 0 });
    };
    await tab.send.flush();
    expect(server.asked.length).toBeLessThan(20);
    expect(held()).toMatchObject({ complete: false, refused: null });
  });

  it("is not sent in circles to a server that takes it and has no more than before", async () => {
    await put(photo("p1"));
    server.fault = () => Response.json({ have: 0, complete: false });
    await tab.send.flush();
    expect(server.asked.length).toBeLessThan(10);
    expect(held()?.complete).toBe(false);
  });

  it("all of whose bytes are there is not whole until the server says so", async () => {
    await put(photo("p1", { have: 700_000 }));
    server.photos.set("p1", { have: 700_000, bytes: 700_000 });
    await tab.send.flush();
    expect(offsets()).toEqual([700_000 - PIECE]);
    expect(held()).toMatchObject({ complete: true, refused: null });
  });

  it("that the server has whole already is not sent again", async () => {
    await tab.store.disk().write([{ put: "photos", value: photo("p1") }]);
    server.verdict = () => ({ verdict: "applied", photos: [{ uuid: "p1", state: "complete", have: 700_000 }] });
    await tab.acts.perform("correction", { assignment: "a", photos: [photo("p1")] });
    await settle();
    await tab.send.flush();
    expect(server.paths()).toEqual(["POST /api/v1/acts"]);
    expect(held()?.complete).toBe(true);
  });

  it("goes in small pieces on a line that keeps breaking off", async () => {
    await put(photo("p1"));
    const real = fetch;
    vi.stubGlobal("fetch", (path: string, init: RequestInit) =>
      (init.body as Blob).size > 40_000 ? Promise.reject(new TypeError()) : real(path, init),
    );
    for (let go = 0; go < 3; go += 1) await tab.send.flush();
    expect(held()?.complete).toBe(true);
  });
});

describe("a photo that the server won't take", () => {
  it.each([400, 409, 413, 415])("with %i stands before the officer together with its record", async (status) => {
    await put(photo("p1"));
    server.fault = () => problem(status, "not_an_image");
    await tab.send.flush();
    expect(held()).toMatchObject({ refused: "not_an_image in words", complete: false });
    expect(tab.store.needing.value.map((one) => one.seq)).toEqual([1]);
    expect(tab.store.sync.value).toMatchObject({ face: "you", needs: 1 });
  });

  it("stands there too when the receipt of its record said so", async () => {
    await tab.acts.keepPhoto(photo("p1"));
    server.verdict = () => ({ verdict: "flagged", photos: [{ uuid: "p1", state: "refused", have: 0 }] });
    await tab.acts.perform("visit", { assignment: "a", photos: [photo("p1")] });
    await settle();
    expect(tab.store.needing.value).toHaveLength(1);
  });

  it.each([403, 404, 429, 500])("with %i comes again later, and does not hold up the next photo", async (status) => {
    await put(photo("p1"), photo("p2"));
    server.fault = ({ path }) => (path.includes("p1") ? problem(status) : undefined);
    await tab.send.flush();
    expect(tab.store.photos.value.map((one) => [one.complete, one.refused])).toEqual([
      [false, null],
      [true, null],
    ]);
    server.fault = () => undefined;
    await tab.send.flush();
    expect(tab.store.photosLeft.value).toEqual([]);
  });
});

describe("what happens to a photo meanwhile", () => {
  it("a dropped one does not come back with the server's answer", async () => {
    await put(photo("p1"));
    server.fault = () => {
      void tab.acts.dropPhoto("p1");
      return undefined;
    };
    await tab.send.flush();
    expect(await tab.store.disk().all("photos")).toEqual([]);
  });

  it("an answer that comes late does not make a whole one less than whole", async () => {
    await put(photo("p1"));
    const late = tab.store.disk();
    server.fault = ({ path }) => {
      if (path.endsWith("offset=0"))
        void late.changePhoto("p1", (one) => ({ ...one, complete: true, have: one.bytes }));
      return undefined;
    };
    await tab.send.flush();
    expect(held()).toMatchObject({ complete: true, have: 700_000 });
  });
});
