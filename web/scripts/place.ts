// Placing an idea from the big map: a cross in its middle, the map moved beneath it by hand, touch or keys.
import type { Map as MapLibre } from "maplibre-gl";
import { find, need } from "./page";

/** Whether the cross is shown: a click then moves the map instead of opening what is under it. */
export function offerPlace(map: MapLibre): { isPlacing: () => boolean } {
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
    if (on) aim();
    document.body.classList.toggle("is-placing", on);
    bar.hidden = !on;
    start.hidden = on;
    cross.hidden = !on;
    // Filled in when it is shown, so that a screen reader says it.
    hint.textContent = on ? need("place-hint-text", HTMLTemplateElement).content.textContent.trim() : "";
    (on ? map.getCanvas() : start).focus();
  };
  const confirm = () => {
    const { lng, lat } = map.getCenter().wrap();
    location.assign(`/proposals/new?lon=${lng.toFixed(6)}&lat=${lat.toFixed(6)}`);
  };

  start.hidden = false;
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
