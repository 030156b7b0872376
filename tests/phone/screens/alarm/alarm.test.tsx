// What the alarm says: a short place, once; the direction spelled out; of the deadline only the time in bold.
import "../../support/setup";
import { beforeEach, expect, it } from "vitest";
import { fix, offset, ticking } from "../../../../static/phone/data/disk/store";
import { Alarm } from "../../../../static/phone/screens/alarm/alarm";
import { speak } from "../../../../static/shared/words/say";
import { markup, said } from "../../support/drawn";
import { viewed } from "../../support/made";

const place = {
  address: "项城市范集镇范集村示范路1号",
  divisions: ["周口市", "项城市", "范集镇", "范集村民委员会"],
  lat: 33.3,
  lon: 115.1,
  outline: null,
  safety_note: "",
};
const alarm = () => <Alarm view={viewed({ place })} />;

beforeEach(() => {
  ticking.value = Date.UTC(2026, 10, 20, 6);
  offset.value = 0;
  fix.value = { lat: 33.2855, lon: 115.083, accuracy: 9, at: 0 };
});

it("names town and village, and the street to nobody who has not taken it yet", () => {
  const [zh] = said(alarm);
  expect(zh).toContain("张某 范集镇 范集村 ");
  expect(zh.match(/范集村/g)).toHaveLength(1);
  expect(zh).not.toContain("示范路");
});

it("spells the direction out", () => {
  const [zh, en] = said(alarm);
  expect(zh).toMatch(/2\.3\s公里 东北/);
  expect(en).toMatch(/2\.3\skm north-east/);
});

it("has only the time of the deadline in bold", () => {
  const by = () => /<p class="alarm__by">(.*?)<\/p>/.exec(markup(alarm()))?.[1];
  expect(said(alarm).map((words) => words.includes("14:10"))).toEqual([true, true]);
  expect(by()).toMatch(/^<span>[A-Z][a-z ]+<b>14:10<\/b><\/span>$/);
  speak("zh-hans");
  expect(by()).toBe("<span>请在 <b>14:10</b> 前签收</span>");
});
