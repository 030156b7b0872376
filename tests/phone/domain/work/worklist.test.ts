// The worklist's rules: what search finds, what stands still under a finger, what counts as done, what can be undone.
import { describe, expect, it } from "vitest";
import type { Entry } from "../../../../static/phone/domain/outbox/entry";
import { doneToday, undoable } from "../../../../static/phone/domain/work/done";
import { bearingTo, spoken } from "../../../../static/phone/domain/work/place";
import { findViews, matches } from "../../../../static/phone/domain/work/search";
import { steady } from "../../../../static/phone/domain/work/steady";
import type { View } from "../../../../static/phone/domain/work/view";
import type { Assignment, WorkDocument } from "../../../../static/phone/domain/work/work";
import { lastMark } from "../../../../static/phone/parts/work/clock-voice";
import { dayOf } from "../../../../static/shared/words/format";

const NOON = Date.parse("2026-11-20T04:00:00Z");

function view(id: string, name = "赵小明", more: Partial<View> = {}): View {
  const assignment = {
    id,
    case: { number: "XC-7", risk: "high", scam_type: "investment", scam_name: "虚假网络投资理财" },
    resident: { name, short_name: `${name[0]}某` },
    place: { address: "村东头 3 号", divisions: ["周口市", "项城市", "范集镇", "范集村"], lat: 33.44, lon: 114.89 },
  } as unknown as Assignment;
  return { assignment, status: "assigned", group: "now", pending: 0, shown: false, due: null, ...more } as View;
}

function visit(assignment: string, more: Partial<Entry> = {}): Entry {
  return {
    seq: 1,
    uuid: `u-${assignment}`,
    device: "d",
    kind: "visit",
    assignment,
    happened_at: new Date(NOON).toISOString(),
    clock_offset_ms: 0,
    payload: { met: true, disposition: "dissuaded" },
    label: "赵某",
    photos: [],
    not_before: NOON + 8000,
    state: "waiting",
    receipt: null,
    answered_at: null,
    needs: false,
    ...more,
  };
}

type Ended = WorkDocument["done_today"][number];
const ENDED: Ended = {
  id: "a",
  case_number: "XC-7",
  short_name: "赵某",
  scam_name: "虚假贷款",
  risk: "high",
  ended_at: new Date(NOON - 3600_000).toISOString(),
  status: "cleared",
  disposition: "dissuaded",
  visit: "v",
  decides: true,
};

describe("search", () => {
  const found = (query: string): number => findViews([view("a"), view("b", "钱大")], query).length;

  it("finds by name, masked name, place, number and kind of fraud in either language", () => {
    expect(found("赵小明")).toBe(1);
    expect(found("赵某")).toBe(1);
    expect(found("范集")).toBe(2);
    expect(found("xc-7")).toBe(2);
    expect(found("投资")).toBe(2);
    expect(found("online invest")).toBe(2);
  });

  it("finds names as they are read, where that is known", () => {
    const read = (name: string): string => ({ 赵某: "Zhao Mou" })[name] ?? name;
    expect(findViews([view("a"), view("b", "钱大")], "zhao", read)).toHaveLength(1);
  });

  it("wants every word, and finds full-width letters like narrow ones", () => {
    expect(found("范集 赵")).toBe(1);
    expect(found("范集 孙")).toBe(0);
    expect(matches("ＸＣ－７", ["XC-7"])).toBe(true);
  });

  it("finds everything with nothing asked", () => {
    expect(found("  ")).toBe(2);
  });
});

describe("a list under a finger", () => {
  it("keeps its order and what has left, and shows new contents", () => {
    const held = [view("a"), view("b"), view("c")];
    const fresh = [view("c", "赵", { status: "en_route" }), view("x"), view("a")];
    const still = steady(held, fresh);
    expect(still.map((one) => one.assignment.id)).toEqual(["a", "b", "c"]);
    expect(still[2]?.status).toBe("en_route");
  });

  it("keeps a row in its group until the hand is off", () => {
    const still = steady([view("a", "赵", { group: "today" })], [view("a", "赵", { group: "now" })]);
    expect(still[0]?.group).toBe("today");
  });
});

describe("done today", () => {
  const day = dayOf(NOON);

  it("adds this phone's records that the server does not list yet", () => {
    const rows = doneToday([ENDED], [visit("b")], day, dayOf);
    expect(rows.map((row) => [row.assignment, row.waiting])).toEqual([
      ["b", true],
      ["a", false],
    ]);
  });

  it("never counts one twice, nor a refused or an older one", () => {
    const refused = { uuid: "u", verdict: "refused" } as Entry["receipt"];
    const yesterday = new Date(NOON - 86_400_000).toISOString();
    const entries = [visit("a"), visit("c", { receipt: refused }), visit("d", { happened_at: yesterday })];
    expect(doneToday([ENDED], entries, day, dayOf)).toHaveLength(1);
  });

  it("offers a correction only where there is a record of one's own", () => {
    expect(doneToday([{ ...ENDED, visit: null, status: "recalled" }], [], day, dayOf)[0]?.mine).toBe(false);
    expect(doneToday([ENDED], [], day, dayOf)[0]?.mine).toBe(true);
  });
});

describe("undo", () => {
  it("is offered for the newest record while its time has not come", () => {
    const entries = [visit("a"), visit("b", { seq: 2 })];
    expect(undoable(entries, NOON)?.assignment).toBe("b");
    expect(undoable(entries, NOON + 8000)).toBeNull();
    expect(undoable([visit("a", { state: "answered" })], NOON)).toBeNull();
  });
});

it("says how far only where both ends are known", () => {
  const { place } = view("a").assignment;
  expect(bearingTo(place, null)).toBeNull();
  expect(bearingTo({ ...place, lat: null }, { lat: 33, lon: 114 })).toBeNull();
  expect(Math.round(bearingTo(place, { lat: 33.44, lon: 114.88 })?.degrees ?? 0)).toBe(90);
});

it("names villages as people say them", () => {
  const offices = [
    "范集村民委员会",
    "党庄村村民委员会",
    "光明社区居民委员会",
    "东方居委会",
    "花园街道办事处",
    "范集镇",
  ];
  expect(offices.map(spoken)).toEqual(["范集村", "党庄村", "光明社区", "东方社区", "花园街道", "范集镇"]);
});

it("tells a screen reader at ten, five and one minute and when time is up", () => {
  expect([11, 10, 6, 5, 2, 1, 0.5].map((minutes) => lastMark(minutes * 60_000))).toEqual([null, 10, 10, 5, 5, 1, 1]);
  expect(lastMark(-1)).toBe(0);
});
