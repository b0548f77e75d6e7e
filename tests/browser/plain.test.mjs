// Without JavaScript, without WebGL, without anything on the map: everything can still be read and done.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { mapIsStill, MIDDLE, openWindow, SCREENSHOTS, SEEDED, startBrowser, startServer } from "./world.mjs";
import { picture, preview, publish, SIZES, total } from "./steps.mjs";

describe("plainly", { timeout: 400_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** A picture made by a browser that has scripts. */
  async function photo() {
    const { context, page } = await openWindow(browser, server);
    await page.goto("/list");
    const made = await picture(page);
    await context.close();
    return made;
  }

  for (const [name, size] of Object.entries(SIZES)) {
    it(`lists, filters, proposes with a photo, votes and argues without JavaScript, on a ${name}`, async () => {
      const file = await photo();
      const { context, page, complaints } = await openWindow(browser, server, { ...size, javaScriptEnabled: false });
      await page.goto("/");
      await page.locator("noscript p").waitFor();
      assert.match(await total(page), /^\d+ contributions$/);
      // The map is drawn by the server; its discs lead to parts of it, and these to contributions.
      const drawn = page.frameLocator("iframe.map-drawn");
      await drawn.getByRole("link", { name: /contributions$/ }).first().waitFor();
      await page.screenshot({ path: `${SCREENSHOTS}/map-without-script-${name}.png` });
      await page.locator("#filters summary").click();
      await page.getByLabel("Culture").check();
      await page.getByRole("searchbox").fill("banc");
      await page.getByRole("button", { name: "Appliquer" }).click();
      await page.waitForURL(/theme=culture/);
      const { total: expected } = await server.json("/api/counts?theme=culture&q=banc");
      assert.ok(expected > 0 && expected < SEEDED);
      assert.equal(await total(page), `${expected} contributions`);
      await page.locator(".chip", { hasText: "Culture" }).click();
      await page.waitForURL(/\?q=banc$/);

      await page.getByRole("link", { name: "Proposer une idée" }).first().click();
      await page.getByLabel("Votre idée en une phrase").fill("Une boîte à livres");
      await page.locator("#photo").setInputFiles(file);
      await page.getByRole("button", { name: "Voir l’aperçu" }).click();
      await page.getByText("Dites où").waitFor();
      await page.screenshot({ path: `${SCREENSHOTS}/form-without-script-${name}.png`, fullPage: true });
      assert.equal(await page.getByLabel("Votre idée en une phrase").inputValue(), "Une boîte à livres");
      await page.getByLabel("Ce qu’elle montre").fill("L’étagère");
      await page.getByLabel("Longitude").fill(String(MIDDLE.lon).replace(".", ","));
      await page.getByLabel("Latitude").fill(String(MIDDLE.lat));
      await preview(page);
      await page.getByRole("img", { name: "L’étagère" }).waitFor();
      await page.screenshot({ path: `${SCREENSHOTS}/preview-without-script-${name}.png`, fullPage: true });
      await publish(page);
      await page.getByRole("heading", { name: "Une boîte à livres" }).waitFor();

      await page.getByRole("button", { name: "Je soutiens" }).click();
      assert.equal(await page.locator("#votes-for").textContent(), "1");
      await page.getByText("Quartier ouest").first().waitFor();
      await page.locator(".column.for summary").click();
      await page.locator("#argue-for").fill("On y échange en passant");
      await page.locator(".column.for").getByRole("button", { name: "Publier l’argument" }).click();
      await page.locator(".argument", { hasText: "On y échange en passant" }).waitFor();
      await page.getByRole("button", { name: "Retirer ma voix" }).click();
      assert.equal(await page.locator("#votes-for").textContent(), "0");
      await page.locator(".withdraw summary").click();
      await page.locator(".withdraw").getByRole("button", { name: "Retirer mon idée" }).click();
      await page.getByRole("button", { name: "La remettre sur la carte" }).click();
      await page.getByRole("heading", { name: "Une boîte à livres" }).waitFor();
      assert.deepEqual(complaints.filter((text) => !text.includes("400")), []);
      await context.close();
    });
  }

  it("says so where the device has no WebGL, and keeps list and filters working", async () => {
    const { context, page, complaints } = await openWindow(browser, server, SIZES.phone);
    await context.addInitScript(() => {
      window.HTMLCanvasElement.prototype.getContext = () => null;
    });
    await page.goto("/");
    await page.getByText("La carte ne peut pas s’afficher").waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/no-webgl-phone.png` });
    for (const act of await page.locator("#acts a").all()) {
      assert.equal(await act.getAttribute("role"), null, "without a map it leads to the form");
      assert.ok(await act.isVisible());
    }
    assert.ok((await page.locator("#acts a").count()) === 2 && (await page.locator("#finding").isHidden()));
    await page.locator("#filters summary").click();
    await page.getByLabel("Culture").check();
    await page.waitForURL(/theme=culture/);
    await server.place("Sans carte", { ...MIDDLE, theme: "culture" });
    await page.locator(".card").first().getByText("Sans carte").waitFor();
    await page.goto("/proposals/new");
    await page.getByText("Sans la carte").click();
    assert.ok(await page.getByLabel("Longitude").isVisible());
    assert.ok(await page.locator("#picker").isHidden());
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("invites to the first idea where the map is empty", async () => {
    const empty = await startServer({ empty: true });
    const [desktop, phone] = await Promise.all(Object.values(SIZES).map((size) => openWindow(browser, empty, size)));
    for (const [name, { page }] of Object.entries({ desktop, phone })) {
      await page.goto("/");
      await mapIsStill(page);
      await page.getByText("la première idée").or(page.getByText("La première idée")).first().waitFor();
      await page.screenshot({ path: `${SCREENSHOTS}/empty-${name}.png` });
    }
    const { page } = desktop;
    const id = await empty.place("La toute première", { lon: 2.5, lat: 46.5 });
    await page.locator(`#feature-${id}`).waitFor();
    assert.equal(await page.locator(".empty").count(), 0);
    for (const { complaints, context } of [desktop, phone]) {
      assert.deepEqual(complaints, []);
      await context.close();
    }
    await empty.stop();
  });
});
