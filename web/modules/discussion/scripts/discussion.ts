// Voices and arguments while somebody reads: htmx sends the forms and puts the answers in place; what others do comes over the
// live stream. Nobody's typing is touched: while the focus is among the arguments, new ones are announced and wait.
import htmx from "htmx.org";
import { actDone, actFailed, gone } from "./feature";
import { listen } from "../../map/scripts/live";
import { find, need } from "../../../shared/scripts/page";
import { url } from "../../../shared/scripts/url";

const SIDES = ["for", "against"];

interface Answer {
  elt?: HTMLElement;
  xhr?: XMLHttpRequest;
  target?: HTMLElement;
}

/** The part of a page that an address answers with. */
async function part(path: string): Promise<HTMLElement | undefined> {
  const response = await fetch(path, { headers: { "hx-request": "true" } });
  if (response.status === 404) gone();
  if (!response.ok) return undefined;
  const { body } = new DOMParser().parseFromString(await response.text(), "text/html");
  return body.firstElementChild instanceof HTMLElement ? body.firstElementChild : undefined;
}

/** Makes `old` say what `fresh` says, node by node: what somebody is about to press or hears read stays the same element, and an
 *  answer under way still finds its place. */
function become(old: Element, fresh: Element): void {
  if (old.isEqualNode(fresh)) return;
  // The page's own key stays: it is who acts here until a cookie has come.
  if (old instanceof HTMLInputElement && old.name === "once") return;
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const [had, has] = [[...old.childNodes], [...fresh.childNodes]];
  has.forEach((node, n) => {
    const kept = had[n];
    if (!kept) old.append(document.importNode(node, true));
    else if (kept instanceof Element && node instanceof Element && kept.tagName === node.tagName && kept.id === node.id)
      become(kept, node);
    else if (!kept.isEqualNode(node)) kept.replaceWith(document.importNode(node, true));
  });
  for (const node of had.slice(has.length)) node.remove();
}

/** Takes the answer over into the page; the focus stays where it was, or goes beside what is gone. */
function show(old: HTMLElement, fresh: Element): void {
  const focused = old.contains(document.activeElement);
  become(old, fresh);
  htmx.process(old);
  if (focused && !old.contains(document.activeElement))
    (old.querySelector<HTMLElement>("button, summary") ?? old).focus({ preventScroll: true });
}

/** Acts of one's own on this page: how many began, and when none is under way any more. */
const acts = { begun: 0, ended: Promise.resolve() as Promise<unknown> };

function actBegins({ xhr }: Answer): void {
  acts.begun += 1;
  acts.ended = Promise.all([acts.ended, new Promise((resolve) => xhr?.addEventListener("loadend", resolve))]);
}

/** A part of the page as it is after every act of one's own. Asked for beside one, the answer could be older than the act's, and
 *  a first voice is not yet known by its cookie: it would look as if it had not been heard. */
async function partNow(path: string): Promise<HTMLElement | undefined> {
  for (;;) {
    const { begun, ended } = acts;
    await ended;
    const fresh = await part(path);
    if (begun === acts.begun) return fresh;
  }
}

async function refreshVotes(id: string): Promise<void> {
  const fresh = await partNow(url(`/features/${id}/votes`));
  const shown = find("votes", HTMLElement);
  if (fresh && shown) show(shown, fresh);
}

function argumentIds(part: ParentNode): string[] {
  return [...part.querySelectorAll(".argument")].map((argument) => argument.id);
}

/** The lists alone: forms stay with what is typed in them. */
function showArguments(fresh: HTMLElement): void {
  for (const side of SIDES) {
    const list = fresh.querySelector(`#argued-${side}`);
    if (list) show(need(`argued-${side}`, HTMLElement), list);
  }
  announce(0, fresh);
}

/** Says how many arguments wait to be shown. */
function announce(count: number, fresh: HTMLElement): void {
  const line = need("news", HTMLElement);
  const [text, button] = [line.querySelector("span"), line.querySelector("button")];
  if (!text || !button) return;
  const { news = "", newsOne = "" } = need("arguments", HTMLElement).dataset;
  line.hidden = button.hidden = count === 0;
  text.textContent = count === 0 ? "" : count === 1 ? newsOne : news.replace("{n}", String(count));
  button.onclick = () => {
    showArguments(fresh);
    need("arguments", HTMLElement).focus();
  };
}

