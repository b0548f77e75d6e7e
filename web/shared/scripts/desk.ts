// What is typed into a form of the desk stays in this window until a page came back that says it went through: a session that is over, a
// lost connection or a closed lid loses nothing. It is kept in the session's storage: it goes with the window, and with signing out.
const KEY = "parvis-desk ";

type Kept = { fields: [string, string][]; isSent: boolean; arranged?: string[] };

/** Storage may be refused or full; nothing is kept then, and everything else works. */
function read(key: string): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}

function write(key: string, kept: Kept | null): void {
  try {
    if (kept) sessionStorage.setItem(key, JSON.stringify(kept));
    else sessionStorage.removeItem(key);
  } catch {
    return;
  }
}

const keys = () => {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(KEY));
  } catch {
    return [];
  }
};

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The fields that somebody fills in: what is hidden says what the page saw, and is the page's own. */
function fields(form: HTMLFormElement): Field[] {
  const all = [...form.elements].filter(
    (field): field is Field =>
      field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement,
  );
  return all.filter((field) => field.name && !["hidden", "file", "submit", "password", "search"].includes(field.type));
}

const isTick = (field: Field): field is HTMLInputElement =>
  field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");

/** The lists whose lines were moved: another page has them where they were, so that what is typed in them fits none of its own. */
const arranged = (form: HTMLFormElement) => [...form.querySelectorAll("[data-arranged]")].map((list) => list.id);

function said(form: HTMLFormElement): [string, string][] {
  const given = fields(form).filter((field) => (!isTick(field) || field.checked) && !field.closest("[data-arranged]"));
  return given.map((field) => [field.name, field.value]);
}

function bringBack(form: HTMLFormElement, { fields: kept, arranged: moved = [] }: Kept): void {
  for (const field of fields(form)) {
    if (moved.some((list) => field.closest(`#${list}`))) continue;
    const own = kept.filter(([name]) => name === field.name);
    if (isTick(field)) field.checked = own.some(([, value]) => value === field.value);
    else if (own.length) field.value = own.find(([, value]) => value)?.[1] ?? "";
  }
  for (const details of form.closest("details") ? [form.closest("details") as HTMLDetailsElement] : []) details.open = true;
}

/** Keeps what is typed into each form of a page of the desk, and brings back what was not sent. */
export function keepDesk(): void {
  const isRefusal = document.querySelector("main.error") !== null;
  for (const key of keys()) {
    const kept = read(key);
    if (!kept?.isSent) continue;
    // A page that refuses says that it did not go through; any other page of the desk that it did.
    write(key, isRefusal ? { ...kept, isSent: false } : null);
  }
  if (isRefusal) return;
  for (const form of document.querySelectorAll<HTMLFormElement>(".desk form[method=post]")) {
    const key = `${KEY}${location.pathname} ${form.getAttribute("action") ?? ""} ${form.querySelector("button[name=act]")?.getAttribute("value") ?? ""}`;
    const first = JSON.stringify(said(form));
    const kept = read(key);
    // What the server sent back with what is wrong is newer than what was kept.
    if (kept && !document.querySelector(".desk .problem")) bringBack(form, kept);
    const keep = (isSent: boolean) => {
      const now = said(form);
      write(key, JSON.stringify(now) === first ? null : { fields: now, isSent, arranged: arranged(form) });
    };
    form.addEventListener("input", () => {
      keep(false);
    });
    form.addEventListener("submit", () => {
      keep(true);
    });
  }
}
