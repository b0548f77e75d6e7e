// The live stream of changes. The browser reconnects by itself and tells the last number that it saw; where it gives up (a
// proxy that answers with an error), so do we after a while. A tab that nobody sees lets go of its connection (a browser has
// only six for one server, over all tabs) and catches up from the journal once somebody looks.
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
  const close = () => {
    window.clearTimeout(timer);
    source?.close();
  };
  const open = () => {
    close();
    if (document.hidden) return;
    const opened = new EventSource(last ? `/live?last=${encodeURIComponent(last)}` : "/live");
    source = opened;
    opened.onopen = () => tell(true);
    opened.onerror = () => {
      tell(false);
      if (opened.readyState === EventSource.CLOSED) timer = window.setTimeout(open, AGAIN_MS);
    };
    opened.addEventListener("change", (event) => {
      if (event.lastEventId) last = event.lastEventId;
      live.change(JSON.parse(String(event.data)) as Change);
    });
  };
  open();
  // Closes where nobody looks, too.
  document.addEventListener("visibilitychange", open);
  // Do not wait for the browser's next try when the network is back, nor on a page that comes back from its cache.
  window.addEventListener("online", open);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) open();
  });
  window.addEventListener("pagehide", close);
}
