// The map as the server draws it: on paper, and on a slow line until the live map is there.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { mapIsStill, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

describe("drawn", { timeout: 300_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** The addresses of drawings that a page asked for and was given. */
  function drawings(page) {
    const given = [];
    page.on("response", (answer) => {
      const { pathname, searchParams } = new URL(answer.url());
      if (/\.svg$/.test(pathname) && !pathname.startsWith("/assets")) given.push({ status: answer.status(), pathname, query: searchParams });
    });
    return given;
  }

  it("prints the map of what is seen and filtered, with the filter in words", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    const given = drawings(page);
    await page.goto("/?theme=culture#map=13/48.96/2.88");
    await mapIsStill(page);
    // Where this machine has much to do, its own line is slow.
    const waited = await page.evaluate(() => {
      const [{ responseStart, requestStart }] = window.performance.getEntriesByType("navigation");
      return responseStart - requestStart;
    });
    if (waited < 350) assert.deepEqual(given, [], "a fast line needs no drawing");
    await page.pdf({ path: `${SCREENSHOTS}/map.pdf` });
    const seen = given.find(({ query }) => query.get("size") === "960x720");
    assert.equal(seen?.status, 200);
    assert.equal(seen.query.get("theme"), "culture");
    const [west, south, east, north] = seen.query.get("bbox").split(",").map(Number);
    assert.ok(west < 2.88 && east > 2.88 && south < 48.96 && north > 48.96 && east - west < 0.3, "what is in view");
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.getByText("Filtre :").isVisible());
    assert.ok(await page.locator(".chip", { hasText: "Culture" }).isVisible());
    for (const hidden of ["#q", "#filters", ".chips .reset", ".order", "#acts"]) {
      assert.ok(await page.locator(hidden).first().isHidden(), `${hidden} is not printed`);
    }
    const picture = page.locator(".on-paper img");
    assert.ok(await picture.isVisible());
    assert.ok(await picture.evaluate((img) => img.complete && img.naturalWidth > 0), "the map is there");
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("prints where an idea is, and shows it where there are no scripts", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    const given = drawings(page);
    await page.goto("/features/5");
    await page.pdf({ path: `${SCREENSHOTS}/feature.pdf` });
    assert.deepEqual(given.map(({ status, pathname }) => [status, pathname]), [[200, "/features/5/place.svg"]]);
    assert.deepEqual(complaints, []);
    await context.close();
    const plain = await openWindow(browser, server, { javaScriptEnabled: false });
    await plain.page.goto("/features/5");
    assert.ok(await plain.page.getByRole("img", { name: /sur la carte de/ }).isVisible());
    await plain.context.close();
  });

  it("shows a drawn map on a slow line until the live one is there", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    const line = await context.newCDPSession(page);
    await line.send("Network.enable");
    await line.send("Network.emulateNetworkConditions", { offline: false, latency: 400, downloadThroughput: 200_000, uploadThroughput: 200_000 });
    await page.goto("/", { waitUntil: "commit" });
    const first = page.locator("#map-drawn");
    await first.getByRole("link").first().waitFor();
    assert.equal(await page.locator("#map canvas").count(), 0, "before the live map");
    await page.screenshot({ path: `${SCREENSHOTS}/map-slow.png` });
    // A cluster leads to its part of this map, and the live map begins there.
    await first.getByRole("link", { name: /contributions$/ }).first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/#map=/);
    await mapIsStill(page);
    await first.waitFor({ state: "detached" });
    assert.equal(await page.locator("#map-drawn").count(), 0, "it is not read twice");
    const zoom = await page.evaluate(() => window.parvis.map.getZoom());
    assert.ok(Math.abs(zoom - Number(/#map=([\d.]+)/.exec(page.url())[1])) < 0.1);
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
