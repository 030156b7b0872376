// A place in words: short, and nothing of it twice; about how long the way takes.
import { describe, expect, it } from "vitest";
import { minutesTo, type Place, street, townAndVillage } from "../../../../static/phone/domain/work/place";

const place = (address: string | null, divisions: string[] = ["周口市", "项城市", "范集镇", "范集村民委员会"]): Place =>
  ({ address, divisions, lat: null, lon: null, outline: null, safety_note: "" }) as Place;

describe("what the address adds", () => {
  it.each([
    ["示范路1号", "示范路1号"],
    ["河南省周口市项城市范集镇范集村示范路1号", "示范路1号"],
    ["范集镇范集村民委员会 3组", "3组"],
    ["项城市范集镇大街9号", "大街9号"],
    ["范集镇范集村", ""],
    [null, ""],
  ])("is what town and village do not say: %s", (address, said) => {
    expect(street(place(address))).toBe(said);
  });

  it.each([
    ["王村路12号", "王村路12号"],
    ["西华县王村路12号", "王村路12号"],
    ["王村东路12号", "王村东路12号"],
    ["王村二街12号", "王村二街12号"],
    ["王村大道12号", "王村大道12号"],
    ["王村东3组", "东3组"],
    ["王村 路东3组", "路东3组"],
  ])("keeps a road whole that is called after the village: %s", (address, said) => {
    expect(street(place(address, ["西华县", "王村"]))).toBe(said);
  });

  it("cuts no road in the middle", () => {
    expect(street(place("村东村路5号", ["西华县", "东村"]))).toBe("村东村路5号");
  });

  it("is nothing where the address stands for the village already", () => {
    const alone = place("示范路1号", []);
    expect([townAndVillage(alone), street(alone)]).toEqual(["示范路1号", ""]);
  });
});

it("a way takes about as long as the dispatch reckons", () => {
  expect([60, 499, 2_300, 12_400].map(minutesTo)).toEqual([1, 1, 5, 25]);
});
