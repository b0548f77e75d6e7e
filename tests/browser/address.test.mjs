// Looking for an address: a list under the field, by touch and by keys; without scripts, by the field's button.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { mapIsStill, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";
import { describeIdea, press, preview, publish, SIZES } from "./steps.mjs";

describe("an address", { timeout: 400_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const coordinates = async (id) => (await server.json(`/api/features/${id}`)).geometry.coordinates;

  for (const [name, size] of Object.entries(SIZES)) {
    it(`is found as it is typed and chosen by hand on a ${name}`, async () => {
      const { context, page, complaints } = await openWindow(browser, server, size);
      await page.goto("/proposals/new");
      await mapIsStill(page);
      const field = page.getByRole("combobox", { name: "Adresse, rue ou lieu" });
      await field.fill("12 r. des tanneurs");
      const option = page.getByRole("option", { name: "12 rue des Tanneurs" });
      await option.waitFor();
      await page.screenshot({ path: `${SCREENSHOTS}/address-${name}.png` });
      await option.click();
      assert.equal(await field.inputValue(), "12 rue des Tanneurs");
      await page.locator(".maplibregl-marker").waitFor();
      assert.equal(await page.locator("#lon").inputValue(), "2.881000");
      await page.getByText("Placé : Quartier ouest").waitFor();
      assert.ok((await page.evaluate(() => window.parvis.map.getZoom())) >= 17);
      await describeIdea(page, { title: "Un passage piéton" });
      await preview(page);
      assert.deepEqual(await coordinates(await publish(page)), [2.881, 48.961]);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  it("is chosen with keys, and what is not known is said", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto("/proposals/new");
    await mapIsStill(page);
    const field = page.getByRole("combobox", { name: "Adresse, rue ou lieu" });
    await field.fill("rue t");
    await page.locator("#addresses").getByRole("option").nth(1).waitFor();
    assert.equal(await field.getAttribute("aria-expanded"), "true");
    await page.locator("#address-said", { hasText: "2 lieux trouvés" }).waitFor();
    await press(page, "ArrowDown", "ArrowDown");
    const second = await page.locator("#addresses").getByRole("option").nth(1).getAttribute("id");
    assert.equal(await field.getAttribute("aria-activedescendant"), second);
    await press(page, "Escape");
    assert.equal(await field.getAttribute("aria-expanded"), "false");
    await press(page, "Enter");
    await page.locator("#addresses").getByRole("option").first().waitFor();
    await press(page, "ArrowDown", "Enter");
    await page.locator(".maplibregl-marker").waitFor();
    assert.match(await field.inputValue(), /^Rue des T/);
    assert.match(page.url(), /proposals\/new/, "Enter looks for the address, and sends nothing");

    await field.fill("99 rue des tanneurs");
    await page.getByRole("option", { name: "numéro inconnu dans cette rue" }).waitFor();
    await field.fill("boulevard xyz");
    await page.locator("#address-said", { hasText: "Aucun lieu connu" }).waitFor();
    // A quartier is shown, and nothing is placed in its middle.
    await page.getByRole("button", { name: "Effacer" }).click();
    await field.fill("Quartier est");
    await page.locator("#addresses").getByRole("option", { name: "Quartier est" }).click();
    await page.waitForFunction(() => window.parvis.map.getCenter().lng > 2.95);
    assert.equal(await page.locator("#lon").inputValue(), "");
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("is found without JavaScript, by the field's button", async () => {
    const { context, page, complaints } = await openWindow(browser, server, { javaScriptEnabled: false });
    await page.goto("/proposals/new");
    await page.getByLabel("Votre idée en une phrase").fill("Une boîte aux lettres");
    await page.getByLabel("Adresse, rue ou lieu").fill("rue des tilleuls");
    await page.getByRole("button", { name: "Chercher" }).click();
    await page.getByRole("radio", { name: "Rue des Tilleuls, Meaux" }).check();
    assert.equal(await page.getByLabel("Votre idée en une phrase").inputValue(), "Une boîte aux lettres");
    await page.screenshot({ path: `${SCREENSHOTS}/address-without-script.png`, fullPage: true });
    await preview(page);
    assert.deepEqual(await coordinates(await publish(page)), [2.884, 48.958]);
    await page.goto("/proposals/new");
    await page.getByLabel("Adresse, rue ou lieu").fill("boulevard xyz");
    await page.getByRole("button", { name: "Chercher" }).click();
    await page.locator(".found", { hasText: "Aucun lieu connu" }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
