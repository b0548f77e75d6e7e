// MapLibre from its sources: what its page part and its worker have in common is one chunk, fetched once. Ready-made, each of its two files holds all of that
// for itself, 120 kB more on a first visit (measured with brotli, MapLibre 6.17).
//
// The package brings its sources, but for the shaders, which it makes when it is built: those are read from the source map that it brings, too.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const ROOT = dirname(createRequire(import.meta.url).resolve("maplibre-gl/package.json"));

/** What its licence asks of copies, as the ready-made files say it. */
const NOTICE = `/*! MapLibre GL JS, @license 3-Clause BSD. Full text of license: https://github.com/maplibre/maplibre-gl-js/blob/main/LICENSE.txt */`;

/** The worker, as an entry point of a build. */
export const WORKER = join(ROOT, "src/source/worker.ts");

/** Shaders by the end of their path. */
async function shaders() {
  const { sources, sourcesContent } = JSON.parse(await readFile(join(ROOT, "dist/maplibre-gl-dev.mjs.map"), "utf8"));
  return new Map(sources.flatMap((path, at) => (path.endsWith(".glsl.g.ts") ? [[path.split("/").pop(), sourcesContent[at]]] : [])));
}

/** `maplibre-gl` is its sources. */
export const fromSources = {
  name: "maplibre",
  setup(build) {
    const known = shaders();
    build.onResolve({ filter: /^maplibre-gl$/ }, () => ({ path: join(ROOT, "src/index.ts"), sideEffects: false }));
    build.onLoad({ filter: /maplibre-gl[\\/]src[\\/](index|source[\\/]worker)\.ts$/ }, async ({ path }) => {
      return { contents: `${NOTICE}\n${await readFile(path, "utf8")}`, loader: "ts" };
    });
    // Only its number is read.
    build.onLoad({ filter: /maplibre-gl[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, "utf8"));
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
    build.onResolve({ filter: /\.glsl\.g\.ts$/ }, ({ path }) => ({ path: path.split("/").pop(), namespace: "shader" }));
    build.onLoad({ filter: /.*/, namespace: "shader" }, async ({ path }) => {
      const contents = (await known).get(path);
      return contents === undefined ? { errors: [{ text: `${path} is in no source map` }] } : { contents, loader: "ts" };
    });
  },
};
