// The ground around a home at the scale of the house: where an officer stands on it, or at which edge of it.
import { bearing, distance, type Point } from "../../../shared/lib/geo";

export const GROUND = { east: 70, north: 52 }; // metres from the home to the edges: the ring of the house and a margin

export interface Spot {
  east: number; // metres from the home
  north: number;
  within: boolean; // false: it stands at the edge, in the direction of who is further away
}

/** Where `here` is on the ground around `home`; `margin` metres keep a mark at the edge whole. */
export function spotAround(home: Point, here: Point, margin: number): Spot {
  const metres = distance(home, here);
  const turn = (bearing(home, here) * Math.PI) / 180;
  const [east, north] = [metres * Math.sin(turn), metres * Math.cos(turn)];
  const over = Math.max(Math.abs(east) / (GROUND.east - margin), Math.abs(north) / (GROUND.north - margin));
  const within = over <= 1;
  return within ? { east, north, within } : { east: east / over, north: north / over, within };
}
