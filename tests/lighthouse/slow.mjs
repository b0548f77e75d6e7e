// The map's page on a slow line: when the list can be read, when a drawn map stands there, when the live one is still. Medians of three, a telephone and a
// desk, printed beside their bars. `make lighthouse` runs it after the other.
//
// The line is a relay on this machine: 50,000 bytes a second for all connections together, 200 ms each way. Connections are opened at no cost, as where one carries
// all requests (HTTP/2, behind a proxy). What a browser can slow down by itself leaves out its workers, which fetch the tiles.
import { createServer, connect } from "node:net";
import { createRequire } from "node:module";
import { startServer } from "./server.mjs";

const { chromium } = createRequire(new URL("../../web/package.json", import.meta.url))("playwright-core");

const BYTES_A_MS = 50;
const ONE_WAY_MS = 200;
const RUNS = Number(process.env.PARVIS_LIGHTHOUSE_RUNS ?? 3);
const WINDOWS = {
  "390 × 844": { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  "1280 × 800": { viewport: { width: 1280, height: 800 } },
};

/** Until when each may take, in seconds. */
const BARS = { list: 2, drawn: 3.5, live: 11 };

const later = (ms, work) => setTimeout(work, ms);
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** What a connection may have under way, in bytes: a sender's first window, about. */
const WINDOW = 14_600;

/** Listens, and passes on what comes as a slow line would: a packet of each connection in turn. */
async function slowLine(port) {
  const connections = new Set();
  let isSending = false;
  const send = () => {
    const next = [...connections].find(({ waiting }) => waiting.length > 0);
    isSending = next !== undefined;
    if (!next) return;
    connections.delete(next);
    connections.add(next);
    const part = next.waiting.subarray(0, 1_400);
    next.waiting = next.waiting.subarray(1_400);
    later(part.length / BYTES_A_MS, send);
    later(part.length / BYTES_A_MS + ONE_WAY_MS, () => {
      if (next.client.writable) next.client.write(part);
      if (next.isOver && next.waiting.length === 0) next.client.end();
    });
    if (next.waiting.length < WINDOW) next.server.resume();
  };
  const relay = createServer((client) => {
    const server = connect(port, "127.0.0.1");
    const connection = { client, server, waiting: Buffer.alloc(0), isOver: false };
    connections.add(connection);
    client.on("data", (piece) => later(ONE_WAY_MS, () => server.writable && server.write(piece)));
    server.on("data", (piece) => {
      connection.waiting = Buffer.concat([connection.waiting, piece]);
      if (connection.waiting.length >= WINDOW) server.pause();
      if (!isSending) send();
    });
    server.on("end", () => (connection.isOver = true));
    const end = () => {
      connections.delete(connection);
      server.destroy();
      client.destroy();
    };
    client.on("close", end).on("error", end);
    server.on("error", end);
  });
  await new Promise((resolve) => relay.listen(0, "127.0.0.1", resolve));
  return { port: relay.address().port, stop: () => relay.close() };
}

/** In the page: notes when each thing is there for the first time, in ms since the page was asked for. */
function watch() {
  const seen = (window.seen = {});
  const note = (name) => (seen[name] ??= performance.now());
  const look = () => {
    if (document.querySelector("#list .cards li") && performance.getEntriesByName("first-contentful-paint").length > 0) note("list");
    if (document.querySelector("#map-drawn svg a")) note("drawn");
    const { map } = window.parvis ?? {};
    if (map && !seen.listens) {
      seen.listens = true;
      map.once("idle", () => note("live"));
    }
    if (!seen.live) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function visit(browser, address, window) {
  const context = await browser.newContext({ ...window, locale: "fr-FR", reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(address, { timeout: 60_000 });
  await page.waitForFunction(() => globalThis.seen?.live, undefined, { timeout: 60_000 });
  const seen = await page.evaluate(() => globalThis.seen);
  await context.close();
  return seen;
}

const server = await startServer();
const line = await slowLine(Number(new URL(server.address).port));
const browser = await chromium.launch({ executablePath: process.env.PARVIS_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-quic"] });
console.log(`A line of 400 kbit/s and 400 ms, median of ${RUNS}, in seconds:`);
try {
  for (const [name, window] of Object.entries(WINDOWS)) {
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await visit(browser, `http://127.0.0.1:${line.port}/`, window));
    for (const [what, bar] of Object.entries(BARS)) {
      const took = median(runs.map((seen) => seen[what] ?? Infinity)) / 1000;
      console.log(`${took <= bar ? "  " : "! "}${name.padEnd(14)}${what.padEnd(8)}${took.toFixed(1).padStart(6)}   at most ${bar}`);
    }
  }
} finally {
  await browser.close();
  line.stop();
  await server.stop();
}
