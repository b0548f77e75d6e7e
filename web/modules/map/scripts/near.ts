// Where one is, told coarsely. Pure: no map, no page.

/** Degrees between the places that the map goes to instead of one's own position: some two hundred metres. */
const COARSE = 0.002;

export interface Spot {
  lng: number;
  lat: number;
}

/** Whether a place lies in `west,south,east,north`; where nothing is known of these, everything does. */
export function isWithin(bounds: string | undefined, { lng, lat }: Spot): boolean {
  const [west, south, east, north] = (bounds ?? "").split(",").map(Number);
  if (west === undefined || south === undefined || east === undefined || north === undefined) return true;
  return lat >= south && lat <= north && lng >= west && lng <= east;
}

/** The nearest place of the grid. */
export function coarse({ lng, lat }: Spot): Spot {
  const near = (degrees: number) => Number((Math.round(degrees / COARSE) * COARSE).toFixed(3));
  return { lng: near(lng), lat: near(lat) };
}
