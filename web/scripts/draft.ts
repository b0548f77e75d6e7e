// What is typed into the form for an idea stays on this device until it was sent: a lost connection loses nothing.
import { find, need } from "./page";

const KEY = "parvis-draft";
const FIELDS = ["title", "body", "theme", "lon", "lat", "area", "geometry"] as const;

/** Those that say where: a place that came with the address is newer than the draft's. */
const PLACE: string[] = ["lon", "lat", "area", "geometry"];

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | RadioNodeList;
type Draft = Partial<Record<(typeof FIELDS)[number], string>>;

/** Storage may be refused or full; a draft is then not kept, and everything else works. */
function stored(): Draft {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Draft;
  } catch {
    return {};
  }
}

function store(draft: Draft): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    return;
  }
}

function forget(): void {
  try {
    localStorage.removeItem(KEY);
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

/** Brings back what was typed and not sent, and keeps what is typed from now on. */
export function keepDraft(): void {
  const form = find("proposal", HTMLFormElement);
  // A change of what is there already begins with what is there.
  if (!form || form.getAttribute("action") !== "/proposals") return;
  const draft = stored();
  const all = fields(form);
  const hasPlace = all.some(([name, field]) => PLACE.includes(name) && field.value);
  let back = false;
  for (const [name, field] of all) {
    const kept = draft[name];
    if (!kept || field.value || (hasPlace && PLACE.includes(name))) continue;
    field.value = kept;
    if (!(field instanceof RadioNodeList)) field.dispatchEvent(new Event("change", { bubbles: true }));
    back ||= name === "title" || name === "body";
  }
  if (back) need("restored", HTMLElement).hidden = false;
  const keep = () => store(Object.fromEntries(fields(form).map(([name, field]) => [name, field.value])));
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
}

/** The idea of this title is on the map: its draft has done its duty. */
export function draftWasSent(title: string): void {
  if (stored().title?.trim() === title.trim()) forget();
}
