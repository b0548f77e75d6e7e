// The live stream of changes. The browser reconnects by itself and tells the last number that it saw; where it gives up (a
// proxy that answers with an error, a server that has too many listeners), we ask what was missed now and then instead, and try to
// listen again after a while. A tab that nobody sees lets go of its connection (a browser has
// only six for one server, over all tabs) and catches up from the journal once somebody looks.
import type { Change } from "./touched";
import { url } from "../../../shared/scripts/url";

const AGAIN_MS = 5_000;
/** How often is asked before listening is tried again. */
const QUESTIONS = 6;

export interface Live {
  change: (change: Change) => void;
  /** Whether the connection stands. Told only when it changes. */
  state: (connected: boolean) => void;
}

/** Listens to every change after the journal number `last`, until what it gives is called. */
export function listen(last: string, live: Live): () => void {
  let connected = true;
  let source: EventSource | undefined;
  let timer: number | undefined;
  const ended = new AbortController();
  const tell = (state: boolean) => {
    if (state !== connected) live.state(state);
    connected = state;
  };
  const close = () => {
    window.clearTimeout(timer);
    source?.close();
  };
  const ask = async (left: number): Promise<void> => {
    try {
      const answer = await fetch(url(`/live?last=${encodeURIComponent(last || "0")}&once`));
      if (answer.ok) {
        const missed = (await answer.json()) as (Change & { seq: number }) | null;
        tell(true);
        if (missed) {
          last = String(missed.seq);
          live.change(missed);
        }
      }
    } catch {
      tell(false);
    }
    again(left - 1);
  };
  // Not all at the same moment: they were refused together.
  const again = (left: number) => {
    window.clearTimeout(timer);
    if (ended.signal.aborted) return;
    timer = window.setTimeout(() => (left > 0 && !document.hidden ? void ask(left) : open()), AGAIN_MS * (0.5 + Math.random()));
  };
  const open = () => {
    close();
    if (document.hidden) return;
    const opened = new EventSource(url(last ? `/live?last=${encodeURIComponent(last)}` : "/live"));
    source = opened;
    opened.onopen = () => tell(true);
    opened.onerror = () => {
      tell(false);
      if (opened.readyState === EventSource.CLOSED) again(QUESTIONS);
    };
    opened.addEventListener("change", (event) => {
      if (event.lastEventId) last = event.lastEventId;
      live.change(JSON.parse(String(event.data)) as Change);
    });
  };
  open();
  const { signal } = ended;
  // Closes where nobody looks, too.
  document.addEventListener("visibilitychange", open, { signal });
  // Do not wait for the browser's next try when the network is back, nor on a page that comes back from its cache.
  window.addEventListener("online", open, { signal });
  window.addEventListener("pageshow", (event) => event.persisted && open(), { signal });
  window.addEventListener("pagehide", close, { signal });
  return () => {
    ended.abort();
    close();
  };
}
