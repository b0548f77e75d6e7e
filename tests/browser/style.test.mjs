// The style that we hand out is one that MapLibre's own validator accepts, on light and on dark paper.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { startServer } from "./world.mjs";

const spec = createRequire(new URL("../../web/package.json", import.meta.url)).resolve("@maplibre/maplibre-gl-style-spec");
const { validateStyleMin } = await import(spec);

describe("the style", { timeout: 60_000 }, () => {
  let server;
  before(async () => {
    server = await startServer();
  });
  after(() => server?.stop());

  for (const scheme of ["light", "dark"]) {
    it(`is valid on ${scheme} paper`, async () => {
      const style = await server.json(`/style.json?scheme=${scheme}`);
      assert.ok(style.layers.length > 10);
      assert.deepEqual(validateStyleMin(style).map(({ message }) => message), []);
      const ids = style.layers.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length);
    });
  }
});
