// Where much is: squares with their scale, month by month, and the zones of agents.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { signIn } from "./people.mjs";
import { barriers, counts, press, SIZES } from "./steps.mjs";
import { goTo, mapIsStill, MIDDLE, openWindow, SCREENSHOTS, SEEDED, startBrowser, startServer } from "./world.mjs";

describe("where much is", { timeout: 300_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** How many the squares and points of the map hold in all. */
  const held = (page) =>
    page.evaluate(() => {
      const { map } = window.parvis;
      const seen = new Map();
      for (const layer of ["squares", "points"]) {
        for (const feature of map.querySourceFeatures("features", { sourceLayer: layer })) {
          const key = layer === "points" ? String(feature.id) : JSON.stringify(feature.geometry);
          seen.set(key, Number(feature.properties.count ?? 1));
        }
      }
      return [...seen.values()].reduce((sum, n) => sum + n, 0);
    });

  for (const [name, size] of Object.entries(SIZES)) {
    it(`is a surface of squares with a scale that says what they stand for, on a ${name}`, async () => {
      const { context, page, complaints } = await openWindow(browser, server, { ...size, bypassCSP: true });
      await page.goto("/?grouped=squares");
      await mapIsStill(page);
      const scale = page.locator(".surface-scale");
      await scale.waitFor();
      assert.match(await scale.innerText(), /^Contributions par carré de [\d ,\u202f]+\u00a0k?m/);
      assert.equal(await page.evaluate(() => window.parvis.map.queryRenderedFeatures({ layers: ["clusters"] }).length), 0);
      await page.waitForFunction(() => JSON.stringify(window.parvis.map.getPaintProperty("squares", "fill-color")).includes("step"));
      assert.ok((await held(page)) > SEEDED / 2);
      await page.screenshot({ path: `${SCREENSHOTS}/squares-${name}.png` });
      assert.deepEqual(await barriers(page), []);
      // A click on a square comes nearer; from near there are points alone, and no scale.
      const before = await page.evaluate(() => window.parvis.map.getZoom());
      const at = await page.evaluate(() => {
        const { map } = window.parvis;
        const canvas = map.getCanvas().getBoundingClientRect();
        const middles = map.queryRenderedFeatures({ layers: ["squares"] }).map(({ geometry }) => map.project(geometry.coordinates[0][0]));
        const open = middles.find(({ x, y }) => document.elementFromPoint(canvas.left + x + 6, canvas.top + y + 6) === map.getCanvas());
        return { x: canvas.left + open.x + 6, y: canvas.top + open.y + 6 };
      });
      await page.mouse.click(at.x, at.y);
      await page.waitForFunction((zoom) => window.parvis.map.getZoom() > zoom + 1.5, before);
      await goTo(page, MIDDLE, 18);
      await scale.waitFor({ state: "hidden" });
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  it("is seen month by month with the keyboard, and all of it again", async () => {
    const { context, page, complaints } = await openWindow(browser, server, { bypassCSP: true });
    await page.goto("/");
    await mapIsStill(page);
    await page.getByText("Mois par mois").click();
    const slider = page.getByLabel("Mois montré");
    await page.waitForFunction(() => Number(document.getElementById("timeline-month").max) > 1);
    await slider.focus();
    await press(page, "End");
    await page.waitForFunction(() => location.search.includes("since="));
    const { since, until } = Object.fromEntries(new URLSearchParams(new URL(page.url()).search));
    assert.ok(since.endsWith("-01") && since.slice(0, 7) === until.slice(0, 7), `${since} ${until}`);
    const { total: expected } = await server.json(`/api/counts?since=${since}&until=${until}`);
    await counts(page, expected);
    const { months } = await server.json("/api/months");
    assert.equal(months.at(-1).count, expected);
    assert.equal(months.reduce((sum, month) => sum + month.count, 0), SEEDED);
    assert.match(await slider.getAttribute("aria-valuetext"), / – \d+$/);
    await page.screenshot({ path: `${SCREENSHOTS}/months.png` });
    assert.deepEqual(await barriers(page), []);
    await page.getByRole("button", { name: "Toute la période" }).click();
    await counts(page, SEEDED);
    await page.getByRole("button", { name: "Faire défiler les mois" }).click();
    await page.waitForFunction(() => location.search.includes("since="));
    await page.getByRole("button", { name: "Arrêter" }).click();
    await page.getByRole("button", { name: "Faire défiler les mois" }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("is looked at within a zone that an agent draws, and removed and put back", async () => {
    const { context, page, complaints } = await openWindow(browser, server, { bypassCSP: true });
    await signIn(server, context, 410, "zoe@ville.example", "agent");
    await page.goto("/admin/zones");
    await page.getByText("Aucune zone pour l’instant").waitFor();
    await page.getByRole("link", { name: "Tracer une zone" }).click();
    await page.getByLabel("Nom").fill("Autour de la mairie");
    const [west, south, east, north] = [MIDDLE.lon - 0.05, MIDDLE.lat - 0.05, MIDDLE.lon + 0.05, MIDDLE.lat + 0.05];
    const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    await page.locator("#geometry").fill(JSON.stringify({ type: "Polygon", coordinates: [ring] }));
    assert.deepEqual(await barriers(page), []);
    await page.getByRole("button", { name: "Garder la zone" }).click();
    await page.getByText("La zone est gardée").waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/zones.png`, fullPage: true });
    assert.deepEqual(await barriers(page), []);
    const { total: expected } = await server.json("/api/counts?within=1");
    assert.ok(expected > 0 && expected < SEEDED, String(expected));
    await page.getByRole("link", { name: "Sur la carte Autour de la mairie" }).click();
    await mapIsStill(page);
    // Its name stays at the desk.
    await page.getByText(/^Dans la zone n\S+\s?1/).first().waitFor();
    // Said once the list follows the map.
    await page.waitForFunction((expected) => Number(document.getElementById("whole").textContent.replace(/\D/g, "")) === expected, expected);
    await page.goto("/admin/zones");
    await page.getByRole("button", { name: "Supprimer Autour de la mairie" }).click();
    await page.getByText("La zone est supprimée").waitFor();
    await page.getByRole("button", { name: "Remettre Autour de la mairie" }).click();
    await page.getByText("La zone est de nouveau là").waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
