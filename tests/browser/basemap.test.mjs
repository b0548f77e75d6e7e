// The basemap, chosen at the desk: a file that is sent, and the servers that are known. These are never asked here: what answers in their name stands in
// the browser's way (it gives flat pictures, and tiles of our own), which tries addresses, policy and drawing, and nothing of their own state.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { signIn } from "./people.mjs";
import { barriers, SIZES } from "./steps.mjs";
import { goTo, mapIsStill, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

const screenshot = (page, name, whole = true) => page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: whole });

const MONACO = new URL("../../../shared/data/basemap/monaco-openmaptiles.pmtiles", import.meta.url);

/** A picture of one colour, 256 pixels wide. */
const tilePicture = (page) =>
  page.evaluate(async () => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 256;
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#8fd3ff";
    pen.fillRect(0, 0, 256, 256);
    pen.strokeRect(0.5, 0.5, 255, 255);
    return canvas.toDataURL("image/png").split(",")[1];
  });

/** Answers in the name of other servers, and remembers what they were asked. */
async function standIn(context, server, picture) {
  const asked = [];
  const style = {
    version: 8,
    sprite: "https://data.geopf.fr/annexes/sprite",
    // One names its tiles, the other the file that does.
    sources: {
      plan_ign: { type: "vector", tiles: ["https://data.geopf.fr/tms/1.0.0/PLAN.IGN/{z}/{x}/{y}.pbf"], maxzoom: 18 },
      names: { type: "vector", url: "https://data.geopf.fr/tms/names/tiles.json" },
    },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": "#dddddd" } },
      { id: "areas", type: "line", source: "plan_ign", "source-layer": "areas", paint: { "line-color": "#555555", "line-width": 6 } },
      { id: "more", type: "fill", source: "names", "source-layer": "areas", paint: { "fill-color": "#555555", "fill-opacity": 0.1 } },
      { id: "mark", type: "symbol", source: "names", "source-layer": "areas", layout: { "icon-image": "mark" } },
    ],
  };
  await context.route(/^https:\/\//, async (route) => {
    const request = route.request();
    const { hostname, pathname } = new URL(request.url());
    asked.push({ hostname, pathname, referrer: (await request.allHeaders()).referer ?? "", cookie: (await request.allHeaders()).cookie });
    const headers = { "access-control-allow-origin": "*" };
    if (pathname.includes("sprite")) {
      if (pathname.endsWith(".json")) return route.fulfill({ json: { mark: { x: 0, y: 0, width: 16, height: 16, pixelRatio: 1 } }, headers });
      return route.fulfill({ body: Buffer.from(picture, "base64"), contentType: "image/png", headers });
    }
    if (pathname.endsWith("tiles.json")) return route.fulfill({ json: { tiles: ["https://data.geopf.fr/tms/names/{z}/{x}/{y}.pbf"], maxzoom: 14 }, headers });
    if (pathname.endsWith(".json")) return route.fulfill({ json: style, headers });
    if (pathname.endsWith(".pbf")) {
      const [z, x, y] = pathname.match(/(\d+)\/(\d+)\/(\d+)\.pbf$/).slice(1);
      const ours = await fetch(`${server.address}/tiles/areas/${z}/${x}/${y}.mvt`);
      return route.fulfill({ status: ours.status, body: Buffer.from(await ours.arrayBuffer()), headers });
    }
    return route.fulfill({ body: Buffer.from(picture, "base64"), contentType: "image/png", headers });
  });
  return asked;
}

