// The map of the form for an idea: a point, a line or an area by hand, touch or keys. Fills in the form's fields, which do
// without it. What it is not: the address search (address.ts), nor the measure of what is drawn (drawn.ts).
import { LngLatBounds, Marker, type Map as MapLibre } from "maplibre-gl";
import { Corners } from "./corners";
import { beyond, geometryOf, type Limits, lineMetres, type Shape, shapeOf, sizeText, type Spot, squareMetres } from "./drawn";
import { ARROWS, STEP } from "./keys";
import { boundsOf, drawMap, fetchStyle, PRECISE_ZOOM } from "../../../shared/scripts/map";
import { find, hasWebGL, need, say } from "../../../shared/scripts/page";
import { url } from "../../../shared/scripts/url";

/** The zoom that shows a street and its neighbours. */
const STREET_ZOOM = 17;

/** A text for scripts (templates/proposals/words.html), its `{names}` filled in. */
function words(name: string, values: Record<string, string | number> = {}): string {
  const text = need("pick-words", HTMLTemplateElement).getAttribute(`data-${name}`) ?? "";
  return Object.entries(values).reduce((said, [key, value]) => said.replace(`{${key}}`, String(value)), text);
}

export class Picker {
  private readonly lon = need("lon", HTMLInputElement);
  private readonly lat = need("lat", HTMLInputElement);
  private readonly geometry = need("geometry", HTMLInputElement);
  private readonly area = find("area", HTMLSelectElement);
  private readonly said = need("place-said", HTMLElement);
  private readonly marker = new Marker({ draggable: true, color: "#b3261e" });
  private readonly corners: Corners;
  private readonly limits: Limits;
  private shape: Shape = "point";
  private asked: AbortController | undefined;

