// On a slow line: the map as the server draws it, until the live map has drawn itself. A script of its own that waits for nothing, not even the sheet, because the live
// map is half a megabyte away. It is taken away by the live map (square.ts), so that nothing is seen or read twice.
import { around, box, ofHash } from "./drawn-view";
import { bringMap, onceSeen } from "./bring";
import { url } from "../../../shared/scripts/url";

/** From this long on until a page's first byte, a line is slow, in ms. */
const SLOW_MS = 350;

interface Line extends Navigator {
  connection?: { effectiveType?: string; saveData?: boolean };
}

function isSlow(): boolean {
  const { connection } = navigator as Line;
  if (connection?.saveData || /2g|3g/.test(connection?.effectiveType ?? "")) return true;
  const page = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined;
  return page !== undefined && page.responseStart - page.requestStart > SLOW_MS;
}

/** How large the map is, beside or above the panel. Before the sheet is there, which says so, what it will say. */
function sizeOf(place: HTMLElement): [number, number] {
  if (document.head.querySelector<HTMLLinkElement>('link[rel="stylesheet"]')?.sheet) return [place.clientWidth, place.clientHeight];
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const [width, height] = [window.innerWidth, window.innerHeight - 3.5 * rem];
  return window.matchMedia("(min-width: 50rem)").matches ? [Math.round(width - 26 * rem), Math.round(height)] : [width, Math.round(height - 9.5 * rem)];
}

async function draw(place: HTMLElement): Promise<void> {
  const [width, height] = sizeOf(place);
  const bounds = (document.getElementById("map")?.dataset.bounds ?? "").split(",").map(Number);
  const [west, south, east, north] = bounds;
  if (west === undefined || south === undefined || east === undefined || north === undefined) return;
  if (width < 64 || height < 64 || width > 2_400 || height > 2_400) return;
  const view = ofHash(location.hash) ?? around([west, south, east, north], width, height);
  const query = new URLSearchParams(place.dataset.query);
  query.set("bbox", box(view, width, height));
  query.set("size", `${width}x${height}`);
  query.set("detail", "low");
  if (window.matchMedia("(prefers-color-scheme: dark)").matches) query.set("scheme", "dark");
  const answer = await fetch(`${url("/map.svg")}?${query}`, { priority: "high" });
  if (!answer.ok) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  if (drawn.localName !== "svg" || !place.isConnected) return;
  // A cluster leads to its part of this map, not to another page.
  for (const link of drawn.querySelectorAll("a[href*='bbox=']")) {
    const [w = 0, s = 0, e = 0, n = 0] = (/bbox=([-\d.,]+)/.exec(link.getAttribute("href") ?? "")?.[1] ?? "").split(",").map(Number);
    const nearer = Math.min(18, view.zoom + 2).toFixed(2);
    link.setAttribute("href", `#map=${nearer}/${((s + n) / 2).toFixed(5)}/${((w + e) / 2).toFixed(5)}`);
    link.removeAttribute("target");
  }
  place.replaceChildren(document.importNode(drawn, true));
  document.getElementById("map-loading")?.classList.add("is-aside");
}

async function start(place: HTMLElement): Promise<void> {
  await draw(place);
  const again = () => {
    if (place.isConnected) void draw(place).catch(() => undefined);
  };
  window.addEventListener("hashchange", again);
  place.addEventListener("redraw", again);
}

const place = document.getElementById("map-drawn");
// Where it cannot be had, the live map comes all the same.
if (place && isSlow()) void start(place).catch(() => undefined);

onceSeen(bringMap);
