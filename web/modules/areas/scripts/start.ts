// The desk of the territory: the search as one types, the page of what takes a while, and the map to draw an outline on.
import { find } from "../../../shared/scripts/page";

export function start(): void {
  const field = find("q", HTMLInputElement);
  if (field && find("areas-search", HTMLFormElement)) void import("./search").then(({ searchAsTyped }) => searchAsTyped(field));
  if (find("areas-wait", HTMLElement)) void import("./search").then(({ askAgain }) => askAgain());
  if (find("outline", HTMLElement)) void import("../../../shared/scripts/maps").then(({ startOutline }) => startOutline());
}
