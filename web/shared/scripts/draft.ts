// What is typed into the form for an idea, or for a report, stays on this device until it was sent: a lost connection loses nothing.
import { find, need } from "./page";
import { photosOf, type Photo } from "../../modules/photos/scripts/photos";
import { person, url } from "./url";

/** A form whose words are kept. */
interface Kept {
  /** The id of its element. */
  form: string;
  /** The address that it is sent to, where it makes something new: a change of what is there already begins with what is there. */
  sentTo: string;
  /** Under which its draft lies. */
  name: string;
  /** What of it is kept; a name that ends in `-` means all that begin so. */
  fields: string[];
  /** Those whose words are worth saying that they wait: a place alone is soon found again. */
  words: string[];
  /** What the draft is of: it is brought back where this is the same, and led to with it. */
  of?: string;
  /** The element that says elsewhere that it waits. */
  notice: string;
}

const IDEA: Kept = {
  form: "proposal",
  sentTo: "/proposals",
  name: "parvis-draft",
  fields: ["title", "body", "theme", "lon", "lat", "area", "geometry"],
  words: ["title", "body"],
  notice: "unsent",
};

const REPORT: Kept = {
  form: "report-form",
  sentTo: "/reports",
  name: "parvis-report",
  fields: ["body", "lon", "lat", "address", "service", "process", "answer-"],
  words: ["body", "answer-"],
  of: "category",
  notice: "unsent-report",
};

const FORMS = [IDEA, REPORT];

/** Two sites on one host keep their drafts apart. */
const prefix = ({ name }: Kept) => name + url("/").slice(0, -1);

/** Where the draft of who is here lies. */
const key = (kept: Kept) => (person() ? `${prefix(kept)}-of-${person()}` : prefix(kept));

/** Those that say where: a place that came with the address is newer than the draft's. */
const PLACE: string[] = ["lon", "lat", "area", "geometry", "address"];

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
/** The fields lie in it by their names. */
type Draft = Record<string, unknown> & {
  /** Sent ahead of the form; the server keeps them for two days. */
  photos?: Photo[];
  /** The button that publishes was pressed: the next page says whether it went through. */
  isPublishing?: boolean;
};

/** What a draft says of a name. */
function said(draft: Draft, name: string): string[] {
  const value = draft[name];
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one): one is string => typeof one === "string" && one !== "");
}

/** Storage may be refused or full; a draft is then not kept, and everything else works. */
function stored(kept: Kept): Draft {
  try {
    // What was typed before signing in is theirs who signed in next.
    const before = person() ? localStorage.getItem(prefix(kept)) : null;
    if (before !== null) {
      localStorage.setItem(key(kept), before);
      localStorage.removeItem(prefix(kept));
    }
    return JSON.parse(localStorage.getItem(key(kept)) ?? "{}") as Draft;
  } catch {
    return {};
  }
}

function store(kept: Kept, draft: Draft): void {
  try {
    localStorage.setItem(key(kept), JSON.stringify(draft));
  } catch {
    return;
  }
}

function forget(kept: Kept): void {
  try {
    localStorage.removeItem(key(kept));
  } catch {
    return;
  }
}

const isNamed = (fields: string[], name: string) => fields.some((field) => (field.endsWith("-") ? name.startsWith(field) : name === field));

function controls(form: HTMLFormElement, { fields }: Kept): Control[] {
  return [...form.elements].filter((field): field is Control => {
    const isOne = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement;
    return isOne && isNamed(fields, field.name);
  });
}

const isChoice = (field: Control): field is HTMLInputElement => field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox");

/** What a form says now, by the names of its fields. */
function values(form: HTMLFormElement, kept: Kept): Record<string, string | string[]> {
  const all: Record<string, string[]> = {};
  for (const field of controls(form, kept)) {
    const list = (all[field.name] ??= []);
    if (!isChoice(field) || field.checked) list.push(field.value);
  }
  return Object.fromEntries(Object.entries(all).map(([name, list]) => [name, list.length > 1 ? list : (list[0] ?? "")]));
}

const category = (form: HTMLFormElement, kept: Kept) => {
  const field = kept.of ? form.elements.namedItem(kept.of) : null;
  return field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field.value : "";
};

/** What a form begins with: the photos that were sent ahead of it, and what keeps it from now on. */
export interface Begun {
  photos: Photo[];
  keep: () => void;
  /** What the draft says of a field that is not there yet. */
  said: (name: string) => string | undefined;
  /** The draft has done its duty. */
  forget: () => void;
}

