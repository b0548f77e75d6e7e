// The filters and the list beside the map: the page's own HTML with another query, put in place without leaving the page.
// One answer holds the list, the counts and the choices, so that they agree.
import { find, need } from "../../../shared/scripts/page";
import { pageQuery, withQuery } from "./query";
import { url } from "../../../shared/scripts/url";

/** As many cards as a page of the list holds without being asked. */
const PAGE = 50;

/** How long the hand must rest after a letter, in ms. */
const WORDS_MS = 400;

/** As many as the server gives at once. */
const MOST = 1_000;

export class Panel {
  private list = need("list", HTMLElement);
  private readonly form = need("filter", HTMLFormElement);
  private readonly problem = need("filter-problem", HTMLElement);
  private asked: AbortController | undefined;
  /** What a person asked for last: live updates wait for it instead of cutting it off. */
  private action: Promise<unknown> = Promise.resolve();

  /** Whether the last reading failed, so that another is due once the server answers again. */
  isStale = false;

  /** What the map shows, `west,south,east,north`: the list is then of what is in view. */
  private view = "";

  /** `applied` hears of every filter that holds from now on. */
  constructor(private readonly applied: (query: string) => void) {
    for (const submit of this.form.querySelectorAll<HTMLElement>("[type=submit]")) submit.hidden = true;
    const apply = () => (this.action = this.go(pageQuery(new FormData(this.form))));
    this.form.addEventListener("change", () => void apply());
    // Words are looked for as they are typed, once the hand rests.
    let rest: number | undefined;
    need("q", HTMLInputElement).addEventListener("input", () => {
      window.clearTimeout(rest);
      rest = window.setTimeout(() => void apply(), WORDS_MS);
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void apply();
    });
    // A chip is a link to the page without its condition; "show all" one to the page without any.
    this.form.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const query = pageQuery(new URLSearchParams(link.search));
      this.action = this.go(query).then((page) => {
        if (page) this.fillForm(page);
        need("filters", HTMLDetailsElement).querySelector("summary")?.focus({ preventScroll: true });
      });
    });
    // So is what the map's legend says of each colour; the keyboard stays on it.
    find("legend", HTMLElement)?.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      // After what was chosen a moment ago, which its address does not know yet.
      this.action = this.action.then(async () => {
        const now = document.querySelector<HTMLAnchorElement>(`#legend [data-word="${CSS.escape(link.dataset.word ?? "")}"]`) ?? link;
        const page = await this.go(pageQuery(new URLSearchParams(now.search)));
        if (page) this.fillForm(page);
      });
    });
    need("panel", HTMLElement).addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[rel=next]") : null;
      if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.action = this.more(link);
    });
    window.addEventListener("popstate", () => {
      this.action = this.load(location.search).then((page) => {
        if (!page) return;
        this.applied(this.query);
        this.fillForm(page);
      });
    });
    // What was chosen before this script was there; an address that asks for what there is not keeps asking for it.
    if (this.list.dataset.unknown === undefined) void apply();
  }

  /** The address's query as it holds now. */
  get query(): string {
    return pageQuery(new URLSearchParams(location.search));
  }

  /** The map shows another part of the territory. */
  show(view: string): void {
    if (view === this.view) return;
    this.view = view;
    // After what a person asked for, never instead of it; and not at all where they ask again meanwhile: that is of this view.
    const mine: Promise<unknown> = this.action.then(() => (this.action === mine ? this.load(location.search) : undefined));
    this.action = mine;
  }

  /** Shows what is of these days, `YYYY-MM-DD`, or of all where they are empty; "back" leads to what was before the first of them. */
  async period(since: string, until: string): Promise<void> {
    const days = { since, until };
    for (const [name, day] of Object.entries(days)) {
      const field = this.form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
      if (field) field.value = day;
    }
    const isFirst = !new URLSearchParams(location.search).has("since");
    this.action = this.go(pageQuery(new FormData(this.form)), isFirst ? "push" : "replace");
    await this.action;
  }

  /** Applies another query, and tells it in the address bar if the server takes it. */
  private async go(query: string, how: "push" | "replace" = "push"): Promise<Document | undefined> {
    if (query === this.query && !location.search.includes("cursor=")) return undefined;
    const page = await this.load(query ? `?${query}` : "");
    if (!page) return undefined;
    history[how === "push" ? "pushState" : "replaceState"](null, "", withQuery(url("/"), query) + location.hash);
    this.applied(query);
    return page;
  }

  /** Reads list and counts anew, as long as the list has become. */
  async refresh(): Promise<void> {
    await this.action;
    const shown = this.list.querySelectorAll(".card").length;
    const query = new URLSearchParams(location.search);
    if (shown > PAGE) query.set("limit", String(Math.min(MOST, Math.ceil(shown / PAGE) * PAGE)));
    await this.load(query.size > 0 ? `?${query}` : "");
  }

  /** Puts the page of this query in place; `undefined` where there is none, or a later one was asked for. */
  private async load(search: string): Promise<Document | undefined> {
    this.asked?.abort();
    this.asked = new AbortController();
    const query = new URLSearchParams(search);
    if (this.view) query.set("bbox", this.view);
    // An order by lot stays as it was drawn for this page.
    const seed = new FormData(this.form).get("seed");
    if (typeof seed === "string") query.set("seed", seed);
    this.list.setAttribute("aria-busy", "true");
    const page = await this.fetch(withQuery(url("/"), query.toString()), this.asked.signal);
    const list = page?.getElementById("list");
    if (!page || !list) {
      this.list.removeAttribute("aria-busy");
      return undefined;
    }
    this.problem.hidden = true;
    this.replaceList(document.importNode(list, true));
    this.fillCounts(page);
    return page;
  }

  private async fetch(address: string, signal: AbortSignal | null = null): Promise<Document | undefined> {
    try {
      const response = await fetch(address, { headers: { accept: "text/html" }, signal });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      this.isStale = response.status >= 500;
      if (response.ok) return page;
      this.problem.textContent = page.querySelector(".detail")?.textContent ?? String(response.status);
      this.problem.hidden = false;
    } catch {
      // Cancelled by a later question, or offline: the live stream says so, and when that is over.
      this.isStale ||= signal?.aborted !== true;
    }
    return undefined;
  }

  private replaceList(list: HTMLElement): void {
    const focused = document.activeElement;
    const address = focused && this.list.contains(focused) ? focused.getAttribute("href") : null;
    this.list.replaceWith(list);
    this.list = list;
    // Whoever was on a link of the list is on it again.
    if (address) list.querySelector<HTMLElement>(`a[href="${CSS.escape(address)}"]`)?.focus({ preventScroll: true });
  }

  /** Counts of each choice, choices that came up meanwhile, and the total. */
  private fillCounts(page: Document): void {
    const total = need("total", HTMLElement);
    const said = page.getElementById("total")?.textContent ?? "";
    if (total.textContent !== said) total.textContent = said;
    // A process may ask for another order.
    const [order, fresh] = [this.form, page].map((part) => part.querySelector("select[name=order]"));
    if (order && fresh && order !== document.activeElement && !order.isEqualNode(fresh)) order.replaceWith(document.importNode(fresh, true));
    for (const id of ["whole", "chips"]) {
      const fresh = page.getElementById(id);
      const old = need(id, HTMLElement);
      if (fresh && !fresh.isEqualNode(old)) old.replaceWith(document.importNode(fresh, true));
    }
    this.fillLegend(page);
    // Buttons here, links there (place.ts): the same where they lead to the same.
    const [acts, freshActs] = [need("acts", HTMLElement), page.getElementById("acts")];
    const leads = (part: HTMLElement) => [...part.querySelectorAll("a")].map((link) => link.getAttribute("href")).join(" ");
    if (!freshActs || leads(acts) === leads(freshActs)) return this.fillChoices(page);
    acts.replaceWith(document.importNode(freshActs, true));
    document.dispatchEvent(new Event("acts"));
    this.fillChoices(page);
  }

  private fillLegend(page: Document): void {
    const [old, fresh] = [find("legend-list", HTMLElement), page.getElementById("legend-list")];
    if (!old || !fresh || fresh.isEqualNode(old)) return;
    const focused = document.activeElement instanceof HTMLElement && old.contains(document.activeElement) ? document.activeElement : undefined;
    const list = document.importNode(fresh, true);
    old.replaceWith(list);
    need("legend", HTMLElement).hidden = list.childElementCount === 0;
    if (focused) list.querySelector<HTMLElement>(`[data-word="${CSS.escape(focused.dataset.word ?? "")}"]`)?.focus({ preventScroll: true });
  }

  private fillChoices(page: Document): void {
    for (const fresh of page.querySelectorAll<HTMLElement>("#filter [data-count]")) {
      const choice = fresh.closest("label");
      const old = this.form.querySelector(`[data-count="${CSS.escape(fresh.dataset.count ?? "")}"]`);
      const label = old?.closest("label");
      if (!choice) continue;
      if (old && label) {
        old.textContent = fresh.textContent;
        label.hidden = choice.hidden && !label.querySelector("input")?.checked;
      } else {
        const name = choice.querySelector("input")?.name ?? "";
        const last = [...this.form.querySelectorAll(`input[name="${CSS.escape(name)}"]`)].at(-1);
        last?.closest("fieldset")?.append(document.importNode(choice, true));
      }
    }
    const areas = this.form.querySelector<HTMLSelectElement>("select[name=area]");
    for (const fresh of page.querySelectorAll<HTMLOptionElement>("#filter select[name=area] option")) {
      const old = [...(areas?.options ?? [])].find((option) => option.value === fresh.value);
      if (!old) areas?.append(document.importNode(fresh, true));
      else if (old.text !== fresh.text) old.text = fresh.text;
    }
  }

  /** Sets the form to what the server read out of the address: for the browser's "back". */
  private fillForm(page: Document): void {
    for (const fresh of page.querySelectorAll<HTMLInputElement>("#filter input")) {
      const value = fresh.type === "checkbox" ? `[value="${CSS.escape(fresh.value)}"]` : "";
      const old = this.form.querySelector<HTMLInputElement>(`input[name="${CSS.escape(fresh.name)}"]${value}`);
      if (!old) continue;
      if (fresh.type === "checkbox") old.checked = fresh.checked;
      else old.value = fresh.value;
    }
    for (const fresh of page.querySelectorAll<HTMLSelectElement>("#filter select")) {
      const old = this.form.querySelector<HTMLSelectElement>(`select[name="${CSS.escape(fresh.name)}"]`);
      if (old) old.value = fresh.value;
    }
  }

  /** The list's next part, put behind what is shown. */
  private async more(link: HTMLAnchorElement): Promise<void> {
    const page = await this.fetch(link.pathname + link.search);
    const first = page?.querySelector(".card");
    if (!page || !first) return;
    const cards = [...page.querySelectorAll(".card")].map((card) => document.importNode(card, true));
    // What moved down meanwhile is not shown twice.
    for (const card of cards) find(card.id, HTMLElement)?.remove();
    this.list.querySelector(".cards")?.append(...cards);
    const next = page.querySelector("a[rel=next]");
    if (next) link.href = next.getAttribute("href") ?? link.href;
    else link.closest("p")?.remove();
    cards[0]?.querySelector("a")?.focus();
  }
}