describe("the basemap", { timeout: 240_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  for (const [id, word, name, host, referrer] of [
    [901, "ign", "Plan IGN", "data.geopf.fr", false],
    [902, "ign-grey", "Plan IGN gris", "data.geopf.fr", false],
    [903, "osm", "OpenStreetMap France", "tile.openstreetmap.fr", true],
  ]) {
    it(`of « ${name} » is asked by browsers as the pages allow, without a cookie, and told of on the page of personal data`, async () => {
      const desk = await openWindow(browser, server, word === "ign" ? { bypassCSP: true } : SIZES.desktop);
      await signIn(server, desk.context, id, `${word}@ville.example`, "administrator");
      const asked = await standIn(desk.context, server, await tilePicture(desk.page));
      const { page } = desk;
      await page.goto("/admin/site/basemap");
      if (word === "ign") {
        assert.deepEqual(await barriers(page), []);
        await screenshot(page, "basemap-desk");
      }
      await page.getByRole("radio", { name, exact: true }).check();
      await page.getByRole("button", { name: "Enregistrer" }).click();
      await page.getByText("la carte a ce fond dès maintenant").waitFor();
      assert.deepEqual(asked, [], "the desk asks nobody");
      await page.getByRole("link", { name: "Regarder la carte" }).click();
      await mapIsStill(page);
      await screenshot(page, `basemap-${word}`, false);
      // A resident, by the policy that pages have.
      const resident = await openWindow(browser, server, { ...SIZES.phone, colorScheme: "dark" });
      const theirs = await standIn(resident.context, server, await tilePicture(resident.page));
      await resident.page.goto("/");
      await mapIsStill(resident.page);
      await resident.page.waitForFunction(() => window.parvis.map.areTilesLoaded());
      await screenshot(resident.page, `basemap-${word}-phone-dark`, false);
      assert.ok(theirs.some(({ pathname }) => /\.(png|pbf)$|wmts/.test(pathname)), JSON.stringify(theirs.slice(0, 3)));
      if (word === "ign-grey") {
        assert.ok(theirs.some(({ pathname }) => pathname.startsWith("/tms/names/") && pathname.endsWith(".pbf")), "a source that names a file has its tiles");
        assert.ok(await resident.page.evaluate(() => window.parvis.map.hasImage("mark")), "its icons are there");
      }
      for (const one of theirs) {
        assert.ok(one.hostname.endsWith(host) && !one.cookie, JSON.stringify(one));
        assert.equal(one.referrer, referrer ? `${server.address}/` : "", one.pathname);
      }
      await resident.page.goto("/privacy");
      assert.match(await resident.page.locator("#ground + p").textContent(), new RegExp(host.replaceAll(".", "\\.")));
      const others = (complaints) => complaints.filter((text) => !text.startsWith("asked another host"));
      assert.deepEqual(others(resident.complaints), []);
      assert.deepEqual(others(desk.complaints), []);
      await Promise.all([desk.context.close(), resident.context.close()]);
    });
  }

  it("of a server that does not answer leaves the city's own ground, and no complaint", async () => {
    const { page, context } = await openWindow(browser, server, SIZES.desktop);
    await context.route(/^https:\/\//, (route) => route.abort());
    await page.goto("/");
    await page.waitForFunction(() => window.parvis?.map.isStyleLoaded() && window.parvis.map.queryRenderedFeatures().length > 0);
    await screenshot(page, "basemap-away-silent", false);
    await context.close();
  });

  it("of a file is sent, drawn in our colours by both papers, and taken off", async (test) => {
    if (!existsSync(MONACO)) return test.skip("SKIPPED: no file of tiles beside the repository");
    const { page, context, complaints } = await openWindow(browser, server, SIZES.phone);
    await signIn(server, context, 990, "maire@ville.example", "administrator");
    await page.goto("/admin/site/basemap");
    await page.getByLabel("Envoyer un fichier PMTiles ou MBTiles").setInputFiles({ name: "carte.pmtiles", mimeType: "application/octet-stream", buffer: Buffer.from("x".repeat(500)) });
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByText("Ce fond ne peut pas être affiché").waitFor();
    await screenshot(page, "basemap-refused-phone");
    await page.getByLabel("Envoyer un fichier PMTiles ou MBTiles").setInputFiles({ name: "Monaco.pmtiles", mimeType: "application/octet-stream", buffer: readFileSync(MONACO) });
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByText("la carte a ce fond dès maintenant").waitFor();
    await screenshot(page, "basemap-file-phone");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `${wide} pixels wide`);
    await page.goto("/");
    await goTo(page, { lon: 7.42, lat: 43.735 }, 15);
    await mapIsStill(page);
    await screenshot(page, "basemap-monaco-phone", false);
    const drawn = await page.evaluate(() => window.parvis.map.queryRenderedFeatures().filter(({ source }) => source === "basemap").length);
    assert.ok(drawn > 20, `${drawn} things of the file are drawn`);
    await page.goto("/admin/site/basemap");
    await page.getByRole("radio", { name: "Aucun fond" }).check();
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByRole("button", { name: "Retirer monaco.pmtiles" }).click();
    await page.getByText("Le fichier est retiré").waitFor();
    assert.deepEqual(complaints.filter((text) => !text.includes("400")), []);
    await context.close();
  });
});
