// The small map of a feature's page: where it is. It moves only once it was clicked, so that scrolling past it, or tabbing
// through the page, does not end in it. The page says the place in words, too.
import { type FilterSpecification, LngLatBounds, Marker, type Map as MapLibre } from "maplibre-gl";
import { drawMap, fetchStyle } from "../../../shared/scripts/map";
import { hasWebGL } from "../../../shared/scripts/page";

interface Geometry {
  type: string;
  coordinates?: unknown;
  geometries?: Geometry[];
}

/** Every position of a geometry. */
function* positions(geometry: Geometry): Generator<[number, number]> {
  for (const inner of geometry.geometries ?? []) yield* positions(inner);
  const todo: unknown[] = [geometry.coordinates];
  while (todo.length > 0) {
    const next = todo.pop();
    if (!Array.isArray(next)) continue;
    const [lon, lat] = next as unknown[];
    if (typeof lon === "number" && typeof lat === "number") yield [lon, lat];
    else todo.push(...(next as unknown[]));
  }
}

function handlers(map: MapLibre) {
  return [map.scrollZoom, map.dragPan, map.doubleClickZoom, map.touchZoomRotate, map.boxZoom, map.keyboard];
}

/** Draws the geometry that the container tells. Fails where this device or the server gives no map. */
export async function drawPlace(container: HTMLElement): Promise<void> {
  if (!hasWebGL()) throw new Error("no WebGL");
  const geometry = JSON.parse(container.dataset.geometry ?? "null") as Geometry;
  const color = getComputedStyle(container).color;
  const { lon = "", lat = "" } = container.dataset;
  const at: [number, number] = [Number(lon), Number(lat)];
  const style = await fetchStyle("");
  const isPoint = geometry.type === "Point";
  const bounds = new LngLatBounds(at, at);
  for (const position of positions(geometry)) bounds.extend(position);
  const map = drawMap(container, style, isPoint ? { center: at, zoom: 15 } : { bounds });
  const canvas = map.getCanvas();
  for (const handler of handlers(map)) handler.disable();
  canvas.tabIndex = -1;
  canvas.title = container.dataset.wake ?? "";
  map.once("click", () => {
    for (const handler of handlers(map)) handler.enable();
    map.keyboard.disableRotation();
    map.touchZoomRotate.disableRotation();
    canvas.tabIndex = 0;
    canvas.title = "";
  });
  if (isPoint) {
    const marker = new Marker({ color }).setLngLat(at).addTo(map);
    marker.getElement().tabIndex = -1;
    return;
  }
  map.on("load", () => {
    // Our own server's geometry: MapLibre takes it as it is.
    map.addSource("place", { type: "geojson", data: geometry as never });
    const only = (type: string): FilterSpecification => ["in", ["geometry-type"], ["literal", [type, `Multi${type}`]]];
    map.addLayer({ id: "place-area", type: "fill", source: "place", filter: only("Polygon"), paint: { "fill-color": color, "fill-opacity": 0.2 } });
    map.addLayer({ id: "place-line", type: "line", source: "place", paint: { "line-color": color, "line-width": 4 } });
    map.addLayer({ id: "place-point", type: "circle", source: "place", filter: only("Point"), paint: { "circle-color": color, "circle-radius": 7 } });
  });
}
