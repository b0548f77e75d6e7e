// Communes and bodies as one types: the same page is asked, and its list put in place. Arrow keys go through the answers, Escape back to the
// field. Without scripts the form's button does the same.
import { find, need } from "../../../shared/scripts/page";
import { url } from "../../../shared/scripts/url";

/** How long one must stop typing until the server is asked, and how long a work is left alone, in ms. */
const PAUSE_MS = 200;
const AGAIN_MS = 2000;

async function partOf(address: string, id: string, signal?: AbortSignal): Promise<Element | undefined> {
  const response = await fetch(address, { headers: { accept: "text/html" }, ...(signal && { signal }) });
  if (!response.ok) return undefined;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.getElementById(id) ?? undefined;
}

export function searchAsTyped(field: HTMLInputElement): void {
  const place = need("found", HTMLElement);
  let [timer, asked]: [number | undefined, AbortController | undefined] = [undefined, undefined];
  let last = field.value.trim();
  const search = async () => {
    const text = field.value.trim();
    if (text === last) return;
    last = text;
    asked?.abort();
    asked = new AbortController();
    try {
      const found = await partOf(url(`/admin/areas?${new URLSearchParams({ q: text })}`), "found", asked.signal);
      if (!found) return;
      // The status line stays the same element, so that it is said.
      need("found-said", HTMLElement).textContent = found.querySelector("#found-said")?.textContent ?? "";
      place.querySelector("form")?.remove();
      const list = found.querySelector("form");
      if (list) place.append(document.importNode(list, true));
    } catch {
      // Typed on meanwhile, or offline: the button asks again.
    }
  };
  field.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void search(), PAUSE_MS);
  });
  const answers = () => [...place.querySelectorAll<HTMLButtonElement>("button[name=code]")];
  const step = (event: KeyboardEvent) => {
    const all = answers();
    const at = all.indexOf(event.target as HTMLButtonElement);
    if (event.key === "ArrowDown") all[at + 1]?.focus();
    else if (event.key === "ArrowUp" && at >= 0) (all[at - 1] ?? field).focus();
    else if (event.key === "Escape" && at >= 0) field.focus();
    else return;
    event.preventDefault();
  };
  field.addEventListener("keydown", step);
  place.addEventListener("keydown", step);
}

/** Asks how far a work is; goes to where it ends. */
export function askAgain(): void {
  const bar = need("progress", HTMLProgressElement);
  const ask = async () => {
    try {
      const response = await fetch(location.href, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const now = page.getElementById("progress");
      if (!now) {
        // What a work ends with may be another page, or say what is wrong.
        if (response.redirected) location.assign(response.url);
        else location.reload();
        return;
      }
      const value = now.getAttribute("value");
      if (value) bar.value = Number(value);
    } catch {
      // Offline for a moment.
    }
    window.setTimeout(() => void ask(), AGAIN_MS);
  };
  find("areas-again", HTMLAnchorElement)?.setAttribute("href", location.href);
  window.setTimeout(() => void ask(), AGAIN_MS);
}
