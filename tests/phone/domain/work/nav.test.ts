// Links into map apps: the right scheme on each phone, the datum that the app reads, and nobody's name.
import { describe, expect, it } from "vitest";
import { isWeb, NAV_APPS, navApps, navLink, platformOf } from "../../../../static/phone/domain/work/nav";
import { distance, toDatum } from "../../../../static/shared/lib/geo";

const HOME = { lat: 33.4402, lon: 114.8903 }; // Xiangcheng, WGS-84
const NAME = "范集村";

function pointIn(link: string, lonFirst = false): { lat: number; lon: number } {
  const numbers =
    decodeURIComponent(link)
      .match(/\d{2,3}\.\d{6}/g)
      ?.map(Number) ?? [];
  const [a = 0, b = 0] = numbers;
  return lonFirst ? { lat: b, lon: a } : { lat: a, lon: b };
}

describe("a link into a map app", () => {
  it("gives AMap and Tencent GCJ-02, half a kilometre from where WGS-84 would lead", () => {
    for (const app of ["amap", "tencent", "apple"] as const) {
      const to = pointIn(navLink(app, "ios", HOME, NAME));
      expect(distance(to, toDatum(HOME, "gcj02"))).toBeLessThan(0.5);
      expect(distance(to, HOME)).toBeGreaterThan(400);
    }
  });

  it("gives Baidu BD-09 and says so", () => {
    for (const platform of ["android", "ios", "other"] as const) {
      const link = navLink("baidu", platform, HOME, NAME);
      expect(distance(pointIn(link), toDatum(HOME, "bd09"))).toBeLessThan(0.5);
      expect(link).toContain("coord_type=bd09ll");
    }
  });

  it("gives Google and geo: the point as it is", () => {
    for (const app of ["google", "geo"] as const) {
      expect(distance(pointIn(navLink(app, "android", HOME, NAME)), HOME)).toBeLessThan(0.5);
    }
  });

  it("puts longitude first where AMap's page wants it", () => {
    const link = navLink("amap", "other", HOME, NAME);
    expect(distance(pointIn(link, true), toDatum(HOME, "gcj02"))).toBeLessThan(0.5);
    expect(link).toContain("coordinate=gaode");
  });

  it("opens the app on a phone and a page elsewhere", () => {
    expect(navLink("amap", "android", HOME, NAME)).toMatch(/^androidamap:/);
    expect(navLink("amap", "ios", HOME, NAME)).toMatch(/^iosamap:/);
    for (const app of NAV_APPS) if (app !== "geo") expect(isWeb(navLink(app, "other", HOME, NAME))).toBe(true);
  });

  it("says the place with its letters escaped", () => {
    for (const app of ["amap", "baidu", "tencent", "geo"] as const) {
      expect(navLink(app, "android", HOME, NAME)).toContain(encodeURIComponent(NAME));
      expect(navLink(app, "android", HOME, "a&b")).not.toContain("a&b");
    }
  });
});

describe("the choice of apps", () => {
  it("has Apple's map on no Android and geo: only there", () => {
    expect(navApps("android", null)).not.toContain("apple");
    expect(navApps("ios", null)).not.toContain("geo");
  });

  it("puts the last one first, if this phone offers it", () => {
    expect(navApps("android", "tencent")[0]).toBe("tencent");
    expect(navApps("ios", "geo")[0]).toBe("amap");
  });

  it("knows phones by their browser, iPads in disguise too", () => {
    expect(platformOf("Mozilla/5.0 (Linux; Android 12)")).toBe("android");
    expect(platformOf("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X)")).toBe("ios");
    expect(platformOf("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15)", 5)).toBe("ios");
    expect(platformOf("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15)", 0)).toBe("other");
  });
});
