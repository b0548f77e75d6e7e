// The filter as a query string: one for one filter, however it was said. Pure: no page.

/** The filter's parameters that are no facets, before and after them, in the order in which the server writes them (src/core/atlas/filter.rs). */
const [FIRST, BESIDE] = ["q", ["since", "until", "score_min", "score_max", "within"]];
let filter = [FIRST, ...BESIDE];

/** The names of the facets, as the page says them. */
export function filterBy(facets: string[]): void {
  filter = [FIRST, ...facets, ...BESIDE];
}

/** What a list has beside its filter, and that belongs into the address bar. */
const LIST = ["bbox", "order", "grouped"];

type Entries = Iterable<readonly [string, unknown]>;

function gather(entries: Entries, names: string[]): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of entries) {
    if (typeof value !== "string" || !names.includes(name)) continue;
    const words = values.get(name) ?? new Set();
    // A box is four numbers with commas between them, and a text may have some: neither is a list of words.
    for (const word of name === "bbox" || name === "q" ? [value] : value.split(",")) if (word.trim()) words.add(word.trim());
    values.set(name, words);
  }
  // The usual order; a process may have another.
  if (!values.has("process") && values.get("order")?.has("newest")) values.delete("order");
  const said = names.flatMap((name) => {
    const words = [...(values.get(name) ?? [])].sort();
    return words.length > 0 ? [`${name}=${words.map(encodeURIComponent).join(",").replaceAll("%2C", ",")}`] : [];
  });
  return said.join("&");
}

/** The query of a page: filter and order, what is empty or a default left out. */
export function pageQuery(entries: Entries): string {
  return gather(entries, [...filter, ...LIST]);
}

/** The query of tiles: the filter alone. */
export function tileQuery(entries: Entries): string {
  return gather(entries, filter);
}

/** An address with a query, if there is one. */
export function withQuery(path: string, query: string): string {
  return query ? `${path}?${query}` : path;
}
