// The small map of the form for an idea: fills in longitude and latitude. The fields do without it.
import { Marker, type Map as MapLibre } from "maplibre-gl";
import { boundsOf, drawMap, fetchStyle } from "./map";
import { find, hasWebGL, need } from "./page";

/** Pixels that an arrow key moves the marker by; ten times as many with Shift. */
const STEP = 10;

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export async function startPicker(): Promise<void> {
  const container = need("picker", HTMLElement);
  const lon = need("lon", HTMLInputElement);
  const lat = need("lat", HTMLInputElement);
  const area = find("area", HTMLSelectElement);

  /** The place of the fields, where they tell one. */
  const place = (): [number, number] | undefined => {
    const [x, y] = [lon, lat].map((field) => Number(field.value.trim().replace(",", ".")));
    if (!lon.value.trim() || !lat.value.trim() || x === undefined || y === undefined) return undefined;
    return Number.isFinite(x) && Number.isFinite(y) && Math.abs(x) <= 180 && Math.abs(y) <= 85 ? [x, y] : undefined;
  };
  const listeners: (() => void)[] = [];
  const moved = () => listeners.forEach((listener) => listener());
  const write = (at: { lng: number; lat: number }) => {
    lon.value = at.lng.toFixed(6);
    lat.value = at.lat.toFixed(6);
    if (area) area.value = "";
    lon.dispatchEvent(new Event("change", { bubbles: true }));
  };
  lon.addEventListener("change", moved);
  lat.addEventListener("change", moved);
  area?.addEventListener("change", () => {
    // An idea is about a point or about a whole area.
    if (!area.value) return;
    lon.value = lat.value = "";
    moved();
  });
  offerPosition((at) => {
    write(at);
    picker?.jumpTo({ center: [at.lng, at.lat], zoom: 17 });
  });

  let picker: MapLibre | undefined;
  if (!hasWebGL()) return;
  const style = await fetchStyle("").catch(() => undefined);
  if (!style) return;
  container.hidden = false;
  const start = place();
  const map = drawMap(container, style, start ? { center: start, zoom: 16 } : { bounds: boundsOf(container.dataset.bounds) });
  picker = map;
  window.parvis = { map };
  const marker = new Marker({ draggable: true, color: "#b3261e" });

  const draw = () => {
    const at = place();
    if (!at) return void marker.remove();
    marker.setLngLat(at).addTo(map);
    if (!map.getBounds().contains(at)) map.panTo(at);
  };
  listeners.push(draw);
  draw();
  marker.on("dragend", () => write(marker.getLngLat()));
  map.on("click", (event) => write(event.lngLat.wrap()));
  // Before MapLibre's own keys, which move the map.
  container.addEventListener(
    "keydown",
    (event) => {
      const direction = ARROWS[event.key];
      if (!direction || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      const at = place();
      if (!at) return write(map.getCenter());
      const step = event.shiftKey ? STEP * 10 : STEP;
      const pixel = map.project(at);
      write(map.unproject([pixel.x + direction[0] * step, pixel.y + direction[1] * step]).wrap());
    },
    { capture: true },
  );
}

/** The button for one's own position: the browser asks the person, and nobody else is told. */
function offerPosition(found: (at: { lng: number; lat: number }) => void): void {
  const button = find("locate", HTMLButtonElement);
  if (!button || !("geolocation" in navigator) || !window.isSecureContext) return;
  const refused = need("locate-problem", HTMLElement);
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        [button.disabled, refused.hidden] = [false, true];
        found({ lng: coords.longitude, lat: coords.latitude });
      },
      () => ([button.disabled, refused.hidden] = [false, false]),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  });
}
