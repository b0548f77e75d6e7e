// The map of the map's page: drawn once, then told what to show and what became stale.
import type { Map as MapLibre, VectorTileSource } from "maplibre-gl";
import { boundsOf, drawMap, FEATURES, featureTiles, fetchStyle, onScheme, refreshTiles } from "./map";
import { offerPlace } from "./place";
import { startPointing } from "./pointing";
import { openOnClick } from "./popup";
import type { TileId } from "./touched";

declare global {
  interface Window {
    /** The page's map, for whoever looks at it with other tools. */
    parvis?: { map: MapLibre };
  }
}

export interface SquareMap {
  /** Shows what passes another filter. */
  filter: (query: string) => void;
  /** Asks again for these tiles. */
  refresh: (tiles: TileId[]) => Promise<void>;
  /** Reads everything anew: themes, areas and layers may have changed as well, and with them the style. */
  refreshAll: () => Promise<void>;
}

/** Draws it with what passes a filter. Fails where the style cannot be had. */
export async function drawSquare(container: HTMLElement, query: string): Promise<SquareMap> {
  const map = drawMap(container, await fetchStyle(query), {
    bounds: boundsOf(container.dataset.bounds),
    // For the buttons over the map.
    room: { top: 30, bottom: 90, left: 30, right: 50 },
    hash: "map",
  });
  window.parvis = { map };
  const { isPlacing } = offerPlace(map);
  const { choose } = startPointing(map, isPlacing);
  openOnClick(map, () => query, isPlacing, choose);
  // The view and an open card stay; a style that cannot be had now is had with the next change.
  onScheme(() => {
    fetchStyle(query).then((style) => map.setStyle(style), () => undefined);
  });
  return {
    filter: (next) => {
      if (next === query) return;
      query = next;
      map.getSource<VectorTileSource>(FEATURES)?.setTiles([featureTiles(query)]);
    },
    refresh: (tiles) => refreshTiles(map, tiles),
    refreshAll: async () => {
      map.setStyle(await fetchStyle(query));
      await refreshTiles(map);
      map.refreshTiles("context");
    },
  };
}
