// Builds web/dist, which the server embeds: scripts bundled by page, styles, icons, and a .gz and .br of each text, so that
// no server compresses them again. With --tests it only bundles the tests of the pure parts, for `node --test`.
import { build } from "esbuild";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { iconsModule, sprite } from "./icons.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const DIST = here("dist/");

async function tests() {
  const names = (await readdir(here("tests"))).filter((name) => name.endsWith(".test.ts"));
  const outdir = here("../target/web-tests/");
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: names.map((name) => here(`tests/${name}`)),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    plugins: [iconsModule],
    logLevel: "warning",
  });
}

async function pages() {
  await mkdir(DIST, { recursive: true });
  // The folder itself stays: a running development server reads from it.
  for (const name of await readdir(DIST)) await rm(DIST + name);
  await build({
    entryPoints: { app: here("scripts/app.ts") },
    outdir: DIST,
    // Pages without a map do not load it; what is loaded later has its digest in its name.
    splitting: true,
    plugins: [iconsModule],
    chunkNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "inline",
    logLevel: "warning",
  });
  await build({
    stdin: { contents: '@import "maplibre-gl/dist/maplibre-gl.css";', loader: "css", resolveDir: here(".") },
    outfile: `${DIST}app.css`,
    bundle: true,
    minify: true,
    logLevel: "warning",
  });
  await build({
    entryPoints: [here("styles/parvis.css")],
    outfile: `${DIST}parvis.css`,
    bundle: true,
    minify: true,
    logLevel: "warning",
  });
  // MapLibre looks for its worker beside the script that it is bundled in, under this name and with its version.
  const maplibre = createRequire(import.meta.url).resolve("maplibre-gl/dist/maplibre-gl-worker.mjs");
  await writeFile(
    `${DIST}maplibre-gl-worker.mjs`,
    (await readFile(maplibre, "utf8")).replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"),
  );
  await cp(here("icon.svg"), `${DIST}icon.svg`);
  await writeFile(`${DIST}icons.svg`, await sprite());
}

async function compress() {
  const [br, gz] = [promisify(brotliCompress), promisify(gzip)];
  for (const name of (await readdir(DIST)).sort()) {
    const bytes = await readFile(DIST + name);
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const [small, smaller] = await Promise.all([gz(bytes, { level: 9 }), br(bytes, { params })]);
    if (small.length < bytes.length) await writeFile(`${DIST}${name}.gz`, small);
    if (smaller.length < bytes.length) await writeFile(`${DIST}${name}.br`, smaller);
    console.log(`${name.padEnd(32)} ${[bytes, small, smaller].map((b) => String(b.length).padStart(9)).join("")}`);
  }
}

if (process.argv.includes("--tests")) {
  await tests();
} else {
  await pages();
  await compress();
}
