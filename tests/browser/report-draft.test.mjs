// What is typed into the form of a report stays on its device, with its category, until it was sent.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { CATALOGUE } from "./reports.mjs";
import { picture, SIZES } from "./steps.mjs";
import { MIDDLE, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

describe("a report that is not sent", { timeout: 180_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer({ settings: { PARVIS_LIMITS: "off", PARVIS_DEMO_INBOX: "true" } }), startBrowser()]);
    await server.sql(CATALOGUE);
    // The catalogue is read when a server starts.
    await server.goAway(async () => undefined);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const FORM = "/reports/new?category=nid-de-poule";
  const draft = (page) => page.evaluate(() => localStorage.getItem("parvis-report"));

  it("is offered on the front page, comes back in its own category, and is forgotten once it is sent", async () => {
    const { context, page, complaints } = await openWindow(browser, server, SIZES.phone);
    await page.goto(`${FORM}&lon=${MIDDLE.lon}&lat=${MIDDLE.lat}`);
    await page.getByRole("radio", { name: "Un pneu" }).check();
    await page.getByLabel("Précisions").fill("Devant l’école");
    await page.locator("#photo").setInputFiles(await picture(page));
    await page.locator("#photos img").waitFor();
    await page.goto("/");
    await page.getByText("Un signalement attend sur cet appareil").waitFor();
    assert.ok(await page.locator("#unsent").isHidden(), "no idea waits");
    await page.screenshot({ path: `${SCREENSHOTS}/report-unsent-phone.png` });
    // Another category begins with nothing, and leaves the draft alone.
    await page.goto("/reports/new?category=lampadaire");
    assert.equal(await page.getByLabel("Précisions").inputValue(), "");
    await page.goto("/");
    await page.locator("#unsent-report a").press("Enter");
    await page.waitForURL(/category=nid-de-poule/);
    await page.getByText("Voici ce que vous aviez commencé").waitFor();
    assert.equal(await page.getByLabel("Précisions").inputValue(), "Devant l’école");
    assert.ok(await page.getByRole("radio", { name: "Un pneu" }).isChecked());
    assert.equal(Number(await page.locator("#lon").inputValue()), MIDDLE.lon);
    assert.equal(await page.locator("#photos > li").count(), 1);
    await page.getByRole("button", { name: "Vérifier et envoyer" }).last().click();
    await page.getByRole("heading", { name: "Avant d’envoyer" }).waitFor();
    assert.notEqual(await draft(page), null, "not sent yet");
    await page.getByRole("button", { name: "Envoyer le signalement" }).click();
    await page.waitForURL(/\/features\/\d+$/);
    assert.equal(await draft(page), null);
    await page.goto("/");
    assert.ok(await page.locator("#unsent-report").isHidden());
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("stays where the server has not taken it, and goes when its person signs out", async () => {
    const { context, page } = await openWindow(browser, server);
    await page.goto("/sign-in?to=/account");
    await page.locator("input[name=email]").fill("lea@mail.example");
    await page.locator("form[action='/sign-in'] button[type=submit]").click();
    await page.goto("/demo/inbox");
    await page.locator("a[href*='/sign-in/']").first().click();
    await page.waitForURL(/\/account/);
    await page.goto(`${FORM}&lon=${MIDDLE.lon}&lat=${MIDDLE.lat}`);
    await page.getByLabel("Précisions").fill("Sans sa taille");
    await page.locator("#report-now").click();
    await page.getByRole("alert").waitFor();
    // Its own report, reached by another way, is not the one that waits.
    await page.goto("/");
    await page.getByText("Un signalement attend sur cet appareil").waitFor();
    await page.goto("/account");
    await page.locator("form[action='/sign-out'] button").click();
    await page.waitForURL((url) => url.pathname === "/");
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("parvis-report"))), []);
    await context.close();
  });
});
