// The icons of themes: our own drawings (icons/*.svg) and those chosen from Maki (icons/maki.json: our name, its name).
// Every icon is one path on 15 by 15. From them: a sprite for pages, and a module for the map, `parvis:icons`.
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("icons/", import.meta.url));

/** The path of an icon's file. Refuses one that is more than a path, because the map would draw it otherwise. */
function pathOf(name, svg) {
  const [, d] = /<path\b[^>]*?\sd="([^"]+)"/.exec(svg) ?? [];
  const shapes = svg.match(/<(path|circle|rect|polygon|ellipse|g)\b/g) ?? [];
  if (!d || shapes.length > 1 || !svg.includes('viewBox="0 0 15 15"')) throw new Error(`icons: ${name} is not one path on 15 by 15`);
  return d.replaceAll(/&#x[Aa9];/g, " ").replaceAll(/\s+/g, " ").trim();
}

/** Every icon's path by its name, in order. */
export async function readIcons() {
  const icons = {};
  for (const file of await readdir(FOLDER)) {
    if (file.endsWith(".svg")) icons[file.slice(0, -4)] = pathOf(file, await readFile(FOLDER + file, "utf8"));
  }
  const { resolve } = createRequire(import.meta.url);
  for (const [name, maki] of Object.entries(JSON.parse(await readFile(`${FOLDER}maki.json`, "utf8")))) {
    if (icons[name]) throw new Error(`icons: two are called ${name}`);
    icons[name] = pathOf(name, await readFile(resolve(`@mapbox/maki/icons/${maki}.svg`), "utf8"));
  }
  return Object.fromEntries(Object.entries(icons).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** For pages: `<use href="…/icons.svg#NAME">`. */
export async function sprite() {
  const symbols = Object.entries(await readIcons()).map(
    ([name, path]) => `<symbol id="${name}" viewBox="0 0 15 15"><path d="${path}"/></symbol>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
}

/** For esbuild: the module `parvis:icons`, whose default is the paths by name. */
export const iconsModule = {
  name: "icons",
  setup(build) {
    build.onResolve({ filter: /^parvis:icons$/ }, ({ path }) => ({ path, namespace: "icons" }));
    build.onLoad({ filter: /.*/, namespace: "icons" }, async () => ({
      contents: JSON.stringify(await readIcons()),
      loader: "json",
    }));
  },
};
