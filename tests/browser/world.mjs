// What journeys need: a real server on its own database and port, real browsers, and questions to ask of a page.
// The server is PARVIS_BIN or target/debug/parvis; web/dist must have been built.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const { chromium } = createRequire(new URL("../../web/package.json", import.meta.url))("playwright-core");
const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));

const BINARY = process.env.PARVIS_BIN ?? join(root, "target/debug/parvis");
const BROWSER = process.env.PARVIS_CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"].concat([
  "--disable-component-update",
  "--disable-sync",
]);

export const SCREENSHOTS = join(root, "target/screenshots");

/** How many features the seed has: a crowd from afar. */
export const SEEDED = 260;

/** Where the seed lies: Meaux, far from its neighbours. */
export const MIDDLE = { lon: 2.88, lat: 48.96 };

/** A point as WKB (little endian), as SQLite reads it in a text. */
function wkb(lon, lat) {
  const bytes = Buffer.alloc(21);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt32LE(1, 1);
  bytes.writeDoubleLE(lon, 5);
  bytes.writeDoubleLE(lat, 13);
  return `x'${bytes.toString("hex")}'`;
}

/** A rectangle as WKB. */
function box(west, south, east, north) {
  const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]].flat();
  const bytes = Buffer.alloc(13 + ring.length * 8);
  bytes.writeUInt8(1, 0);
  [3, 1, 5].forEach((n, at) => bytes.writeUInt32LE(n, 1 + at * 4));
  ring.forEach((n, at) => bytes.writeDoubleLE(n, 13 + at * 8));
  return `x'${bytes.toString("hex")}'`;
}

/** A text as the server compares it: without accents or case. */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Where the western area ends and the eastern one begins. */
const BORDER = 2.9;

/** Two areas, three themes, a process, and features of every kind: a spiral around the middle, one every four days back from June 2026. */
function seed() {
  const themes = [["mobilite", "Mobilité", "#0072b2"], ["nature", "Nature en ville", "#009e73"], ["culture", "Culture", "#cc79a7"]];
  const statuses = ["open", "open", "under_review", "accepted", "done", "refused"];
  const sql = themes.map(
    ([slug, label, color], n) => `insert into theme (id, slug, label, color, created_at) values (${n + 1}, '${slug}', '${label}', '${color}', '2024-01-01T00:00:00.000000+00:00');`,
  );
  sql.push("insert into process (id, slug, title, created_at) values (1, 'plan-velo', 'Plan vélo', '2024-01-01T00:00:00.000000+00:00');");
  const areas = [["ouest", "Quartier ouest", box(2.6, 48.8, BORDER, 49.1)], ["est", "Quartier est", box(BORDER, 48.8, 3.3, 49.1)]];
  areas.forEach(([slug, name, shape], n) =>
    sql.push(`insert into area (id, slug, level, code, name, parent_id, wkb, created_at, updated_at) values (${n + 1}, '${slug}', 'quartier', '${slug}', '${name}', null, ${shape}, '2024-01-01T00:00:00.000000+00:00', '2024-01-01T00:00:00.000000+00:00');`),
  );
  for (let n = 0; n < SEEDED; n++) {
    const [angle, far] = [n * 2.4, 0.0045 * Math.sqrt(n + 1)];
    const [lon, lat] = [MIDDLE.lon + far * Math.cos(angle), MIDDLE.lat + 0.66 * far * Math.sin(angle)];
    const at = new Date(Date.UTC(2026, 5, 1) - n * 4 * 864e5).toISOString().replace("Z", "000+00:00");
    const kind = ["proposal", "proposal", "report", "project"][n % 4];
    const title = `${["Un banc", "Une piste cyclable", "Planter des arbres", "Réparer le trottoir", "Une fontaine"][n % 5]} n° ${n + 1}`;
    sql.push(
      `insert into feature (id, kind, process_id, theme_id, status, title, body, search, wkb, channel, votes_for, votes_against, points, created_at, updated_at, published_at)
       values (${n + 1}, '${kind}', ${n % 10 === 4 ? 1 : "null"}, ${n % 9 === 0 ? "null" : (n % 3) + 1}, '${statuses[n % 6]}', '${title}', 'Pour le quartier.', '${fold(title)}', ${wkb(lon, lat)},
               'import', ${(n * 7) % 40}, ${n % 4}, ${(n * 7) % 40 - (n % 4)}, '${at}', '${at}', '${at}');`,
      `insert into feature_area values (${n + 1}, ${lon < BORDER ? 1 : 2});`,
    );
  }
  return `begin;\n${sql.join("\n")}\ncommit;`;
}

/** Writes rows of SQL. They go by standard input: an argument may not be that long. */
async function write(database, statements) {
  const python = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.stdin.read())";
  const writing = run("python3", ["-c", python, database]);
  writing.child.stdin.end(statements);
  await writing;
}

/** What the address search knows: a street with two houses, another of a similar name, a park. */
const ADDRESSES = `numero;voie;commune;type;lon;lat
12;Rue des Tanneurs;Meaux;;2.881;48.961
14;Rue des Tanneurs;Meaux;;2.8812;48.9611
1;Rue des Tilleuls;Meaux;;2.884;48.958
;Parc du Pâtis;Meaux;park;2.872;48.952
`;

