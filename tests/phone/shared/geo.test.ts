// Places: the numbers of gcoord 1.0.7 for Zhoukou, where a mixed-up datum is off by more than half a kilometre.
import { describe, expect, it } from "vitest";
import { bearing, distance, toDatum, WINDS, wind } from "../../../static/shared/lib/geo";

const LIN = { lat: 33.466, lon: 114.875 };
// WGS-84, GCJ-02, BD-09 as longitude and latitude.
const KNOWN = [
  [
    [114.875, 33.466],
    [114.88032410849509, 33.46425691191137],
    [114.88686167720483, 33.47007544535634],
  ],
  [
    [114.6419, 33.6204],
    [114.64725986989266, 33.61874084064707],
    [114.65385505829336, 33.624475305017846],
  ],
  [
    [115.65, 33.4],
    [115.65539892576892, 33.39827118627246],
    [115.6618884185947, 33.40437300450164],
  ],
  [
    [114.02, 34.08],
    [114.02598441154069, 34.07865334787308],
    [114.03246172381377, 34.084724339471094],
  ],
  [
    [115.05, 33.06],
    [115.05567994795871, 33.058307766402336],
    [115.0621525869914, 33.06440940171467],
  ],
  [
    [116.404, 39.915],
    [116.41024449916938, 39.91640428150164],
    [116.41662724378733, 39.922699552216216],
  ],
] as const;

describe("another map's datum", () => {
  it.each(KNOWN)("is reached from %j as gcoord reaches it", (wgs, gcj, bd) => {
    const point = { lon: wgs[0], lat: wgs[1] };
    const shifted = toDatum(point, "gcj02");
    expect(shifted.lon).toBeCloseTo(gcj[0], 9);
    expect(shifted.lat).toBeCloseTo(gcj[1], 9);
    expect(toDatum(point, "bd09").lon).toBeCloseTo(bd[0], 9);
    expect(toDatum(point, "bd09").lat).toBeCloseTo(bd[1], 9);
  });

  it("lies 510 to 590 m off all over Zhoukou, so that mixing them up is never small", () => {
    const off = [];
    for (let lat = 33.05; lat <= 34.1; lat += 0.05) {
      for (let lon = 114.05; lon <= 115.65; lon += 0.05)
        off.push(distance({ lat, lon }, toDatum({ lat, lon }, "gcj02")));
    }
    expect(Math.min(...off)).toBeGreaterThan(510);
    expect(Math.max(...off)).toBeLessThan(590);
  });

  it("is the same as ours outside China, and for a map that uses ours", () => {
    const paris = { lat: 48.85, lon: 2.35 };
    expect(toDatum(paris, "gcj02")).toEqual(paris);
    expect(toDatum(LIN, "wgs84")).toEqual(LIN);
  });
});

describe("on the ground", () => {
  it("a degree of latitude is as long as the server says, within 0.6 per cent", () => {
    const metres = distance({ lat: 33, lon: 114 }, { lat: 34, lon: 114 });
    expect(Math.abs(metres - 110_912) / 110_912).toBeLessThan(0.006);
    expect(distance(LIN, LIN)).toBe(0);
  });

  it("survives the far side of the earth", () => {
    expect(distance({ lat: 2.5, lon: 162.9 }, { lat: -2.5, lon: -17.1 })).toBeCloseTo(20_015_115, -2);
  });

  it("the winds are those that the server names", () => {
    const ways = [
      [1, 0],
      [1, 1],
      [0, 1],
      [-1, 1],
      [-1, 0],
      [-1, -1],
      [0, -1],
      [1, -1],
    ] as const;
    const named = ways.map(([north, east]) =>
      wind(bearing(LIN, { lat: LIN.lat + north / 100, lon: LIN.lon + east / 100 })),
    );
    expect(named).toEqual(WINDS);
    expect(wind(359.9)).toBe("N");
  });
});
