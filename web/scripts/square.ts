// The map's page: map, filters and list as one, kept true by the live stream.
import type { Map as MapLibre, VectorTileSource } from "maplibre-gl";
import { listen } from "./live";
import { boundsOf, DEEPEST_ZOOM, drawMap, FEATURES, featureTiles, fetchStyle, hasWebGL, refreshTiles } from "./map";
import { need, say, word } from "./page";
import { Panel } from "./panel";
import { offerPlace } from "./place";
import { openOnClick } from "./popup";
import { tileQuery } from "./query";
import { type Change, Stale } from "./touched";

declare global {
  interface Window {
    /** The page's map, for whoever looks at it with other tools. */
    parvis?: { map: MapLibre };
  }
}

/** The shortest time between two readings of the list, and between two readings of everything. */
const LIST_MS = 500;
const ALL_MS = 2_000;

/** Runs `work` soon, once for many calls, and never twice at a time. */
function paced(work: () => Promise<void>, pause: number): () => void {
  let [waits, again] = [false, false];
  const run = () => {
    if (waits) return void (again = true);
    [waits, again] = [true, false];
    void work().finally(() => {
      window.setTimeout(() => {
        waits = false;
        if (again) run();
      }, pause);
    });
  };
  return run;
}

async function drawSquare(container: HTMLElement, query: string): Promise<MapLibre | undefined> {
  const notice = need("map-notice", HTMLElement);
  if (!hasWebGL()) {
    say(notice, word("noWebgl"));
    return undefined;
  }
  for (;;) {
    try {
      const style = await fetchStyle(query);
      say(notice, undefined);
      const map = drawMap(container, style, { bounds: boundsOf(container.dataset.bounds), hash: "map" });
      window.parvis = { map };
      return map;
    } catch {
      say(notice, word("failed"));
      await new Promise((resolve) => window.setTimeout(resolve, 5_000));
    }
  }
}

export async function startSquare(): Promise<void> {
  const container = need("map", HTMLElement);
  const filter = () => tileQuery(new URLSearchParams(location.search));
  let map: MapLibre | undefined;
  let drawn = filter();

  const redraw = () => {
    if (!map || drawn === filter()) return;
    drawn = filter();
    map.getSource<VectorTileSource>(FEATURES)?.setTiles([featureTiles(drawn)]);
  };
  const panel = new Panel(redraw);

  const stale = new Stale();
  const refreshMap = paced(async () => {
    if (!map) return;
    const { all, tiles } = stale.take();
    if (!all) {
      if (tiles.length > 0) await refreshTiles(map, tiles);
      return;
    }
    // Themes, areas or layers may have changed as well, and with them the style.
    map.setStyle(await fetchStyle(filter()).catch(() => map?.getStyle() ?? ""));
    await refreshTiles(map);
    map.refreshTiles("context");
  }, 100);
  const refreshEverything = paced(async () => {
    refreshMap();
    await panel.refresh();
  }, ALL_MS);
  const refreshList = paced(() => panel.refresh(), LIST_MS);
  let missed = false;
  const catchUp = () => {
    // A tab that nobody looks at waits until somebody does.
    if (document.hidden) return void (missed = true);
    missed = false;
    if (stale.all) return refreshEverything();
    refreshMap();
    refreshList();
  };
  document.addEventListener("visibilitychange", () => {
    if (missed && !document.hidden) catchUp();
  });
  listen(container.dataset.seq ?? "", {
    change: (change: Change) => {
      stale.add(change, DEEPEST_ZOOM);
      catchUp();
    },
    state: (connected) => {
      if (map) say(need("map-notice", HTMLElement), connected ? undefined : word("offline"));
    },
  });

  map = await drawSquare(container, drawn);
  if (!map) return;
  redraw();
  const { isPlacing } = offerPlace(map);
  openOnClick(map, filter, isPlacing);
}
