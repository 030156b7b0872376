// The sketch of the way: what is near stays in the box, north is up, and its scale is true.
import { describe, expect, it } from "vitest";
import { distance, type Point } from "../../../static/shared/lib/geo";
import { plan, roundLength } from "../../../static/shared/lib/plan";

const BOX = { width: 328, height: 148, pad: 30 };
const HOME = { lat: 33.45, lon: 114.9 };
const ME = { lat: 33.436, lon: 114.882 };

describe("a plan", () => {
  it("keeps every point inside the margins", () => {
    const drawn = plan([ME, HOME], BOX);
    for (const { x, y } of [drawn.at(ME), drawn.at(HOME)]) {
      expect(x).toBeGreaterThanOrEqual(BOX.pad - 0.01);
      expect(x).toBeLessThanOrEqual(BOX.width - BOX.pad + 0.01);
      expect(y).toBeGreaterThanOrEqual(BOX.pad - 0.01);
      expect(y).toBeLessThanOrEqual(BOX.height - BOX.pad + 0.01);
    }
  });

  it("draws north up and east right", () => {
    const drawn = plan([ME, HOME], BOX);
    expect(drawn.at(HOME).x).toBeGreaterThan(drawn.at(ME).x);
    expect(drawn.at(HOME).y).toBeLessThan(drawn.at(ME).y);
  });

  it("is true to scale within one per cent", () => {
    const drawn = plan([ME, HOME], BOX);
    const [a, b] = [drawn.at(ME), drawn.at(HOME)];
    const drawnMetres = Math.hypot(a.x - b.x, a.y - b.y) / drawn.perMetre;
    expect(Math.abs(drawnMetres / distance(ME, HOME) - 1)).toBeLessThan(0.01);
  });

  it("puts a lone home in the middle and shows some ground around it", () => {
    const drawn = plan([HOME], BOX);
    expect(drawn.at(HOME)).toEqual({ x: 164, y: 74 });
    expect(drawn.perMetre * 160).toBeLessThanOrEqual(BOX.height);
  });

  it("does not blow up two points that are one", () => {
    const drawn = plan([HOME, { ...HOME }], BOX);
    expect(Number.isFinite(drawn.perMetre)).toBe(true);
  });

  it("has a scale bar of a round length that fits", () => {
    for (const span of [0.0001, 0.002, 0.01, 0.1, 3]) {
      const other: Point = { lat: HOME.lat + span, lon: HOME.lon + span };
      const { bar } = plan([HOME, other], BOX);
      expect(String(bar.metres)).toMatch(/^[125]0*$/);
      expect(bar.length).toBeLessThanOrEqual(BOX.width * 0.28);
      expect(bar.length).toBeGreaterThan(BOX.width * 0.1);
    }
  });
});

it("rounds lengths down to 1, 2, 5 and their tens", () => {
  expect([1, 1.9, 4, 7, 10, 49, 50, 999].map(roundLength)).toEqual([1, 1, 2, 5, 10, 20, 50, 500]);
});
