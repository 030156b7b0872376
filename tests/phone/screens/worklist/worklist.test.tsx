// The worklist: its groups by day, what their headings count, and the one main act with whose house it leads to.
import "../../support/setup";
import { beforeEach, expect, it } from "vitest";
import { offset, ticking, work } from "../../../../static/phone/data/disk/store";
import type { WorkDocument } from "../../../../static/phone/domain/work/work";
import { Worklist } from "../../../../static/phone/screens/worklist/worklist";
import { said } from "../../support/drawn";
import { work as document, viewed } from "../../support/made";

const low = { risk: "low" };
const clocks = (day: number) => {
  const by = `2026-11-${day}T09:00:00Z`;
  return { acknowledge_by: by, contact_by: by, arrive_by: by, record_by: by };
};
const ended = (id: string, status: string) => ({
  ...{
    id,
    status,
    case_number: "1",
    short_name: "李某",
    scam_name: "投资理财",
    risk: "low",
    visit: null,
    decides: false,
  },
  ...{ ended_at: "2026-11-20T05:00:00Z", disposition: null },
});
const given = [
  viewed({ id: "today", clocks: clocks(20), status: "acknowledged" }, low),
  viewed({ id: "tomorrow", clocks: clocks(21) }, low),
  viewed({ id: "again", clocks: clocks(20), purpose: "follow_up" }, low),
];
const screen = () => said(() => <Worklist />);

beforeEach(() => {
  ticking.value = Date.UTC(2026, 10, 20, 6);
  offset.value = 0;
  const done_today = [ended("x", "cleared"), ended("y", "cleared"), ended("z", "recalled")];
  work.value = { ...document(1), assignments: given.map((view) => view.assignment), done_today } as WorkDocument;
});

it("has first visits of a later day in a group of their own, and counts what is to do and what is done", () => {
  const [zh, en] = screen();
  expect(zh).toMatch(/今天 待办 1 · 办完 2 .*回访 1 .*以后 1 .*今天已结束 3 /);
  expect(en).toMatch(/Today 1 to do · 2 done .*Follow-up 1 .*Later 1 .*Ended today 3 /);
});

it("leads to somebody's house", () => {
  const [zh, en] = screen();
  expect(zh).toContain("出发，去张某家");
  expect(en).toMatch(/Set out to (张某|Zhang Mou)/);
});
