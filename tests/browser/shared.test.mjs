// Two people at one computer: the second sees nothing of what the first typed or was shown.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openWindow, startBrowser, startServer } from "./world.mjs";

describe("a shared computer", { timeout: 120_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer({ settings: { PARVIS_DEMO_INBOX: "true" } }), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function signIn(page, email) {
    await page.goto("/sign-in?to=/account");
    await page.locator("input[name=email]").fill(email);
    await page.locator("form[action='/sign-in'] button[type=submit]").click();
    await page.goto("/demo/inbox");
    await page.locator("a[href*='/sign-in/']").first().click();
    await page.waitForURL(/\/account/);
  }

  // A page that comes from the browser's memory is asked for again: on a busy machine that is still under way.
  async function shown(page) {
    for (;;) {
      await page.waitForLoadState("load");
      const content = await page.content().catch(() => undefined);
      if (content !== undefined) return content;
    }
  }

  it("keeps no draft, and nothing under the button back", async () => {
    const { context, page } = await openWindow(browser, server);
    await signIn(page, "lea@mail.example");
    await page.goto("/proposals/new");
    await page.locator("#proposal [name=title]").fill("Le secret de Léa");
    await page.locator("#proposal [name=body]").fill("Que personne ne doit lire.");
    await page.goto("/proposals/new");
    assert.equal(await page.locator("#proposal [name=title]").inputValue(), "Le secret de Léa", "a draft stays hers");
    await page.goto("/privacy/me");
    await page.getByText("lea@mail.example").first().waitFor();
    await page.goto("/account");
    await page.locator("form[action='/sign-out'] button").click();
    await page.waitForURL((url) => url.pathname === "/");
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("parvis-draft"))), []);
    for (let step = 0; step < 3; step++) {
      await page.goBack({ waitUntil: "load" }).catch(() => undefined);
      await page.waitForTimeout(200);
      assert.ok(!(await shown(page)).includes("lea@mail.example"), page.url());
    }
    await signIn(page, "noe@mail.example");
    await page.goto("/proposals/new");
    assert.equal(await page.locator("#proposal [name=title]").inputValue(), "", "the next person begins anew");
    await context.close();
  });

  it("gives what was typed before signing in to who signs in", async () => {
    const { context, page } = await openWindow(browser, server);
    await page.goto("/proposals/new");
    await page.locator("#proposal [name=title]").fill("Une idée sans compte");
    await signIn(page, "ines@mail.example");
    await page.goto("/proposals/new");
    assert.equal(await page.locator("#proposal [name=title]").inputValue(), "Une idée sans compte");
    await context.close();
  });
});
