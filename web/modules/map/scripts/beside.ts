// A contribution beside the map, where there is room: its own page's content in the panel, while the map stays. The browser's "back" and
// Escape close it, and the focus goes back to where it came from. On a narrow screen, and without scripts, links are links.
import { find, need } from "../../../shared/scripts/page";
import { url } from "../../../shared/scripts/url";

/** From this width on there is room for both. */
const WIDE = "(min-width: 64rem)";

/** What the map does about it. */
export interface Surroundings {
  /** Another contribution is shown, here, or none. */
  shown: (at: [number, number] | undefined) => void;
  /** Where the map is, as the address says it; nothing where there is no map yet. */
  view: () => string;
  /** Whether a press of Escape means something else. */
  isBusy: () => boolean;
}

/** What this page's history remembers of an entry. */
interface Remembered {
  idea?: number;
}

const remembered = () => (history.state as Remembered | null)?.idea;

/** The number in the address of a contribution's page. */
function idOf(link: HTMLAnchorElement): number | undefined {
  const id = /\/features\/(\d+)$/.exec(link.pathname)?.[1];
  return id === undefined ? undefined : Number(id);
}

export class Beside {
  private readonly panel = need("panel", HTMLElement);
  private readonly list = need("panel-body", HTMLElement);
  private readonly part = need("beside", HTMLElement);
  private readonly body = need("beside-body", HTMLElement);
  private readonly title = document.title;
  private id: number | undefined;
  private opener: HTMLElement | undefined;
  private end: Promise<() => void> | undefined;

  constructor(private readonly around: Surroundings) {
    need("beside-close", HTMLButtonElement).addEventListener("click", () => this.close());
    document.addEventListener("click", (event) => {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("#list .card a, .popup-card a") : null;
      const id = link && idOf(link);
      if (link && id && this.open(id, link)) event.preventDefault();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || this.id === undefined || around.isBusy()) return;
      // Nobody loses what they type by the key that ends a suggestion.
      if (event.target instanceof Element && event.target.closest("input, textarea, select")) return;
      this.close();
    });
    window.addEventListener("popstate", () => {
      const id = remembered();
      // The map stays where it is, whatever the entry remembers.
      const view = this.around.view();
      if (id !== this.id && view) history.replaceState(history.state, "", `#${view}`);
      if (id === undefined) this.hide();
      else if (id !== this.id) void this.show(id);
    });
    const id = remembered();
    if (id !== undefined) {
      if (window.matchMedia(WIDE).matches) void this.show(id);
      else history.replaceState(null, "", location.href);
    }
  }

  /** Opens it where there is room; `opener` is where the focus goes when it is closed. */
  open(id: number, opener?: HTMLElement): boolean {
    if (!window.matchMedia(WIDE).matches) return false;
    if (id === this.id) {
      this.focus();
      return true;
    }
    if (this.id === undefined) this.opener = opener;
    history.pushState({ idea: id } satisfies Remembered, "", location.href);
    void this.show(id);
    return true;
  }

  private close(): void {
    if (remembered() === undefined) this.hide();
    else history.back();
  }

  private async show(id: number): Promise<void> {
    this.id = id;
    const path = url(`/features/${id}`);
    const content = await this.read(path);
    if (this.id !== id) return;
    // What is not public any more has a page that says so.
    if (!content) return location.assign(path);
    this.stop();
    this.body.replaceChildren(...content.childNodes);
    for (const name of ["id", "seq", "mine"]) this.body.dataset[name] = content.dataset[name] ?? "";
    need("beside-page", HTMLAnchorElement).href = path;
    [this.list.hidden, this.part.hidden] = [true, false];
    this.panel.classList.add("has-beside");
    this.part.scrollTop = 0;
    document.title = content.title;
    this.around.shown(content.at);
    this.focus();
    const { beginFeature } = await import("../../discussion/scripts/feature");
    if (this.id === id) this.end = beginFeature(this.body);
  }

  /** The content of a contribution's page, without what the map is there for. */
  private async read(path: string) {
    try {
      const response = await fetch(path, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const main = page.querySelector<HTMLElement>("main.feature[data-id]");
      if (!response.ok || !main) return undefined;
      const told = page.querySelector('meta[name="htmx-config"]');
      if (told && !document.querySelector('meta[name="htmx-config"]')) document.head.append(document.importNode(told, true));
      const { lon, lat } = page.getElementById("place-map")?.dataset ?? {};
      for (const other of main.querySelectorAll("#place-map, #map-words, #print, figure.on-paper, .printed, .back > a:first-child")) other.remove();
      const { childNodes, dataset } = document.importNode(main, true);
      const at: [number, number] | undefined = lon && lat ? [Number(lon), Number(lat)] : undefined;
      return { childNodes, dataset, at, title: page.title };
    } catch {
      return undefined;
    }
  }

  private focus(): void {
    const heading = this.body.querySelector<HTMLElement>("h1");
    heading?.setAttribute("tabindex", "-1");
    (heading ?? this.part).focus({ preventScroll: true });
  }

  private stop(): void {
    void this.end?.then((end) => end());
    this.end = undefined;
  }

  private hide(): void {
    if (this.id === undefined) return;
    const [id, opener] = [this.id, this.opener];
    this.id = this.opener = undefined;
    this.stop();
    this.body.replaceChildren();
    [this.list.hidden, this.part.hidden] = [false, true];
    this.panel.classList.remove("has-beside");
    document.title = this.title;
    this.around.shown(undefined);
    // The list may have been read anew meanwhile.
    const card = find(`feature-${id}`, HTMLElement)?.querySelector<HTMLElement>("h2 a");
    const back = opener?.isConnected ? opener : (card ?? document.querySelector<HTMLElement>("#map canvas"));
    back?.focus({ preventScroll: back !== card });
  }
}
