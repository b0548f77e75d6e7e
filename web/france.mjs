// The communes, their arrondissements (Paris, Lyon, Marseille) and the intercommunal bodies of France, from the package @etalab/decoupage-administratif, in one compact file that the server
// searches (src/modules/areas/france.rs): lines of cells between tabs, the most populous first, so that equal answers are in that order.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const PACKAGE = "@etalab/decoupage-administratif";
const require = createRequire(import.meta.url);
const data = async (name) => JSON.parse(await readFile(require.resolve(`${PACKAGE}/data/${name}.json`), "utf8"));

/** The kinds of bodies, as the texts name them (`areas-kind-…`). */
const KINDS = { CC: "cc", CA: "ca", CU: "cu", METRO: "metropole", MET69: "lyon", EPT: "ept" };

const USUAL = fileURLToPath(new URL("modules/areas/usual-names.json", import.meta.url));

/** The file's text: one line that says the edition, `D` lines of départements, then a line for each commune and body. */
export async function france() {
  const [communes, bodies, departements, territories] = await Promise.all(
    ["communes", "epci", "departements", "ept"].map(data),
  );
  const usual = JSON.parse(await readFile(USUAL, "utf8"));
  const current = communes.filter(({ type }) => type === "commune-actuelle");
  const home = new Map(current.map(({ code, departement }) => [code, departement]));
  const parts = communes.filter(({ type }) => type === "arrondissement-municipal").toSorted((a, b) => a.code.localeCompare(b.code));
  const within = new Map();
  for (const { code, commune } of parts) within.set(commune, [...(within.get(commune) ?? []), code]);
  for (const code of within.keys()) if (!home.has(code)) throw new Error(`${code}: arrondissements of no commune`);
  const units = current.map(({ code, nom, population }) => ({
    kind: "commune",
    code,
    nom,
    home: home.get(code),
    population,
    members: within.get(code) ?? [],
  }));
  for (const { code, nom, departement, population } of parts)
    units.push({ kind: "arrondissement", code, nom, home: departement, population, members: [] });
  for (const body of [...bodies, ...territories]) {
    const kind = KINDS[body.type];
    if (!kind) throw new Error(`${body.nom}: a body of an unknown type, ${body.type}`);
    // Where most of its people live.
    const members = body.membres.toSorted((a, b) => (b.populationMunicipale ?? 0) - (a.populationMunicipale ?? 0));
    const population = body.populationMunicipale ?? members.reduce((sum, { populationMunicipale }) => sum + (populationMunicipale ?? 0), 0);
    units.push({ kind, code: body.code, nom: body.nom, home: home.get(members[0]?.code) ?? "", population, members: members.map(({ code }) => code) });
  }
  const codes = new Set(units.map(({ code }) => code));
  for (const code of Object.keys(usual)) if (!codes.has(code)) throw new Error(`usual-names.json: ${code} is nobody's code`);
  units.sort((a, b) => (b.population ?? 0) - (a.population ?? 0) || a.code.localeCompare(b.code));
  const { version } = JSON.parse(await readFile(require.resolve(`${PACKAGE}/package.json`), "utf8"));
  const lines = [
    ["V", version],
    ...departements.map(({ code, nom }) => ["D", code, nom]),
    ...units.map(({ kind, code, nom, home: at, population, members }) =>
      [kind, code, nom, at, population ?? "", members.join(" "), (usual[code] ?? []).join("|")]),
  ];
  return lines.map((cells) => cells.join("\t").replace(/\t+$/, "")).join("\n") + "\n";
}