/** A port that nobody listens on, for a server that must know its address before it listens. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A server that runs until `stop`: with the seed, or `empty`, or with the `demo`; `settings` are the operator's. */
export async function startServer({ empty = false, demo = false, settings = {} } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "parvis-journeys-"));
  const database = join(folder, "parvis.db");
  const env = { ...process.env, PARVIS_DATABASE: `sqlite:${database}`, PARVIS_LISTEN: "127.0.0.1:0", PARVIS_LOG_FILTER: "warn", PARVIS_SHUTDOWN_SECONDS: "0", ...settings };
  delete env.PARVIS_BIN;
  delete env.PARVIS_CHROMIUM;
  if (demo) {
    await run(BINARY, ["demo"], { env, cwd: folder });
  } else if (!empty) {
    await run(BINARY, ["migrate"], { env, cwd: folder });
    // Votes cannot be imported, and two thousand clicks would take long: the seed is written as rows.
    await write(database, seed());
    await writeFile(join(folder, "adresses.csv"), ADDRESSES);
    const columns = 'title=numero+" "+voie,area=commune,theme=type,lon=lon,lat=lat';
    await run(BINARY, ["import", "addresses", "adresses.csv", "--map", columns], { env, cwd: folder });
  }
  const start = async (listen) => {
    const child = spawn(BINARY, ["serve"], { env: { ...env, PARVIS_LISTEN: listen }, cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    const printed = [];
    const address = await new Promise((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`the server ended with ${code} before it listened`)));
      createInterface({ input: child.stdout }).on("line", (line) => {
        const found = /http:\/\/\S+/.exec(line);
        if (found) printed.push(found[0]);
        if (printed.length === 1) resolve(found[0]);
      });
    });
    return { child, address, printed };
  };
  const end = async (child) => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  };
  const first = await start(env.PARVIS_LISTEN);
  const address = first.address;
  let child = first.child;
  return {
    address,
    /** The addresses that it printed: its own first, then that of a first set-up where there is one to do. */
    printed: first.printed,
    /** What the command line needs to work on the same database. */
    binary: BINARY,
    env,
    folder,
    /** Places an idea as another program would; gives its id. */
    async place(title, { lon, lat, theme = "", body = "" }) {
      const response = await fetch(`${address}/proposals`, {
        method: "POST",
        headers: { accept: "application/json" },
        body: new URLSearchParams({ title, lon, lat, theme, body }),
      });
      return (await response.json()).id;
    },
    /** Writes rows of SQL, for what no address does yet. */
    async sql(statements) {
      await write(database, statements);
    },
    async json(path) {
      return (await fetch(address + path)).json();
    },
    /** Away for a while, then back under the same address. */
    async goAway(during) {
      await end(child);
      await during();
      ({ child } = await start(new URL(address).host));
    },
    async stop() {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function startBrowser() {
  await mkdir(SCREENSHOTS, { recursive: true });
  return chromium.launch({ executablePath: BROWSER, args: FLAGS });
}

/** What drawing without a graphics card says, and what a browser says where its machine has so much to do that the map comes late. */
const IS_OF_THE_MACHINE = /GPU stall|GL Driver Message|was preloaded using link preload but not used within a few seconds/;

/**
 * A person's own browser window. `complaints` gathers what must not be: errors on the console (violations of the content
 * security policy are there, too), uncaught errors, requests to any other host.
 */
export async function openWindow(browser, server, options = {}) {
  const context = await browser.newContext({
    baseURL: server.address,
    viewport: { width: 1280, height: 800 },
    locale: "fr-FR",
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !IS_OF_THE_MACHINE.test(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== server.address) complaints.push(`asked another host: ${request.url()}`);
  });
  return { context, page, complaints };
}

/** Waits until the map has nothing more to fetch or draw. */
export async function mapIsStill(page) {
  await page.waitForFunction(() => window.parvis);
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const { map } = window.parvis;
        const began = window.performance.now();
        // A frame may be lost where a machine has much to do: then another is asked for, until the map is still or time is over.
        const nudge = window.setInterval(() => {
          if (window.performance.now() - began < 30_000) return map.triggerRepaint();
          window.clearInterval(nudge);
          reject(new Error(`the map is not still: loaded ${map.loaded()}, tiles ${map.areTilesLoaded()}, moving ${map.isMoving()}`));
        }, 1_000);
        map.once("idle", () => {
          window.clearInterval(nudge);
          resolve();
        });
        map.triggerRepaint();
      }),
  );
}

/** Waits until the map draws so many features: points, and what clusters stand for. */
export async function mapDraws(page, expected) {
  const drawn = () => {
    const { map } = window.parvis;
    const seen = new Map();
    for (const layer of ["points", "clusters"].filter((layer) => map.getLayer(layer))) {
      for (const f of map.queryRenderedFeatures({ layers: [layer] })) {
        seen.set(`${layer}/${f.id}/${f.geometry.coordinates}`, f.properties.count ?? 1);
      }
    }
    return [...seen.values()].reduce((sum, count) => sum + count, 0);
  };
  await mapIsStill(page);
  for (let tries = 0; tries < 100; tries++) {
    if ((await page.evaluate(drawn)) === expected) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.equal(await page.evaluate(drawn), expected, "features on the map");
}

/** Goes to a place on the map. */
export async function goTo(page, { lon, lat }, zoom = 17) {
  await mapIsStill(page);
  await page.evaluate(({ center, zoom }) => void window.parvis.map.jumpTo({ center, zoom }), { center: [lon, lat], zoom });
  await mapIsStill(page);
}

/** The properties of the point of an id, as the map has it now; nothing where it has none. */
export function pointOf(page, id) {
  return page.evaluate((id) => {
    const found = window.parvis.map.querySourceFeatures("features", { sourceLayer: "points" }).find((f) => f.id === id);
    return found && { ...found.properties };
  }, id);
}

/** A device in this window that unlocks by itself. */
export async function giveDevice(context, page) {
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2",
    transport: "internal",
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", { options });
  const unlocks = (isUserVerified) => devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  return { unlocks };
}
