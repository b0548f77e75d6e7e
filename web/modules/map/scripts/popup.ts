// What is under a click: a card for each feature, a cluster opened. Texts are set as text, never read as HTML.
import { type LngLatLike, type Map as MapLibre, type MapGeoJSONFeature, type MapMouseEvent, Popup } from "maplibre-gl";
import { themeOf } from "../../../shared/scripts/map";
import { need, word } from "../../../shared/scripts/page";
import { themeSymbol } from "../../../shared/scripts/symbols";
import { DEEPEST_ZOOM } from "./touched";
import { url } from "../../../shared/scripts/url";

/** Layers of the style that hold features, in the order in which a click prefers them. */
const LAYERS = ["clusters", "points", "lines", "squares", "polygons"];

/** A finger is wide. */
const REACH_PX = 6;

/** So far from the middle of the map a key press looks for something. */
const KEY_REACH_PX = 24;

const MOST_CARDS = 20;

/** So many zooms nearer is a square after a click: what was in it is then spread over a quarter of a tile. */
const NEARER = 2;

/** About a metre, in degrees: things closer than this are at the same place. */
const METRE = 1e-5;

interface Feature {
  id: number;
  properties: Record<string, string | number | null>;
}

/** The name that the page has for a feature's word, such as `open` for its `status`. */
function label(property: string, value: string): string {
  if (property === "kind") return word(`kind-${value}`);
  return document.querySelector(`[data-label="${CSS.escape(`${property}:${value}`)}"]`)?.textContent ?? value;
}

/** The name of a status as it is said of this kind of thing. */
function agreed({ kind, status }: Feature["properties"]): string {
  const of = CSS.escape(`${String(kind)}:${String(status)}`);
  return need("popup-statuses", HTMLTemplateElement).content.querySelector(`[data-of="${of}"]`)?.textContent ?? "";
}

function card({ id, properties }: Feature): Node {
  const copy = need("popup", HTMLTemplateElement).content.cloneNode(true) as DocumentFragment;
  const link = copy.querySelector("a");
  if (link) {
    link.href = url(`/features/${id}`);
    link.textContent = String(properties.title ?? "");
  }
  const theme = themeOf(properties.theme);
  if (theme) copy.querySelector("[data-symbol]")?.append(themeSymbol(theme));
  const photo = copy.querySelector<HTMLImageElement>("img[data-photo]");
  if (photo && typeof properties.photo === "string") {
    photo.src = (photo.dataset.photo ?? "").replace("{digest}", encodeURIComponent(properties.photo));
    photo.hidden = false;
    // One that cannot be had leaves no broken frame.
    photo.addEventListener("error", () => photo.remove());
  }
  const said = Number(properties.arguments_for ?? 0) + Number(properties.arguments_against ?? 0);
  const line = copy.querySelector<HTMLElement>("[data-arguments]");
  if (line) {
    line.hidden = said === 0;
    const number = line.querySelector("strong");
    if (number) number.textContent = String(said);
    line.append((said > 1 ? line.dataset.many : line.dataset.one) ?? "");
  }
  for (const field of copy.querySelectorAll<HTMLElement>("[data-field]")) {
    const name = field.dataset.field ?? "";
    const value = String(properties[name] ?? "none");
    const isNamed = ["kind", "status", "theme"].includes(name);
    field.textContent = (name === "status" && agreed(properties)) || (isNamed ? label(name, value) : value);
  }
  return copy;
}

async function fetchOne(id: number): Promise<Feature[]> {
  const response = await fetch(url(`/api/features/${id}`));
  // Withdrawn a moment ago: there is nothing to show.
  return response.ok ? [(await response.json()) as Feature] : [];
}

async function fetchBox(box: number[], query: string): Promise<Feature[]> {
  const response = await fetch(url(`/api/features?${query ? `${query}&` : ""}bbox=${box.join(",")}&limit=${MOST_CARDS}`));
  return response.ok ? ((await response.json()) as { features: Feature[] }).features : [];
}

