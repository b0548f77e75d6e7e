// The desk's lists: check all, and the keyboard. Without this script every act is a button; keys only press those, and can be
// turned off on the page (WCAG 2.2, 2.1.4).
import { find } from "../../../shared/scripts/page";

const OFF = "parvis-keys-off";

/** One checkbox for all. */
function offerAll(form: HTMLFormElement): void {
  const all = find("check-all", HTMLInputElement);
  const label = find("check-all-label", HTMLElement);
  if (!all || !label) return;
  label.hidden = false;
  const boxes = () => [...form.querySelectorAll<HTMLInputElement>(".check input")];
  all.addEventListener("change", () => boxes().forEach((box) => (box.checked = all.checked)));
  form.addEventListener("change", (event) => {
    if (event.target !== all) all.checked = boxes().every((box) => box.checked);
  });
}

/** Where the focus is, or nowhere yet. */
function current(items: HTMLElement[]): number {
  return items.findIndex((item) => item.contains(document.activeElement));
}

/** What each key does to the thing that has the focus. */
function keysOf(form: HTMLFormElement): Record<string, (item: HTMLElement) => void> {
  const open = (item: HTMLElement) => item.querySelector<HTMLAnchorElement>("a.open, .actions a")?.click();
  const box = (item: HTMLElement) => item.querySelector<HTMLInputElement>(".check input");
  return {
    x: (item) => box(item)?.click(),
    p: (item) => item.querySelector<HTMLButtonElement>("button[name=publish]")?.click(),
    o: open,
    // On a checkbox it would send the form; on a link or a button it does what it says.
    Enter: (item) => {
      if (document.activeElement === item || document.activeElement instanceof HTMLInputElement) open(item);
      else (document.activeElement as HTMLElement | null)?.click();
    },
    h: (item) => {
      const [checkbox, reason] = [box(item), form.querySelector<HTMLSelectElement>("#mass-reason")];
      if (!checkbox || !reason) return;
      if (!checkbox.checked) checkbox.click();
      reason.focus();
    },
  };
}

function offerKeys(form: HTMLFormElement): void {
  const [help, on, said] = [find("keys", HTMLDetailsElement), find("keys-on", HTMLInputElement), find("queue-said", HTMLElement)];
  if (!help || !on || !said) return;
  help.hidden = false;
  on.checked = window.localStorage.getItem(OFF) === null;
  on.addEventListener("change", () => {
    if (on.checked) window.localStorage.removeItem(OFF);
    else window.localStorage.setItem(OFF, "1");
  });
  const items = [...form.querySelectorAll<HTMLElement>(".queue-item, .dense tbody tr")];
  // A row of a table takes no focus of its own: its title, which is a link, does.
  const go = (item: HTMLElement | undefined) => (item?.querySelector<HTMLElement>("a.open") ?? item)?.focus();
  const keys = keysOf(form);
  const typing = (target: EventTarget | null) =>
    target instanceof HTMLElement && target.matches("textarea, select, input:not([type=checkbox])");
  document.addEventListener("keydown", (event) => {
    if (!on.checked || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const at = current(items);
    if (event.key === "?") {
      help.open = !help.open;
      help.querySelector("summary")?.focus();
      event.preventDefault();
      return;
    }
    // Arrows scroll the page until somebody is in the list.
    const arrow = at < 0 ? 0 : 1;
    const steps: Record<string, number> = { j: 1, k: -1, ArrowDown: arrow, ArrowUp: -arrow };
    const step = steps[event.key] ?? 0;
    if (step !== 0) {
      const next = items[Math.max(0, Math.min(items.length - 1, at + step))];
      go(next);
      next?.scrollIntoView({ block: "nearest" });
      said.textContent = next?.querySelector("h2, h3, a.open")?.textContent ?? "";
      event.preventDefault();
      return;
    }
    const item = items[at];
    const act = keys[event.key];
    if (!item || !act) return;
    event.preventDefault();
    act(item);
  });
}

/** The map of what is on the page, once somebody opens it: MapLibre is heavy. */
function offerMap(): void {
  const details = find("queue-map", HTMLDetailsElement);
  if (!details || details.dataset.pins === "[]") return;
  details.hidden = false;
  const fail = () => (details.textContent = details.dataset.failed ?? "");
  const draw = () => void import("../../../shared/scripts/maps").then(({ drawQueue }) => drawQueue(details)).catch(fail);
  details.addEventListener("toggle", draw, { once: true });
}

/** Starts a list of the desk. */
export function startQueue(form: HTMLFormElement): void {
  offerAll(form);
  offerKeys(form);
  offerMap();
}
