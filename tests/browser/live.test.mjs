// What others do shows without a reload: ideas, votes, and what happened while the connection was lost.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { mapDraws, goTo, mapIsStill, MIDDLE, openWindow, pointOf, SCREENSHOTS, SEEDED, startBrowser, startServer } from "./world.mjs";

describe("live", { timeout: 180_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const score = (page, id, expected) =>
    page.waitForFunction(
      ({ id, expected }) =>
        window.parvis.map
          .querySourceFeatures("features", { sourceLayer: "points" })
          .some((f) => f.id === id && f.properties.score === expected),
      { id, expected },
    );

  it("shows an idea that somebody else places, on the map, in the list and in the counts", async () => {
    const reader = await openWindow(browser, server);
    await reader.page.goto("/");
    const place = { lon: MIDDLE.lon + 0.0003, lat: MIDDLE.lat + 0.0011 };
    await goTo(reader.page, place);
    await reader.page.evaluate(() => (window.sameDocument = true));
    const asked = [];
    reader.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    const id = await server.place("Un arbre de plus", { ...place, theme: "nature" });
    await reader.page.locator(".card").first().getByText("Un arbre de plus").waitFor();
    await reader.page.locator("#whole", { hasText: `${SEEDED + 1} en tout` }).waitFor();
    await mapIsStill(reader.page);
    await mapIsStill(reader.page);
    assert.equal((await pointOf(reader.page, id)).theme, "nature");
    // One place changed: the tile above it is asked for again, and none beside it.
    const tiles = asked.filter((path) => path.startsWith("/tiles/"));
    assert.equal(new Set(tiles).size, 1, tiles.join(" "));
    await goTo(reader.page, MIDDLE, 11);
    await mapDraws(reader.page, SEEDED + 1);
    assert.equal(await reader.page.evaluate(() => window.sameDocument), true);
    assert.deepEqual(reader.complaints, []);
    await reader.context.close();
  });

  it("shows an idea that passes the filter, and does not show one that doesn't", async () => {
    const reader = await openWindow(browser, server);
    await reader.page.goto("/?theme=culture");
    await mapIsStill(reader.page);
    const { total: before } = await server.json("/api/counts?theme=culture");
    await server.place("Pas de la culture", { ...MIDDLE, theme: "nature" });
    await server.place("Une scène ouverte", { lon: MIDDLE.lon + 0.001, lat: MIDDLE.lat, theme: "culture" });
    await reader.page.locator(".card").first().getByText("Une scène ouverte").waitFor();
    await mapIsStill(reader.page);
    await mapDraws(reader.page, before + 1);
    assert.equal(await reader.page.getByText("Pas de la culture").count(), 0);
    await reader.context.close();
  });

  it("tells a vote to everybody: the page, the list and the tile", async () => {
    const place = { lon: MIDDLE.lon + 0.05, lat: MIDDLE.lat };
    const id = await server.place("Un préau pour l’école", place);
    const [author, voter, onMap] = await Promise.all([1, 2, 3].map(() => openWindow(browser, server)));
    await author.page.goto(`/features/${id}`);
    await onMap.page.goto("/");
    await goTo(onMap.page, place);
    assert.equal((await pointOf(onMap.page, id)).score, 0);

    await voter.page.goto(`/features/${id}`);
    const support = voter.page.getByRole("button", { name: "Je soutiens" });
    await support.click();
    await voter.page.locator("#votes-for", { hasText: "1" }).waitFor();
    assert.equal(await support.getAttribute("aria-pressed"), "true");
    await author.page.locator("#votes-for", { hasText: "1" }).waitFor();
    await score(onMap.page, id, 1);
    await onMap.page.locator(`#feature-${id}`, { hasText: "1 voix pour" }).waitFor();
    await voter.page.screenshot({ path: `${SCREENSHOTS}/feature-desktop.png`, fullPage: true });

    await voter.page.getByRole("button", { name: "Je ne suis pas d’accord" }).click();
    await author.page.locator("#votes-against", { hasText: "1" }).waitFor();
    assert.equal(await author.page.locator("#votes-for").textContent(), "0");
    await score(onMap.page, id, -1);
    await voter.page.getByRole("button", { name: "Retirer ma voix" }).click();
    await score(onMap.page, id, 0);
    await voter.page.getByRole("button", { name: "Retirer ma voix" }).waitFor({ state: "detached" });
    assert.equal((await server.json(`/api/features/${id}`)).properties.votes_against, 0);

    // Pressed again after a reload, it is taken back: the page knows whose voice it was.
    await support.click();
    await score(onMap.page, id, 1);
    await voter.page.reload();
    await support.click();
    await score(onMap.page, id, 0);
    for (const { complaints, context } of [author, voter, onMap]) {
      assert.deepEqual(complaints, []);
      await context.close();
    }
  });

  it("says that it is offline, and catches up by itself", async () => {
    const reader = await openWindow(browser, server);
    await reader.page.goto("/");
    await mapIsStill(reader.page);
    await server.goAway(() => reader.page.getByText("Hors connexion").waitFor());
    await server.place("Pendant l’absence", { lon: MIDDLE.lon, lat: MIDDLE.lat + 0.002 });
    await reader.page.locator(".card").first().getByText("Pendant l’absence").waitFor({ timeout: 15_000 });
    await reader.page.getByText("Hors connexion").waitFor({ state: "hidden" });
    await reader.context.close();
  });

  it("reads nothing while nobody looks, and everything once somebody does", async () => {
    const reader = await openWindow(browser, server);
    await reader.page.goto("/");
    // The list follows the map a little later; of what comes after that nothing is asked.
    const listed = reader.page.waitForResponse((response) => {
      const [west, , east] = (new URL(response.url()).searchParams.get("bbox") ?? "").split(",").map(Number);
      return east - west < 0.05;
    });
    await goTo(reader.page, { lon: MIDDLE.lon - 0.001, lat: MIDDLE.lat - 0.001 });
    await listed;
    const hide = (hidden) =>
      reader.page.evaluate((hidden) => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
        document.dispatchEvent(new Event("visibilitychange"));
      }, hidden);
    await hide(true);
    const asked = [];
    reader.page.on("request", (request) => asked.push(request.url()));
    const id = await server.place("Sans témoin", { lon: MIDDLE.lon - 0.001, lat: MIDDLE.lat - 0.001 });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    assert.deepEqual(asked, []);
    await hide(false);
    await reader.page.locator(`#feature-${id}`).waitFor();
    await mapIsStill(reader.page);
    assert.ok(await pointOf(reader.page, id));
    assert.deepEqual(reader.complaints, []);
    await reader.context.close();
  });
});
