// What is said of a place before a report is sent: whom it goes to, by when, what is known there. Asked as soon as there is a place; then
// the report can be sent at once. Without it the next page says the same.
import { find, need } from "../../../shared/scripts/page";
import { url } from "../../../shared/scripts/url";

/** Starts it; `service` is what was chosen before, where that is asked. */
export function startThere(form: HTMLFormElement, service = ""): void {
  const there = need("there", HTMLElement);
  const send = find("report-now", HTMLButtonElement);
  let asked: AbortController | undefined;
  let last = "";
  const value = (name: string) => {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field.value.trim() : "";
  };
  const ask = async () => {
    const query = new URLSearchParams({ category: value("category"), lon: value("lon"), lat: value("lat") }).toString();
    if (!value("lon") || !value("lat")) {
      last = "";
      there.replaceChildren();
      if (send) send.hidden = true;
      return;
    }
    if (query === last) return;
    last = query;
    asked?.abort();
    asked = new AbortController();
    try {
      const response = await fetch(url(`/reports/there?${query}`), { headers: { accept: "text/html" }, signal: asked.signal });
      if (!response.ok) return;
      const chosen = there.querySelector<HTMLInputElement>('input[name="service"]:checked')?.value ?? service;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      there.replaceChildren(...[...page.body.children].map((node) => document.importNode(node, true)));
      for (const choice of there.querySelectorAll<HTMLInputElement>('input[name="service"]')) choice.checked ||= choice.value === chosen;
      if (send) send.hidden = false;
    } catch {
      // Offline, or asked again meanwhile: the next page says it.
      last = "";
    }
  };
  form.addEventListener("change", () => void ask());
  void ask();
}
