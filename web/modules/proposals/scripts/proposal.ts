// The form for an idea: what every placing form has (placing.ts), and ideas that are perhaps the same.
import { need } from "../../../shared/scripts/page";
import { startPlacing } from "../../../shared/scripts/placing";
import type { Photo } from "../../photos/scripts/photos";
import { url } from "../../../shared/scripts/url";

/** How long one must stop typing until the server is asked for ideas like it, in ms. */
const PAUSE_MS = 600;

/** Starts it with what a draft brought back. */
export async function startProposal(draft: { photos: Photo[]; keep: () => void }): Promise<void> {
  const form = need("proposal", HTMLFormElement);
  await startPlacing(draft);
  showSimilar(form);
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
