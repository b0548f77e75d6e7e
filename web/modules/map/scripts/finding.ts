// Finding a place on the map: an address, or where one is. What was found is marked, and what can be done there is offered. One's own
// position stays on this device: the map goes to the corner of a coarse grid near it, so that the tiles and the list that are then asked
// for tell no more than the part of town.
import { type IControl, Marker, type Map as MapLibre } from "maplibre-gl";
import { formAt } from "../../../shared/scripts/acts";
import { type Place, startAddress } from "../../../shared/scripts/address";
import { coarse, isWithin, type Spot } from "./near";
import { find, need, say, word } from "../../../shared/scripts/page";
import { offerPosition } from "../../../shared/scripts/position";

/** The zoom that shows a house with its street, and the one that shows where one is. */
const HOUSE_ZOOM = 17;
const HERE_ZOOM = 16;

/** On a phone what was found stands over the map's upper half: the place is shown in the lower one. */
function lower(): [number, number] {
  return [0, window.matchMedia("(max-width: 49.99rem)").matches ? 90 : 0];
}

/** The button beside those that zoom. */
class Locate implements IControl {
  private readonly group = document.createElement("div");
  readonly button = document.createElement("button");

  onAdd(): HTMLElement {
    this.group.className = "maplibregl-ctrl maplibregl-ctrl-group";
    this.button.type = "button";
    this.button.id = "locate-me";
    this.button.className = "map-locate";
    this.button.title = word("locate");
    this.button.setAttribute("aria-label", word("locate"));
    this.button.append(need("locate-sign", HTMLTemplateElement).content.cloneNode(true));
    this.group.append(this.button);
    return this.group;
  }

  onRemove(): void {
    this.group.remove();
  }
}

/** A mark that is a picture, not a button of its own. */
function mark(map: MapLibre, at: Spot, isOwn: boolean): Marker {
  const element = document.createElement("div");
  element.className = "map-me";
  const marker = isOwn ? new Marker({ element }) : new Marker({ color: "#b3261e" });
  marker.setLngLat([at.lng, at.lat]).addTo(map);
  for (const name of ["role", "tabindex", "aria-label"]) marker.getElement().removeAttribute(name);
  marker.getElement().setAttribute("aria-hidden", "true");
  return marker;
}

/** Shows the search and the button. `bounds`: the territory, as the page says it. */
export function offerFinding(map: MapLibre, bounds: string | undefined): void {
  if (!find("finding", HTMLElement)) return;
  const [field, said] = [need("map-address", HTMLInputElement), need("map-address-said", HTMLElement)];
  const found = need("found-place", HTMLElement);
  let marker: Marker | undefined;

  const clear = () => {
    marker?.remove();
    marker = undefined;
    found.hidden = true;
    say(said, undefined);
  };
  /** Marks a place and offers what can be done there; nothing where it is no place of its own, such as a quarter. */
  const show = (name: string, at: Spot, isOwn: boolean, isSpot: boolean) => {
    clear();
    marker = mark(map, at, isOwn);
    need("found-name", HTMLElement).textContent = name;
    const acts = isSpot ? [...document.querySelectorAll<HTMLAnchorElement>("#acts a[data-act]")] : [];
    need("found-acts", HTMLElement).replaceChildren(
      ...acts.map((act) => {
        const link = document.createElement("a");
        [link.className, link.href, link.textContent] = ["button", formAt(act, at), act.textContent];
        return link;
      }),
    );
    need("found-hint", HTMLElement).hidden = acts.length === 0;
    found.hidden = false;
  };

  const go = ({ geometry, bbox, properties: { label, context, kind } }: Place) => {
    if (!geometry) return;
    const [lng, lat] = geometry.coordinates;
    if (bbox) map.fitBounds(bbox, { padding: 40, maxZoom: HOUSE_ZOOM });
    else map.easeTo({ center: [lng, lat], zoom: Math.max(HOUSE_ZOOM, map.getZoom()), offset: lower() });
    show([label, context].filter(Boolean).join(", "), { lng, lat }, false, kind !== "area");
  };
  startAddress({ field, list: need("map-addresses", HTMLUListElement), status: said }, () => map.getCenter(), go);
  need("found-clear", HTMLButtonElement).addEventListener("click", () => {
    clear();
    field.value = "";
    field.focus();
  });

  const locate = new Locate();
  locate.button.hidden = true;
  map.addControl(locate, "top-right");
  offerPosition(locate.button, {
    found: (at) => {
      if (!isWithin(bounds, at)) {
        clear();
        return say(said, word("locate-outside"));
      }
      const { lng, lat } = coarse(at);
      map.easeTo({ center: [lng, lat], zoom: Math.max(HERE_ZOOM, Math.min(map.getZoom(), HOUSE_ZOOM)), offset: lower() });
      show(word("your-place"), at, true, true);
      say(said, word("located"));
    },
    refused: (denied) => say(said, word(denied ? "locate-denied" : "locate-unknown")),
  });
  if (locate.button.hidden as boolean) map.removeControl(locate);
  need("finding", HTMLElement).hidden = false;
}
