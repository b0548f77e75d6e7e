// What is chosen of the desk's list: its checkboxes, and a line for each that was chosen on the map and is on no line of this page. What it
// is not: the map (desk-map.ts), which asks here and is told. Without this script the checkboxes are all that there is.
import { find, need, say } from "../../../shared/scripts/page";
import { url } from "../../../shared/scripts/url";

/** A report that can be chosen, as the server tells it to who may treat it. */
export interface Place {
  id: number;
  title: string;
  /** Its status, its clock, and what is in the way of it being public. */
  said: string;
  held: string | null;
  /** What the form says that it saw of it. */
  seen: string;
  at: [number, number];
}

/** A collection of the desk's own routes. */
export interface Answer {
  features: { id: number; geometry: { coordinates: [number, number] }; properties: Omit<Place, "id" | "at"> }[];
  cut?: boolean;
  said?: string;
}

/** Asks the desk; nothing where it does not answer. */
export async function ask(path: string): Promise<Answer | undefined> {
  const answer = await fetch(url(path), { headers: { accept: "application/geo+json" } }).catch(() => undefined);
  return answer?.ok ? ((await answer.json()) as Answer) : undefined;
}

export function placesOf({ features }: Answer): Place[] {
  return features.map(({ id, geometry, properties }) => ({ ...properties, id, at: geometry.coordinates }));
}

export class Chosen {
  private readonly heard: (() => void)[] = [];

  constructor(private readonly form: HTMLFormElement) {
    const tell = () => this.tell();
    form.addEventListener("change", tell);
    // A browser that goes back, and the desk, which keeps what was typed, check boxes without a word.
    window.addEventListener("pageshow", tell);
    tell();
  }

  private boxes(): HTMLInputElement[] {
    return [...this.form.querySelectorAll<HTMLInputElement>("input[name=feature]")];
  }

  ids(): number[] {
    return this.boxes().filter((box) => box.checked).map((box) => Number(box.value));
  }

  onChange(hear: () => void): void {
    this.heard.push(hear);
  }

  /** Chooses these reports, or chooses them no more: a line of the list where it has one, else a line of its own. */
  set(places: Place[], is: boolean): void {
    const boxes = new Map(this.boxes().map((box) => [box.value, box]));
    for (const place of places) {
      const box = boxes.get(String(place.id)) ?? (is ? this.line(place) : undefined);
      if (box) box.checked = is;
    }
    // The desk's other scripts hear it as if it had been clicked.
    this.form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private line({ id, title, seen }: Place): HTMLInputElement {
    const copy = need("elsewhere-line", HTMLTemplateElement).content.cloneNode(true) as DocumentFragment;
    const [box, hidden] = copy.querySelectorAll("input");
    const [name, number] = [copy.querySelector("bdi"), copy.querySelector("span")];
    if (!box || !hidden || !name || !number) throw new Error("the line of what is chosen elsewhere");
    box.value = String(id);
    hidden.value = seen;
    name.textContent = title;
    number.textContent = `n°\u00a0${id}`;
    need("elsewhere", HTMLFieldSetElement).querySelector("ul")?.append(copy);
    return box;
  }

  private tell(): void {
    const line = find("report-chosen", HTMLElement);
    const n = this.ids().length;
    const elsewhere = find("elsewhere", HTMLFieldSetElement);
    if (elsewhere) elsewhere.hidden = elsewhere.querySelector("li") === null;
    if (line) {
      const { one = "", many = "", roundMost = "", tooMany = "" } = line.dataset;
      const said = (n === 1 ? one : many).replace("{n}", String(n));
      const all = n > Number(roundMost) ? `${said} ${tooMany.replace("{most}", roundMost)}` : said;
      for (const place of [line, find("report-map-chosen", HTMLElement)]) if (place) say(place, n === 0 ? undefined : all);
    }
    for (const hear of this.heard) hear();
  }
}

/** Counts what is chosen, and offers the map: MapLibre is heavy, and is fetched once somebody opens it. */
export function startChosen(form: HTMLFormElement): void {
  const chosen = new Chosen(form);
  const details = find("report-map", HTMLDetailsElement);
  if (!details) return;
  details.hidden = false;
  const fail = () => details.replaceChildren(...[...details.children].slice(0, 1), details.dataset.failed ?? "");
  const draw = () => void import("../../../shared/scripts/maps").then(({ drawReports }) => drawReports(details, chosen)).catch(fail);
  details.addEventListener("toggle", draw, { once: true });
}