  constructor(private readonly map: MapLibre, container: HTMLElement) {
    const [lineMetres = 0, areaSquareMetres = 0, corners = 0] = (container.dataset.limits ?? "").split(",").map(Number);
    this.limits = { lineMetres, areaSquareMetres, corners };
    this.corners = new Corners(map, (n) => words("corner-name", { n }), () => this.drawn());
    this.marker.on("dragend", () => this.write(this.marker.getLngLat()));
    map.on("click", (event) => this.add(event.lngLat.wrap()));
    need("pick-here", HTMLButtonElement).addEventListener("click", () => this.add(map.getCenter().wrap()));
    need("pick-undo", HTMLButtonElement).addEventListener("click", () => this.setCorners(this.corners.spots.slice(0, -1)));
    need("pick-clear", HTMLButtonElement).addEventListener("click", () => this.clear());
    for (const field of [this.lon, this.lat]) field.addEventListener("change", () => this.show());
    this.area?.addEventListener("change", () => this.area?.value && this.clear(true));
    const shapes = need("shapes", HTMLElement);
    shapes.hidden = false;
    shapes.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement) this.setShape(event.target.value as Shape);
    });
    // Before MapLibre's own keys, which move the map.
    container.addEventListener("keydown", (event) => this.key(event), { capture: true });
    const drawn = shapeOf(this.geometry.value);
    const first = shapes.querySelector<HTMLInputElement>("input:checked")?.value;
    // A process may take no points.
    if (!drawn && first && first !== "point") this.setShape(first as Shape);
    if (drawn) {
      const choice = shapes.querySelector<HTMLInputElement>(`[value=${drawn.shape}]`);
      if (choice) choice.checked = true;
      this.shape = drawn.shape;
      this.corners.draw(drawn.shape, drawn.spots);
      this.drawn();
      this.frame(drawn.spots);
    }
    this.show();
  }

  /** The place of the fields, where they tell one. */
  place(): Spot | undefined {
    const [x, y] = [this.lon, this.lat].map((field) => Number(field.value.trim().replace(",", ".")));
    if (!this.lon.value.trim() || !this.lat.value.trim() || x === undefined || y === undefined) return undefined;
    return Number.isFinite(x) && Number.isFinite(y) && Math.abs(x) <= 180 && Math.abs(y) <= 85 ? [x, y] : undefined;
  }

  /** Goes to a place that was looked for; where a point is placed, places it there. */
  goTo(at: { lng: number; lat: number }): void {
    this.map.jumpTo({ center: [at.lng, at.lat], zoom: Math.max(STREET_ZOOM, this.map.getZoom()) });
    if (this.shape === "point") this.write(at);
  }

  /** Shows an area that was looked for. */
  fit(box: [number, number, number, number]): void {
    this.map.fitBounds(box, { padding: 40, duration: 0 });
  }

  /** Shows all of what is drawn, above the bar: from afar its corners would lie one upon the other. */
  private frame(spots: readonly Spot[]): void {
    const box = spots.reduce((bounds, [lon, lat]) => bounds.extend([lon, lat]), new LngLatBounds());
    const padding = { top: 60, right: 60, bottom: 150, left: 60 };
    this.map.fitBounds(box, { padding, maxZoom: STREET_ZOOM, duration: 0 });
  }

  private add(at: { lng: number; lat: number }): void {
    if (this.map.getZoom() < PRECISE_ZOOM) {
      this.map.easeTo({ center: [at.lng, at.lat], zoom: Math.max(PRECISE_ZOOM + 1, this.map.getZoom() + 3) });
      say(need("pick-hint", HTMLElement), words("far"));
      return;
    }
    if (this.shape === "point") this.write(at);
    else this.setCorners([...this.corners.spots, [at.lng, at.lat]]);
  }

  private write(at: { lng: number; lat: number }): void {
    this.lon.value = at.lng.toFixed(6);
    this.lat.value = at.lat.toFixed(6);
    this.geometry.value = "";
    if (this.area) this.area.value = "";
    this.lon.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private clear(keepArea = false): void {
    this.lon.value = this.lat.value = "";
    if (this.area && !keepArea) this.area.value = "";
    this.setCorners([]);
    this.show();
  }

  private setShape(shape: Shape): void {
    const place = this.place();
    this.shape = shape;
    if (shape === "point") {
      this.setCorners([]);
    } else {
      // What was the point becomes the first corner.
      const spots = this.corners.spots.length > 0 ? this.corners.spots : place ? [place] : [];
      this.lon.value = this.lat.value = "";
      this.corners.draw(shape, []);
      this.setCorners(spots);
    }
    this.show();
  }

  private setCorners(spots: readonly Spot[]): void {
    this.corners.draw(this.shape, [...spots]);
    this.drawn();
  }

  /** Tells the form what is drawn, and the person how large it is. */
  private drawn(): void {
    const { spots } = this.corners;
    const { shape, limits } = this;
    const drawn = geometryOf(shape, spots);
    this.geometry.value = drawn ? JSON.stringify(drawn) : "";
    if (drawn && this.area) this.area.value = "";
    this.geometry.dispatchEvent(new Event("change", { bubbles: true }));
    for (const id of ["pick-undo", "pick-clear"]) need(id, HTMLElement).hidden = spots.length === 0;
    if (shape === "point") return;
    const square = shape === "area";
    const size = sizeText(square ? squareMetres(spots) : lineMetres(spots), square, document.documentElement.lang);
    const over = beyond(shape, spots, limits);
    const problem = {
      long: () => words("too-long", { most: limits.lineMetres / 1_000 }),
      large: () => words("too-large", { most: limits.areaSquareMetres / 1e6 }),
      many: () => words("too-many", { most: limits.corners }),
    };
    this.said.classList.toggle("problem", over !== undefined);
    say(this.said, over ? problem[over]() : drawn ? words(`${shape}-said`, { size, n: spots.length }) : undefined);
  }

  /** Draws what the fields say. */
  private show(): void {
    const at = this.shape === "point" ? this.place() : undefined;
    if (at) {
      this.marker.setLngLat([...at]).addTo(this.map);
      if (!this.map.getBounds().contains([...at])) this.map.panTo([...at]);
      void this.tellAreas(at);
    } else {
      this.marker.remove();
      if (this.shape === "point") say(this.said, undefined);
    }
    const isPoint = this.shape === "point";
    need("cross", HTMLElement).hidden = at !== undefined;
    const here = need("pick-here", HTMLButtonElement);
    here.hidden = at !== undefined;
    here.textContent = words(isPoint ? "here" : "corner");
    if (isPoint) need("pick-clear", HTMLElement).hidden = at === undefined;
    say(need("pick-hint", HTMLElement), words(at ? "point-there" : this.shape));
  }

  /** Says in which areas a place lies, or how far outside of all. */
  private async tellAreas([lon, lat]: Spot): Promise<void> {
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const response = await fetch(url(`/api/where?lon=${lon}&lat=${lat}`), { signal: this.asked.signal });
      if (!response.ok) return;
      const answer = (await response.json()) as { areas: { name: string }[]; metres_outside: number | null };
      const outside = answer.metres_outside;
      this.said.classList.toggle("problem", outside !== null);
      const names = answer.areas.map(({ name }) => name).reverse().join(", ");
      say(this.said, outside !== null ? words("outside", { metres: outside }) : names && words("said", { areas: names }));
    } catch {
      // Offline, or asked again meanwhile: the server says it when the form is sent.
    }
  }

  private key(event: KeyboardEvent): void {
    if (event.target !== this.map.getCanvas() || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = this.shape === "point" ? this.place() : undefined;
    const direction = ARROWS[event.key];
    if (event.key === "Enter" && !at) this.add(this.map.getCenter().wrap());
    else if (direction && at) {
      const step = event.shiftKey ? STEP * 10 : STEP;
      const pixel = this.map.project([...at]);
      this.write(this.map.unproject([pixel.x + direction[0] * step, pixel.y + direction[1] * step]).wrap());
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** Draws the form's map; nothing where it cannot be drawn: the fields do without. */
export async function startPicker(): Promise<Picker | undefined> {
  const container = need("picker", HTMLElement);
  if (!hasWebGL()) return undefined;
  const style = await fetchStyle("").catch(() => undefined);
  if (!style) return undefined;
  need("pick", HTMLElement).hidden = false;
  document.body.classList.add("has-map");
  const number = (id: string) => Number(need(id, HTMLInputElement).value.replace(",", "."));
  const start: [number, number] | undefined =
    need("lon", HTMLInputElement).value && need("lat", HTMLInputElement).value ? [number("lon"), number("lat")] : undefined;
  const isKnown = start && Math.abs(start[0]) <= 180 && Math.abs(start[1]) <= 85;
  const map = drawMap(container, style, {
    ...(isKnown ? { center: start, zoom: STREET_ZOOM - 0.5 } : { bounds: boundsOf(container.dataset.bounds) }),
    // The big map says where it was.
    ...(!isKnown && location.hash.startsWith("#map=") && { hash: "map" }),
  });
  window.parvis = { map };
  if (!map.isStyleLoaded()) await new Promise((resolve) => map.once("load", resolve));
  return new Picker(map, container);
}
