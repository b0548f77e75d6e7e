// The first ten seconds: the demonstration as a newcomer sees it. Its picture is the README's (`make screenshot`).
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { goTo, mapIsStill, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";
import { SIZES } from "./steps.mjs";

describe("the demonstration", { timeout: 400_000 }, () => {
  let server, browser;
  before(async () => {
    const settings = { PARVIS_NAME: "Val d’Aubrelle" };
    [server, browser] = await Promise.all([startServer({ demo: true, settings }), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("shows a town with its ideas", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto("/");
    await mapIsStill(page);
    await page.screenshot({ path: `${SCREENSHOTS}/demo-desktop.png` });
    // Closer, where most was proposed, with an idea of there opened.
    const { features } = await server.json("/api/features?order=score&limit=300");
    const points = features.filter(({ geometry }) => geometry?.type === "Point");
    const around = ({ geometry: { coordinates: [x, y] } }) =>
      points.filter(({ geometry: { coordinates: [lon, lat] } }) => Math.hypot((lon - x) * 0.68, lat - y) < 0.006).length;
    const most = Math.max(...points.map(around));
    await page.goto("/?order=score");
    const [lon, lat] = points.find((point) => around(point) === most).geometry.coordinates;
    await goTo(page, { lon, lat }, 15);
    const spot = await page.evaluate(() => {
      const { map } = window.parvis;
      const [best] = map
        .queryRenderedFeatures([[620, 300], [1080, 600]], { layers: ["points"] })
        .sort((a, b) => b.properties.score - a.properties.score);
      return map.project(best.geometry.coordinates);
    });
    await page.locator("#map").click({ position: spot });
    await page.locator("#beside-body h1").waitFor();
    await mapIsStill(page);
    await page.screenshot({ path: `${SCREENSHOTS}/readme.jpg`, type: "jpeg", quality: 85 });
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("shows it on a phone, too, and by night", async () => {
    const { context, page, complaints } = await openWindow(browser, server, { ...SIZES.phone, colorScheme: "dark" });
    await page.goto("/");
    await mapIsStill(page);
    assert.ok((await page.locator(".card").count()) > 0);
    await page.screenshot({ path: `${SCREENSHOTS}/demo-phone-dark.png` });
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
