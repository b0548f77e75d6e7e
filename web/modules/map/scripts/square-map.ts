// The map of the map's page: drawn once, then told what to show and what became stale.
import { type Map as MapLibre, Marker, type VectorTileSource } from "maplibre-gl";
import { boundsOf, drawMap, FEATURES, featureTiles, fetchStyle, onScheme, refreshTiles } from "../../../shared/scripts/map";
import { offerPlace } from "../../../shared/scripts/place";
import { startPointing } from "../../../shared/scripts/pointing";
import { offerFinding } from "./finding";
import { openOnClick } from "./popup";
import { find, need } from "../../../shared/scripts/page";
import { startScale } from "./surface";
import type { TileId } from "./touched";

declare global {
  interface Window {
    /** The page's map, for whoever looks at it with other tools. */
    parvis?: { map: MapLibre };
  }
}

/** What is shown: of which filter, in which layers of its tiles. */
export interface Shown {
  query: string;
  layers: string;
}

export interface SquareMap {
  /** When it has drawn what it begins with. */
  still: Promise<void>;
  /** What is in view, `west,south,east,north` in degrees, what the panel covers left out. */
  view: () => string;
  /** The panel covers another part of the map. */
  makeRoom: () => void;
  /** Where it is, as the address bar says it after `#`. */
  hash: () => string;
  /** Marks a place and has it in view; nothing any more where there is none. */
  point: (at: [number, number] | undefined) => void;
  /** Whether Escape ends something on the map. */
  isBusy: () => boolean;
  /** Shows what passes another filter, or groups it otherwise. */
  show: (shown: Shown) => void;
  /** Asks again for these tiles. */
  refresh: (tiles: TileId[]) => Promise<void>;
  /** Reads everything anew: themes, areas and layers may have changed as well, and with them the style. */
  refreshAll: () => Promise<void>;
}

/** Pixels that the panel covers: on its side where there is room, else from below. A sheet pulled up whole covers no more. */
function covered(container: HTMLElement): { left: number; bottom: number } {
  const [map, panel] = [container.getBoundingClientRect(), need("panel", HTMLElement).getBoundingClientRect()];
  if (panel.width < map.width * 0.9) return { left: Math.max(0, panel.right - map.left), bottom: 0 };
  // While a place is chosen the sheet is out of the way.
  if (document.body.classList.contains("is-placing")) return { left: 0, bottom: 0 };
  return { left: 0, bottom: Math.min(Math.max(0, map.bottom - panel.top), map.height * 0.6) };
}

/** What is nearer to an edge of the map is brought into its middle, in pixels. */
const EDGE_PX = 24;

function haloOf(): HTMLElement {
  const element = document.createElement("div");
  element.className = "map-halo";
  return element;
}

/** A marker makes its element a button of its own: this one is a picture. */
function picture(element: HTMLElement): void {
  for (const name of ["role", "tabindex", "aria-label"]) element.removeAttribute(name);
  element.setAttribute("aria-hidden", "true");
}

/** Takes the map that the server drew away, once this one is there or is moved by hand. Who was in it with the keyboard is in this one. */
function leaveDrawn(map: MapLibre): void {
  const drawn = find("map-drawn", HTMLElement);
  const leave = () => {
    if (!drawn?.isConnected) return;
    const wasIn = drawn.contains(document.activeElement);
    drawn.remove();
    if (wasIn) map.getCanvas().focus({ preventScroll: true });
  };
  map.once("load", leave);
  map.on("movestart", (event) => {
    if ("originalEvent" in event && event.originalEvent) leave();
  });
}

/** When the map has drawn itself, or is moved by hand before. */
function onceStill(map: MapLibre): Promise<void> {
  return new Promise((resolve) => {
    map.once("idle", () => resolve());
    map.on("movestart", (event) => {
      if ("originalEvent" in event && event.originalEvent) resolve();
    });
  });
}

/** Draws it with what passes a filter, in the style that was perhaps asked for already; `moved` hears when it shows another part. Fails where
    the style cannot be had. */
export async function drawSquare(
  container: HTMLElement,
  shown: Shown,
  moved: () => void,
  beside: (id: number) => boolean,
  asked?: Promise<Response>,
): Promise<SquareMap> {
  const style = (asked?: Promise<Response>) => fetchStyle(shown.query, shown.layers, asked);
  const map = drawMap(container, await style(asked), {
    // The middle of what is seen is the middle of the map: the cross, the address and the arrows mean it.
    padding: { top: 0, right: 0, ...covered(container) },
    bounds: boundsOf(container.dataset.bounds),
    room: 40,
    hash: "map",
  });
  window.parvis = { map };
  map.on("moveend", moved);
  const still = onceStill(map);
  leaveDrawn(map);
  const { isPlacing } = offerPlace(map, () => map.jumpTo({ padding: { top: 0, right: 0, ...covered(container) } }));
  const { choose } = startPointing(map, isPlacing);
  offerFinding(map, container.dataset.bounds);
  const hasCard = openOnClick(map, () => shown.query, isPlacing, choose, beside);
  startScale(map);
  const halo = new Marker({ element: haloOf() });
  // The view and an open card stay; a style that cannot be had now is had with the next change.
  onScheme(() => {
    style().then((next) => map.setStyle(next), () => undefined);
  });
  return {
    still,
    view: () => {
      const { left, bottom } = covered(container);
      const low = map.unproject([left, container.clientHeight - bottom]);
      const high = map.unproject([container.clientWidth, 0]);
      return [low.lng, low.lat, high.lng, high.lat].map((degrees) => degrees.toFixed(5)).join(",");
    },
    hash: () => {
      const { lng, lat } = map.getCenter();
      return `map=${map.getZoom().toFixed(2)}/${lat.toFixed(5)}/${lng.toFixed(5)}`;
    },
    point: (at) => {
      halo.remove();
      if (!at) return;
      halo.setLngLat(at).addTo(map);
      picture(halo.getElement());
      const { x, y } = map.project(at);
      const isAcross = x > EDGE_PX && x < container.clientWidth - EDGE_PX;
      const isDown = y > EDGE_PX && y < container.clientHeight - EDGE_PX;
      const { left, top } = container.getBoundingClientRect();
      // The panel, the legend and the buttons lie over the map.
      const isOpen = isAcross && isDown && container.contains(document.elementFromPoint(left + x, top + y));
      if (!isOpen) map.easeTo({ center: at, duration: 300 });
    },
    isBusy: () => isPlacing() || hasCard(),
    makeRoom: () => map.easeTo({ padding: { top: 0, right: 0, ...covered(container) }, duration: 200 }),
    show: (next) => {
      if (next.query === shown.query && next.layers === shown.layers) return;
      shown = next;
      map.getSource<VectorTileSource>(FEATURES)?.setTiles([featureTiles(shown.query, shown.layers)]);
    },
    refresh: (tiles) => refreshTiles(map, tiles),
    refreshAll: async () => {
      map.setStyle(await style());
      await refreshTiles(map);
      map.refreshTiles("context");
    },
  };
}
