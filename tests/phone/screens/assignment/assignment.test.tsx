// The card of a visit: where, how far and how long, the call before the reasons, nothing of the address twice.
import "../../support/setup";
import { beforeEach, expect, it } from "vitest";
import { fix, offset, ticking, work } from "../../../../static/phone/data/disk/store";
import { Assignment } from "../../../../static/phone/screens/assignment/assignment";
import { speak } from "../../../../static/shared/words/say";
import { markup, saidIn } from "../../support/drawn";
import { work as document, viewed } from "../../support/made";

const place = {
  address: "范集镇范集村示范路1号",
  divisions: ["范集镇", "范集村民委员会"],
  lat: 33.3,
  lon: 115.1,
  outline: null,
  safety_note: "",
};
const about = { already_transferred: "10000", reasons: [{ code: "repeat", text: "Two earlier warnings" }] };
const history = { warnings: 0, visits: [] };
const contacts = [{ name: "张小某", relation: "女儿", phone: "10000000092" }];
const card = (): string => saidIn("en", () => <Assignment id="a" />);

beforeEach(() => {
  ticking.value = Date.UTC(2026, 10, 20, 6);
  offset.value = 0;
  fix.value = { lat: 33.2855, lon: 115.083, accuracy: 9, at: Date.UTC(2026, 10, 20, 6) };
  const { assignment } = viewed({ status: "acknowledged", place, history, contacts }, about);
  work.value = { ...document(1), assignments: [assignment] };
});

it("says what comes first before what explains it: clock, place, money, call, reasons, family", () => {
  const said = card();
  const order = [
    "20:00 left to call them, by 14:20",
    "Navigate",
    "¥10,000",
    "Call 张某",
    "Two earlier warnings",
    "Daughter",
  ];
  const places = order.map((words) => said.indexOf(words));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

it("says how far it is and about how long that takes, and the street without the village", () => {
  const said = card();
  expect(said).toMatch(/范集镇 范集村 示范路1号 Navigate 2\.3\skm · NE · about\s5\smin/);
  expect(said).not.toContain("Position just now");
});

it("doubts a position that is coarse or old", () => {
  fix.value = { lat: 33.2855, lon: 115.083, accuracy: 150, at: Date.UTC(2026, 10, 20, 6) };
  expect(card()).toContain("Position just now");
  fix.value = { lat: 33.2855, lon: 115.083, accuracy: 9, at: Date.UTC(2026, 10, 20, 5, 57) };
  expect(card()).toMatch(/Position 3\smin ago/);
});

it("calls each by what they are called, once", () => {
  const mate = { name: "王警官", role: "officer", part: "companion", status: "acknowledged", phone: "10000000093" };
  const unnamed = { name: "张乙", relation: "", phone: "10000000094" };
  const { assignment } = viewed({ place, history, contacts: [...contacts, unnamed], team: [mate] }, about);
  work.value = { ...document(1), assignments: [assignment] };
  const labels = (language: "zh-hans" | "en"): string[] => {
    speak(language);
    return [...markup(<Assignment id="a" />).matchAll(/href="tel:[^>]*aria-label="([^"]*)"/g)].map(
      ([, label = ""]) => label,
    );
  };
  expect(labels("zh-hans")).toEqual(["拨打 张某", "拨打 女儿", "拨打 家属", "拨打 王警官"]);
  expect(labels("en")).toEqual(["Call 张某", "Call Daughter", "Call Family", "Call 王警官"]);
});
