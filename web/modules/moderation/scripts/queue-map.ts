// The small map of a page of the queue: a numbered pin for each thing, which leads to it in the list. The list is whole without it.
import { LngLatBounds, Marker } from "maplibre-gl";
import { drawMap, fetchStyle } from "../../../shared/scripts/map";
import { hasWebGL } from "../../../shared/scripts/page";

interface Pin {
  lon: number;
  lat: number;
  id: string;
  title: string;
}

function link({ id, title }: Pin): HTMLElement {
  const element = document.createElement("a");
  element.href = `#thing-${id}`;
  element.className = "queue-pin";
  element.textContent = id;
  element.title = title;
  element.addEventListener("click", () => document.getElementById(`thing-${id}`)?.focus());
  return element;
}

/** Draws what the details' own attribute tells. Fails where this device or the server gives no map. */
export async function drawQueue(details: HTMLDetailsElement): Promise<void> {
  const container = details.querySelector<HTMLElement>(".place-map");
  if (!container || !hasWebGL()) throw new Error("no map");
  const pins = JSON.parse(details.dataset.pins ?? "[]") as Pin[];
  const bounds = new LngLatBounds();
  for (const { lon, lat } of pins) bounds.extend([lon, lat]);
  const [first] = pins;
  // Bounds of one point would be as near as the map goes.
  const view = first && pins.length === 1 ? { center: [first.lon, first.lat] as [number, number], zoom: 15 } : { bounds, room: 40 };
  const map = drawMap(container, await fetchStyle(""), view);
  for (const pin of pins) new Marker({ element: link(pin) }).setLngLat([pin.lon, pin.lat]).addTo(map);
}
