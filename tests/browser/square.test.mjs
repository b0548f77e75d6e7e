// The map's page: what it shows, the list that follows it, what is under a click, the sheet on a phone. Filters are in
// filters.test.mjs.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { mapDraws, goTo, mapIsStill, MIDDLE, openWindow, pointOf, SCREENSHOTS, SEEDED, startBrowser, startServer } from "./world.mjs";
import { counts, pixelOf, press, SIZES, tabTo, total } from "./steps.mjs";

describe("the square", { timeout: 400_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  for (const [name, size] of Object.entries(SIZES)) {
    it(`shows everything on the map, in the list and in the counts, on a ${name}`, async () => {
      const { context, page, complaints } = await openWindow(browser, server, size);
      await page.goto("/");
      await mapIsStill(page);
      await mapDraws(page, SEEDED);
      await counts(page, SEEDED);
      // The list follows a moment after the map.
      await page.locator("#total", { hasText: `${SEEDED} contributions à l’écran` }).waitFor();
      assert.equal(await page.locator(".card").count(), 50);
      await page.screenshot({ path: `${SCREENSHOTS}/map-${name}.png` });
      if (name === "phone") await page.getByRole("button", { name: "Agrandir ou réduire la liste" }).click();
      await page.locator("#filters summary").click();
      await page.locator("#filters").scrollIntoViewIfNeeded();
      await page.screenshot({ path: `${SCREENSHOTS}/filters-${name}.png` });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(overflow, 0, `${name} scrolls sideways`);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  it("is whole before what its map needs is asked for, and lists the first view once the map is still", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    const [asked, done] = [[], new Set()];
    let under;
    context.on("request", (request) => {
      if (request.url().includes("bbox=")) under ??= asked.filter((url) => url.includes("/tiles/") && !done.has(url));
      asked.push(request.url());
    });
    context.on("requestfinished", (request) => done.add(request.url()));
    await page.goto("/");
    await page.locator("#total", { hasText: `${SEEDED} contributions à l’écran` }).waitFor();
    assert.deepEqual(under, [], "tiles were under way when the list was asked for");
    assert.ok([...done].some((url) => url.includes("/tiles/areas")), "the ground was there");
    const seen = await page.evaluate(() => {
      const entries = window.performance.getEntriesByType("resource");
      const needs = entries.filter(({ name }) => /\/assets\/(maps|maplibre)-/.test(name));
      const sheet = entries.find(({ name }) => /\/assets\/parvis-\w+\.css/.test(name));
      const whole = Math.max(window.performance.getEntriesByType("navigation")[0].domInteractive, sheet.responseEnd);
      return { count: needs.length, early: needs.filter((need) => need.startTime < whole).map(({ name }) => name) };
    });
    assert.ok(seen.count >= 2, `${seen.count} files of the map`);
    assert.deepEqual(seen.early, []);
    assert.equal(await page.locator("#map-needs").count(), 0);
    assert.equal(asked.filter((url) => url.includes("/style.json")).length, 1);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("puts into the address bar where the map is, and nothing before it is there", async () => {
    for (const path of ["/", `/#map=15/${MIDDLE.lat}/${MIDDLE.lon}`, "/?theme=nature"]) {
      const { context, page } = await openWindow(browser, server);
      await page.addInitScript(() => {
        window.addresses = [];
        for (const name of ["pushState", "replaceState"]) {
          const change = window.history[name].bind(window.history);
          window.history[name] = (state, title, address) => (window.addresses.push(String(address)), change(state, title, address));
        }
      });
      await page.goto(path);
      await mapIsStill(page);
      await goTo(page, { lon: MIDDLE.lon + 0.03, lat: MIDDLE.lat }, 15);
      const addresses = await page.evaluate(() => window.addresses);
      assert.ok(addresses.some((address) => address.includes("#map=15/")), `${path}: ${addresses}`);
      const zooms = addresses.map((address) => Number(/#map=([\d.]+)/.exec(address)?.[1] ?? 9));
      assert.deepEqual(zooms.filter((zoom) => zoom < 5), [], `${path}: ${addresses}`);
      await context.close();
    }
  });

  it("lists what the map shows, and says how many there are in all", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto("/");
    await goTo(page, { lon: MIDDLE.lon + 0.03, lat: MIDDLE.lat }, 15);
    await page.waitForFunction((all) => parseInt(document.getElementById("total").textContent) < all, SEEDED);
    assert.match(await total(page), /^\d+ contributions? à l’écran$/);
    assert.equal(await page.locator("#whole").textContent(), `${SEEDED} en tout`);
    // The panel covers a part of the map: what is under it is not in view.
    const outside = await page.evaluate(() => {
      const panel = document.getElementById("panel").getBoundingClientRect();
      return [...document.querySelectorAll(".card[data-lon]")].filter((card) => {
        const { x } = window.parvis.map.project([Number(card.dataset.lon), Number(card.dataset.lat)]);
        return x < panel.right - 1 || x > window.innerWidth + 1;
      }).length;
    });
    assert.equal(outside, 0);
    await goTo(page, { lon: 3.2, lat: 49.05 }, 15);
    await page.getByText("Rien à cet endroit de la carte").waitFor();
    await page.locator("#whole a").click();
    await page.waitForURL(/\/list$/);
    assert.equal(await total(page), `${SEEDED} contributions`);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("brings the rest of the list, and sorts it", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto("/");
    await mapIsStill(page);
    await counts(page, SEEDED);
    await page.getByText("Suite de la liste").click();
    await page.waitForFunction(() => document.querySelectorAll(".card").length === 100);
    assert.equal(new Set(await page.locator(".card").evaluateAll((cards) => cards.map((card) => card.id))).size, 100);
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
    const click = async (place) => page.locator("#map").click({ position: await pixelOf(page, place) });

    await goTo(page, alone);
    await click(alone);
    await page.locator("#beside-body").getByRole("heading", { name: "Un <b>kiosque</b> à musique" }).waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/beside-desktop.png` });
    await page.keyboard.press("Escape");
    await page.locator("#list").waitFor();
    // Where there is no room for both it is a card over the map.
    await page.setViewportSize({ width: 900, height: 800 });
    await goTo(page, alone);
    await click(alone);
    await page.locator(".maplibregl-popup").getByRole("link", { name: "Un <b>kiosque</b> à musique" }).waitFor();
    assert.match(await page.locator(".popup-card .meta").textContent(), /Idée · Sans thème · Reçue/);
    await page.screenshot({ path: `${SCREENSHOTS}/popup-desktop.png` });
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".maplibregl-popup").count(), 0);
    await page.setViewportSize({ width: 1280, height: 800 });

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

  it("has a sheet on a phone that goes up and down by a finger and by keys", async () => {
    const { context, page, complaints } = await openWindow(browser, server, SIZES.phone);
    await page.goto("/");
    await mapIsStill(page);
    const handle = page.getByRole("button", { name: "Agrandir ou réduire la liste" });
    const comesTo = (stop) => page.waitForFunction((stop) => document.getElementById("panel").dataset.sheet === stop, stop);
    const rests = () => page.evaluate(() => Promise.all(document.getElementById("panel").getAnimations().map((a) => a.finished)));
    await comesTo("peek");
    assert.equal(await handle.getAttribute("aria-expanded"), "false");
    await handle.tap();
    await comesTo("half");
    assert.equal(await handle.getAttribute("aria-expanded"), "true");
    await rests();
    await page.screenshot({ path: `${SCREENSHOTS}/sheet-half-phone.png` });

    // Pulled by a finger: touch events as the browser makes them.
    const client = await context.newCDPSession(page);
    const pull = async (from, to) => {
      const touch = (type, y) => client.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x: 195, y }] });
      await touch("touchStart", from);
      for (let n = 1; n <= 8; n++) await touch("touchMove", from + ((to - from) * n) / 8);
      await touch("touchEnd", to);
    };
    const box = await handle.boundingBox();
    await pull(box.y + 10, 80);
    await comesTo("full");
    await rests();
    await page.screenshot({ path: `${SCREENSHOTS}/sheet-full-phone.png` });
    const high = await handle.boundingBox();
    await pull(high.y + 10, 830);
    await page.waitForFunction(() => document.getElementById("panel").dataset.sheet !== "full");

    await handle.focus();
    await press(page, "ArrowDown", "ArrowDown");
    await comesTo("peek");
    await press(page, "ArrowUp");
    await comesTo("half");
    await press(page, "ArrowDown");
    await comesTo("peek");
    // Who comes to the list by the keyboard sees it.
    await tabTo(page, ".card a");
    await comesTo("half");
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
