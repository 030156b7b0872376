// Where an officer stands on the ground around a home, in metres; at its edge where they are further away.
import { describe, expect, it } from "vitest";
import { GROUND, spotAround } from "../../../../static/phone/domain/visit/around-home";

const HOME = { lat: 33.5, lon: 115 };
const METRES_A_DEGREE = 111_195;
const squeeze = Math.cos((HOME.lat * Math.PI) / 180);

function at(east: number, north: number) {
  return { lat: HOME.lat + north / METRES_A_DEGREE, lon: HOME.lon + east / (METRES_A_DEGREE * squeeze) };
}

describe("on the ground around a home", () => {
  it.each([
    [0, 0],
    [-18, -19],
    [30, -40],
    [-49, 5],
  ])("%i m east and %i m north is there", (east, north) => {
    const spot = spotAround(HOME, at(east, north), 6);
    expect([spot.east, spot.north].map(Math.round)).toEqual([east, north].map((metres) => metres + 0));
    expect(spot.within).toBe(true);
  });

  it.each([
    [1_000, 0, GROUND.east - 6, 0],
    [0, -300, 0, -(GROUND.north - 6)],
    [-500, 500, -(GROUND.north - 6), GROUND.north - 6],
  ])("%i m east and %i m north stands at the edge, in its direction", (east, north, x, y) => {
    const spot = spotAround(HOME, at(east, north), 6);
    expect(spot.east).toBeCloseTo(x, 0);
    expect(spot.north).toBeCloseTo(y, 0);
    expect(spot.within).toBe(false);
  });
});
