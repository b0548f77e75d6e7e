// What the map needs is fetched once the page itself has been seen: on a slow line the map's half megabyte would take the page's share of it.

/** Has what the map needs fetched, as the page names it (head.html). Once is enough; whoever needs it now calls without waiting. */
export function bringMap(): void {
  const needed = document.getElementById("map-needs");
  if (!(needed instanceof HTMLTemplateElement)) return;
  document.head.append(needed.content);
  needed.remove();
}

/** Calls once the whole page is there and something of it is seen; in a tab behind others not before that one is looked at. */
export function onceSeen(work: () => void): void {
  if (document.readyState === "loading") {
    document.addEventListener("readystatechange", () => onceSeen(work), { once: true });
    return;
  }
  if (performance.getEntriesByName("first-contentful-paint").length > 0) {
    work();
    return;
  }
  new PerformanceObserver((seen, observer) => {
    if (seen.getEntriesByName("first-contentful-paint").length === 0) return;
    observer.disconnect();
    work();
  }).observe({ type: "paint", buffered: true });
}
