// The preview of an idea: its place on a small map. The page says the place in words, too.
import { draftIsPublished } from "../../../shared/scripts/draft";
import { find } from "../../../shared/scripts/page";

export function startPreview(): void {
  find("publish", HTMLFormElement)?.addEventListener("submit", ({ submitter }) => {
    if (submitter instanceof HTMLButtonElement && submitter.value === "publish") draftIsPublished();
  });
  const container = find("place-map", HTMLElement);
  if (!container) return;
  container.hidden = false;
  // A preview without its map is still a preview.
  void import("../../../shared/scripts/maps").then(({ drawPlace }) => drawPlace(container)).catch(() => (container.hidden = true));
}
