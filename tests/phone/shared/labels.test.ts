// Labels of the sketch stand clear of marks and of each other.
import { expect, it } from "vitest";
import { apart, around, beside, clearest, type Spot, widthOf } from "../../../static/shared/lib/labels";

const BOX = { width: 328, height: 148 };
const SIZE = { width: 120, height: 16 };

function spots(x: number, y: number): [Spot, ...Spot[]] {
  return beside(around({ x, y }, 10), SIZE, BOX, ["right", "left", "above", "below"]) as [Spot, ...Spot[]];
}

it("the first clear place is taken, and the words end at the mark on its left", () => {
  expect(clearest(spots(100, 70), [], BOX)).toMatchObject({ x: 114, end: false });
  expect(clearest(spots(300, 70), [], BOX)).toMatchObject({ x: 166, end: true });
});

it("what is taken is left alone, also by what moves inside from the edge", () => {
  const north = { x: 296, y: 0, width: 32, height: 46 };
  const spot = clearest(spots(270, 30), [north, around({ x: 190, y: 30 }, 20)], BOX);
  expect(spot.y).toBeGreaterThanOrEqual(40);
  expect(spot.x + spot.width).toBeLessThanOrEqual(BOX.width);
});

it("where nothing is clear it covers least", () => {
  const all = [{ x: 0, y: 0, width: 328, height: 90 }];
  expect(clearest(spots(164, 70), all, BOX)).toMatchObject({ y: 80 });
});

it("two marks on one point are drawn apart, others where they are", () => {
  expect(apart({ x: 9, y: 50 }, { x: 9, y: 50 }, 26)).toEqual([
    { x: 9, y: 37 },
    { x: 9, y: 63 },
  ]);
  expect(apart({ x: 0, y: 0 }, { x: 30, y: 0 }, 26)).toEqual([
    { x: 0, y: 0 },
    { x: 30, y: 0 },
  ]);
  expect(widthOf("你 a")).toBe(13 + 15);
});
