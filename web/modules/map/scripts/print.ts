// On paper: the map as the server draws it, of what is seen and of the filter that holds. A canvas of its own size prints badly, and says no scale.
import { url } from "../../../shared/scripts/url";
import { find } from "../../../shared/scripts/page";

/** The size of the picture: the sheet's width at three quarters. */
const SIZE = "960x720";

/** `seen` tells the filter and the part of the map that is in view, as parameters of an address. */
export function startPrinting(seen: () => URLSearchParams): void {
  const figure = find("map-print", HTMLTemplateElement)?.content.firstElementChild?.cloneNode(true);
  if (!(figure instanceof HTMLElement)) return;
  find("panel", HTMLElement)?.before(figure);
  const picture = figure.querySelector("img");
  window.addEventListener("beforeprint", () => {
    const query = seen();
    query.set("size", SIZE);
    picture?.setAttribute("src", `${url("/map.svg")}?${query}`);
  });
}
