// What is typed into the form for an idea stays on this device until it was sent: a lost connection loses nothing.
import { find, need } from "./page";
import { photosOf, type Photo } from "../../modules/photos/scripts/photos";
import { cookieName, url } from "./url";

// Two sites on one host keep their drafts apart.
const PREFIX = `parvis-draft${url("/").slice(0, -1)}`;

/** Whose drafts this browser shows: the cookie names nobody, it only tells people on one computer apart. */
function person(): string {
  const start = `${cookieName("person")}=`;
  const found = document.cookie.split("; ").find((cookie) => cookie.startsWith(start));
  return found?.slice(start.length) ?? "";
}

/** Where the draft of who is here lies. */
const key = () => (person() ? `${PREFIX}-of-${person()}` : PREFIX);

/** Of this window: its person has said that a draft may wait. */
const LATER = "parvis-draft-later";

const FIELDS = ["title", "body", "theme", "lon", "lat", "area", "geometry"] as const;

/** Those that say where: a place that came with the address is newer than the draft's. */
const PLACE: string[] = ["lon", "lat", "area", "geometry"];

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | RadioNodeList;
type Draft = Partial<Record<(typeof FIELDS)[number], string>> & {
  /** Sent ahead of the form; the server keeps them for two days. */
  photos?: Photo[];
  /** The button that publishes was pressed: the next page says whether it went through. */
  isPublishing?: boolean;
};

/** Storage may be refused or full; a draft is then not kept, and everything else works. */
function stored(): Draft {
  try {
    // What was typed before signing in is theirs who signed in next.
    const before = person() ? localStorage.getItem(PREFIX) : null;
    if (before !== null) {
      localStorage.setItem(key(), before);
      localStorage.removeItem(PREFIX);
    }
    return JSON.parse(localStorage.getItem(key()) ?? "{}") as Draft;
  } catch {
    return {};
  }
}

function store(draft: Draft): void {
  try {
    localStorage.setItem(key(), JSON.stringify(draft));
  } catch {
    return;
  }
}

function forget(): void {
  try {
    localStorage.removeItem(key());
  } catch {
    return;
  }
}

function fields(form: HTMLFormElement): [(typeof FIELDS)[number], Field][] {
  return FIELDS.flatMap((name) => {
    const field = form.elements.namedItem(name);
    const known =
      field instanceof HTMLInputElement ||
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement ||
      field instanceof RadioNodeList;
    return known ? [[name, field]] : [];
  });
}

/** Brings back what was typed and not sent, and keeps what is typed from now on. Gives the photos that came with it. */
export function keepDraft(): { photos: Photo[]; keep: () => void } {
  const form = find("proposal", HTMLFormElement);
  // A change of what is there already begins with what is there.
  if (!form || form.getAttribute("action") !== url("/proposals")) return { photos: [], keep: () => undefined };
  const draft = stored();
  const all = fields(form);
  const hasPlace = all.some(([name, field]) => PLACE.includes(name) && field.value);
  const isFresh = all.every(([name, field]) => PLACE.includes(name) || !field.value);
  let back = false;
  for (const [name, field] of all) {
    const kept = draft[name];
    if (!kept || field.value || (hasPlace && PLACE.includes(name))) continue;
    field.value = kept;
    if (!(field instanceof RadioNodeList)) field.dispatchEvent(new Event("change", { bubbles: true }));
    back ||= name === "title" || name === "body";
  }
  if (back) need("restored", HTMLElement).hidden = false;
  const keep = () => {
    const values: Draft = Object.fromEntries(fields(form).map(([name, field]) => [name, field.value]));
    store({ ...values, photos: photosOf(form) });
  };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  // A page that comes back from the server with its own text has its own photos, too.
  return { photos: isFresh ? (draft.photos ?? []) : [], keep };
}

/** The button that publishes was pressed. */
export function draftIsPublished(): void {
  const draft = stored();
  if (Object.keys(draft).length > 0) store({ ...draft, isPublishing: true });
}

/** The server cleans what it takes: spaces, and how accents are written. */
const same = (a: string, b: string) => a.normalize().replace(/\s+/g, " ").trim() === b.normalize().replace(/\s+/g, " ").trim();

/**
 * A page of one's own idea: the draft has done its duty where its title is this one, or where publishing it led here. `from`
 * is the page before; that of a preview, after which only publishing leads to an idea.
 */
export function draftWasSent(title: string, from: string): void {
  const draft = stored();
  const isArrival = draft.isPublishing === true && from === `${location.origin}${url("/proposals")}`;
  if (isArrival || same(draft.title ?? "", title)) forget();
}

/** Whether words or photos wait here: a place alone is soon found again. */
function isWorthSaying({ title, body, photos }: Draft): boolean {
  return Boolean(title?.trim() ?? "") || Boolean(body?.trim() ?? "") || (photos ?? []).length > 0;
}

/** Says on other pages that an idea waits on this device. */
export function offerDraft(): void {
  const notice = find("unsent", HTMLElement);
  if (!notice) return;
  const later = () => {
    try {
      return sessionStorage.getItem(LATER) !== null;
    } catch {
      return false;
    }
  };
  const show = () => (notice.hidden = later() || !isWorthSaying(stored()));
  show();
  notice.querySelector("button")?.addEventListener("click", () => {
    try {
      sessionStorage.setItem(LATER, "");
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
        for (const name of Object.keys(localStorage)) if (name === PREFIX || name.startsWith(`${PREFIX}-of-`)) localStorage.removeItem(name);
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
