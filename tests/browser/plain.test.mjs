// Without JavaScript, without WebGL, without anything on the map: everything can still be read and done.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { mapIsStill, MIDDLE, openWindow, SCREENSHOTS, SEEDED, startBrowser, startServer } from "./world.mjs";

describe("plainly", { timeout: 180_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("lists, filters, proposes and votes without JavaScript", async () => {
    const { context, page, complaints } = await openWindow(browser, server, { javaScriptEnabled: false });
    await page.goto("/");
    await page.locator("noscript p").waitFor();
    assert.equal(await page.locator("#total").textContent(), `${SEEDED} contributions`);
    await page.screenshot({ path: `${SCREENSHOTS}/map-without-script.png` });
    await page.locator("#filters summary").click();
    await page.getByLabel("Culture").check();
    await page.getByRole("button", { name: "Appliquer" }).click();
    await page.waitForURL(/theme=culture/);
    const { total } = await server.json("/api/counts?theme=culture");
    assert.equal(await page.locator("#total").textContent(), `${total} contributions`);

    await page.getByRole("link", { name: "Proposer une idée" }).first().click();
    await page.getByLabel("Votre idée en une phrase").fill("Une boîte à livres");
    await page.getByRole("button", { name: "Publier" }).click();
    await page.getByText("Dites où").waitFor();
    assert.equal(await page.getByLabel("Votre idée en une phrase").inputValue(), "Une boîte à livres");
    await page.getByLabel("Longitude").fill(String(MIDDLE.lon).replace(".", ","));
    await page.getByLabel("Latitude").fill(String(MIDDLE.lat));
    await page.getByRole("button", { name: "Publier" }).click();
    await page.waitForURL(/\/features\/\d+$/);
    await page.getByRole("heading", { name: "Une boîte à livres" }).waitFor();

    await page.getByRole("button", { name: "Je soutiens" }).click();
    assert.equal(await page.locator("#votes-for").textContent(), "1");
    await page.getByText("Quartier ouest").waitFor();
    await page.getByRole("button", { name: "Retirer ma voix" }).click();
    assert.equal(await page.locator("#votes-for").textContent(), "0");
    assert.deepEqual(complaints.filter((text) => !text.includes("400")), []);
    await context.close();
  });

  it("says so where the device has no WebGL, and keeps list and filters working", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    await context.addInitScript(() => {
      window.HTMLCanvasElement.prototype.getContext = () => null;
    });
    await page.goto("/");
    await page.getByText("La carte ne peut pas s’afficher").waitFor();
    assert.ok(await page.locator("#place").isHidden());
    await page.locator("#filters summary").click();
    await page.getByLabel("Culture").check();
    await page.waitForURL(/theme=culture/);
    await server.place("Sans carte", { ...MIDDLE, theme: "culture" });
    await page.locator(".card").first().getByText("Sans carte").waitFor();
    await page.goto("/proposals/new");
    assert.ok(await page.getByLabel("Longitude").isVisible());
    assert.ok(await page.locator("#picker").isHidden());
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("invites to the first idea where the map is empty", async () => {
    const empty = await startServer({ empty: true });
    const { context, page, complaints } = await openWindow(browser, empty);
    await page.goto("/");
    await page.getByText("La carte est encore vide").waitFor();
    await mapIsStill(page);
    await page.screenshot({ path: `${SCREENSHOTS}/empty-desktop.png` });
    const id = await empty.place("La toute première", MIDDLE);
    await page.locator(`#feature-${id}`).waitFor();
    assert.equal(await page.getByText("La carte est encore vide").count(), 0);
    assert.deepEqual(complaints, []);
    await context.close();
    await empty.stop();
  });

  it("speaks English to who asks for it", async () => {
    const { context, page, complaints } = await openWindow(browser, server, { locale: "en-GB" });
    await page.goto("/");
    await mapIsStill(page);
    await page.getByRole("button", { name: "Propose an idea here" }).waitFor();
    assert.equal(await page.locator(".maplibregl-ctrl-zoom-in").getAttribute("aria-label"), "Zoom in");
    await page.getByRole("link", { name: "Français" }).click();
    await page.getByRole("button", { name: "Proposer une idée ici" }).waitFor();
    assert.equal(await page.locator(".maplibregl-ctrl-zoom-in").getAttribute("aria-label"), "Zoomer");
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