/** Brings back what was typed and not sent, and keeps what is typed from now on. Gives the photos that came with it. */
export function keepDraft(): Begun {
  const nothing: Begun = { photos: [], keep: () => undefined, said: () => undefined, forget: () => undefined };
  const kept = FORMS.find(({ form }) => document.getElementById(form));
  const form = kept && find(kept.form, HTMLFormElement);
  if (!form || form.getAttribute("action") !== url(kept.sentTo)) return nothing;
  const found = stored(kept);
  // The server has not taken it, since here is its form again.
  if (found.isPublishing) store(kept, { ...found, isPublishing: false });
  const draft = kept.of && found[kept.of] !== category(form, kept) ? {} : found;
  const fields = controls(form, kept);
  // A choice of nothing says nothing.
  const isSaid = (field: Control) => field.value !== "" && (!isChoice(field) || field.checked);
  const hasPlace = fields.some((field) => PLACE.includes(field.name) && isSaid(field));
  const isFresh = fields.every((field) => PLACE.includes(field.name) || !isSaid(field));
  const taken = new Set(fields.filter(isSaid).map(({ name }) => name));
  let back = false;
  for (const field of fields) {
    const values = said(draft, field.name);
    const [first] = values;
    if (first === undefined || taken.has(field.name) || (hasPlace && PLACE.includes(field.name))) continue;
    if (isChoice(field)) {
      if (!values.includes(field.value)) continue;
      field.checked = true;
    } else {
      field.value = first;
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
    back ||= isNamed(kept.words, field.name);
  }
  if (back) need("restored", HTMLElement).hidden = false;
  const keep = () => {
    const of = kept.of ? { [kept.of]: category(form, kept) } : {};
    const now: Draft = { ...values(form, kept), ...of, photos: photosOf(form) };
    // Words of something else stay until there are words here.
    const before = stored(kept);
    if (kept.of && before[kept.of] !== now[kept.of] && isWorthSaying(kept, before) && !isWorthSaying(kept, now)) return;
    store(kept, now);
  };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  // A page that comes back from the server with its own text has its own photos, too.
  return { photos: isFresh ? (draft.photos ?? []) : [], keep, said: (name) => said(draft, name)[0], forget: () => forget(kept) };
}

/** A form that publishes, or that says "me too" instead: that its button was pressed is kept, for the page that follows. */
export function tellOfPublishing(form: HTMLFormElement | undefined): void {
  form?.addEventListener("submit", ({ submitter }) => {
    const isOther = submitter?.getAttribute("formaction")?.endsWith("/support") ?? false;
    if (!(submitter instanceof HTMLButtonElement) || (submitter.value !== "publish" && !isOther)) return;
    const kept = FORMS.find(({ sentTo }) => form.getAttribute("action") === url(sentTo));
    const draft = kept ? stored(kept) : {};
    if (kept && Object.keys(draft).length > 0) store(kept, { ...draft, isPublishing: true });
  });
}

/** The server cleans what it takes: spaces, and how accents are written. */
const same = (a: string, b: string) => a.normalize().replace(/\s+/g, " ").trim() === b.normalize().replace(/\s+/g, " ").trim();

/**
 * A contribution's page: a draft has done its duty where publishing it led here, or, of an idea of one's own, where its title is this
 * one. `from` is the page before: that of a form or of a preview.
 */
export function draftWasSent(title: string | undefined, from: string): void {
  for (const kept of FORMS) {
    const draft = stored(kept);
    const before = new URL(from || location.origin).pathname;
    const isArrival = draft.isPublishing === true && (before === url(kept.sentTo) || before === url(`${kept.sentTo}/new`));
    const [own] = said(draft, "title");
    if (isArrival || (own !== undefined && title !== undefined && same(own, title))) forget(kept);
  }
}

/** Whether words or photos wait here. */
function isWorthSaying(kept: Kept, draft: Draft): boolean {
  const names = Object.keys(draft).filter((name) => isNamed(kept.words, name));
  return names.some((name) => said(draft, name).some((value) => value.trim() !== "")) || (draft.photos ?? []).length > 0;
}

/** Says on other pages what waits on this device. */
export function offerDrafts(): void {
  FORMS.forEach(offer);
}

function offer(kept: Kept): void {
  const notice = find(kept.notice, HTMLElement);
  if (!notice) return;
  // Of this window: its person has said that it may wait.
  const named = `${kept.name}-later`;
  const later = () => {
    try {
      return sessionStorage.getItem(named) !== null;
    } catch {
      return false;
    }
  };
  const show = () => {
    const draft = stored(kept);
    notice.hidden = later() || !isWorthSaying(kept, draft);
    const link = notice.querySelector("a");
    const [of] = kept.of ? said(draft, kept.of) : [];
    if (link && kept.of && of !== undefined) link.search = new URLSearchParams({ [kept.of]: of }).toString();
  };
  show();
  notice.querySelector("button")?.addEventListener("click", () => {
    try {
      sessionStorage.setItem(named, "");
    } catch {
      // Then it is said again on the next page.
    }
    notice.hidden = true;
    document.querySelector<HTMLElement>("#filters > summary")?.focus({ preventScroll: true });
  });
  // Published or typed on in another window, or come back to by the browser's own button.
  window.addEventListener("storage", show);
  window.addEventListener("pageshow", show);
}

/** When somebody last signed out in this browser: a page from before is theirs no more. */
const LEFT = "parvis-left";

/** Who signs out or erases everything leaves no draft behind, and none of their pages under the button "back". */
export function leaveNothing(): void {
  const shown = Date.now();
  for (const form of document.querySelectorAll<HTMLFormElement>(`form[action="${url("/sign-out")}"], form[action="${url("/privacy/me/erase")}"]`))
    form.addEventListener("submit", () => {
      try {
        // What waits to be sent (queue.ts), and rounds that the worker keeps.
        indexedDB.deleteDatabase(`parvis${url("/")}`);
        void caches.delete(`parvis${url("/")} round`);
        for (const kept of FORMS)
          for (const name of Object.keys(localStorage)) if (name === prefix(kept) || name.startsWith(`${prefix(kept)}-of-`)) localStorage.removeItem(name);
        localStorage.setItem(LEFT, String(Date.now()));
      } catch {
        return;
      }
    });
  window.addEventListener("pageshow", (event) => {
    try {
      if (event.persisted && Number(localStorage.getItem(LEFT)) > shown) location.reload();
    } catch {
      return;
    }
  });
}
