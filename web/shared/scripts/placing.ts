// A form that places something: its map, address search, own position, photos. All of it fills in fields that a person can fill in without.
import { startAddress } from "./address";
import { find, need } from "./page";
import { type Photo, startPhotos } from "../../modules/photos/scripts/photos";
import { offerPosition } from "./position";

/** Starts it with what a draft brought back; `keep` keeps the draft. */
export async function startPlacing({ photos, keep }: { photos: Photo[]; keep: () => void }): Promise<void> {
  startPhotos(photos, keep);
  // Without a connection there may be no map: an address, a position and numbers do.
  const picker = await import("./maps").then(({ startPicker }) => startPicker()).catch(() => undefined);
  const area = find("area", HTMLSelectElement);
  find("find", HTMLButtonElement)?.setAttribute("hidden", "");
  startAddress(
    { field: need("address", HTMLInputElement), list: need("addresses", HTMLUListElement), status: need("address-said", HTMLElement) },
    () => picker && window.parvis?.map.getCenter(),
    ({ geometry, bbox, properties }) => {
      if (properties.kind === "area" && properties.slug) {
        if (bbox) picker?.fit(bbox);
        // An area is looked for to go there; whoever means all of it, says so below.
        return;
      }
      const [lng, lat] = geometry?.coordinates ?? [0, 0];
      if (picker) return picker.goTo({ lng, lat });
      need("lon", HTMLInputElement).value = lng.toFixed(6);
      need("lat", HTMLInputElement).value = lat.toFixed(6);
      if (area) area.value = "";
    },
  );
  const refused = need("locate-problem", HTMLElement);
  offerPosition(find("locate", HTMLButtonElement), {
    found: (at) => {
      refused.hidden = true;
      if (picker) return picker.goTo(at);
      need("lon", HTMLInputElement).value = at.lng.toFixed(6);
      need("lat", HTMLInputElement).value = at.lat.toFixed(6);
    },
    refused: () => (refused.hidden = false),
  });
}

