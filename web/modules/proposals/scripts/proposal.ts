// The form for an idea: its map, address search, own position, ideas that are perhaps the same. All of it fills in fields
// that a person can fill in without.
import { startAddress } from "../../../shared/scripts/address";
import { find, need } from "../../../shared/scripts/page";
import { type Photo, startPhotos } from "../../photos/scripts/photos";
import { offerPosition } from "../../../shared/scripts/position";
import { url } from "../../../shared/scripts/url";

/** How long one must stop typing until the server is asked for ideas like it, in ms. */
const PAUSE_MS = 600;

/** Starts it with what a draft brought back; `keep` keeps the draft. */
export async function startProposal({ photos, keep }: { photos: Photo[]; keep: () => void }): Promise<void> {
  startPhotos(photos, keep);
  const { startPicker } = await import("../../../shared/scripts/maps");
  const picker = await startPicker();
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
  showSimilar(need("proposal", HTMLFormElement));
}

/** Ideas that are perhaps the same, as one types. The preview shows them, too. */
function showSimilar(form: HTMLFormElement): void {
  const place = need("similar", HTMLElement);
  let timer: number | undefined;
  let last = "";
  const ask = async () => {
    const fields = new FormData(form);
    const value = (name: string) => {
      const said = fields.get(name);
      return typeof said === "string" ? said.trim() : "";
    };
    const title = value("title");
    const query = new URLSearchParams({ title, lon: value("lon"), lat: value("lat") }).toString();
    if (title.length < 4 || query === last) return;
    last = query;
    try {
      const response = await fetch(url(`/proposals/similar?${query}`), { headers: { accept: "text/html" } });
      if (!response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      place.replaceChildren(...[...page.body.children].map((node) => document.importNode(node, true)));
    } catch {
      // A help that does not come: nothing is lost.
    }
  };
  const soon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), PAUSE_MS);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
}
