// The desk's map of reports: the list's filter on the live map, what is held drawn over it, and what is chosen in step with the list. What it
// is not: tiles of what is held; those never leave the desk. Texts are set as text, never read as HTML.
import { type ExpressionSpecification, type GeoJSONSource, type LngLatLike, type Map as MapLibre, type MapGeoJSONFeature, Popup, type PointLike } from "maplibre-gl";
import { withQuery } from "../../map/scripts/query";
import { DEEPEST_ZOOM } from "../../map/scripts/touched";
import { boundsOf, drawMap, FEATURES, fetchStyle, onScheme } from "../../../shared/scripts/map";
import { hasWebGL, need, say } from "../../../shared/scripts/page";
import { url } from "../../../shared/scripts/url";
import { type Answer, ask, type Chosen, type Place, placesOf } from "./chosen";

/** A finger is wide; so far from the middle a key press looks for something. */
const REACH_PX = 6;
const KEY_REACH_PX = 24;

/** Pixels of an image for one of the screen, and how wide a held report is on it. */
const RATIO = 2;
const HELD_PX = 22;

/** About a metre, in degrees: things closer than this are at the same place. */
const METRE = 1e-5;

const MOST_NAMED = 20;

const HELD = "report-held";
const RINGS = "report-chosen";

/** A disc as the legend shows it: hollow with stripes where it waits, crossed where it was taken off. Never colour alone. */
function drawHeld(legend: SVGElement): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = HELD_PX * RATIO;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  const { color, fill } = getComputedStyle(legend);
  pen.scale(RATIO, RATIO);
  pen.strokeStyle = color;
  pen.lineWidth = 2;
  pen.fillStyle = fill;
  pen.beginPath();
  pen.arc(11, 11, 9, 0, 2 * Math.PI);
  pen.fill();
  pen.stroke();
  pen.stroke(new Path2D(legend.querySelector("path")?.getAttribute("d") ?? ""));
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** From afar rings are small, where they would lie one on the other. */
const sized = (far: number, near: number): ExpressionSpecification => ["interpolate", ["linear"], ["zoom"], 11, far, 15, near];

const collection = (features: unknown[]) => ({ type: "FeatureCollection", features }) as never;

class Desk {
  /** What the server told of reports, by their numbers. */
  private readonly known = new Map<number, Place>();
  private held: Answer | undefined;
  private popup: Popup | undefined;

  constructor(
    private readonly map: MapLibre,
    private readonly details: HTMLDetailsElement,
    private readonly chosen: Chosen,
  ) {}

  /** Adds what is drawn over the style, which begins anew with each change of the paper. */
  dress(): void {
    for (const word of ["waiting", "hidden"]) {
      const legend = this.details.querySelector<SVGElement>(`.held-${word}`);
      const name = `held-${word}`;
      if (!legend) continue;
      if (this.map.hasImage(name)) this.map.removeImage(name);
      this.map.addImage(name, drawHeld(legend), { pixelRatio: RATIO });
    }
    if (this.map.getSource(HELD)) return;
    const ring = this.details.querySelector<SVGElement>(".is-chosen");
    this.map.addSource(HELD, { type: "geojson", data: collection(this.held?.features ?? []) });
    this.map.addSource(RINGS, { type: "geojson", data: collection([]) });
    this.map.addLayer({
      id: HELD, type: "symbol", source: HELD,
      layout: { "icon-image": ["concat", "held-", ["get", "held"]], "icon-allow-overlap": true, "icon-ignore-placement": true },
    });
    this.map.addLayer({
      id: RINGS, type: "circle", source: RINGS,
      paint: { "circle-radius": sized(8, 16), "circle-opacity": 0, "circle-stroke-width": sized(2, 3.5), "circle-stroke-color": ring ? getComputedStyle(ring).color : "#b45309" },
    });
    void this.ring();
  }

