// The corners of a line or an area while it is drawn: markers that are dragged by hand or moved by keys, and the sketch
// between them. What it is not: when a corner is added (see picker.ts).
import { type GeoJSONSource, type Map as MapLibre, Marker } from "maplibre-gl";
import { geometryOf, type Shape, type Spot } from "./drawn";
import { ARROWS, STEP } from "./keys";

const SKETCH = "sketch";

export class Corners {
  spots: Spot[] = [];
  private markers: Marker[] = [];

  /** `changed` hears of every change; `name` is a corner's name for those who do not see it. */
  constructor(
    private readonly map: MapLibre,
    private readonly name: (n: number) => string,
    private readonly changed: () => void,
  ) {}

  /** Shows these corners of a shape; a point has its own marker elsewhere. */
  draw(shape: Shape, spots: Spot[]): void {
    this.spots = spots;
    while (this.markers.length > spots.length) this.markers.pop()?.remove();
    spots.forEach((spot, at) => {
      const marker = (this.markers[at] ??= this.marker(at, shape));
      marker.setLngLat([...spot]).addTo(this.map);
    });
    this.sketch(shape);
  }

  private marker(at: number, shape: Shape): Marker {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "corner";
    element.setAttribute("aria-label", this.name(at + 1));
    const marker = new Marker({ element, draggable: true });
    const move = ({ lng, lat }: { lng: number; lat: number }) => {
      this.spots[at] = [lng, lat];
      marker.setLngLat([lng, lat]);
      this.sketch(shape);
    };
    marker.on("drag", () => move(marker.getLngLat()));
    marker.on("dragend", this.changed);
    // A click on a corner adds none beneath it.
    element.addEventListener("click", (event) => event.stopPropagation());
    element.addEventListener("keydown", (event) => {
      const direction = ARROWS[event.key];
      if (direction) {
        const pixel = this.map.project(marker.getLngLat());
        const step = event.shiftKey ? STEP * 10 : STEP;
        move(this.map.unproject([pixel.x + direction[0] * step, pixel.y + direction[1] * step]).wrap());
      } else if (event.key === "Delete" || event.key === "Backspace") {
        this.draw(shape, this.spots.filter((_, n) => n !== at));
        (this.markers[Math.min(at, this.markers.length - 1)]?.getElement() ?? this.map.getCanvas()).focus();
      } else return;
      event.preventDefault();
      event.stopPropagation();
      this.changed();
    });
    return marker;
  }

  private sketch(shape: Shape): void {
    const line = geometryOf("line", this.spots);
    const geometry = geometryOf(shape, this.spots) ?? line;
    const features = geometry ? [{ type: "Feature" as const, properties: {}, geometry }] : [];
    const data = { type: "FeatureCollection" as const, features };
    const source = this.map.getSource<GeoJSONSource>(SKETCH);
    if (source) return void source.setData(data);
    this.map.addSource(SKETCH, { type: "geojson", data });
    const paint = { "line-color": "#b3261e", "line-width": 3 };
    this.map.addLayer({ id: "sketch-fill", type: "fill", source: SKETCH, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": "#b3261e", "fill-opacity": 0.18 } });
    this.map.addLayer({ id: "sketch-line", type: "line", source: SKETCH, layout: { "line-join": "round", "line-cap": "round" }, paint });
  }
}
