// How names are read stands beside them where English is spoken, and nowhere else.
import { beforeEach, expect, it } from "vitest";
import type { Place } from "../../../../static/phone/domain/work/place";
import { work } from "../../support/made";
import { offlinePhone, type Tab } from "../../support/tab";

const READINGS = { 赵某: "Zhao Mou", 范集镇: "Fanji Town", 范集村民委员会: "Fanji Village" };
const place = (...divisions: string[]): Place => ({ address: "示范路12号", divisions }) as unknown as Place;
const FANJI = place("项城市", "范集镇", "范集村民委员会");
let tab: Tab;
let names: typeof import("../../../../static/phone/data/work/readings");
let say: typeof import("../../../../static/shared/words/say");

beforeEach(async () => {
  ({ tab } = await offlinePhone());
  names = await import("../../../../static/phone/data/work/readings");
  say = await import("../../../../static/shared/words/say");
  tab.store.work.value = work(1, [], { readings: READINGS });
});

it("is said in English, by the name as it is written or as people say it", () => {
  say.language.value = "en";
  expect(names.readingOf("赵某")).toBe("Zhao Mou");
  expect(names.readingOf("范集村民委员会")).toBe("Fanji Village");
  expect(names.readingOf("范集村")).toBe("Fanji Village");
  expect(names.called("赵某")).toBe("Zhao Mou");
  expect(names.writtenOut("赵某")).toBe("赵某 Zhao Mou");
  expect(names.groundCalled(FANJI)).toBe("Fanji Town, Fanji Village");
});

it("leaves a name as it is that nobody has told the reading of", () => {
  say.language.value = "en";
  expect(names.readingOf("钱某")).toBeUndefined();
  expect([names.called("钱某"), names.writtenOut("钱某")]).toEqual(["钱某", "钱某"]);
  expect(names.groundCalled(place("范集镇", "无名村"))).toBe("范集镇 无名村");
  expect(names.groundCalled(place())).toBe("示范路12号");
  tab.store.work.value = work(2, []); // as a phone kept it before there were any
  expect(names.called("赵某")).toBe("赵某");
});

it("is not said in Chinese", () => {
  say.language.value = "zh-hans";
  expect(names.readingOf("赵某")).toBeUndefined();
  expect(names.called("赵某")).toBe("赵某");
  expect(names.groundCalled(FANJI)).toBe("范集镇 范集村");
});