  async fetchHeld(): Promise<void> {
    const answer = await ask(withQuery("/admin/reports/held", this.details.dataset.query ?? ""));
    say(need("report-map-held", HTMLElement), answer ? answer.said : this.details.dataset.heldFailed);
    if (!answer) return;
    this.held = answer;
    this.learn(answer);
    void this.map.getSource<GeoJSONSource>(HELD)?.setData(collection(answer.features));
  }

  private learn(answer: Answer): Place[] {
    const places = placesOf(answer);
    for (const place of places) this.known.set(place.id, place);
    return places;
  }

  /** What is known of these reports, asked of the server where it was not told yet; what is nothing of this agent's is left out. */
  private async places(ids: number[]): Promise<Place[]> {
    const unknown = ids.filter((id) => !this.known.has(id));
    if (unknown.length > 0) {
      const answer = await ask(`/admin/reports/places?${unknown.map((id) => `feature=${id}`).join("&")}`);
      if (answer) this.learn(answer);
    }
    return ids.flatMap((id) => this.known.get(id) ?? []);
  }

  /** A ring around each that is chosen. */
  async ring(): Promise<void> {
    const ids = this.chosen.ids();
    const places = ids.length > 0 ? await this.places(ids) : [];
    const still = new Set(this.chosen.ids());
    const points = places.filter(({ id }) => still.has(id)).map(({ id, at }) => ({ type: "Feature", id, properties: {}, geometry: { type: "Point", coordinates: at } }));
    void this.map.getSource<GeoJSONSource>(RINGS)?.setData(collection(points));
    for (const box of this.details.querySelectorAll<HTMLInputElement>(".report-map-card input")) box.checked = still.has(Number(box.value));
  }

  private card({ id, title, said }: Place): Node {
    const copy = need("report-map-card", HTMLTemplateElement).content.cloneNode(true) as DocumentFragment;
    const [box, name, meta, link] = [copy.querySelector("input"), copy.querySelector("bdi"), copy.querySelector(".meta"), copy.querySelector("a")];
    if (!box || !name || !meta || !link) throw new Error("the card of a report");
    box.value = String(id);
    box.checked = this.chosen.ids().includes(id);
    box.addEventListener("change", () => this.chosen.set(this.of([id]), box.checked));
    name.textContent = title;
    meta.textContent = `${said} · n°\u00a0${id}`;
    link.href = url(`/admin/reports/${id}`);
    return copy;
  }

  private of(ids: number[]): Place[] {
    return ids.flatMap((id) => this.known.get(id) ?? []);
  }

  /** One is chosen by the click itself; of several at a place each has its box. */
  private async pick(ids: number[], at: LngLatLike): Promise<void> {
    this.popup?.remove();
    const places = await this.places(ids.slice(0, MOST_NAMED));
    const said = need("report-map-said", HTMLElement);
    say(said, places.length === 0 ? this.details.dataset.notYours : undefined);
    const [first] = places;
    if (!first) return;
    if (places.length === 1) this.chosen.set([first], !this.chosen.ids().includes(first.id));
    const content = document.createElement("div");
    content.append(...places.map((place) => this.card(place)));
    this.popup = new Popup({ maxWidth: "min(20rem, 62vw)", offset: 14, focusAfterOpen: false }).setLngLat(at).setDOMContent(content).addTo(this.map);
  }

  private async openCluster(cluster: MapGeoJSONFeature, at: LngLatLike): Promise<void> {
    const { west, south, east, north, ids } = cluster.properties as Record<string, unknown>;
    const box = [west, south, east, north].map(Number) as [number, number, number, number];
    if (typeof ids === "string" && this.map.getZoom() >= DEEPEST_ZOOM) return this.pick(ids.split(",").map(Number), at);
    if (box[2] - box[0] < METRE && box[3] - box[1] < METRE) {
      const answer = await this.within([box[0] - METRE, box[1] - METRE, box[2] + METRE, box[3] + METRE]);
      return this.pick((answer ? this.learn(answer) : []).map(({ id }) => id), at);
    }
    this.popup?.remove();
    this.map.fitBounds(box, { padding: 60, maxZoom: DEEPEST_ZOOM });
  }

