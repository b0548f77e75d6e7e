// What is drawn by hand: its GeoJSON and its size. Pure: no map, no page.

export type Shape = "point" | "line" | "area";
export type Spot = readonly [lon: number, lat: number];

/** The bounds of what may be drawn (src/modules/proposals/place.rs). */
export interface Limits {
  lineMetres: number;
  areaSquareMetres: number;
  corners: number;
}

/** Metres, mean radius of the Earth (IUGG): the server measures on the ellipsoid, at most 0.6 % apart. */
const RADIUS = 6_371_008.8;

const rad = (degrees: number) => (degrees * Math.PI) / 180;
const rounded = (spot: Spot): Spot => [Number(spot[0].toFixed(6)), Number(spot[1].toFixed(6))];

/** Metres between two places, along a great circle. */
export function metresBetween(a: Spot, b: Spot): number {
  const [dLat, dLon] = [rad(b[1] - a[1]), rad(b[0] - a[0])];
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(rad(a[1])) * Math.cos(rad(b[1])) * Math.sin(dLon / 2) ** 2;
  return 2 * RADIUS * Math.asin(Math.sqrt(h));
}

/** Metres along a line. */
export function lineMetres(spots: readonly Spot[]): number {
  return spots.slice(1).reduce((sum, spot, at) => sum + metresBetween(spots[at] ?? spot, spot), 0);
}

/** Square metres within a ring that need not be closed (spherical excess, Chamberlain and Duquette 2007). */
export function squareMetres(spots: readonly Spot[]): number {
  const sum = spots.reduce((total, a, at) => {
    const b = spots[(at + 1) % spots.length] ?? a;
    return total + rad(b[0] - a[0]) * (2 + Math.sin(rad(a[1])) + Math.sin(rad(b[1])));
  }, 0);
  return Math.abs((sum * RADIUS * RADIUS) / 2);
}

export type Drawn =
  | { type: "LineString"; coordinates: number[][] }
  | { type: "Polygon"; coordinates: number[][][] };

/** The GeoJSON geometry of a line or an area, once it has enough corners. */
export function geometryOf(shape: Shape, spots: readonly Spot[]): Drawn | undefined {
  const all = spots.map((spot) => [...rounded(spot)]);
  const [first] = all;
  if (shape === "line" && all.length >= 2) return { type: "LineString", coordinates: all };
  if (shape === "area" && first && all.length >= 3) return { type: "Polygon", coordinates: [[...all, first]] };
  return undefined;
}

/** The shape and corners of a GeoJSON geometry that we wrote. */
export function shapeOf(text: string): { shape: Shape; spots: Spot[] } | undefined {
  try {
    const { type, coordinates } = JSON.parse(text) as { type: string; coordinates: unknown };
    if (type === "LineString") return { shape: "line", spots: coordinates as Spot[] };
    if (type === "Polygon") return { shape: "area", spots: (coordinates as Spot[][])[0]?.slice(0, -1) ?? [] };
  } catch {
    // Not ours: the server says what it thinks of it.
  }
  return undefined;
}

/** Metres or square metres as people say them: 240 m, 1,2 km, 850 m², 1,4 ha, 2,3 km². */
export function sizeText(amount: number, square: boolean, lang: string): string {
  const say = (value: number, unit: string, digits = 0) =>
    `${value.toLocaleString(lang, { maximumFractionDigits: digits })} ${unit}`;
  if (!square) return amount < 1_000 ? say(amount, "m") : say(amount / 1_000, "km", 1);
  if (amount < 10_000) return say(amount, "m²");
  return amount < 1_000_000 ? say(amount / 10_000, "ha", 1) : say(amount / 1_000_000, "km²", 1);
}

/** What is beyond the limits, if anything. */
export function beyond(shape: Shape, spots: readonly Spot[], limits: Limits): "long" | "large" | "many" | undefined {
  if (spots.length > limits.corners) return "many";
  if (shape === "line" && lineMetres(spots) > limits.lineMetres) return "long";
  if (shape === "area" && squareMetres(spots) > limits.areaSquareMetres) return "large";
  return undefined;
}
