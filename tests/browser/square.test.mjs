// The map's page: what it shows, filters, and what is under a click.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { mapDraws, goTo, mapIsStill, MIDDLE, openWindow, pointOf, SCREENSHOTS, SEEDED, startBrowser, startServer } from "./world.mjs";

describe("the square", { timeout: 180_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const total = (page) => page.locator("#total").textContent();
  const count = async (page, choice) => Number(await page.locator(`[data-count="${choice}"]`).textContent());

  it("shows everything on the map, in the list and in the counts, on a desktop and on a phone", async () => {
    for (const [name, viewport] of Object.entries({ desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } })) {
      const { context, page, complaints } = await openWindow(browser, server, { viewport });
      await page.goto("/");
      await mapIsStill(page);
      await mapDraws(page, SEEDED);
      assert.equal(await total(page), `${SEEDED} contributions`);
      assert.equal(await page.locator(".card").count(), 50);
      await page.screenshot({ path: `${SCREENSHOTS}/map-${name}.png` });
      await page.locator("#filters summary").click();
      await page.locator("#filters").scrollIntoViewIfNeeded();
      await page.screenshot({ path: `${SCREENSHOTS}/filters-${name}.png` });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(overflow, 0, `${name} scrolls sideways`);
      assert.deepEqual(complaints, []);
      await context.close();
    }
  });

  it("filters map, list, counts and address together, without a reload; back undoes it, a reload keeps it", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto("/");
    await mapIsStill(page);
    await page.evaluate(() => (window.sameDocument = true));
    await page.locator("#filters summary").click();

    const narrowed = async (act, query) => {
      await act();
      await page.waitForFunction((query) => location.search === query, query);
      await mapIsStill(page);
      const { total: expected, kind } = await server.json(`/api/counts${query}`);
      assert.equal(await total(page), `${expected} contribution${expected > 1 ? "s" : ""}`);
      await mapDraws(page, expected);
      assert.equal(await count(page, "kind:report"), kind.report);
      return expected;
    };
    const theme = await narrowed(() => page.getByLabel("Nature en ville").check(), "?theme=nature");
    assert.ok(theme < SEEDED);
    const kind = await narrowed(() => page.getByLabel("Signalements").check(), "?theme=nature&kind=report");
    assert.ok(kind < theme);
    const since = await narrowed(() => page.getByLabel("Depuis le").fill("2025-06-01"), "?theme=nature&kind=report&since=2025-06-01");
    assert.ok(since < kind && since > 0);
    await page.screenshot({ path: `${SCREENSHOTS}/filtered-desktop.png` });
    const area = await narrowed(() => page.getByLabel("Secteur").selectOption("est"), "?theme=nature&kind=report&area=est&since=2025-06-01");
    assert.ok(area < since && area > 0);
    await page.goBack();
    await page.waitForFunction((n) => document.getElementById("total").textContent.startsWith(`${n} `), since);

    await page.reload();
    await mapIsStill(page);
    await mapDraws(page, since);
    assert.equal(await total(page), `${since} contributions`);
    assert.ok(await page.getByLabel("Nature en ville").isChecked());
    assert.equal(await page.getByLabel("Depuis le").inputValue(), "2025-06-01");

    await page.goBack();
    await page.waitForFunction(() => location.search === "?theme=nature&kind=report");
    await page.waitForFunction((n) => document.getElementById("total").textContent.startsWith(`${n} `), kind);
    await mapIsStill(page);
    await mapDraws(page, kind);
    assert.equal(await page.getByLabel("Depuis le").inputValue(), "");
    await narrowed(() => page.getByText("Tout afficher").click(), "");
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("says what is wrong with a filter, and keeps what was shown", async () => {
    const { context, page } = await openWindow(browser, server);
    await page.goto("/?until=2025-01-01");
    const before = await total(page);
    await page.getByLabel("Depuis le").fill("2026-01-01");
    await page.locator("#filter-problem").getByText("2026-01-01").waitFor();
    assert.equal(await total(page), before);
    assert.equal(await page.evaluate(() => location.search), "?until=2025-01-01");
    await context.close();
  });

  it("brings the rest of the list, and sorts it", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto("/");
    await page.getByText("Suite de la liste").click();
    await page.waitForFunction(() => document.querySelectorAll(".card").length === 100);
    assert.equal(new Set(await page.locator(".card").evaluateAll((cards) => cards.map((card) => card.id))).size, 100);
    await page.locator("#filters summary").click();
    await page.getByLabel("Trier par").selectOption("oldest");
    await page.waitForFunction(() => document.querySelector(".card h2").textContent.endsWith("n° 260"));
    assert.equal(await page.evaluate(() => location.search), "?order=oldest");
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("opens what is clicked: a point, several at one place, a cluster", async () => {
    const alone = { lon: MIDDLE.lon + 0.1, lat: MIDDLE.lat };
    const together = { lon: MIDDLE.lon + 0.12, lat: MIDDLE.lat };
    await server.place("Un <b>kiosque</b> à musique", alone);
    for (const n of [1, 2, 3]) await server.place(`Au même endroit ${n}`, together);
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto("/");
    await mapIsStill(page);
    const click = async ({ lon, lat }) => {
      const at = await page.evaluate(({ lon, lat }) => window.parvis.map.project([lon, lat]), { lon, lat });
      await page.locator("#map").click({ position: at });
    };

    await goTo(page, alone);
    await click(alone);
    await page.locator(".maplibregl-popup").getByRole("link", { name: "Un <b>kiosque</b> à musique" }).waitFor();
    assert.match(await page.locator(".popup-card").textContent(), /Idée · Sans thème · Reçue/);
    await page.screenshot({ path: `${SCREENSHOTS}/popup-desktop.png` });
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".maplibregl-popup").count(), 0);

    for (const zoom of [12, 18]) {
      await goTo(page, together, zoom);
      await click(together);
      await page.waitForFunction(() => document.querySelectorAll(".popup-card").length === 3);
      assert.match(await page.locator(".maplibregl-popup").textContent(), /Au même endroit/);
    }

    await page.keyboard.press("Escape");
    await goTo(page, MIDDLE, 8);
    const cluster = await page.evaluate(() => {
      const found = window.parvis.map.queryRenderedFeatures({ layers: ["clusters"] });
      const [largest] = found.sort((a, b) => b.properties.count - a.properties.count);
      return { lon: largest.geometry.coordinates[0], lat: largest.geometry.coordinates[1] };
    });
    await page.screenshot({ path: `${SCREENSHOTS}/clusters-desktop.png` });
    await click(cluster);
    await page.waitForFunction(() => window.parvis.map.getZoom() > 9);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("shows an address's place again, and the tile's properties of a point", async () => {
    const { context, page } = await openWindow(browser, server);
    const { features } = await server.json("/api/features?kind=project&limit=1");
    const [lon, lat] = features[0].geometry.coordinates;
    await page.goto(`/?kind=project#map=17/${lat}/${lon}`);
    await mapIsStill(page);
    assert.equal(Math.round(await page.evaluate(() => window.parvis.map.getZoom())), 17);
    const point = await pointOf(page, features[0].id);
    assert.equal(point.kind, "project");
    assert.equal(point.score, features[0].properties.score);
    await context.close();
  });
});
