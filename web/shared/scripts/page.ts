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

/** Whether this device can draw a map, and whether its processor does so: then each pixel is dear. */
export function drawing(): "none" | "processor" | "graphics" {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) return "none";
  const unmasked = gl.getExtension("WEBGL_debug_renderer_info");
  const name = String(gl.getParameter(unmasked?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
  // The browser has few contexts to give.
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name) ? "processor" : "graphics";
}

/** Whether this device can draw a map. */
export function hasWebGL(): boolean {
  return drawing() !== "none";
}