async function refreshArguments(id: string): Promise<void> {
  const fresh = await partNow(url(`/features/${id}/arguments`));
  const shown = find("arguments", HTMLElement);
  if (!fresh || !shown) return;
  if (!shown.contains(document.activeElement)) return showArguments(fresh);
  const known = argumentIds(shown);
  announce(argumentIds(fresh).filter((argument) => !known.includes(argument)).length, fresh);
}

/** How many characters are left, beside each field. */
function countLeft(event: Event): void {
  const field = event.target;
  if (!(field instanceof HTMLTextAreaElement)) return;
  const line = document.querySelector(`[data-of="${field.id}"]`);
  const left = find("arguments", HTMLElement)?.dataset.left ?? "";
  if (line) line.textContent = field.value ? left.replace("{n}", String(field.maxLength - field.value.length)) : "";
}

/** After an act of one's own: the words for it, and the focus where the act ended. */
function acted({ xhr, target }: Answer): void {
  if (xhr?.status === 400) return document.querySelector<HTMLElement>("#arguments [aria-invalid]")?.focus();
  if (target?.id === "arguments") {
    const shown = need("arguments", HTMLElement);
    actDone(shown.dataset.said);
    announce(0, shown);
    (document.getElementById(`argument-${shown.dataset.added ?? ""}`) ?? shown).focus();
    return;
  }
  actDone(undefined);
  // The button that took the voice back is gone with it.
  if (document.activeElement === document.body) document.getElementById("vote-for")?.focus();
}

/** htmx for this page, once: a page of the map shows one contribution after the other. */
let isReady = false;

function ready(): void {
  if (isReady) return;
  isReady = true;
  // As the page's own `htmx-config` says; it is read too late where this script arrives after the page.
  Object.assign(htmx.config, { allowEval: false, includeIndicatorStyles: false, selfRequestsOnly: true });
  const told = document.querySelector<HTMLMetaElement>('meta[name="htmx-config"]')?.content;
  if (told) Object.assign(htmx.config, JSON.parse(told));
  // An answer is in place at once: between its swap and a later settling, `become` would meet half of it.
  htmx.config.defaultSettleDelay = 0;

  const answer = (event: Event) => (event as CustomEvent<Answer>).detail;
  document.body.addEventListener("htmx:beforeRequest", (event) => actBegins(answer(event)));
  document.body.addEventListener("htmx:afterSettle", (event) => acted(answer(event)));
  document.body.addEventListener("htmx:responseError", (event) => {
    const { elt, xhr } = answer(event);
    // Its key was used for another text, and the answer was lost on the way: a page shows both.
    if (xhr?.status === 409 && elt instanceof HTMLFormElement) return elt.submit();
    // Too often: the answer (RFC 9457) says when to come back.
    const told = xhr?.status === 429 ? (JSON.parse(xhr.responseText) as { detail?: string }) : undefined;
    actFailed(xhr?.status ?? 0, told?.detail);
  });
  document.body.addEventListener("htmx:sendError", () => actFailed(0));
  document.body.addEventListener("input", countLeft);
}

/** Starts htmx on a contribution, and the stream of what others do. Gives what ends it. */
export function startDiscussion(root: HTMLElement, id: string, seq: string): () => void {
  ready();
  htmx.process(root);
  let refreshed = Promise.resolve();
  let isOver = false;
  const stop = listen(seq, {
    change: ({ all, features }) => {
      const own = features.find((feature) => String(feature.id) === id);
      if (own?.act === "withdrawn") return gone();
      if (!all && !own) return;
      // An event tells the last act only: others may lie before it. One after the other, so that no late answer puts back
      // what is older. A failure leaves the page as it was, until the next.
      refreshed = refreshed
        .then(() => (isOver ? undefined : refreshVotes(id)))
        .then(() => (isOver ? undefined : refreshArguments(id)))
        .catch(() => undefined);
    },
    state: () => undefined,
  });
  return () => {
    isOver = true;
    stop();
  };
}
