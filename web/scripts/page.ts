// The page's elements, typed. What is always in a template is required; what depends on rights or data is looked for.

type Kind<T> = new () => T;

/** The element of an id, if the page has it. */
export function find<T extends Element>(id: string, kind: Kind<T>): T | undefined {
  const element = document.getElementById(id);
  return element instanceof kind ? element : undefined;
}

/** The element of an id, which the page's template holds. */
export function need<T extends Element>(id: string, kind: Kind<T>): T {
  const element = find(id, kind);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/** A text that the server put beside the page for scripts (templates/map/words.html). */
export function word(name: string): string {
  return need("map-words", HTMLTemplateElement).getAttribute(`data-${name}`) ?? "";
}

/** Shows a text in a status line, or hides the line. */
export function say(line: HTMLElement, text: string | undefined): void {
  line.hidden = !text;
  if (line.textContent !== (text ?? "")) line.textContent = text ?? "";
}

/** Whether this device can draw a map. */
export function hasWebGL(): boolean {
  return Boolean(document.createElement("canvas").getContext("webgl2"));
}