  private within(box: number[]): Promise<Answer | undefined> {
    const query = this.details.dataset.query ?? "";
    return ask(`/admin/reports/places?bbox=${box.map((degrees) => degrees.toFixed(6)).join(",")}${query ? `&${query}` : ""}`);
  }

  /** What is under a point of the screen, or near it: of what is held, and of what the list's filter shows. */
  under({ x, y }: { x: number; y: number }, reach: number): MapGeoJSONFeature[] {
    const near = (r: number): [PointLike, PointLike] => [[x - r, y - r], [x + r, y + r]];
    const found = (r: number) =>
      this.map.queryRenderedFeatures(near(r)).filter(({ source, id }) => (source === FEATURES || source === HELD) && (id !== undefined || source === FEATURES));
    const exact = found(0);
    return exact.length > 0 ? exact : found(reach);
  }

  async open(point: { x: number; y: number }, at: LngLatLike, reach: number): Promise<void> {
    const found = this.under(point, reach);
    const held = found.filter(({ source }) => source === HELD);
    const cluster = found.find(({ sourceLayer }) => sourceLayer === "clusters");
    if (cluster && held.length === 0) return this.openCluster(cluster, at);
    const ids = new Set([...held, ...found.filter(({ source, sourceLayer }) => source === FEATURES && sourceLayer !== "clusters")].map(({ id }) => Number(id)));
    if (ids.size > 0) await this.pick([...ids], at);
    else this.popup?.remove();
  }

  /** Closes what is open, and goes back to the map. Says whether anything was. */
  close(): boolean {
    if (!this.popup?.isOpen()) return false;
    this.popup.remove();
    this.map.getCanvas().focus();
    return true;
  }

  /** Chooses all of the list that the map shows. */
  async all(): Promise<void> {
    const [sw, ne] = [this.map.getBounds().getSouthWest(), this.map.getBounds().getNorthEast()];
    const answer = await this.within([Math.max(sw.lng, -180), sw.lat, Math.min(ne.lng, 180), ne.lat]);
    const places = answer ? this.learn(answer) : [];
    this.chosen.set(places, true);
    const { cut, nothing } = this.details.dataset;
    say(need("report-map-said", HTMLElement), places.length === 0 ? nothing : answer?.cut ? cut : undefined);
  }
}

/** Draws the map that the details' own attributes tell. Fails where this device or the server gives no map. */
export async function drawReports(details: HTMLDetailsElement, chosen: Chosen): Promise<void> {
  const container = details.querySelector<HTMLElement>(".place-map");
  if (!container || !hasWebGL()) throw new Error("no map");
  const { tiles = "", bounds, heldOnly } = details.dataset;
  const fetched = async () => {
    const style = await fetchStyle(tiles);
    // What nobody else sees is looked at alone.
    if (heldOnly !== undefined) style.layers = style.layers.filter((layer) => !("source" in layer) || layer.source !== FEATURES);
    return style;
  };
  const map = drawMap(container, await fetched(), { bounds: boundsOf(bounds || undefined), room: 50 });
  window.parvis = { map };
  const desk = new Desk(map, details, chosen);
  map.on("style.load", () => desk.dress());
  onScheme(() => void fetched().then((style) => map.setStyle(style), () => undefined));
  chosen.onChange(() => void desk.ring());
  map.on("click", ({ point, lngLat }) => void desk.open(point, lngLat, REACH_PX));
  map.on("mousemove", ({ point }) => (map.getCanvas().style.cursor = desk.under(point, 0).length > 0 ? "pointer" : ""));
  container.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && desk.close()) event.preventDefault();
    if (event.key !== "Enter" || event.target !== map.getCanvas()) return;
    event.preventDefault();
    event.stopPropagation();
    void desk.open(map.project(map.getCenter()), map.getCenter(), KEY_REACH_PX);
  });
  need("report-map-all", HTMLButtonElement).addEventListener("click", () => void desk.all());
  await desk.fetchHeld();
}
