// The agents' desk of reports: a catalogue from nothing, the list with its keys, what is taken back, and a round without a connection.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { signIn } from "./people.mjs";
import { barriers, picture, SIZES } from "./steps.mjs";
import { MIDDLE, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

describe("the desk of reports", { timeout: 240_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer({ settings: { PARVIS_SECOND_FACTOR: "false" } }), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** Sends a report as a resident does; gives its number. */
  async function report(page, category, lon, body) {
    const there = await page.evaluate(
      async ([category, lon, lat, body]) => (await fetch("/reports", { method: "POST", body: new URLSearchParams({ category, lon, lat, body }) })).url,
      [category, lon, MIDDLE.lat, body],
    );
    return Number(new URL(there).pathname.split("/").at(-1));
  }

  it("begins with the usual catalogue, without a script, and tries it", async () => {
    const { context, page, complaints } = await openWindow(browser, server, { javaScriptEnabled: false });
    await signIn(server, context, 301, "admin@ville.example", "administrator");
    await page.goto("/admin/reports/catalogue");
    await page.getByRole("button", { name: "Mettre en place les catégories usuelles" }).click();
    await page.getByText("Les catégories usuelles sont en place").waitFor();
    await page.getByLabel("Catégorie", { exact: true }).selectOption({ label: "Propreté › Dépôt sauvage ou encombrants" });
    await page.getByLabel("Adresse, ou longitude et latitude").fill(`${MIDDLE.lon}, ${MIDDLE.lat}`);
    await page.getByRole("button", { name: "Essayer" }).click();
    await page.locator(".tried", { hasText: "Propreté urbaine" }).waitFor();
    await page.locator("#categories-title").waitFor();
    await page.getByRole("link", { name: "Déjections" }).click();
    await page.getByLabel("Question", { exact: true }).fill("De quel côté ?");
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByText("La catégorie est modifiée").waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("is worked through with keys, and what was done is taken back", async () => {
    const resident = await openWindow(browser, server);
    await resident.page.goto("/list");
    await report(resident.page, "nid-de-poule", MIDDLE.lon, "Devant la mairie");
    await report(resident.page, "nid-de-poule", MIDDLE.lon + 0.0003, "Trou devant la mairie");
    await report(resident.page, "fuite-d-eau", MIDDLE.lon + 0.01, "Depuis ce matin");
    await resident.context.close();
    for (const [name, size] of Object.entries(SIZES)) {
      const { context, page, complaints } = await openWindow(browser, server, { ...size, bypassCSP: true });
      await signIn(server, context, name === "phone" ? 303 : 302, `agent-${name}@ville.example`, "agent");
      await page.goto("/admin/reports");
      await page.getByText("3 signalements", { exact: false }).first().waitFor();
      assert.deepEqual(await barriers(page), []);
      await page.screenshot({ path: `${SCREENSHOTS}/reports-desk-${name}.png`, fullPage: true });
      if (name === "desktop") {
        for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key);
      } else {
        for (const box of (await page.locator(".check input").all()).slice(0, 2)) await box.check();
      }
      assert.equal(await page.locator(".check :checked").count(), 2);
      await page.getByLabel("État", { exact: true }).last().selectOption({ label: "Pris en compte" });
      await page.getByRole("button", { name: "Changer l’état" }).click();
      await page.getByText("2 signalements modifiés").waitFor();
      await page.getByRole("button", { name: "Annuler" }).click();
      await page.getByText("2 signalements ont retrouvé leur état").waitFor();
      await page.locator("a.open", { hasText: "Nid-de-poule" }).first().click();
      await page.getByRole("heading", { name: "Le même problème" }).waitFor();
      assert.deepEqual(await barriers(page), []);
      await page.screenshot({ path: `${SCREENSHOTS}/reports-one-${name}.png`, fullPage: true });
      assert.deepEqual(complaints, []);
      await context.close();
    }
  });

  it("makes a round that keeps what is said where there is no connection", async () => {
    const { context, page } = await openWindow(browser, server, { ...SIZES.phone, bypassCSP: true });
    await signIn(server, context, 304, "tournee@ville.example", "agent");
    await page.goto("/admin/reports");
    await page.locator("#check-all").check();
    await page.getByRole("button", { name: "En faire une tournée" }).click();
    await page.getByRole("heading", { name: /^Tournée du/ }).waitFor();
    assert.deepEqual(await barriers(page), []);
    await page.screenshot({ path: `${SCREENSHOTS}/reports-round-phone.png`, fullPage: true });
    const first = page.locator(".round-stop").first();
    const photo = await picture(page);
    await first.getByLabel("Photo après").setInputFiles(photo);
    await first.getByRole("button", { name: "Fait : c’est réparé" }).click();
    await page.getByText("1 / 3 arrêts faits").waitFor();
    await context.setOffline(true);
    const next = page.locator(".round-stop:not(.is-done)").first();
    await next.getByRole("button", { name: "Fait : c’est réparé" }).click();
    await page.getByText("Pas de connexion").waitFor();
    assert.equal(await page.locator(".round-stop.is-waiting").count(), 1);
    await context.setOffline(false);
    await page.getByText("2 / 3 arrêts faits").waitFor();
    await page.goto("/list?kind=report&status=done&category=nid-de-poule,fuite-d-eau");
    await page.getByText("2 contributions", { exact: false }).first().waitFor();
    await context.close();
  });
});
