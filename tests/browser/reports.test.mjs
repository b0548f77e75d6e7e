// A report from a pavement to what somebody says of its end: on a telephone and on a desk, with a keyboard's focus and without scripts; the
// service that treats it; what is known close by.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { signIn } from "./people.mjs";
import { barriers, SIZES } from "./steps.mjs";
import { MIDDLE, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

const screenshot = (page, name) => page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true });

describe("a report", { timeout: 300_000 }, () => {
  let server, browser, agent;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
    agent = await openWindow(browser, server);
    await signIn(server, agent.context, 901, "voirie@ville.example", "agent", "administrator");
    await agent.page.goto("/admin/reports/catalogue");
    await agent.page.getByRole("button", { name: "Mettre en place les catégories usuelles" }).click();
    await agent.page.getByRole("link", { name: /Nid-de-poule/ }).first().waitFor();
    await screenshot(agent.page, "reports-catalogue");
  });
  after(async () => {
    await agent?.context.close();
    await browser?.close();
    await server?.stop();
  });

  /** The number of the report whose page is shown. */
  const numberOf = (page) => Number(/features\/(\d+)/.exec(page.url())[1]);

  for (const [name, size] of Object.entries(SIZES)) {
    it(`is sent from a ${name}: the category, the place, whom it goes to, one button`, async () => {
      const { page, context, complaints } = await openWindow(browser, server, size);
      await page.goto("/reports/new");
      assert.deepEqual(await barriers(page), []);
      await screenshot(page, `reports-categories-${name}`);
      await page.getByRole("searchbox").fill("les trous");
      await page.getByRole("button", { name: "Chercher" }).click();
      await page.getByRole("link", { name: /Nid-de-poule/ }).first().click();
      await page.waitForURL(/category=nid-de-poule/);
      const there = { lon: MIDDLE.lon + (name === "phone" ? 0.01 : 0.012), lat: MIDDLE.lat };
      await page.getByText("Sans la carte").click();
      await page.getByLabel("Longitude").fill(String(there.lon));
      await page.getByLabel("Latitude").fill(String(there.lat));
      await page.getByLabel("Latitude").blur();
      await page.getByText("Ce signalement ira à").waitFor();
      assert.match(await page.locator("#there").innerText(), /délai annoncé\s: 5 jours ouvrés/);
      await page.getByText("Rien de semblable").waitFor();
      assert.deepEqual(await barriers(page), []);
      await screenshot(page, `reports-form-${name}`);
      await page.getByRole("button", { name: "Envoyer le signalement" }).click();
      await page.waitForURL(/\/features\/\d+/);
      await page.getByText("Réponse attendue au plus tard le").waitFor();
      assert.deepEqual(await barriers(page), []);
      await screenshot(page, `reports-page-${name}`);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  it("is known to the next one who comes, who says me too with one tap", async () => {
    const { page, context, complaints } = await openWindow(browser, server, SIZES.phone);
    await page.goto(`/reports/new?category=nid-de-poule&lon=${MIDDLE.lon + 0.0101}&lat=${MIDDLE.lat}`);
    await page.getByText("Déjà signalé tout près").waitFor();
    await screenshot(page, "reports-known");
    await page.getByRole("button", { name: /Moi aussi/ }).first().click();
    await page.waitForURL(/\/features\/\d+#follow/);
    const { properties } = await server.json(`/api/features/${numberOf(page)}`);
    assert.equal(properties.votes_for, 1);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("is made without scripts, treated by its service, and opened again by who made it", async () => {
    const { page, context } = await openWindow(browser, server, { javaScriptEnabled: false });
    await page.goto("/reports/new");
    await page.locator("summary", { hasText: "Éclairage et feux" }).click();
    await page.getByRole("link", { name: /Lampadaire éteint/ }).first().click();
    await page.getByText("Sans la carte").click();
    await page.getByLabel("Longitude").fill(String(MIDDLE.lon - 0.01));
    await page.getByLabel("Latitude").fill(String(MIDDLE.lat));
    await page.getByLabel(/Précisions/).fill("Deux de suite, la rue est noire.");
    await page.getByRole("button", { name: "Vérifier et envoyer" }).last().click();
    await page.getByText("Ce signalement ira à").waitFor();
    await screenshot(page, "reports-preview");
    await page.getByRole("button", { name: "Envoyer le signalement" }).click();
    await page.waitForURL(/\/features\/\d+/);
    const id = numberOf(page);

    await agent.page.goto("/admin/reports");
    await agent.page.locator("#content table, #content .dense").getByText("Lampadaire éteint").first().waitFor();
    await screenshot(agent.page, "reports-queue");
    await agent.page.goto(`/admin/reports/${id}`);
    await screenshot(agent.page, "reports-treat");
    await server.sql(`update report set ended_at = received_at where feature_id = ${id}; update feature set status = 'done' where id = ${id};`);
    await page.goto(`/features/${id}`);
    await page.getByRole("link", { name: "Ce n’est pas réparé" }).click();
    await page.getByLabel("Qu’est-ce qui ne va pas encore ?").fill("Toujours éteint ce soir.");
    await page.getByRole("button", { name: "Rouvrir le signalement" }).click();
    await page.getByText("Toujours éteint ce soir.").waitFor();
    await page.getByText(/Rouvert/).first().waitFor();
    await screenshot(page, "reports-reopened");
    await context.close();
  });
});
