// A feature's own page: voices and arguments without leaving it, and what others say as they say it. htmx sends the forms that
// the page has anyway; without it they do the same by themselves.
import { draftWasSent } from "../../../shared/scripts/draft";
import { find, need, say } from "../../../shared/scripts/page";
import { offerSharing } from "./share";

/** Texts that the server put beside the page. */
function words(): DOMStringMap {
  return need("act-words", HTMLTemplateElement).dataset;
}

/** Says something once to who does not see it; twice the same is said twice. */
export function tell(text: string): void {
  const line = need("said", HTMLElement);
  line.textContent = "";
  window.setTimeout(() => (line.textContent = text), 50);
}

/** Says that an act failed, in words that depend on why. */
export function actFailed(status: number, detail?: string): void {
  const { failed = "", closed = "" } = words();
  if (status === 404) return gone();
  say(need("act-problem", HTMLElement), detail ?? (status === 403 ? closed : failed));
}

/** An act went through: what was said of the one before holds no more. */
export function actDone(text: string | undefined): void {
  say(need("act-problem", HTMLElement), undefined);
  tell(text ?? words().voted ?? "");
}

/** Said without leaving the page, which may be on its way elsewhere: its author has just withdrawn it here. */
export function gone(): void {
  say(need("gone", HTMLElement), need("gone-text", HTMLTemplateElement).content.textContent);
  document.querySelectorAll<HTMLElement>("#votes form, #arguments form, #arguments details").forEach((part) => {
    // What was typed stays to be copied.
    const typed = [...part.querySelectorAll("textarea")].some((field) => field.value !== "");
    if (!typed) part.hidden = true;
    part.querySelectorAll("button").forEach((button) => (button.disabled = true));
  });
}

/** The small map, once it comes into sight: MapLibre is the heaviest part of the page. */
function offerMap(): void {
  const container = find("place-map", HTMLElement);
  if (!container) return;
  container.hidden = false;
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    const hide = () => (container.hidden = true);
    // The place stands above in words.
    void import("../../../shared/scripts/maps").then(({ drawPlace }) => drawPlace(container)).catch(hide);
  });
  watcher.observe(container);
}

export function startFeature(): void {
  const page = need("content", HTMLElement);
  draftWasSent(page.dataset.mine === "true" ? (page.querySelector("h1")?.textContent ?? "") : undefined, document.referrer);
  offerMap();
  void beginFeature(page);
}

/** Starts what a contribution's page does in whatever element its content is. Gives what ends it. */
export async function beginFeature(root: HTMLElement): Promise<() => void> {
  offerSharing();
  // Where contributions are read only: elsewhere nobody needs htmx.
  const { startDiscussion } = await import("./discussion");
  return startDiscussion(root, root.dataset.id ?? "", root.dataset.seq ?? "");
}
