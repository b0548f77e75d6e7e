// The map in a frame of another site: shows, follows what changes, and opens the site itself in a window of its own.
import type { VectorTileSource } from "maplibre-gl";
import { listen } from "./live";
import { boundsOf, drawMap, FEATURES, featureTiles, fetchStyle, onScheme, refreshTiles } from "../../../shared/scripts/map";
import { hasWebGL, need, say, word } from "../../../shared/scripts/page";
import { openOnClick } from "./popup";
import { startScale } from "./surface";
import { DEEPEST_ZOOM, Stale } from "./touched";

/** The shortest time between two readings of changed tiles. */
const TILES_MS = 500;

export async function startEmbed(): Promise<void> {
  const container = need("embed", HTMLElement);
  const notice = need("map-notice", HTMLElement);
  if (!hasWebGL()) return say(notice, word("no-webgl"));
  const query = container.dataset.query ?? "";
  const layers = container.dataset.layers;
  const style = await fetchStyle(query, layers).catch(() => undefined);
  if (!style) return say(notice, word("failed"));
  const map = drawMap(container, style, { bounds: boundsOf(container.dataset.bounds), room: 40 });
  startScale(map);
  openOnClick(map, () => query, () => false, () => undefined);
  onScheme(() => {
    fetchStyle(query, layers).then((next) => map.setStyle(next), () => undefined);
  });
  // No page of ours but this one may stand in the frame.
  container.addEventListener("click", (event) => {
    const link = (event.target as Element).closest("a");
    if (link) [link.target, link.rel] = ["_blank", "noopener"];
  }, { capture: true });

  const stale = new Stale();
  let timer: number | undefined;
  const refresh = () => {
    timer = undefined;
    const { all, tiles } = stale.take();
    if (all) map.getSource<VectorTileSource>(FEATURES)?.setTiles([featureTiles(query, layers)]);
    else if (tiles.length > 0) refreshTiles(map, tiles).catch(() => stale.everything());
  };
  listen(container.dataset.seq ?? "", {
    change: (change) => {
      stale.add(change, DEEPEST_ZOOM);
      timer ??= window.setTimeout(refresh, TILES_MS);
    },
    state: (connected) => say(notice, connected ? undefined : word("offline")),
  });
}
