// Passkeys, end to end: Chromium's own virtual device, a real browser, no shortcut on the server.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { barriers, SIZES } from "./steps.mjs";
import { freePort, giveDevice, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

const run = promisify(execFile);

describe("a passkey", { timeout: 300_000 }, () => {
  let server, browser;
  before(async () => {
    const port = await freePort();
    const settings = { PARVIS_LISTEN: `127.0.0.1:${port}`, PARVIS_PUBLIC_URL: `http://localhost:${port}`, PARVIS_DEMO_INBOX: "true" };
    [server, browser] = await Promise.all([startServer({ settings }), startBrowser()]);
    // The same server under its name: the address that the browser's windows use.
    server = { ...server, address: settings.PARVIS_PUBLIC_URL };
    await run(server.binary, ["admin", "grant", "maire@ville.example"], { env: server.env, cwd: server.folder });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** Asks for a link and follows the newest letter. */
  async function signIn(page, email, to) {
    await page.goto(`/sign-in?to=${to}`);
    await page.getByLabel("Votre adresse de courriel").fill(email);
    await page.getByRole("button", { name: "Recevoir un lien" }).click();
    await page.getByRole("heading", { name: "Consultez vos courriels" }).waitFor();
    await page.goto("/demo/inbox");
    await page.locator('.letter a[href*="/sign-in/"]').first().click();
  }

  it("is asked of who has a role, added on the spot, and signs in alone afterwards", async () => {
    const { context, page, complaints } = await openWindow(browser, server, { bypassCSP: true });
    const { unlocks } = await giveDevice(context, page);
    await signIn(page, "maire@ville.example", "/admin/people");
    await page.waitForURL(/second-factor\?to=%2Fadmin%2Fpeople$/);
    await page.getByText("Vous n’en avez pas encore").waitFor();
    await page.getByRole("button", { name: "Ajouter une clé d’accès" }).waitFor();
    assert.deepEqual(await barriers(page), []);
    await page.screenshot({ path: `${SCREENSHOTS}/second-factor-new-desktop.png`, fullPage: true });
    await page.setViewportSize(SIZES.phone.viewport);
    await page.screenshot({ path: `${SCREENSHOTS}/second-factor-new-phone.png`, fullPage: true });
    const before = (await context.cookies()).find(({ name }) => name === "session").value;
    await page.getByLabel("Nom de la clé").fill("Mon téléphone");
    await page.getByRole("button", { name: "Ajouter une clé d’accès" }).click();
    await page.waitForURL((url) => url.pathname === "/admin/people");
    const later = (await context.cookies()).find(({ name }) => name === "session").value;
    assert.notEqual(later, before, "another cookie with the second factor");

    await page.goto("/account");
    await page.locator("#passkeys").getByText("Mon téléphone", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Se déconnecter" }).first().click();
    await page.waitForURL((url) => url.pathname === "/");

    // A device that was not unlocked says nothing; the page says what happened.
    await page.goto("/sign-in?to=/admin/people");
    await unlocks(false);
    await page.getByRole("button", { name: "Utiliser ma clé d’accès" }).click();
    await page.getByText("Rien n’a été fait").waitFor();
    await unlocks(true);
    await page.getByRole("button", { name: "Utiliser ma clé d’accès" }).click();
    await page.waitForURL((url) => url.pathname === "/admin/people");
    assert.deepEqual(complaints, []);

    // Signed in by a letter again: the passkey is shown on the page that asks for it, and only then another may be added.
    await page.goto("/account");
    await page.getByText("utilisée le").waitFor();
    await page.getByRole("button", { name: "Se déconnecter" }).first().click();
    await signIn(page, "maire@ville.example", "/account");
    await page.waitForURL((url) => url.pathname === "/account");
    await page.getByRole("button", { name: "Ajouter une clé d’accès" }).click();
    await page.getByText("Présentez d’abord l’une de vos clés").waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/passkeys-account-phone.png`, fullPage: true });
    await page.goto("/admin/people");
    await page.getByRole("button", { name: "Présenter ma clé d’accès" }).waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/second-factor-phone.png`, fullPage: true });
    await page.getByRole("button", { name: "Présenter ma clé d’accès" }).click();
    await page.waitForURL((url) => url.pathname === "/admin/people");
    await context.close();
  });

  it("is refused by the browser under an address that is not the site's", async () => {
    const { context, page } = await openWindow(browser, { address: server.address.replace("localhost", "127.0.0.1") });
    await giveDevice(context, page);
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Utiliser ma clé d’accès" }).click();
    await page.getByText("Votre navigateur refuse").waitFor();
    await context.close();
  });

  it("is no dead end without scripts: the page says what to do", async () => {
    const { context, page } = await openWindow(browser, server, { javaScriptEnabled: false });
    await page.goto("/sign-in");
    await page.getByText("Les clés d’accès demandent JavaScript").waitFor();
    assert.equal(await page.getByRole("button", { name: "Utiliser ma clé d’accès" }).isVisible(), false);
    await context.close();
  });
});
