// The live stream of changes. The browser reconnects by itself and tells the last number that it saw; where it gives up (a
// proxy that answers with an error), so do we after a while. A tab that nobody sees keeps its connection and costs no more.
import type { Change } from "./touched";

const AGAIN_MS = 5_000;

export interface Live {
  change: (change: Change) => void;
  /** Whether the connection stands. Told only when it changes. */
  state: (connected: boolean) => void;
}

/** Listens to every change after the journal number `last`. */
export function listen(last: string, live: Live): void {
  let connected = true;
  let source: EventSource | undefined;
  let timer: number | undefined;
  const tell = (state: boolean) => {
    if (state !== connected) live.state(state);
    connected = state;
  };
  const open = () => {
    window.clearTimeout(timer);
    source?.close();
    source = new EventSource(last ? `/live?last=${encodeURIComponent(last)}` : "/live");
    source.onopen = () => tell(true);
    source.onerror = () => {
      tell(false);
      if (source?.readyState === EventSource.CLOSED) timer = window.setTimeout(open, AGAIN_MS);
    };
    source.addEventListener("change", (event) => {
      if (event.lastEventId) last = event.lastEventId;
      live.change(JSON.parse(String(event.data)) as Change);
    });
  };
  open();
  // Do not wait for the browser's next try when the network is back, nor on a page that comes back from its cache.
  window.addEventListener("online", open);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) open();
  });
  window.addEventListener("pagehide", () => source?.close());
}
