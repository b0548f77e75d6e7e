// The map on which an area's outline is drawn: corners by click, touch or keys, written into the field as GeoJSON. What it is not: the only
// way; the field does without it, and what is pasted there is shown here.
import { LngLatBounds } from "maplibre-gl";
import { Corners } from "../../proposals/scripts/corners";
import { geometryOf, shapeOf, sizeText, type Spot, squareMetres } from "../../proposals/scripts/drawn";
import { boundsOf, drawMap, fetchStyle } from "../../../shared/scripts/map";
import { hasWebGL, need, say } from "../../../shared/scripts/page";

export async function startOutline(): Promise<void> {
  if (!hasWebGL()) return;
  const container = need("outline", HTMLElement);
  const style = await fetchStyle("").catch(() => undefined);
  if (!style) return;
  container.hidden = need("outline-bar", HTMLElement).hidden = false;
  const map = drawMap(container, style, { bounds: boundsOf(container.dataset.bounds || undefined), room: 20 });
  window.parvis = { map };
  if (!map.isStyleLoaded()) await new Promise((resolve) => map.once("load", resolve));
  const [field, said] = [need("geometry", HTMLTextAreaElement), need("outline-said", HTMLElement)];
  const name = (n: number) => (container.dataset.corner ?? "").replace("{n}", String(n));
  const tell = () => {
    const size = sizeText(squareMetres(corners.spots), true, document.documentElement.lang);
    const { hint = "", corners: words = "" } = said.dataset;
    const is = corners.spots.length > 2;
    say(said, is ? words.replace("{n}", String(corners.spots.length)).replace("{size}", size) : hint);
    for (const id of ["outline-undo", "outline-clear"]) need(id, HTMLButtonElement).disabled = corners.spots.length === 0;
  };
  const drawn = () => {
    const geometry = geometryOf("area", corners.spots);
    field.value = geometry ? JSON.stringify(geometry) : "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    tell();
  };
  const corners = new Corners(map, name, drawn);
  const set = (spots: readonly Spot[]) => {
    corners.draw("area", [...spots]);
    drawn();
  };
  /** What the field says, where we could have drawn it. */
  const show = () => {
    const known = shapeOf(field.value);
    corners.draw("area", known?.shape === "area" ? [...known.spots] : []);
    if (known?.shape === "area" && known.spots.length > 0) {
      const box = known.spots.reduce((all, [lon, lat]) => all.extend([lon, lat]), new LngLatBounds());
      map.fitBounds(box, { padding: 40, duration: 0 });
    }
    tell();
  };
  const add = (at: { lng: number; lat: number }) => set([...corners.spots, [at.lng, at.lat]]);
  map.on("click", (event) => add(event.lngLat.wrap()));
  need("outline-here", HTMLButtonElement).addEventListener("click", () => add(map.getCenter().wrap()));
  need("outline-undo", HTMLButtonElement).addEventListener("click", () => set(corners.spots.slice(0, -1)));
  need("outline-clear", HTMLButtonElement).addEventListener("click", () => set([]));
  field.addEventListener("change", show);
  show();
}
