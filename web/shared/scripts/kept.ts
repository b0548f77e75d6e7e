// Registers the worker (worker/worker.ts), and tells it what this page is made of, so that it works without a connection.
import { url } from "./url";

/** How long a page goes on loading what it needs, in ms: its map above all. */
const SETTLED_MS = 2_500;

export async function startKept(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    const { lang } = document.documentElement;
    // Whoever chooses another language has another worker, which asks for pages in it.
    await navigator.serviceWorker.register(`${url("/sw.js")}?lang=${lang}`, { scope: url("/") });
    const { active } = await navigator.serviceWorker.ready;
    const tell = (page?: string) => active?.postMessage({ page, files: performance.getEntriesByType("resource").map(({ name }) => name) });
    tell(document.querySelector('[data-offline="page"]') ? location.href : undefined);
    await new Promise((resolve) => window.setTimeout(resolve, SETTLED_MS));
    tell();
  } catch {
    // Refused, or a browser that keeps nothing: everything else works.
  }
}
