// List and map point at the same thing: a card that is pointed at or focused has a halo on the map, and what is pointed at on
// the map has its card marked. Not here: what a click opens (popup.ts), but for bringing its card into view.
import { type Map as MapLibre, type MapGeoJSONFeature, Marker, type PointLike } from "maplibre-gl";
import { need } from "./page";

/** Layers of the style that are pointed at, the topmost first. */
const LAYERS = ["clusters", "points", "lines", "polygons"];

const MARK = "is-pointed";

/** Where the thing of a card is drawn now, and how large. */
interface Spot {
  at: [number, number];
  /** Pixels. */
  radius: number;
}

/** Whether a cluster's bounds hold a place. */
export function holds(cluster: Record<string, unknown>, [lon, lat]: readonly [number, number]): boolean {
  const [west, south, east, north] = ["west", "south", "east", "north"].map((side) => Number(cluster[side]));
  // Bounds are written to some decimals.
  const slack = 2e-6;
  return (
    lon >= (west ?? 0) - slack && lon <= (east ?? 0) + slack && lat >= (south ?? 0) - slack && lat <= (north ?? 0) + slack
  );
}

function cardsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(".card[data-id]")];
}

function placeOf({ dataset: { lon, lat } }: HTMLElement): [number, number] | undefined {
  return lon && lat ? [Number(lon), Number(lat)] : undefined;
}

function coordinates(feature: MapGeoJSONFeature): [number, number] | undefined {
  const { type, coordinates } = feature.geometry as unknown as { type: string; coordinates: [number, number] };
  return type === "Point" ? coordinates : undefined;
}

/** The spot of a card: its own point, the cluster that holds it, or its place where it is a line or an area. */
function spotOf(map: MapLibre, card: HTMLElement): Spot | undefined {
  const place = placeOf(card);
  if (!place) return undefined;
  const drawn = ["points", "clusters"].filter((layer) => map.getLayer(layer));
  const pixel = map.project(place);
  // Nothing that holds it is drawn farther off than the cells of a cluster are wide.
  const [reach, box] = [140, (r: number): [PointLike, PointLike] => [[pixel.x - r, pixel.y - r], [pixel.x + r, pixel.y + r]]];
  const found = map.queryRenderedFeatures(box(reach), { layers: drawn });
  const own = found.find((feature) => feature.layer.id === "points" && String(feature.id) === card.dataset.id);
  if (own) return { at: coordinates(own) ?? place, radius: 15 };
  const [nearest] = found
    .filter((feature) => feature.layer.id === "clusters" && holds(feature.properties, place))
    .map((feature) => coordinates(feature) ?? place)
    .sort((a, b) => pixel.dist(map.project(a)) - pixel.dist(map.project(b)));
  return nearest ? { at: nearest, radius: 24 } : { at: place, radius: 15 };
}

export interface Pointing {
  /** Marks the cards of what was clicked, and brings the first into view. */
  choose: (ids: number[]) => void;
}

/** Starts it. `isBusy`: whether the pointer means something else on the map. */
export function startPointing(map: MapLibre, isBusy: () => boolean): Pointing {
  const panel = need("panel", HTMLElement);
  const list = () => need("list", HTMLElement);
  const element = document.createElement("div");
  element.className = "map-halo";
  element.setAttribute("aria-hidden", "true");
  const halo = new Marker({ element });
  let pointed: HTMLElement | undefined;

  const draw = () => {
    const spot = pointed?.isConnected ? spotOf(map, pointed) : undefined;
    if (!spot) {
      halo.remove();
      return;
    }
    element.classList.toggle("is-large", spot.radius > 15);
    halo.setLngLat(spot.at).addTo(map);
    // The marker makes its element a button of its own: this one is a picture.
    element.removeAttribute("role");
    element.removeAttribute("tabindex");
    element.removeAttribute("aria-label");
  };
  const point = (target: EventTarget | null) => {
    const card = target instanceof Element ? (target.closest<HTMLElement>(".card[data-id]") ?? undefined) : undefined;
    if (card === pointed) return;
    pointed = card;
    draw();
  };
  // The focus speaks where the pointer is elsewhere.
  const focused = () => (document.activeElement && panel.contains(document.activeElement) ? document.activeElement : null);
  // A pointer that rests beside the cards says nothing.
  panel.addEventListener("pointerover", ({ target }) => point(target instanceof Element && target.closest(".card[data-id]") ? target : focused()));
  panel.addEventListener("pointerleave", () => point(focused()));
  panel.addEventListener("focusin", (event) => point(event.target));
  panel.addEventListener("focusout", (event) => point(event.relatedTarget));
  // Clusters part and join, and tiles come in.
  map.on("idle", draw);

  const mark = (isMarked: (card: HTMLElement) => boolean) => {
    for (const card of cardsOf(list())) card.classList.toggle(MARK, isMarked(card));
  };
  let under = "";
  map.on("mousemove", ({ point: at }) => {
    const layers = LAYERS.filter((layer) => map.getLayer(layer));
    const [top] = isBusy() ? [] : map.queryRenderedFeatures(at, { layers });
    const now = top ? `${top.layer.id}/${String(top.id ?? "")}/${String(top.properties.west ?? "")}` : "";
    if (now === under) return;
    under = now;
    mark((card) => {
      if (!top) return false;
      if (top.layer.id !== "clusters") return card.dataset.id === String(top.id);
      const place = placeOf(card);
      return place !== undefined && holds(top.properties, place);
    });
  });
  map.on("mouseout", () => {
    under = "";
    mark(() => false);
  });

  return {
    choose: (ids) => {
      mark((card) => ids.includes(Number(card.dataset.id)));
      const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      list()
        .querySelector(`.card.${MARK}`)
        ?.scrollIntoView({ block: "nearest", behavior: calm ? "instant" : "smooth" });
    },
  };
}
