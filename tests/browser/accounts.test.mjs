// One's own account: in by a link, here and in another browser; what a visitor did is theirs afterwards; sessions end.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { barriers, SIZES } from "./steps.mjs";
import { openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

describe("an account", { timeout: 300_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer({ settings: { PARVIS_DEMO_INBOX: "true" } }), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** Asks for a link; gives it, as the newest letter has it. */
  async function ask(page, email, to = "/account") {
    await page.goto(`/sign-in?to=${to}`);
    await page.getByLabel("Votre adresse de courriel").fill(email);
    await page.getByRole("button", { name: "Recevoir un lien" }).click();
    await page.getByRole("heading", { name: "Consultez vos courriels" }).waitFor();
    await page.goto("/demo/inbox");
    return page.locator('.letter a[href*="/sign-in/"]').first().getAttribute("href");
  }

  for (const [name, size] of Object.entries(SIZES)) {
    it(`opens by a link, and its pages have no barriers, on a ${name}`, async () => {
      const { context, page, complaints } = await openWindow(browser, server, { ...size, bypassCSP: true });
      const look = async (what) => {
        assert.deepEqual(await barriers(page), [], what);
        await page.screenshot({ path: `${SCREENSHOTS}/${what}-${name}.png`, fullPage: true });
      };
      await page.goto("/sign-in");
      await page.getByRole("button", { name: "Utiliser ma clé d’accès" }).waitFor();
      await look("sign-in");
      await page.getByLabel("Votre adresse de courriel").fill(`lea-${name}@mail.example`);
      await page.getByRole("button", { name: "Recevoir un lien" }).click();
      await page.getByRole("heading", { name: "Consultez vos courriels" }).waitFor();
      await look("sign-in-sent");
      await page.goto("/demo/inbox");
      await look("inbox");
      const link = await page.locator('.letter a[href*="/sign-in/"]').first().getAttribute("href");
      await page.goto(link);
      await page.getByRole("heading", { name: "Mon compte" }).waitFor();
      await page.getByRole("button", { name: "Ajouter une clé d’accès" }).waitFor();
      await look("account");
      // Its owner, who is in, goes on; somebody else reads why not.
      await page.goto(link);
      await page.getByRole("heading", { name: "Mon compte" }).waitFor();
      const other = await openWindow(browser, server, size);
      await other.page.goto(link);
      await other.page.getByRole("heading", { name: "Ce lien a déjà servi" }).waitFor();
      assert.deepEqual(complaints, []);
      for (const opened of [context, other.context]) await opened.close();
    });
  }

  it("takes over what a visitor did, in another browser too, and ends where its owner says", async () => {
    const [here, there] = await Promise.all([openWindow(browser, server), openWindow(browser, server, SIZES.phone)]);
    await here.page.goto("/features/1");
    await here.page.getByRole("button", { name: "Je soutiens" }).click();
    await here.page.getByRole("button", { name: "Retirer ma voix" }).waitFor();
    await here.page.goto(await ask(here.page, "sam@mail.example", "/features/1"));
    await here.page.getByRole("button", { name: "Retirer ma voix" }).waitFor();

    // On another device, the same voice.
    await there.page.goto(await ask(there.page, "sam@mail.example", "/features/1"));
    await there.page.getByRole("button", { name: "Retirer ma voix" }).waitFor();

    // The other browser is signed out from here, at once.
    await here.page.goto("/account");
    await here.page.getByRole("button", { name: /^Déconnecter \(/ }).click();
    await here.page.getByText("n’est plus connecté").waitFor();
    await there.page.goto("/account");
    await there.page.getByRole("heading", { name: "Se connecter" }).waitFor();
    await here.page.getByRole("button", { name: "Se déconnecter" }).click();
    await here.page.waitForURL((url) => url.pathname === "/");
    for (const { context } of [here, there]) await context.close();
  });

  it("opens in another browser than the one that asked by a button only", async () => {
    const [asked, other] = await Promise.all([openWindow(browser, server), openWindow(browser, server, SIZES.phone)]);
    await other.page.goto(await ask(asked.page, "ana@mail.example"));
    await other.page.getByText("a•••@mail.example").waitFor();
    await other.page.screenshot({ path: `${SCREENSHOTS}/sign-in-elsewhere-phone.png` });
    await other.page.getByRole("button", { name: "Me connecter ici" }).click();
    await other.page.getByRole("heading", { name: "Mon compte" }).waitFor();
    for (const { context } of [asked, other]) await context.close();
  });
});
