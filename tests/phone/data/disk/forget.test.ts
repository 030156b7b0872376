// What left the worklist is erased; what the server lacks, or the officer wrote, never is.
import { describe, expect, it } from "vitest";
import { forgettable, forgettableAtParting, owes } from "../../../../static/phone/data/disk/forget";
import type { Draft, Held, Op, Photo } from "../../../../static/phone/data/disk/tables";
import type { Entry } from "../../../../static/phone/domain/outbox/entry";
import { entry, photo, sent } from "../../support/made";
import { lots } from "../../support/setup";

const NOW = Date.UTC(2026, 10, 20, 6);
const DAY = 24 * 3600_000;
const draft = (assignment: string, touched: boolean): Draft => ({
  key: `visit:${assignment}`,
  assignment,
  label: "张*",
  form: {},
  touched,
  saved_at: NOW,
});

function held(more: Partial<Held>): Held {
  return { document: null, entries: [], drafts: [], photos: [], ...more };
}

/** What a disk holds after some writes. */
function after(before: Held, ops: readonly Op[]): Held {
  const dropped = (table: string, key: string | number): boolean =>
    ops.some((op) => "drop" in op && op.drop === table && op.key === key);
  const put = (seq: number): Entry | undefined =>
    ops.flatMap((op) =>
      "put" in op && op.put === "outbox" && (op.value as Entry).seq === seq ? [op.value as Entry] : [],
    )[0];
  return {
    ...before,
    entries: before.entries.filter((one) => !dropped("outbox", one.seq)).map((one) => put(one.seq) ?? one),
    drafts: before.drafts.filter((one) => !dropped("drafts", one.key)),
    photos: before.photos.filter((one) => !dropped("photos", one.uuid)),
  };
}

function left(before: Held, open: string[] = []): Held {
  return after(before, forgettable(before, new Set(open), NOW));
}

describe("a case that left the worklist", () => {
  it("takes its delivered photos and the payloads of its answered acts with it", () => {
    const whole = photo("p", { complete: true });
    const gone = left(held({ entries: [sent(1, { answered_at: NOW, photos: ["p"] })], photos: [whole] }));
    expect(gone.photos).toEqual([]);
    expect(gone.entries[0]).toMatchObject({ seq: 1, payload: {}, label: "张*" });
  });

  it("takes an untouched form, and leaves one that was written in, with its photos", () => {
    const gone = left(held({ drafts: [draft("a", true), draft("b", false)], photos: [photo("p")] }));
    expect(gone.drafts.map((one) => one.assignment)).toEqual(["a"]);
    expect(gone.photos).toHaveLength(1);
  });

  it("takes a photo that no record lists, unless it was taken only now", () => {
    expect(left(held({ photos: [photo("p", { taken_at: NOW - 3600_000 })] })).photos).toEqual([]);
    expect(left(held({ photos: [photo("p", { taken_at: NOW - 60_000 })] })).photos).toHaveLength(1);
  });

  it("leaves what is unsent, what needs the officer and their photos", () => {
    const entries = [entry(1), sent(2, { needs: true, assignment: "b" })];
    const photos = [photo("p1"), photo("p2", { assignment: "b", complete: true })];
    expect(left(held({ entries, photos }))).toMatchObject({ entries, photos });
  });

  it("leaves a photo that has not arrived whole, and the record that lists it, however old that is", () => {
    const before = held({ entries: [sent(1, { photos: ["p"], answered_at: NOW - 9 * DAY })], photos: [photo("p")] });
    expect(left(before).photos).toHaveLength(1);
    expect(left(before).entries).toHaveLength(1);
  });

  it("leaves nothing of a settled record after a day", () => {
    const before = held({
      entries: [sent(1, { answered_at: NOW - DAY - 1 }), sent(2, { answered_at: NOW - DAY + 1 })],
    });
    expect(left(before, ["a"]).entries.map((one) => one.seq)).toEqual([2]);
  });
});

it("a case that is open keeps everything", () => {
  const before = held({
    entries: [entry(1), sent(2, { answered_at: NOW })],
    drafts: [draft("a", false)],
    photos: [photo("p", { complete: true }), photo("q")],
  });
  expect(forgettable(before, new Set(["a"]), NOW)).toEqual([]);
});

function anything(lot: () => number): Held {
  const pick = <T>(...of: T[]): T => of[Math.floor(lot() * of.length)] as T;
  const photos = Array.from(
    { length: 4 },
    (_, n): Photo =>
      photo(`p${n}`, {
        blob: new Blob(),
        assignment: pick("a", "b", "c"),
        complete: lot() < 0.5,
        refused: lot() < 0.2 ? "no" : null,
        taken_at: NOW - pick(0, DAY),
      }),
  );
  const entries = Array.from({ length: 5 }, (_, n): Entry => {
    const more = { assignment: pick("a", "b", "c", null), photos: lot() < 0.5 ? [`p${Math.floor(lot() * 4)}`] : [] };
    if (lot() < 0.4) return entry(n + 1, more);
    return sent(n + 1, { ...more, needs: lot() < 0.3, answered_at: NOW - pick(0, 2 * DAY) });
  });
  return held({
    entries,
    photos,
    drafts: ["a", "b", "c"].filter(() => lot() < 0.5).map((id) => draft(id, lot() < 0.5)),
  });
}

const isOwed = (before: Held, one: Photo): boolean =>
  !one.complete && !one.refused && before.entries.some((record) => record.photos.includes(one.uuid));

describe("a phone that goes to somebody else", () => {
  const metas = (before: Held): string[] =>
    forgettableAtParting(before).flatMap((op) => ("drop" in op && op.drop === "meta" ? [String(op.key)] : []));
  const personal = ["card", "duty", "lock", "pinned_scripts", "readiness", "talks"];

  it("forgets the card, the lock and what was kept beside visits, and keeps the key only for what is owed", () => {
    expect(metas(held({})).sort()).toEqual([...personal, "handover_key"].sort());
    expect(metas(held({ entries: [entry(1)] })).sort()).toEqual(personal);
  });
});

it("in 2,000 disks by lot erasing never touches anything unsent, asked about or written", () => {
  const lot = lots(7);
  for (let round = 0; round < 2_000; round += 1) {
    const before = anything(lot);
    const parting = lot() < 0.3;
    const open = new Set(["a", "b", "c"].filter(() => !parting && lot() < 0.4));
    const now = after(before, parting ? forgettableAtParting(before) : forgettable(before, open, NOW));
    const unsettled = before.entries.filter((one) => one.state === "waiting" || one.needs);
    expect(now.entries).toEqual(expect.arrayContaining(unsettled));
    expect(now.photos).toEqual(expect.arrayContaining(before.photos.filter((one) => isOwed(before, one))));
    expect(now.drafts).toEqual(expect.arrayContaining(before.drafts.filter((one) => one.touched)));
    for (const one of before.photos) {
      const wanted = unsettled.some((record) => record.photos.includes(one.uuid));
      if (wanted || open.has(one.assignment)) expect(now.photos).toContain(one);
    }
    expect(owes(now)).toBe(owes(before));
    if (!owes(before) && parting) expect(now).toMatchObject({ entries: [], drafts: [] });
  }
}, 30_000);
