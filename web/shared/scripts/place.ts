// Placing something from the big map: a cross in its middle, the map moved beneath it by hand, touch or keys. What is placed is what
// the pressed link says (templates/map/acts.html): its form is opened with the place in its address.
import type { Map as MapLibre } from "maplibre-gl";
import { actOf, formAt } from "./acts";
import { PRECISE_ZOOM } from "./map";
import { find, need, word } from "./page";
import { offerPosition } from "./position";

/** Where a map is, what was a link to a form begins something on this page: a button, which the space bar presses too. */
function becomeButtons(): void {
  for (const link of need("acts", HTMLElement).querySelectorAll("a")) link.setAttribute("role", "button");
}

/**
 * Whether the cross is shown: a click then moves the map instead of opening what is under it. `changed` hears when the
 * cross comes or goes: the panel makes room for it on a phone.
 */
export function offerPlace(map: MapLibre, changed: () => void): { isPlacing: () => boolean } {
  let placing: HTMLAnchorElement | undefined;
  if (!find("acts", HTMLElement)) return { isPlacing: () => false };
  const [bar, hint] = [need("place-bar", HTMLElement), need("place-hint", HTMLElement)];
  const cross = need("cross", HTMLElement);
  becomeButtons();
  // Another filter may ask for other things (panel.ts).
  document.addEventListener("acts", becomeButtons);

  // Where the map's middle is seen: what covers a part of the map (its padding) moves it.
  const aim = () => {
    const { x, y } = map.project(map.getCenter());
    [cross.style.left, cross.style.top] = [`${x}px`, `${y}px`];
  };
  const show = (act: HTMLAnchorElement | undefined) => {
    const before = placing;
    placing = act;
    const on = act !== undefined;
    document.body.classList.toggle("is-placing", on);
    changed();
    if (on) aim();
    bar.hidden = !on;
    cross.hidden = !on;
    // Filled in when it is shown, so that a screen reader says it.
    hint.textContent = on ? need("place-hint-text", HTMLTemplateElement).content.textContent.trim() : "";
    const link = document.querySelector<HTMLElement>(`#acts [data-act="${CSS.escape(before?.dataset.act ?? "")}"]`);
    (on ? map.getCanvas() : link)?.focus();
  };
  const confirm = () => {
    if (!placing) return;
    if (map.getZoom() < PRECISE_ZOOM) {
      map.easeTo({ zoom: PRECISE_ZOOM + 1 });
      hint.textContent = word("too-far");
      return;
    }
    location.assign(formAt(placing, map.getCenter().wrap()));
  };

  const draw = find("place-draw", HTMLAnchorElement);
  draw?.addEventListener("click", () => {
    // The form's map begins where this one is.
    if (placing) draw.href = placing.href + location.hash;
  });
  offerPosition(find("place-locate", HTMLButtonElement), {
    found: ({ lng, lat }) => {
      map.jumpTo({ center: [lng, lat], zoom: Math.max(17, map.getZoom()) });
      map.getCanvas().focus();
    },
    refused: () => (hint.textContent = word("locate-refused")),
  });

  document.addEventListener("click", (event) => {
    const act = actOf(event);
    if (!act?.closest("#acts")) return;
    event.preventDefault();
    show(act);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || !actOf(event)?.closest("#acts")) return;
    event.preventDefault();
    actOf(event)?.click();
  });
  need("place-confirm", HTMLButtonElement).addEventListener("click", confirm);
  need("place-cancel", HTMLButtonElement).addEventListener("click", () => show(undefined));
  map.on("resize", () => placing && aim());
  map.on("moveend", () => placing && aim());
  map.on("click", (event) => {
    if (placing) map.easeTo({ center: event.lngLat });
  });
  map.getContainer().addEventListener("keydown", (event) => {
    if (placing && event.key === "Enter" && event.target === map.getCanvas()) confirm();
  });
  document.addEventListener("keydown", (event) => {
    if (placing && event.key === "Escape") show(undefined);
  });
  return { isPlacing: () => placing !== undefined };
}
