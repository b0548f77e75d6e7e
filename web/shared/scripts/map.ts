// A map of the authority's style. Keeps MapLibre to what our pages need: no rotation, our words, our own server only.
import {
  addProtocol,
  AttributionControl,
  LngLatBounds,
  type LngLatBoundsLike,
  Map as MapLibre,
  NavigationControl,
  type PaddingOptions,
  prewarm,
  ScaleControl,
  setWorkerUrl,
  type StyleSpecification,
} from "maplibre-gl";
import { drawing as drawnBy, find, word } from "./page";
import { withQuery } from "../../modules/map/scripts/query";
import { styleAddress } from "../../modules/map/scripts/style-address";
import { type Drawing, drawingOf, drawSymbols, type Theme, withSymbols } from "./symbols";
import type { TileId } from "../../modules/map/scripts/touched";
import { BASEMAP, fetchAway, referrerOf, throughPage, withUnderlay } from "./underlay";
import { url } from "./url";

/** Where MapLibre's worker is: the build puts it here (web/build.mjs). */
declare const WORKER: string;
setWorkerUrl(url(WORKER));
addProtocol("away", fetchAway);
// The worker is fetched beside the style, and not after it.
prewarm();

/** The style's source of what residents placed; the other one, `context`, holds areas and layers. */
export const FEATURES = "features";

/** From this zoom on, a touch is precise enough for a place: a pixel is some three metres in France. */
export const PRECISE_ZOOM = 14;

/** Where a map begins that knows nothing: metropolitan France. */
const NOWHERE: LngLatBoundsLike = [-5, 41, 10, 51.5];

/** `west,south,east,north` in degrees. */
export function boundsOf(text: string | undefined): LngLatBoundsLike {
  const [west, south, east, north] = (text ?? "").split(",").map(Number);
  if (west === undefined || south === undefined || east === undefined || north === undefined) return NOWHERE;
  return [west, south, east, north];
}

/** The address of the features' tiles for a filter: with clusters (`features`), or with squares (`surface`). */
export function featureTiles(query: string, layers = "features"): string {
  return withQuery(`${location.origin}${url(`/tiles/${layers}/{z}/{x}/{y}.mvt`)}`, query);
}

const darkPaper = window.matchMedia("(prefers-color-scheme: dark)");

/** What the style that was fetched last says of themes. */
let drawing: Drawing | undefined;

/** A theme by its slug, once a style was fetched. */
export function themeOf(slug: unknown): Theme | undefined {
  return drawing?.themes.find((theme) => theme.slug === slug);
}

/** The colours of squares, from few to many. */
export function surfaceColors(): string[] {
  return drawing?.surface ?? [];
}

/** Calls when the person changes from light to dark or back. */
export function onScheme(changed: () => void): void {
  darkPaper.addEventListener("change", changed);
}

/**
 * The style, its tiles under the address that this page came from: behind a proxy the server may know itself by
 * another, which this page is not allowed to ask. Whoever asked for it before gives what was asked.
 */
export async function fetchStyle(query: string, layers = "features", asked?: Promise<Response>): Promise<StyleSpecification> {
  const response = await (asked ?? fetch(styleAddress(query)));
  if (!response.ok) throw new Error(`style: ${response.status}`);
  const style = (await response.json()) as StyleSpecification;
  drawing = drawingOf(style);
  // The page says where to begin.
  delete style.center;
  delete style.zoom;
  for (const [name, source] of Object.entries(style.sources)) {
    if ((source.type !== "vector" && source.type !== "raster") || !source.tiles) continue;
    if (name === BASEMAP && referrerOf(style)) continue;
    source.tiles = source.tiles.map((url) => url.replace(/^https?:\/\/[^/]+/, location.origin));
  }
  const features = style.sources[FEATURES];
  if (features?.type === "vector") features.tiles = [featureTiles(query, layers)];
  return withUnderlay(withSymbols(style));
}

/** MapLibre's own sheet, before ours, which changes it; the page has fetched it already. */
function dress(): void {
  const fetched = find("map-style", HTMLLinkElement);
  const ours = document.head.querySelector<HTMLLinkElement>('link[rel="stylesheet"]');
  if (!fetched || !ours || fetched.rel === "stylesheet") return;
  fetched.rel = "stylesheet";
  ours.before(fetched);
}

/** Where a map begins that will show these bounds: nearly there, so that its first word in the address bar is no place in the sea. */
function near(container: HTMLElement, bounds: LngLatBoundsLike): { center: [number, number]; zoom: number } {
  const all = LngLatBounds.convert(bounds);
  const { lng, lat } = all.getCenter();
  const share = Math.max(all.getEast() - all.getWest(), 1e-4) / 360;
  const zoom = Math.log2(Math.max(container.clientWidth, 256) / 512 / share);
  return { center: [lng, lat], zoom: Math.min(16, Math.max(0, zoom - 0.5)) };
}

/** Draws a map that is ready to be asked and listened to. */
export function drawMap(
  container: HTMLElement,
  style: StyleSpecification,
  { room, padding, ...view }: {
    bounds?: LngLatBoundsLike;
    center?: [number, number];
    zoom?: number;
    hash?: string;
    /** Pixels around what is shown first. */
    room?: number;
    /** Pixels at each side that something covers. */
    padding?: PaddingOptions;
  },
): MapLibre {
  dress();
  // Told before the map writes where it is into the address.
  const isSaid = location.hash !== "";
  const map = new MapLibre({
    container,
    style,
    transformRequest: throughPage,
    ...(view.bounds ? near(container, view.bounds) : {}),
    ...view,
    // Without a graphics card (an old desk, a virtual one) the page would stand still while each frame is drawn.
    ...(drawnBy() === "processor" ? { pixelRatio: 1, fadeDuration: 0 } : {}),
    fitBoundsOptions: { padding: room ?? 40, maxZoom: 16 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 20,
    renderWorldCopies: false,
    // Tiles out of sight are asked for again when they come back (mostly a 304): what we keep could be stale.
    maxTileCacheSize: 0,
    locale: {
      "Map.Title": word("canvas"),
      "NavigationControl.ZoomIn": word("zoom-in"),
      "NavigationControl.ZoomOut": word("zoom-out"),
      "AttributionControl.ToggleAttribution": word("attribution"),
      "Popup.Close": word("close"),
      "Marker.Title": word("marker"),
    },
  });
  drawSymbols(map, () => drawing ?? drawingOf(style));
  if (padding) {
    map.setPadding(padding);
    // The constructor knows of no padding. An address that says where to look is heeded as it stands.
    if (view.bounds && !isSaid) map.fitBounds(view.bounds, { padding: room ?? 40, duration: 0 });
  }
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl(), "bottom-left");
  map.addControl(new AttributionControl({ compact: true }), "bottom-right");
  return map;
}

/** Once nothing of this source is under way: tiles asked for before a change could come after it. */
async function settled(map: MapLibre, source: string): Promise<void> {
  if (map.getSource(source) && map.isSourceLoaded(source)) return;
  await new Promise<void>((resolve) => {
    const look = () => {
      if (!map.getSource(source) || !map.isSourceLoaded(source)) return;
      map.off("sourcedata", look);
      map.off("idle", look);
      resolve();
    };
    map.on("sourcedata", look);
    map.on("idle", look);
  });
}

/** Asks again for these tiles of the features' source, or for all. Old tiles stay in sight until new ones are there. */
export async function refreshTiles(map: MapLibre, tiles?: TileId[]): Promise<void> {
  await settled(map, FEATURES);
  map.refreshTiles(FEATURES, tiles);
}
