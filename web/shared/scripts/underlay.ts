// The ground that another server gives: its style under ours, its tiles. The city chose it, and the pages allow to ask it. Pure but for the fetches.
import type { AddProtocolAction, LayerSpecification, RequestParameters, SourceSpecification, StyleSpecification } from "maplibre-gl";

/** The style's source of the ground, where it is one of tiles. */
export const BASEMAP = "basemap";

/** What the other server is told of where its reader comes from, as the style that was fetched last says. */
let referrer: ReferrerPolicy = "no-referrer";

/** The same, as a style says it; nothing where the ground is ours. */
export function referrerOf(style: StyleSpecification): ReferrerPolicy | undefined {
  const said = (style.metadata as Record<string, unknown> | undefined)?.["parvis:basemap-referrer"];
  return said === "strict-origin" || said === "no-referrer" ? said : undefined;
}

/**
 * What is asked of another server is asked by the page: the worker, which asks for tiles, is a script that browsers keep for ever, and what it may
 * ask stays as it was then.
 */
export function throughPage(address: string): RequestParameters {
  const isAway = /^https?:/.test(address) && new URL(address).origin !== location.origin;
  return { url: isAway ? `away://${address}` : address };
}

/** Fetches what {@link throughPage} turned round: without a cookie, and without a word of what is read here. */
export const fetchAway: AddProtocolAction = async ({ url, type }, { signal }) => {
  const response = await fetch(url.slice("away://".length), { signal, credentials: "omit", referrerPolicy: referrer });
  if (!response.ok) throw new Error(`basemap: ${response.status}`);
  if (type === "json") return { data: (await response.json()) as object };
  return { data: type === "string" ? await response.text() : await response.arrayBuffer() };
};

/** Before the names of its sources and layers, which could be ours. */
const PREFIX = "basemap-";

/** The fonts of a style's first text: what its server has glyphs of. */
function fontsOf(layers: LayerSpecification[]): unknown {
  for (const layer of layers) {
    const fonts = layer.type === "symbol" ? layer.layout?.["text-font"] : undefined;
    if (fonts) return fonts;
  }
  return undefined;
}

/** A source that says whom to thank. */
function thanked(source: SourceSpecification, attribution: unknown): SourceSpecification {
  const isSilent = (source.type === "vector" || source.type === "raster") && !source.attribution && !source.url;
  return isSilent && typeof attribution === "string" && attribution ? { ...source, attribution } : source;
}

/** Our style over theirs. Our paper goes; our words are written in a font that their server has. */
export function over(ours: StyleSpecification, theirs: StyleSpecification): StyleSpecification {
  const attribution = (ours.metadata as Record<string, unknown> | undefined)?.["parvis:basemap-attribution"];
  const sources = Object.entries(theirs.sources).map(([name, source]) => [PREFIX + name, thanked(source, attribution)] as const);
  const below = theirs.layers.map((layer) => {
    const copy = { ...layer, id: PREFIX + layer.id };
    return "source" in copy && typeof copy.source === "string" ? { ...copy, source: PREFIX + copy.source } : copy;
  });
  const fonts = theirs.glyphs ? fontsOf(theirs.layers) : undefined;
  const above = ours.layers
    .filter((layer) => layer.type !== "background")
    .map((layer) =>
      fonts && layer.type === "symbol" && layer.layout?.["text-field"]
        ? { ...layer, layout: { ...layer.layout, "text-font": fonts } }
        : layer,
    );
  return {
    ...ours,
    ...(theirs.glyphs ? { glyphs: theirs.glyphs } : {}),
    ...(theirs.sprite ? { sprite: theirs.sprite } : {}),
    sources: { ...Object.fromEntries(sources), ...ours.sources },
    layers: [...below, ...above] as LayerSpecification[],
  };
}

/** Ours over the one whose address its metadata tell; ours alone where there is none, or where it cannot be had. */
export async function withUnderlay(style: StyleSpecification): Promise<StyleSpecification> {
  referrer = referrerOf(style) ?? "no-referrer";
  const address = (style.metadata as Record<string, unknown> | undefined)?.["parvis:basemap-style"];
  if (typeof address !== "string") return style;
  try {
    const response = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!response.ok) return style;
    return over(style, (await response.json()) as StyleSpecification);
  } catch {
    // A basemap is a help, not the map.
    return style;
  }
}
