// Lighthouse on the map's page, phone profile, three times: the medians beside their bars, what weighs, and what costs most.
// `make lighthouse` runs it. The server is PARVIS_BIN or target/debug/parvis on the demonstration's data. WebGL is drawn by
// the processor here, so that the score of performance is lower than on any telephone. No other host can be asked: Chromium
// is told to resolve none.
import { mkdir, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { startServer } from "./server.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const BROWSER = process.env.PARVIS_CHROMIUM ?? "/usr/bin/chromium";
const RUNS = Number(process.env.PARVIS_LIGHTHOUSE_RUNS ?? 3);
const FLAGS = ["--headless=new", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"].concat([
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]);

/** The first load may weigh so much, in bytes over the wire. */
const WEIGHT = 500_000;

/** The least that each category must reach, in hundredths. */
const BARS = { performance: 85, accessibility: 100, "best-practices": 95, seo: 95 };

const METRICS = {
  "first-contentful-paint": "first contentful paint",
  "largest-contentful-paint": "largest contentful paint",
  "speed-index": "speed index",
  "total-blocking-time": "total blocking time",
  "cumulative-layout-shift": "layout shift",
};

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function measure(url, ...more) {
  const chrome = await launch({ chromePath: BROWSER, chromeFlags: [...FLAGS, ...more], ignoreDefaultFlags: true, logLevel: "error" });
  try {
    const options = { port: chrome.port, output: "html", logLevel: "error", onlyCategories: Object.keys(BARS), locale: "en" };
    return await lighthouse(url, options);
  } finally {
    chrome.kill();
  }
}

/** Bytes of an asset's body as a browser gets it. */
const bodySize = (url) =>
  new Promise((resolve, reject) => {
    get(url, { headers: { "accept-encoding": "gzip, deflate, br" } }, (answer) => {
      let bytes = 0;
      answer.on("data", (piece) => (bytes += piece.length));
      answer.on("end", () => resolve(bytes));
    }).on("error", reject);
  });

/** Sizes of assets by their address. */
const assets = new Map();

/** Lighthouse sees of a worker's script the headers alone: what is asked of the server counts. */
async function weighAssets({ audits }) {
  for (const { url } of audits["network-requests"].details.items) {
    if (url.includes("/assets/") && !assets.has(url)) assets.set(url, await bodySize(url));
  }
}

/** What was asked for, and the bytes over the wire. */
function requests({ audits }) {
  const short = (url) => new URL(url).pathname.replace(/^\/assets\//, "").replace(/^\/tiles\/\w+\/[\d/]+\.mvt$/, "tiles");
  const sizes = new Map();
  for (const { url, transferSize = 0 } of audits["network-requests"].details.items) {
    if (!url.startsWith("http")) continue;
    const before = sizes.get(short(url)) ?? 0;
    // An asset is fetched once: whoever asks again (the worker, for what the page has) finds it in the cache.
    sizes.set(short(url), assets.has(url) ? Math.max(before, transferSize, assets.get(url)) : before + transferSize);
  }
  return sizes;
}

const server = await startServer();
const results = [];
let plain;
try {
  for (let run = 1; run <= RUNS; run++) {
    const { lhr, report } = await measure(process.argv[2] ? server.address + process.argv[2] : `${server.address}/`);
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    results.push(lhr);
    await weighAssets(lhr);
    await mkdir(join(root, "target/lighthouse"), { recursive: true });
    await writeFile(join(root, `target/lighthouse/run-${run}.html`), report);
  }
  // The same page where nothing is drawn by WebGL: the rest of it, and by the difference what the processor's drawing costs.
  plain = (await measure(`${server.address}/`, "--disable-3d-apis")).lhr;
} finally {
  await server.stop();
}

const missed = [];
const line = (name, value, bar, isGood) => {
  if (!isGood) missed.push(name);
  console.log(`${isGood ? "  " : "! "}${name.padEnd(28)}${String(value).padStart(10)}${bar}`);
};
console.log(`Lighthouse ${results[0].lighthouseVersion}, phone profile, median of ${RUNS} (debug build unless PARVIS_BIN says otherwise):`);
for (const [category, bar] of Object.entries(BARS)) {
  const score = Math.round(median(results.map((lhr) => lhr.categories[category].score)) * 100);
  line(category, score, `   at least ${bar}`, score >= bar);
}
for (const [id, name] of Object.entries(METRICS)) {
  const value = median(results.map((lhr) => lhr.audits[id].numericValue));
  line(name, id === "cumulative-layout-shift" ? value.toFixed(3) : `${Math.round(value)} ms`, "", true);
}
const withoutDrawing = Math.round(plain.categories.performance.score * 100);
const blocked = Math.round(plain.audits["total-blocking-time"].numericValue);
console.log(`  without WebGL: performance ${withoutDrawing}, total blocking time ${blocked} ms (one run)`);
const weights = results.map((lhr) => [...requests(lhr).values()].reduce((sum, bytes) => sum + bytes, 0));
const weight = median(weights);
line("first load over the wire", `${Math.round(weight / 1000)} kB`, `   at most ${WEIGHT / 1000}`, weight <= WEIGHT);
for (const [name, bytes] of [...requests(results[0])].sort(([, a], [, b]) => b - a)) {
  console.log(`      ${name.padEnd(60)}${(bytes / 1000).toFixed(1).padStart(8)} kB`);
}
const worst = results.toSorted((a, b) => a.categories.performance.score - b.categories.performance.score)[0];
console.log("What costs most, in the slowest run:");
for (const { url, scripting, scriptParseCompile, total } of worst.audits["bootup-time"]?.details?.items ?? []) {
  console.log(`      ${url.replace(/^https?:\/\/[^/]+/, "").padEnd(50)}${Math.round(total)} ms (run ${Math.round(scripting)}, parse ${Math.round(scriptParseCompile)})`);
}
for (const { groupLabel, duration } of worst.audits["mainthread-work-breakdown"]?.details?.items ?? []) {
  console.log(`      ${groupLabel.padEnd(50)}${Math.round(duration)} ms`);
}
const failing = Object.entries(results[0].categories).flatMap(([category, { auditRefs }]) =>
  auditRefs.filter(({ id, weight }) => (weight > 0 || category === "performance") && (results[0].audits[id].score ?? 1) < 0.9).map(({ id }) => `${category}: ${id} – ${results[0].audits[id].displayValue ?? results[0].audits[id].title}`),
);
console.log("Audits that say something:");
for (const audit of failing) console.log(`      ${audit}`);
console.log("Reports: target/lighthouse/run-*.html");
if (missed.length > 0) {
  console.error(`Missed: ${missed.join(", ")}`);
  process.exitCode = 1;
}
