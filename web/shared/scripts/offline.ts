// A form that is sent only when there is a connection: until then it waits on its page, and goes by itself. What was typed
// is in the draft as well (draft.ts), for whoever closes the page meanwhile. A form that can wait without its page does (waiting.ts).
import { bringPhotos } from "../../modules/photos/scripts/photos";
import { find, need } from "./page";
import { url } from "./url";

/** How long the server may take to show a sign of life, and how long until it is asked again, in ms. */
const PATIENCE_MS = 6_000;
const AGAIN_MS = 10_000;

export async function isThere(): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    return (await fetch(url("/healthz"), { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) })).ok;
  } catch {
    return false;
  }
}

/** Whether this page was kept on this device, and did not come from the server now: then its form has no key that is still its own. */
export const isKept = () => document.documentElement.dataset.kept !== undefined;

/** Lets a form wait without its page; says whether it does. */
export type Instead = (form: HTMLFormElement, button: HTMLElement | null) => Promise<boolean>;

/** Makes the form of an id wait for a connection. */
export function sendWhenOnline(id: string, instead?: Instead): void {
  const form = find(id, HTMLFormElement);
  if (!form) return;
  let timer: number | undefined;
  let going = false;
  form.addEventListener("submit", (event) => {
    if (going) return;
    event.preventDefault();
    const button = event.submitter;
    const waiting = need("waiting", HTMLElement);
    let isFirst = true;
    const attempt = async () => {
      window.clearTimeout(timer);
      const photos = !isKept() && (await isThere()) ? await bringPhotos(form) : "later";
      if (photos === "refused") return;
      if (photos === "all") {
        going = true;
        form.requestSubmit(button);
        return;
      }
      if (isFirst && instead && (await instead(form, button))) return;
      isFirst = false;
      if (waiting.hidden) {
        waiting.hidden = false;
        waiting.scrollIntoView({ block: "nearest" });
      }
      timer = window.setTimeout(() => void attempt(), AGAIN_MS);
    };
    window.addEventListener("online", () => void attempt(), { once: true });
    void attempt();
  });
  // Back from the next page by the browser's own button: it may be sent again.
  window.addEventListener("pageshow", () => (going = false));
}
