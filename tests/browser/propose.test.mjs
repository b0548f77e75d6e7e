// Placing an idea: from the map with a pointer or with keys alone, from the form's own map; nothing typed is lost.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { goTo, mapIsStill, MIDDLE, openWindow, pointOf, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

describe("an idea", { timeout: 180_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const coordinates = async (id) => (await server.json(`/api/features/${id}`)).geometry.coordinates;
  const near = (a, b, margin = 2e-5) => assert.ok(Math.abs(a - b) <= margin, `${a} is not near ${b}`);
  const published = async (page) => {
    await page.waitForURL(/\/features\/\d+$/);
    return Number(page.url().split("/").at(-1));
  };

  it("is placed from the map: the cross, a touch, the form, and it is on everybody's map", async () => {
    const [person, other] = await Promise.all([openWindow(browser, server), openWindow(browser, server)]);
    await other.page.goto("/");
    const { page } = person;
    await page.goto("/");
    const around = { lon: MIDDLE.lon + 0.02, lat: MIDDLE.lat + 0.02 };
    await Promise.all([goTo(page, around), goTo(other.page, around)]);
    await page.getByRole("button", { name: "Proposer une idée ici" }).click();
    await page.getByText("Amenez l’endroit sous la croix").waitFor();
    const target = await page.evaluate(() => window.parvis.map.unproject([200, 300]));
    await page.locator("#map").click({ position: { x: 200, y: 300 } });
    await mapIsStill(page);
    await page.screenshot({ path: `${SCREENSHOTS}/cross-desktop.png` });
    await page.getByRole("button", { name: "C’est ici" }).click();
    await page.waitForURL(/\/proposals\/new\?lon=/);
    await mapIsStill(page);
    await page.getByLabel("Votre idée en une phrase").fill("Une passerelle sur la Marne");
    await page.getByLabel("Expliquez-la").fill("Pour aller au marché à pied.\n\nEt au lycée.");
    await page.getByLabel("Thème").selectOption("mobilite");
    await page.screenshot({ path: `${SCREENSHOTS}/new-desktop.png`, fullPage: true });
    await page.getByRole("button", { name: "Publier" }).click();
    const id = await published(page);
    const [lon, lat] = await coordinates(id);
    near(lon, target.lng);
    near(lat, target.lat);
    await other.page.locator(`#feature-${id}`, { hasText: "Une passerelle sur la Marne" }).waitFor();
    await mapIsStill(other.page);
    assert.equal((await pointOf(other.page, id)).theme, "mobilite");
    assert.equal(await page.evaluate(() => localStorage.getItem("parvis-draft")), null, "sent: no draft is left");

    // Taken back by its author, it leaves everybody's map, and who reads it is told.
    const reader = await openWindow(browser, server);
    await reader.page.goto(`/features/${id}`);
    await page.getByText("Retirer mon idée").first().click();
    await page.locator(".withdraw button").click();
    await page.waitForURL((url) => url.pathname === "/");
    await other.page.locator(`#feature-${id}`).waitFor({ state: "detached" });
    await reader.page.getByText("Cette contribution vient d’être retirée").waitFor();
    await reader.context.close();
    await mapIsStill(other.page);
    assert.equal(await pointOf(other.page, id), undefined);
    for (const { complaints, context } of [person, other]) {
      assert.deepEqual(complaints, []);
      await context.close();
    }
  });

  it("is placed with the keyboard alone", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    const focusOn = async (what) => {
      for (let n = 0; n < 40; n++) {
        if (await page.evaluate((what) => document.activeElement?.matches(what) ?? false, what)) return;
        await page.keyboard.press("Tab");
      }
      assert.fail(`the Tab key never comes to ${what}`);
    };
    await page.goto("/");
    await mapIsStill(page);
    await focusOn("#place");
    await press("Enter");
    assert.ok(await page.evaluate(() => document.activeElement.matches(".maplibregl-canvas")), "the map has the focus");
    await press("Escape");
    assert.ok(await page.evaluate(() => document.activeElement.id === "place"), "cancelled: back on the button");
    await press("Enter", "ArrowRight");
    await mapIsStill(page);
    await press("ArrowUp");
    await mapIsStill(page);
    const centre = await page.evaluate(() => window.parvis.map.getCenter());
    await press("Enter");
    await page.waitForURL(/\/proposals\/new/);
    await mapIsStill(page);

    await focusOn("#title");
    await page.keyboard.type("Un abri à vélos");
    // The marker by arrows: ten pixels to the right.
    await focusOn(".maplibregl-canvas");
    const lonBefore = Number(await page.locator("#lon").inputValue());
    near(lonBefore, centre.lng, 1e-6);
    await press("ArrowRight");
    assert.ok(Number(await page.locator("#lon").inputValue()) > lonBefore);
    await press("ArrowLeft");
    near(Number(await page.locator("#lon").inputValue()), centre.lng, 3e-6);
    await focusOn("button[type=submit]");
    await press("Enter");
    const [lon, lat] = await coordinates(await published(page));
    near(lon, centre.lng);
    near(lat, centre.lat);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("is placed on the form's own map, and what was typed outlives the page", async () => {
    const { context, page, complaints } = await openWindow(browser, server, { viewport: { width: 390, height: 844 }, hasTouch: true });
    await page.goto("/proposals/new");
    await mapIsStill(page);
    await page.getByLabel("Votre idée en une phrase").fill("Des bancs à l’ombre");
    const map = page.locator("#picker .maplibregl-canvas");
    await map.scrollIntoViewIfNeeded();
    await page.locator("#picker").click({ position: { x: 100, y: 120 } });
    const lon = await page.locator("#lon").inputValue();
    assert.match(lon, /^2\.\d{6}$/);

    await page.goto("/");
    await page.goto("/proposals/new");
    await page.getByText("Votre brouillon est revenu").waitFor();
    assert.equal(await page.getByLabel("Votre idée en une phrase").inputValue(), "Des bancs à l’ombre");
    assert.equal(await page.locator("#lon").inputValue(), lon);
    await page.locator(".maplibregl-marker").waitFor();
    await mapIsStill(page);
    await page.screenshot({ path: `${SCREENSHOTS}/new-phone.png`, fullPage: true });

    // Refused by the server, the page says why and keeps everything.
    await page.locator("#title").evaluate((field) => {
      field.value = " a ";
      field.removeAttribute("minlength");
    });
    await page.getByRole("button", { name: "Publier" }).click();
    await page.getByText("Donnez un titre d’au moins 3 caractères.").waitFor();
    assert.equal(await page.locator("#lon").inputValue(), lon);
    await page.getByLabel("Votre idée en une phrase").fill("Des bancs à l’ombre");
    await page.getByRole("button", { name: "Publier" }).click();
    const id = await published(page);
    assert.equal((await coordinates(id))[0], Number(lon));
    await page.screenshot({ path: `${SCREENSHOTS}/feature-phone.png`, fullPage: true });
    assert.deepEqual(complaints.filter((text) => !text.includes("400")), []);
    await context.close();
  });

  it("may be about a whole area, and is told when its point is outside of all", async () => {
    const { context, page } = await openWindow(browser, server);
    await page.goto("/proposals/new?lon=2.5&lat=48.9");
    await mapIsStill(page);
    await page.getByLabel("Votre idée en une phrase").fill("Moins de bruit la nuit");
    await page.getByRole("button", { name: "Publier" }).click();
    await page.getByText("Ce point est hors du territoire").waitFor();
    await page.locator(".maplibregl-marker").waitFor();
    await page.getByLabel("Ou un secteur entier").selectOption("est");
    assert.equal(await page.locator("#lon").inputValue(), "", "a point or an area");
    assert.equal(await page.locator(".maplibregl-marker").count(), 0);
    await page.getByRole("button", { name: "Publier" }).click();
    const { geometry, properties } = await server.json(`/api/features/${await published(page)}`);
    assert.equal(geometry, null);
    assert.deepEqual(properties.areas, ["est"]);
    await context.close();
  });

  it("may begin at one's own position", async () => {
    const { context, page } = await openWindow(browser, server, {
      geolocation: { longitude: 2.8765, latitude: 48.9543 },
      permissions: ["geolocation"],
    });
    await page.goto("/proposals/new");
    await mapIsStill(page);
    await page.getByRole("button", { name: "Ma position" }).click();
    await page.waitForFunction(() => document.getElementById("lon").value === "2.876500");
    await page.locator(".maplibregl-marker").waitFor();
    await context.clearPermissions();
    await context.close();
  });
});
