// The address search of the map and of forms: a list of known places under the field as one types, chosen with the arrow keys or a
// touch (ARIA's combobox). Without scripts, the button of a form's field asks the server for the same list.
import { say, word } from "./page";
import { url } from "./url";

export interface Place {
  geometry: { coordinates: [number, number] } | null;
  bbox?: [number, number, number, number];
  properties: { label: string; context?: string; kind: string; slug?: string; unknown_house?: string };
}

/** How long one must stop typing until the server is asked, in ms. */
const PAUSE_MS = 180;

/** Where it is on a page. */
export interface Finder {
  field: HTMLInputElement;
  list: HTMLUListElement;
  status: HTMLElement;
}

/** Starts the search. `near` tells where to look first; `chosen` hears of the place that was chosen. */
export function startAddress(
  { field, list, status }: Finder,
  near: () => { lng: number; lat: number } | undefined,
  chosen: (place: Place) => void,
): void {
  let [places, active]: [Place[], number] = [[], -1];
  let timer: number | undefined;
  let asked: AbortController | undefined;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");

  const close = () => {
    [active, list.hidden] = [-1, true];
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  close();
  const mark = (at: number) => {
    active = at;
    list.childNodes.forEach((node, n) => {
      if (node instanceof HTMLElement) node.setAttribute("aria-selected", String(n === at));
    });
    const option = list.children[at];
    if (!option) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const choose = (at: number) => {
    const place = places[at];
    if (!place) return;
    field.value = place.properties.label;
    say(status, undefined);
    close();
    chosen(place);
  };
  const option = ({ properties }: Place, at: number) => {
    const item = document.createElement("li");
    [item.id, item.role] = [`${list.id}-${at}`, "option"];
    const label = document.createElement("strong");
    label.textContent = properties.label;
    const rest = document.createElement("span");
    rest.textContent = [properties.unknown_house && word("unknown-house"), properties.context].filter(Boolean).join(" · ");
    item.append(label, " ", rest);
    // Before the field loses the focus.
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => choose(at));
    return item;
  };
  const search = async () => {
    asked?.abort();
    const text = field.value.trim();
    if (text.length < 2) {
      say(status, undefined);
      return close();
    }
    asked = new AbortController();
    const at = near();
    const query = new URLSearchParams({ q: text, limit: "6", ...(at && { lon: at.lng.toFixed(5), lat: at.lat.toFixed(5) }) });
    try {
      const response = await fetch(url(`/api/places?${query}`), { signal: asked.signal });
      if (!response.ok) return close();
      places = ((await response.json()) as { features: Place[] }).features.filter(({ geometry }) => geometry);
    } catch {
      return;
    }
    list.replaceChildren(...places.map(option));
    [list.hidden, active] = [places.length === 0, -1];
    field.setAttribute("aria-expanded", String(places.length > 0));
    say(status, places.length === 0 ? word("none-found") : `${places.length} ${word("found")}`);
  };
  field.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void search(), PAUSE_MS);
  });
  field.addEventListener("blur", () => window.setTimeout(close, 150));
  field.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step && !list.hidden) mark((active + step + places.length) % places.length);
    else if (event.key === "Enter") {
      // Enter in this field looks for the address; it does not send the form.
      if (list.hidden) void search();
      else choose(Math.max(active, 0));
    } else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  });
}