/**
 * Opens what is clicked. `query` tells the filter of the moment, `isBusy` whether clicks mean something else; `opened`
 * hears of what is shown; `beside` shows one thing beside the map where there is room. Gives whether a card is open.
 */
export function openOnClick(
  map: MapLibre,
  query: () => string,
  isBusy: () => boolean,
  opened: (ids: number[]) => void,
  beside: (id: number) => boolean = () => false,
): () => boolean {
  let popup: Popup | undefined;
  const layers = () => LAYERS.filter((layer) => map.getLayer(layer));

  const show = (at: LngLatLike, features: Feature[]) => {
    popup?.remove();
    opened(features.map(({ id }) => id));
    const [first] = features;
    if (!first || (features.length === 1 && beside(first.id))) return;
    const content = document.createElement("div");
    if (features.length > 1) content.append(need("popup-many", HTMLTemplateElement).content.cloneNode(true));
    content.append(...features.map(card));
    // On a phone no wider than what fits on either side of its place.
    popup = new Popup({ maxWidth: "min(20rem, 62vw)", offset: 12 }).setLngLat(at).setDOMContent(content).addTo(map);
  };

  const openCluster = async (cluster: MapGeoJSONFeature, at: LngLatLike) => {
    const { west, south, east, north, ids } = cluster.properties as Record<string, unknown>;
    const box = [west, south, east, north].map(Number) as [number, number, number, number];
    if (typeof ids === "string" && map.getZoom() >= DEEPEST_ZOOM) {
      const some = ids.split(",").slice(0, MOST_CARDS);
      return show(at, (await Promise.all(some.map((id) => fetchOne(Number(id))))).flat());
    }
    if (box[2] - box[0] < METRE && box[3] - box[1] < METRE) {
      return show(at, await fetchBox([box[0] - METRE, box[1] - METRE, box[2] + METRE, box[3] + METRE], query()));
    }
    popup?.remove();
    map.fitBounds(box, { padding: 60, maxZoom: DEEPEST_ZOOM });
  };

  const open = async ({ point, lngLat }: Pick<MapMouseEvent, "point" | "lngLat">, reach = REACH_PX) => {
    const within = (r: number) =>
      map.queryRenderedFeatures(
        [
          [point.x - r, point.y - r],
          [point.x + r, point.y + r],
        ],
        { layers: layers() },
      );
    // What is right under it before what is near.
    const exact = within(0);
    const found = exact.length > 0 ? exact : within(reach);
    const cluster = found.find((feature) => feature.layer.id === "clusters");
    if (cluster) return openCluster(cluster, lngLat);
    if (found.every((feature) => feature.layer.id === "squares") && found.length > 0) {
      popup?.remove();
      map.easeTo({ center: lngLat, zoom: map.getZoom() + NEARER });
      return;
    }
    const rank = (feature: MapGeoJSONFeature) => LAYERS.indexOf(feature.layer.id);
    const ids = new Set(found.filter((feature) => feature.layer.id !== "squares").sort((a, b) => rank(a) - rank(b)).map((feature) => Number(feature.id)));
    show(lngLat, (await Promise.all([...ids].slice(0, MOST_CARDS).map(fetchOne))).flat());
  };

  map.on("click", (event) => {
    if (!isBusy()) void open(event);
  });
  map.on("mousemove", (event) => {
    const isOver = !isBusy() && map.queryRenderedFeatures(event.point, { layers: layers() }).length > 0;
    map.getCanvas().style.cursor = isOver ? "pointer" : "";
  });
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === map.getCanvas() && !isBusy()) {
      const lngLat = map.getCenter();
      void open({ point: map.project(lngLat), lngLat }, KEY_REACH_PX);
    }
    if (event.key !== "Escape" || !popup?.isOpen()) return;
    popup.remove();
    // Said to whoever hears the key next (beside.ts).
    event.preventDefault();
    map.getCanvas().focus();
  });
  // Only while who presses a key is on the map: beside it a contribution may be open.
  return () => popup?.isOpen() === true && map.getContainer().contains(document.activeElement);
}
