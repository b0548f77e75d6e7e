// The symbols' pure parts: shares of a ring, and the layers that are added to a style.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { StyleSpecification } from "maplibre-gl";
import { PARTS, parts, pathOf, withSymbols } from "../shared/scripts/symbols";

test("the parts of a ring are always twelve, and in proportion", () => {
  assert.deepEqual(parts([6, 6], 12), [6, 6, 0]);
  assert.deepEqual(parts([1, 1, 1], 3), [4, 4, 4, 0]);
  assert.deepEqual(parts([3], 12), [3, 9], "what has no theme is the rest");
  for (let a = 0; a <= 30; a++) {
    for (let b = 0; a + b <= 30; b++) {
      const shares = parts([a, b], 30);
      assert.equal(shares.reduce((sum, n) => sum + n, 0), PARTS, `${a}, ${b}`);
      assert.ok(shares.every((n) => n >= 0));
    }
  }
});

test("an icon that nobody drew is a dot", () => {
  assert.equal(pathOf("nothing-of-this-name"), pathOf("dot"));
  assert.notEqual(pathOf("bicycle"), pathOf("dot"));
});

test("icons lie on discs and rings under numbers, whatever else a style draws", () => {
  const on = (id: string) => ({ id, type: "circle" as const, source: "features", "source-layer": id });
  const style: StyleSpecification = {
    version: 8,
    sources: {},
    metadata: { "parvis:themes": [{ slug: "velo", label: "Vélo", color: "#0072b2", ink: "#ffffff", icon: "bicycle" }] },
    layers: [on("points"), on("clusters"), on("other")],
  };
  const drawn = withSymbols(style);
  assert.deepEqual(
    drawn.layers.map((layer) => layer.id),
    ["points", "points-room", "points-icon", "clusters", "clusters-ring", "other"],
  );
  assert.match(JSON.stringify(drawn.layers[2]), /icon:#ffffff:bicycle/);
  assert.match(JSON.stringify(drawn.layers[4]), /theme\.velo/);
  assert.deepEqual(withSymbols({ ...style, layers: [on("other")] }).layers.length, 1);
});

test("what the server says in plain parts becomes one layer whose discs grow", () => {
  const on = (id: string, layer: string) => ({
    id,
    type: "circle" as const,
    source: "features",
    "source-layer": layer,
    filter: ["has", "score"] as ["has", string],
  });
  const style: StyleSpecification = {
    version: 8,
    sources: {},
    metadata: { "parvis:themes": [{ slug: "velo", label: "Vélo", color: "#0072b2", ink: "#ffffff", icon: "bicycle" }] },
    layers: [
      on("points", "points"),
      on("points-velo", "points"),
      on("clusters", "clusters"),
      on("clusters-100", "clusters"),
      {
        id: "clusters-count",
        type: "symbol",
        source: "features",
        "source-layer": "clusters",
        layout: { "text-field": ["to-string", ["get", "count"]], "text-font": ["", "Atkinson Bold"] },
      },
    ],
  };
  const [points, , , clusters, , count, ...more] = withSymbols(style).layers as Record<string, unknown>[];
  assert.equal(more.length, 0);
  for (const layer of [points, clusters]) assert.equal("filter" in (layer ?? {}), false, "of every theme, of every count");
  assert.match(JSON.stringify(points?.paint), /"velo","#0072b2"/);
  assert.match(JSON.stringify(points?.paint), /"sqrt",\["max",0,\["get","score"\]\]/);
  assert.deepEqual((count?.layout as Record<string, unknown>)["text-font"], ["Atkinson Bold"]);
});

test("what keeps the room of a disc or a line is above the ground's names and draws nothing", () => {
  const line = { id: "lines", type: "line" as const, source: "features", "source-layer": "lines" };
  const disc = { id: "points", type: "circle" as const, source: "features", "source-layer": "points" };
  const name = { id: "names", type: "symbol" as const, source: "context", "source-layer": "names", layout: { "text-field": ["get", "name"] as ["get", string] } };
  const { layers } = withSymbols({ version: 8, sources: {}, layers: [name, line, disc] });
  const ids = layers.map(({ id }) => id);
  for (const id of ["lines-room", "points-room", "points-icon"]) {
    const layer = layers[ids.indexOf(id)] as { layout?: Record<string, unknown>; maxzoom?: number };
    assert.ok(ids.indexOf(id) > ids.indexOf("names"), `${id} has its room before the names`);
    // What may overlap still keeps others away, unless it says that it does not.
    assert.equal(layer.layout?.["icon-ignore-placement"], undefined, id);
    assert.ok(layer.layout?.["icon-padding"], id);
  }
});
