// The map's page, the list, the map in a frame.
import { filterBy } from "./query";
import { startSquare } from "./square";

const has = (id: string) => document.getElementById(id) !== null;

export function start() {
  filterBy((document.getElementById("filter")?.dataset.facets ?? "").split(" ").filter(Boolean));
  if (has("map")) void startSquare();
  if (has("embed")) void import("../../../shared/scripts/maps").then(({ startEmbed }) => startEmbed());
  // A narrow map has no room for an open legend.
  if (has("map") && window.matchMedia("(min-width: 75rem)").matches) document.getElementById("legend")?.setAttribute("open", "");
  // Beside the list there is room for all filters; above it, on a phone, there is not.
  if (!has("map") && window.matchMedia("(min-width: 50rem)").matches) document.getElementById("filters")?.setAttribute("open", "");
}
