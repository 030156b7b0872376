// Why this officer: one reckoning of the distance on the page, from the officer, that goes on.
import "../../support/setup";
import { beforeEach, expect, it } from "vitest";
import { fix, ticking, work } from "../../../../static/phone/data/disk/store";
import { Before, Resident, Why } from "../../../../static/phone/screens/assignment/why";
import { said } from "../../support/drawn";
import { work as document, viewed } from "../../support/made";

const reasons = [
  { code: "own_station", text: "From the local station" },
  { code: "near", text: "1.1 km south-west, 1 s ago", params: { km: "1.1", bearing: "SW", seconds: 1 } },
  { code: "position_stale", text: "Position is 12 min old", params: { seconds: 720 } },
  { code: "silent", text: "Phone silent for 16 min", params: { seconds: 960 } },
];
const place = { address: "示范路1号", divisions: ["范集镇", "范集村"], lat: 33.3, lon: 115.1, outline: null };
const you = () =>
  said(() => <Why view={viewed({ reasons, place })} />).map((words) => words.split(/为什么派给你|Why you/)[1]);

beforeEach(() => {
  fix.value = null;
});

it("tells how far it is from where the officer is now", () => {
  fix.value = { lat: 33.293, lon: 115.0916, accuracy: 9, at: 0 };
  expect(you()).toEqual([" From the local station 离你 1.1 公里 东北", " From the local station 1.1 km NE of you"]);
  fix.value = { lat: 33.2, lon: 115.1, accuracy: 9, at: 0 };
  expect(you()[1]).toContain("11 km N of you");
});

it("tells without a position how far it was then, with no age that stands still", () => {
  expect(you()).toEqual([
    " From the local station 派单时相距 1.1 公里",
    " From the local station 1.1 km away when it was given",
  ]);
});

it("says a dialect in English with its own name behind", () => {
  const dialect = { code: "speaks_dialect", text: "Speaks the dialect: 周口话", params: { dialect: "周口话" } };
  const view = viewed({ reasons: [dialect], resident: { short_name: "张某", dialect: "周口话", birth_year: null } });
  work.value = { ...document(1), readings: { 周口话: "Zhoukou dialect" } };
  expect(said(() => <Why view={view} />).map((words) => words.split(/为什么派给你|Why you/)[1])).toEqual([
    " 会说周口话",
    " Speaks Zhoukou dialect 周口话",
  ]);
  expect(said(() => <Resident view={view} />)).toEqual(["当事人 说周口话", "Resident Speaks Zhoukou dialect 周口话"]);
  work.value = null;
  expect(said(() => <Resident view={view} />)[1]).toBe("Resident Speaks 周口话");
});

it("says when somebody was here, and a single warning as one", () => {
  ticking.value = Date.parse("2026-11-20T06:00:00Z");
  const visit = { at: "2026-11-06T06:00:00Z", disposition: "dissuaded", met: true, scam_type: "loan", by: "林警官" };
  const view = viewed({ history: { visits: [visit], warnings: 1 } });
  expect(said(() => <Before view={view} />)).toEqual([
    "以前 预警 1 次 · 上门 1 次 劝住了 11 月 6 日 · 见到 · 虚假贷款 · 林警官",
    "Before 1 warning · 1 visit Dissuaded 6 Nov · Met · Fake loan · 林警官",
  ]);
});
