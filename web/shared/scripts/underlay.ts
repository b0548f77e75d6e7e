// Another server's style under ours: the operator chose its address, and the pages allow to ask it. Pure but for the fetch.
import type { LayerSpecification, StyleSpecification } from "maplibre-gl";

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

/** Our style over theirs. Our paper goes; our words are written in a font that their server has. */
export function over(ours: StyleSpecification, theirs: StyleSpecification): StyleSpecification {
  const sources = Object.entries(theirs.sources).map(([name, source]) => [PREFIX + name, source] as const);
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
