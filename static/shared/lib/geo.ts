// Positions: WGS-84 everywhere in the app; converted to other datums only for the officer's own map app.

export interface Point {
  lat: number;
  lon: number;
}

const RADIUS_M = 6_371_008.8;
const rad = (degrees: number): number => (degrees * Math.PI) / 180;

/** Metres between two points on the sphere; within 0.6 % of the geodesic, enough to say how far it is. */
export function distance(a: Point, b: Point): number {
  const half = Math.sin(rad(b.lat - a.lat) / 2) ** 2;
  const side = Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2;
  return 2 * RADIUS_M * Math.asin(Math.min(1, Math.sqrt(half + side)));
}

/** Degrees clockwise from north in which `b` lies, seen from `a`. */
export function bearing(a: Point, b: Point): number {
  const east = Math.sin(rad(b.lon - a.lon)) * Math.cos(rad(b.lat));
  const north =
    Math.cos(rad(a.lat)) * Math.sin(rad(b.lat)) -
    Math.sin(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.cos(rad(b.lon - a.lon));
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}

export const WINDS = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"] as const;
export type Wind = (typeof WINDS)[number];

/** The nearest of eight winds to some degrees. */
export function wind(degrees: number): Wind {
  return WINDS[Math.round(degrees / 45) % 8] ?? "N";
}

export type Datum = "wgs84" | "gcj02" | "bd09";

const AXIS = 6_378_245.0; // Krasovsky 1940, on which GCJ-02 is drawn
const ECCENTRICITY = 0.006693421622965943;

/** A WGS-84 point in another datum. Outside China GCJ-02 is WGS-84. */
export function toDatum(point: Point, datum: Datum): Point {
  if (datum === "wgs84" || !inChina(point)) return point;
  const shifted = toGcj(point);
  return datum === "gcj02" ? shifted : toBd(shifted);
}

function inChina({ lat, lon }: Point): boolean {
  return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
}

function waves(x: number): number {
  return ((20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2) / 3;
}

function toGcj({ lat, lon }: Point): Point {
  const x = lon - 105;
  const y = lat - 35;
  const root = Math.sqrt(Math.abs(x));
  let north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves(x);
  north += ((20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * 2) / 3;
  north += ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * 2) / 3;
  let east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves(x);
  east += ((20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * 2) / 3;
  east += ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3;
  const magic = 1 - ECCENTRICITY * Math.sin(rad(lat)) ** 2;
  const meridian = (AXIS * (1 - ECCENTRICITY)) / (magic * Math.sqrt(magic));
  const parallel = (AXIS / Math.sqrt(magic)) * Math.cos(rad(lat));
  return { lat: lat + (north / meridian) * (180 / Math.PI), lon: lon + (east / parallel) * (180 / Math.PI) };
}

function toBd({ lat, lon }: Point): Point {
  const turn = (Math.PI * 3000) / 180;
  const z = Math.hypot(lon, lat) + 0.00002 * Math.sin(lat * turn);
  const angle = Math.atan2(lat, lon) + 0.000003 * Math.cos(lon * turn);
  return { lat: z * Math.sin(angle) + 0.006, lon: z * Math.cos(angle) + 0.0065 };
}
