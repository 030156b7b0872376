// The drawing of a check-in: how far it is and how sure that is are two numbers; no words stand on the home or the way.
import "../../support/setup";
import { expect, it } from "vitest";
import { HouseMap } from "../../../../static/phone/screens/check-in/house-map";
import { speak } from "../../../../static/shared/words/say";
import { markup } from "../../support/drawn";

const HOME = { lat: 33.5, lon: 115 };
const NORTH_M = 1 / 111_195; // degrees of latitude a metre
const here = (north: number, accuracy = 18) => ({ lat: HOME.lat + north * NORTH_M, lon: HOME.lon, accuracy, at: 0 });

function drawn(north: number | null, accuracy?: number): string {
  speak("en");
  const fix = north === null ? null : here(north, accuracy);
  return markup(<HouseMap home={HOME} here={fix} who="赵某" risk="high" />);
}

it("says the distance from the home and the accuracy, each by its name", () => {
  expect(drawn(-26)).toContain("you 25 m south of it, accurate to 18 m");
  expect(drawn(-26)).toContain(">accurate to 18 m<");
  expect(drawn(-26)).toMatch(/class="acc"/);
});

it("draws who is further away at the edge, with the distance and no circle", () => {
  expect(drawn(220)).toContain(">You · 220 m<");
  expect(drawn(220)).not.toMatch(/class="acc"|>accurate to/);
});

it("draws the home, its door and its ring without a position as well", () => {
  const alone = drawn(null);
  expect(alone).toContain('aria-label="North up, the home in the middle"');
  expect(alone).toContain(">door, 15 m<");
  expect(alone).not.toContain("You");
});

it("keeps the name of the home off the way to it", () => {
  const height = (words: string, of: string): number => Number(new RegExp(`y="([\\d.]+)"[^>]*>${words}`).exec(of)?.[1]);
  const middle = 122;
  expect(height("赵某", drawn(220))).toBeGreaterThan(middle);
  expect(height("赵某", drawn(-40))).toBeLessThan(middle);
});
