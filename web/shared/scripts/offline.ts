// A form that is sent only when there is a connection: until then it waits on its page, and goes by itself. What was typed
// is in the draft as well (draft.ts), for whoever closes the page meanwhile.
import { find, need } from "./page";
import { url } from "./url";

/** How long the server may take to show a sign of life, and how long until it is asked again, in ms. */
const PATIENCE_MS = 6_000;
const AGAIN_MS = 10_000;

async function isThere(): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    return (await fetch(url("/healthz"), { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) })).ok;
  } catch {
    return false;
  }
}

/** Makes the form of an id wait for a connection. */
export function sendWhenOnline(id: string): void {
  const form = find(id, HTMLFormElement);
  if (!form) return;
  let timer: number | undefined;
  let going = false;
  form.addEventListener("submit", (event) => {
    if (going) return;
    event.preventDefault();
    const button = event.submitter;
    const waiting = need("waiting", HTMLElement);
    const attempt = async () => {
      window.clearTimeout(timer);
      if (await isThere()) {
        going = true;
        form.requestSubmit(button);
        return;
      }
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
