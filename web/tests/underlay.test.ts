// Another server's style under ours.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { StyleSpecification } from "maplibre-gl";
import { over } from "../shared/scripts/underlay";

test("another style lies under ours, its names and its fonts kept apart", () => {
  const ours: StyleSpecification = {
    version: 8,
    sources: { features: { type: "vector", tiles: ["/f"] } },
    layers: [
      { id: "background", type: "background" },
      { id: "names", type: "symbol", source: "features", "source-layer": "n", layout: { "text-field": "x", "text-font": ["Ours"] } },
    ],
  };
  const theirs: StyleSpecification = {
    version: 8,
    glyphs: "https://tiles.example/{fontstack}/{range}.pbf",
    sources: { features: { type: "vector", tiles: ["/theirs"] } },
    layers: [
      { id: "names", type: "symbol", source: "features", "source-layer": "t", layout: { "text-font": ["Theirs"] } },
    ],
  };
  const both = over(ours, theirs);
  assert.deepEqual(Object.keys(both.sources), ["basemap-features", "features"]);
  assert.deepEqual(both.layers.map((layer) => layer.id), ["basemap-names", "names"]);
  assert.equal((both.layers[0] as { source: string }).source, "basemap-features");
  assert.match(JSON.stringify(both.layers[1]), /Theirs/);
  assert.equal(both.glyphs, theirs.glyphs);
});
