// Which tiles an event of the live stream makes stale. Pure: no map, no page.

/** The deepest zoom of tiles (`DEEPEST_ZOOM` of the server): maps enlarge these beyond. */
export const DEEPEST_ZOOM = 18;

/** A tile's address. */
export interface TileId {
  z: number;
  x: number;
  y: number;
}

/** West, south, east, north in degrees. */
export type Box = readonly [number, number, number, number];

/** An event of `/live`. */
export interface Change {
  seq: number;
  /** Read everything anew; the lists are empty then. */
  all: boolean;
  features: { id: number; act: string }[];
  /** The deepest tiles that changed, `z/x/y`; their parents changed, too. */
  tiles: string[];
  /** Around lines and areas that changed. */
  boxes: Box[];
}

/** Lines and areas are drawn this far beyond their tile, in tiles: 64 of 4096 units, rounded up. */
const MARGIN = 1 / 32;

/** A box over more tiles than this is told as "everything": naming them would cost more than asking about all. */
const MOST_TILES = 4096;

/** The tile `z/x/y`, or nothing where that is no tile. */
export function tileOf(text: string): TileId | undefined {
  const [z, x, y] = text.split("/").map(Number);
  if (z === undefined || x === undefined || y === undefined) return undefined;
  return [z, x, y].every((n) => Number.isInteger(n) && n >= 0) ? { z, x, y } : undefined;
}

/** Longitude as a fraction of the world from the west, 0 to 1. */
function across(lon: number): number {
  return (lon + 180) / 360;
}

/** Latitude as a fraction of the world from the north, 0 to 1 (Web Mercator, EPSG:3857). */
function down(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** The tiles of one zoom that a box is drawn in; nothing where they are too many to name. */
export function tilesOfBox([west, south, east, north]: Box, z: number): TileId[] | undefined {
  const count = 2 ** z;
  const column = (lon: number, margin: number) =>
    Math.min(count - 1, Math.max(0, Math.floor(across(lon) * count + margin)));
  const row = (lat: number, margin: number) =>
    Math.min(count - 1, Math.max(0, Math.floor(down(lat) * count + margin)));
  const [left, right] = [column(west, -MARGIN), column(east, MARGIN)];
  const [top, bottom] = [row(north, -MARGIN), row(south, MARGIN)];
  if ((right - left + 1) * (bottom - top + 1) > MOST_TILES) return undefined;
  const tiles = [];
  for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) tiles.push({ z, x, y });
  return tiles;
}

/** What became stale since it was last taken: everything, or these tiles with their parents. */
export class Stale {
  all = false;
  private tiles = new Set<string>();

  /** Takes in an event. `deepest` is the deepest zoom that the map shows tiles of. */
  add(change: Change, deepest: number): void {
    this.all ||= change.all;
    if (this.all) return;
    for (const text of change.tiles) {
      let tile = tileOf(text);
      while (tile) {
        this.tiles.add(`${tile.z}/${tile.x}/${tile.y}`);
        tile = tile.z > 0 ? { z: tile.z - 1, x: tile.x >> 1, y: tile.y >> 1 } : undefined;
      }
    }
    for (const box of change.boxes) {
      for (let z = 0; z <= deepest; z++) {
        const tiles = tilesOfBox(box, z);
        if (!tiles) return this.everything();
        for (const tile of tiles) this.tiles.add(`${tile.z}/${tile.x}/${tile.y}`);
      }
    }
    // A list of that length says no less than "everything".
    if (this.tiles.size > 20 * MOST_TILES) this.everything();
  }

  everything(): void {
    this.all = true;
    this.tiles.clear();
  }

  get isEmpty(): boolean {
    return !this.all && this.tiles.size === 0;
  }

  /** Hands over what is stale and begins anew. */
  take(): { all: boolean; tiles: TileId[] } {
    const taken = { all: this.all, tiles: [...this.tiles].flatMap((text) => tileOf(text) ?? []) };
    this.all = false;
    this.tiles = new Set();
    return taken;
  }
}
