// Placing an idea from the big map: a cross in its middle, the map moved beneath it by hand, touch or keys.
import type { Map as MapLibre } from "maplibre-gl";
import { PRECISE_ZOOM } from "./map";
import { find, need, word } from "./page";
import { offerPosition } from "./position";
import { url } from "./url";

/** The one process that the map is of, as a form's parameter. */
function process(): string {
  const slugs = new URLSearchParams(location.search).get("process") ?? "";
  return slugs && !slugs.includes(",") ? `&process=${encodeURIComponent(slugs)}` : "";
}

/**
 * Whether the cross is shown: a click then moves the map instead of opening what is under it. `changed` hears when the
 * cross comes or goes: the panel makes room for it on a phone.
 */
export function offerPlace(map: MapLibre, changed: () => void): { isPlacing: () => boolean } {
  let placing = false;
  const start = find("place", HTMLButtonElement);
  if (!start) return { isPlacing: () => false };
  const [bar, hint] = [need("place-bar", HTMLElement), need("place-hint", HTMLElement)];
  const cross = need("cross", HTMLElement);

  // Where the map's middle is seen: what covers a part of the map (its padding) moves it.
  const aim = () => {
    const { x, y } = map.project(map.getCenter());
    [cross.style.left, cross.style.top] = [`${x}px`, `${y}px`];
  };
  const show = (on: boolean) => {
    placing = on;
    document.body.classList.toggle("is-placing", on);
    changed();
    if (on) aim();
    bar.hidden = !on;
    start.hidden = on;
    cross.hidden = !on;
    // Filled in when it is shown, so that a screen reader says it.
    hint.textContent = on ? need("place-hint-text", HTMLTemplateElement).content.textContent.trim() : "";
    (on ? map.getCanvas() : start).focus();
  };
  const confirm = () => {
    const { lng, lat } = map.getCenter().wrap();
    if (map.getZoom() < PRECISE_ZOOM) {
      map.easeTo({ zoom: PRECISE_ZOOM + 1 });
      hint.textContent = word("too-far");
      return;
    }
    location.assign(url(`/proposals/new?lon=${lng.toFixed(6)}&lat=${lat.toFixed(6)}${process()}`));
  };

  const draw = find("place-draw", HTMLAnchorElement);
  draw?.addEventListener("click", () => {
    // The form's map begins where this one is.
    draw.href = url(`/proposals/new${process().replace("&", "?")}${location.hash}`);
  });
  offerPosition(find("place-locate", HTMLButtonElement), {
    found: ({ lng, lat }) => {
      map.jumpTo({ center: [lng, lat], zoom: Math.max(17, map.getZoom()) });
      map.getCanvas().focus();
    },
    refused: () => (hint.textContent = word("locate-refused")),
  });

  start.addEventListener("click", () => show(true));
  need("place-confirm", HTMLButtonElement).addEventListener("click", confirm);
  need("place-cancel", HTMLButtonElement).addEventListener("click", () => show(false));
  map.on("resize", () => placing && aim());
  map.on("moveend", () => placing && aim());
  map.on("click", (event) => {
    if (placing) map.easeTo({ center: event.lngLat });
  });
  map.getContainer().addEventListener("keydown", (event) => {
    if (placing && event.key === "Enter" && event.target === map.getCanvas()) confirm();
  });
  document.addEventListener("keydown", (event) => {
    if (placing && event.key === "Escape") show(false);
  });
  return { isPlacing: () => placing };
}
