// Which part of the map the live map will show first, for the drawn one that is seen before it. Pure.

/** The world's width in pixels at zoom 0. */
const WORLD = 512;

/** Pixels around what is shown first (square-map.ts), how near that may be, and how near a drawing is. */
const ROOM = 40;
const NEAREST = 16;
const NEAREST_DRAWN = 19;

/** The share of a drawing that its box takes up (`Frame::around`). */
const TAKES_UP = 0.9;

export interface View {
  lon: number;
  lat: number;
  zoom: number;
}

const mercator = (lat: number) => 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
const latitude = (y: number) => (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90;

/** What shows these bounds whole in so many pixels. */
export function around([west, south, east, north]: [number, number, number, number], width: number, height: number): View {
  const [top, bottom] = [mercator(north), mercator(south)];
  const fits = (pixels: number, part: number) => Math.log2(Math.max(1, pixels - 2 * ROOM) / WORLD / Math.max(part, 1e-9));
  const zoom = Math.min(NEAREST, fits(width, (east - west) / 360), fits(height, bottom - top));
  return { lon: (west + east) / 2, lat: latitude((top + bottom) / 2), zoom: Math.max(0, zoom) };
}

/** What an address's `#map=zoom/lat/lon` asks for. */
export function ofHash(hash: string): View | undefined {
  const numbers = /^#(?:.*&)?map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)/.exec(hash)?.slice(1).map(Number);
  const [zoom, lat, lon] = numbers ?? [];
  if (zoom === undefined || lat === undefined || lon === undefined) return undefined;
  const isPlace = Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom <= NEAREST_DRAWN;
  return isPlace ? { lon, lat, zoom } : undefined;
}

/** The box of a view, as a drawing of so many pixels takes it: `west,south,east,north`. */
export function box({ lon, lat, zoom }: View, width: number, height: number): string {
  const world = WORLD * 2 ** zoom;
  const [x, y] = [lon / 360 + 0.5, mercator(lat)];
  const [right, down] = [(width * TAKES_UP) / 2 / world, (height * TAKES_UP) / 2 / world];
  const degrees = (part: number) => (part - 0.5) * 360;
  return [degrees(x - right), latitude(y + down), degrees(x + right), latitude(y - down)].map((n) => n.toFixed(5)).join(",");
}
