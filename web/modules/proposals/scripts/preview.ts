// The preview of an idea: its place on a small map. The page says the place in words, too.
import { tellOfPublishing } from "../../../shared/scripts/draft";
import { find } from "../../../shared/scripts/page";

export function startPreview(): void {
  tellOfPublishing(find("publish", HTMLFormElement));
  const container = find("place-map", HTMLElement);
  if (!container) return;
  container.hidden = false;
  // A preview without its map is still a preview.
  void import("../../../shared/scripts/maps").then(({ drawPlace }) => drawPlace(container)).catch(() => (container.hidden = true));
}
