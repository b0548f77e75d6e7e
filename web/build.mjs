// Builds web/dist, which the server embeds: scripts bundled by page, styles, fonts, icons, and a .gz and .br of each text, so
// that no server compresses them again. Each file has a digest of its content in its name; manifest.json says which.
// With --tests it only bundles the tests of the pure parts, for `node --test`.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { france } from "./france.mjs";
import { iconsModule, sprite } from "./icons.mjs";
import { fromSources, WORKER as MAP_WORKER } from "./maplibre.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const DIST = here("dist/");

/** The folders of `web/modules` with such a file in them, by name. */
async function modulesWith(file) {
  const names = (await readdir(here("modules"))).sort();
  return names.filter((name) => existsSync(here(`modules/${name}/${file}`)));
}

/** `parvis:modules`: what each module starts on a page. */
const modules = {
  name: "modules",
  setup(build) {
    build.onResolve({ filter: /^parvis:modules$/ }, ({ path }) => ({ path, namespace: "modules" }));
    build.onLoad({ filter: /.*/, namespace: "modules" }, async () => {
      const names = await modulesWith("scripts/start.ts");
      const lines = names.map((name, at) => `import { start as start${at} } from "./modules/${name}/scripts/start";`);
      const starts = names.map((_, at) => `start${at}`).join(", ");
      return { contents: `${lines.join("\n")}\nexport const starts = [${starts}];`, loader: "ts", resolveDir: here(".") };
    });
  },
};

/** One sheet for all pages: tokens, plain elements, what pages share, then each module's; what is printed comes last. */
async function sheet() {
  const shared = ["fonts", "tokens", "base", "components", "pages", "desk"].map((name) => `shared/styles/${name}.css`);
  const own = [];
  for (const name of await modulesWith("styles")) {
    for (const file of (await readdir(here(`modules/${name}/styles`))).sort()) own.push(`modules/${name}/styles/${file}`);
  }
  return [...shared, ...own, "shared/styles/print.css"].map((path) => `@import "./${path}";`).join("\n");
}

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

/** The pages' scripts and the map's worker. Gives the names of what pages fetch before it is asked for. */
async function scripts() {
  const options = {
    entryPoints: { app: here("shared/scripts/app.ts"), "maplibre-worker": MAP_WORKER },
    outdir: DIST,
    // Pages without a map do not load it; what is loaded later has its digest in its name.
    splitting: true,
    plugins: [fromSources, iconsModule, modules],
    chunkNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "inline",
    logLevel: "warning",
    metafile: true,
    // Its classes declare fields that the class above them sets.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
  };
  // The scripts that start the worker say its name, which is of its content: it is built once to be named.
    await build({ ...options, define: { WORKER: '""' } });
  const named = (await digest(["maplibre-worker.js"]))["maplibre-worker.js"];
  const { metafile } = await build({ ...options, define: { WORKER: JSON.stringify(`/assets/${named}`) } });
  await rename(`${DIST}maplibre-worker.js`, DIST + named);
  const written = Object.keys(metafile.outputs).map((path) => path.split("/").pop());
  for (const name of await readdir(DIST)) {
    if (/-[A-Z0-9]{8}\.js$/.test(name) && !written.includes(name)) await rm(DIST + name);
  }
  // What the map's page and its worker have in common.
  const isShared = ([, { inputs }]) => Object.keys(inputs).some((path) => path.endsWith("maplibre-gl/src/data/bucket/symbol_bucket.ts"));
  const shared = Object.entries(metafile.outputs).find(isShared);
  if (!shared) throw new Error("the map's page and its worker have no chunk in common");
  return { "maplibre-shared.js": shared[0].split("/").pop(), "maplibre-worker.js": named };
}

async function pages() {
  await mkdir(DIST, { recursive: true });
  // The folder itself stays: a running development server reads from it.
  for (const name of await readdir(DIST)) await rm(DIST + name);
  await cp(here("icon.svg"), `${DIST}icon.svg`);
  // The letters of the maps that the server draws: browsers have theirs from the sheet.
  for (const [weight, name] of [["400Regular", "regular"], ["700Bold", "bold"]]) {
    const family = "@expo-google-fonts/atkinson-hyperlegible-next";
    const file = `${family}/${weight}/AtkinsonHyperlegibleNext_${weight}.ttf`;
    await cp(createRequire(import.meta.url).resolve(file), `${DIST}letters-${name}.ttf`);
  }
  await writeFile(`${DIST}icons.svg`, await sprite());
  await writeFile(`${DIST}france.tsv`, await france());
  const pictures = [];
  for (const module of await modulesWith("pictures")) {
    for (const file of (await readdir(here(`modules/${module}/pictures`))).sort()) {
      await cp(here(`modules/${module}/pictures/${file}`), DIST + file);
      pictures.push(file);
    }
  }
  const names = await digest([...pictures, "icon.svg", "icons.svg", "france.tsv"]);
  Object.assign(names, await scripts());
  // Alone, so that it waits for no other: what a slow line sees first.
  await build({
    entryPoints: { drawn: here("modules/map/scripts/drawn.ts") },
    outdir: DIST,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    logLevel: "warning",
  });
  await build({
    stdin: { contents: '@import "maplibre-gl/dist/maplibre-gl.css";', loader: "css", resolveDir: here(".") },
    outfile: `${DIST}maplibre.css`,
    bundle: true,
    minify: true,
    logLevel: "warning",
  });
  await build({
    stdin: { contents: await sheet(), loader: "css", resolveDir: here(".") },
    outfile: `${DIST}parvis.css`,
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file" },
    bundle: true,
    minify: true,
    logLevel: "warning",
  });
  Object.assign(names, await digest(["app.js", "drawn.js", "maplibre.css", "parvis.css"]));
  // What esbuild named itself, under a name that templates can say: to fetch it before it is asked for.
  for (const name of await readdir(DIST)) {
    const named = /^(maps|atkinson-hyperlegible-next-latin-wght-normal)-[A-Z0-9]+(\.\w+)$/.exec(name);
    if (named) names[named[1] + named[2]] = name;
  }
  await writeFile(`${DIST}manifest.json`, JSON.stringify(names, undefined, 1));
}

/** Puts a digest of their content into the names of these files. Gives the new name of each. */
async function digest(names) {
  const named = {};
  for (const name of names) {
    const hash = createHash("sha256").update(await readFile(DIST + name)).digest("hex").slice(0, 10);
    named[name] = name.replace(/\.(\w+)$/, `-${hash}.$1`);
    await rename(DIST + name, DIST + named[name]);
  }
  return named;
}

async function compress() {
  const [br, gz] = [promisify(brotliCompress), promisify(gzip)];
  for (const name of (await readdir(DIST)).sort()) {
    if (name === "manifest.json" || /\.(woff2|ttf|webp)$/.test(name)) continue;
    const bytes = await readFile(DIST + name);
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const [small, smaller] = await Promise.all([gz(bytes, { level: 9 }), br(bytes, { params })]);
    if (small.length < bytes.length) await writeFile(`${DIST}${name}.gz`, small);
    if (smaller.length < bytes.length) await writeFile(`${DIST}${name}.br`, smaller);
    console.log(`${name.padEnd(44)} ${[bytes, small, smaller].map((b) => String(b.length).padStart(9)).join("")}`);
  }
}

if (process.argv.includes("--tests")) {
  await tests();
} else {
  await pages();
  await compress();
}
