// The map's page: map, filters and list as one, kept true by the live stream. The list does not wait for the map.
import { Beside } from "./beside";
import { bringMap } from "./bring";
import { listen } from "./live";
import { find, hasWebGL, need, say, word } from "../../../shared/scripts/page";
import { Panel } from "./panel";
import { actOf } from "../../../shared/scripts/acts";
import { startPrinting } from "./print";
import { tileQuery } from "./query";
import { styleAddress } from "./style-address";
import { startSheet } from "./sheet";
import { startTimeline } from "./timeline";
import type { Shown, SquareMap } from "./square-map";
import { DEEPEST_ZOOM, Stale } from "./touched";

/** The shortest time between two readings of changed tiles, of the list, and of everything. */
const TILES_MS = 100;
const LIST_MS = 500;
const ALL_MS = 2_000;

/** How long the map must rest until the list follows it. */
const VIEW_MS = 250;

/** How long until another try where the map could not be loaded. */
const AGAIN_MS = 5_000;

/** Runs `work` once for many calls: at once, then at most every `pause`, and never twice at a time. */
function paced(work: () => Promise<void>, pause: number): () => void {
  let [busy, again] = [false, false];
  const run = () => {
    if (busy) {
      again = true;
      return;
    }
    [busy, again] = [true, false];
    void work().finally(() => {
      window.setTimeout(() => {
        busy = false;
        if (again) run();
      }, pause);
    });
  };
  return run;
}

async function loadMap(
  container: HTMLElement,
  shown: () => Shown,
  moved: () => void,
  beside: (id: number) => boolean,
): Promise<SquareMap | undefined> {
  const notice = need("map-notice", HTMLElement);
  if (!hasWebGL()) {
    document.body.classList.replace("has-map", "no-map");
    say(notice, word("no-webgl"));
    return undefined;
  }
  const loading = need("map-loading", HTMLElement);
  loading.hidden = false;
  bringMap();
  // Asked for beside the script that reads it. What is shown when that is there may be something else.
  const { query } = shown();
  let early: Promise<Response> | undefined = fetch(styleAddress(query));
  early.catch(() => undefined);
  for (;;) {
    try {
      const { drawSquare } = await import("../../../shared/scripts/maps");
      const style = shown().query === query ? early : undefined;
      early = undefined;
      const map = await drawSquare(container, shown(), moved, beside, style);
      loading.hidden = true;
      say(notice, undefined);
      return map;
    } catch {
      say(notice, word("failed"));
      await new Promise((resolve) => window.setTimeout(resolve, AGAIN_MS));
    }
  }
}

export async function startSquare(): Promise<void> {
  const container = need("map", HTMLElement);
  const filter = () => tileQuery(new URLSearchParams(need("list", HTMLElement).dataset.query));
  const shown = () => ({ query: filter(), layers: need("list", HTMLElement).dataset.layers ?? "features" });
  // A map that the server draws is told what is asked for.
  const picture = () => {
    const query = new URLSearchParams(filter());
    const grouped = new URLSearchParams(location.search).get("grouped");
    if (grouped) query.set("grouped", grouped);
    return query;
  };
  let map: SquareMap | undefined;
  const drawn = find("map-drawn", HTMLElement);
  let refreshMonths: () => void = () => undefined;
  const panel = new Panel(() => {
    refreshMonths();
    map?.show(shown());
    if (!drawn) return;
    drawn.dataset.query = picture().toString();
    drawn.dispatchEvent(new Event("redraw"));
  });
  startPrinting(() => {
    const query = picture();
    if (map) query.set("bbox", map.view());
    return query;
  });
  refreshMonths = startTimeline((since, until) => panel.period(since, until));
  startSheet(() => map?.makeRoom());
  // The list follows the map once the map has come to rest.
  let rest: number | undefined;
  const moved = () => {
    window.clearTimeout(rest);
    rest = window.setTimeout(() => {
      // On paper the map is not there, and shows no part of the territory: what was listed is printed.
      const isSeen = () => container.clientWidth > 0 && container.clientHeight > 0;
      // The page's own list is there; that of the first view comes after the map, and not instead of it. It may be printed meanwhile.
      const there = map;
      if (there && isSeen()) void there.still.then(() => isSeen() && panel.show(there.view()));
    }, VIEW_MS);
  };

  let place: [number, number] | undefined;
  const beside = new Beside({
    shown: (at) => {
      place = at;
      map?.point(at);
    },
    view: () => map?.hash() ?? "",
    isBusy: () => map?.isBusy() ?? false,
  });

  const stale = new Stale();
  const refreshTiles = paced(async () => {
    if (!map) return;
    const { all, tiles } = stale.take();
    try {
      if (all) await map.refreshAll();
      else if (tiles.length > 0) await map.refresh(tiles);
    } catch {
      // Offline again: the stream will say what happened meanwhile, the map is then read anew.
      stale.everything();
    }
  }, TILES_MS);
  const refreshAll = paced(async () => {
    refreshTiles();
    await panel.refresh();
  }, ALL_MS);
  const refreshList = paced(() => panel.refresh(), LIST_MS);
  listen(container.dataset.seq ?? "", {
    change: (change) => {
      stale.add(change, DEEPEST_ZOOM);
      if (stale.all) {
        refreshAll();
      } else {
        refreshTiles();
        refreshList();
      }
    },
    state: (connected) => {
      if (map) say(need("map-notice", HTMLElement), connected ? undefined : word("offline"));
      if (!connected) return;
      // What could not be read meanwhile.
      refreshTiles();
      if (panel.isStale) refreshList();
    },
  });

  // Pressed before there is a map: the cross comes with it. Where none will come, the links lead to their forms.
  let wanted: HTMLAnchorElement | undefined;
  const want = (event: Event) => {
    const act = actOf(event);
    if (!act?.closest("#acts") || !hasWebGL()) return;
    event.preventDefault();
    wanted = act;
  };
  document.addEventListener("click", want);
  map = await loadMap(container, shown, moved, (id) => beside.open(id));
  map?.point(place);
  document.removeEventListener("click", want);
  if (map) wanted?.click();
  moved();
  // What was filtered or changed while it loaded.
  map?.show(shown());
  refreshTiles();
}
