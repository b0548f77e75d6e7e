// The scale of squares, beside the map: as many colours as what is in view needs, and what they stand for. Not here: the arithmetic (surface-scale.ts).
import type { IControl, Map as MapLibre } from "maplibre-gl";
import { surfaceColors } from "../../../shared/scripts/map";
import { find, word } from "../../../shared/scripts/page";
import { squareColor } from "../../../shared/scripts/symbols";
import { breaksOf, colorsOf, lengthOf, saidOf, sideOf } from "./surface-scale";

const LAYER = "squares";

class Scale implements IControl {
  readonly element = document.createElement("figure");

  constructor() {
    this.element.className = "surface-scale";
    this.element.hidden = true;
  }

  onAdd(): HTMLElement {
    return this.element;
  }

  onRemove(): void {
    this.element.remove();
  }

  show(title: string, colors: string[], said: string[]): void {
    const text = `${title}|${colors.join()}|${said.join()}`;
    if (this.element.dataset.said === text) return;
    this.element.dataset.said = text;
    const caption = document.createElement("figcaption");
    caption.textContent = title;
    const list = document.createElement("ul");
    for (const [at, label] of said.entries()) {
      const entry = document.createElement("li");
      const swatch = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      swatch.setAttribute("viewBox", "0 0 1 1");
      swatch.setAttribute("preserveAspectRatio", "none");
      swatch.setAttribute("aria-hidden", "true");
      const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const [name, value] of [["width", "1"], ["height", "1"], ["fill", colors[at] ?? ""]] as const) rect.setAttribute(name, value);
      swatch.append(rect);
      const words = document.createElement("span");
      words.textContent = label;
      entry.append(swatch, words);
      list.append(entry);
    }
    this.element.replaceChildren(caption, list);
  }
}

/** Shows it while squares are in view, and colours them by it. */
export function startScale(map: MapLibre): void {
  const scale = new Scale();
  const key = find("map-key", HTMLElement);
  // In another site's frame there is no legend.
  if (key) key.prepend(scale.onAdd());
  else map.addControl(scale, "bottom-right");
  map.on("idle", () => {
    const squares = map.getLayer(LAYER) ? map.queryRenderedFeatures({ layers: [LAYER] }) : [];
    scale.element.hidden = squares.length === 0;
    if (squares.length === 0) return;
    const breaks = breaksOf(squares.map((square) => Number(square.properties.count)));
    const colors = colorsOf(surfaceColors(), breaks.length);
    const color = squareColor(colors, breaks);
    if (JSON.stringify(map.getPaintProperty(LAYER, "fill-color")) !== JSON.stringify(color)) map.setPaintProperty(LAYER, "fill-color", color);
    const side = lengthOf(sideOf(map.getZoom(), map.getCenter().lat), document.documentElement.lang);
    scale.show(`${word("surface")} ${side}`, colors, saidOf(breaks, word("surface-more")));
  });
}
