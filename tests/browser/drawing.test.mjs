// How the map is drawn: a style that MapLibre's own validator accepts on light and on dark paper, symbols and rings, a list
// and a map that point at the same thing.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { goTo, mapIsStill, MIDDLE, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

const spec = createRequire(new URL("../../web/package.json", import.meta.url)).resolve("@maplibre/maplibre-gl-style-spec");
const { validateStyleMin } = await import(spec);

describe("the drawing", { timeout: 120_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  for (const scheme of ["light", "dark"]) {
    it(`has a valid style on ${scheme} paper`, async () => {
      const style = await server.json(`/style.json?scheme=${scheme}`);
      assert.ok(style.layers.length > 10);
      assert.deepEqual(validateStyleMin(style).map(({ message }) => message), []);
      const ids = style.layers.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length);
    });
  }

  it("draws icons on points and rings around clusters", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto("/");
    await goTo(page, MIDDLE, 8);
    const drawn = (layer) => page.evaluate((layer) => window.parvis.map.queryRenderedFeatures({ layers: [layer] }).length, layer);
    assert.ok((await drawn("clusters-ring")) > 0);
    assert.equal(await drawn("clusters-ring"), await drawn("clusters"));
    await goTo(page, MIDDLE, 16);
    const { features } = await server.json("/api/features?limit=1");
    const [lon, lat] = features[0].geometry.coordinates;
    await goTo(page, { lon, lat }, 18);
    assert.ok((await drawn("points-icon")) > 0);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("points at the same thing in the list and on the map, and keeps what is open when the light goes", async () => {
    const [place, title] = [{ lon: MIDDLE.lon + 0.2, lat: MIDDLE.lat }, "Une halte au bord du canal"];
    await server.place(title, place);
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto("/");
    await goTo(page, place, 16);
    const card = page.locator(".card", { hasText: title });
    const at = await page.evaluate(({ lon, lat }) => window.parvis.map.project([lon, lat]), place);
    const map = await page.locator("#map").boundingBox();

    await card.hover();
    const halo = await page.locator(".map-halo").boundingBox();
    assert.ok(Math.abs(halo.x + halo.width / 2 - map.x - at.x) < 2 && Math.abs(halo.y + halo.height / 2 - map.y - at.y) < 2);
    await page.locator("h1").first().evaluate(() => document.activeElement?.blur());
    await page.mouse.move(map.x + at.x, map.y + at.y);
    await page.waitForFunction(() => document.querySelectorAll(".card.is-pointed").length === 1);
    assert.match(await page.locator(".card.is-pointed").textContent(), new RegExp(title));
    assert.equal(await page.locator(".map-halo").count(), 0);
    await card.getByRole("link").focus();
    await page.locator(".map-halo").waitFor();

    // From afar it is in a cluster, or alone: the halo is where it is drawn.
    await goTo(page, place, 7);
    assert.equal(await page.locator(".map-halo").count(), 1);

    await goTo(page, place, 16);
    await page.mouse.click(map.x + at.x, map.y + at.y);
    await page.locator("#beside-body h1").waitFor();
    const paper = () => page.evaluate(() => window.parvis.map.getPaintProperty("background", "background-color"));
    const light = await paper();
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForFunction((light) => window.parvis.map.getPaintProperty("background", "background-color") !== light, light);
    await mapIsStill(page);
    assert.equal(await page.locator("#beside-body h1").count(), 1);
    assert.equal(await page.evaluate(() => Math.round(window.parvis.map.getZoom())), 16);
    await page.screenshot({ path: `${SCREENSHOTS}/map-dark-desktop.png` });
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
