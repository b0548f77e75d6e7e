// What is pressed twice on a slow line is done once, with scripts and without; and two first presses are one person.
import assert from "node:assert/strict";
import { setTimeout as rest } from "node:timers/promises";
import { after, before, describe, it } from "node:test";
import { describeIdea, preview } from "./steps.mjs";
import { MIDDLE, openWindow, startBrowser, startServer } from "./world.mjs";

/** How slow the line is, and how far apart two presses are, in ms. */
const SLOW_MS = 1500;
const APART_MS = 150;

describe("what is sent twice", { timeout: 240_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const slow = (page) =>
    page.route("**/*", async (route) => {
      if (route.request().method() === "POST") await rest(SLOW_MS);
      // The page may be gone by then: the first press has led on.
      await route.continue().catch(() => undefined);
    });
  const api = async (path) => (await fetch(server.address + path)).json();
  const twice = async (button) => {
    const press = { noWaitAfter: true, force: true };
    await button.click(press);
    await rest(APART_MS);
    await button.click(press).catch(() => undefined);
  };
  const placed = async (title) => (await api(`/api/features?q=${encodeURIComponent(title)}`)).features.length;

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? "with scripts" : "without scripts";

    it(`is one voice of one person, ${how}`, async () => {
      const { context, page } = await openWindow(browser, server, { javaScriptEnabled });
      const before = (await api("/api/features/3")).properties.votes_for;
      await page.goto("/features/3");
      assert.deepEqual(await context.cookies(), [], "reading sets no cookie");
      await slow(page);
      // Twice for, as a finger does that sees nothing happen.
      if (javaScriptEnabled) {
        await twice(page.locator("#vote-for"));
        await rest(4 * SLOW_MS);
        assert.equal((await context.cookies()).filter(({ name }) => name === "visitor").length, 1);
      } else {
        // Both are under way before the first cookie has come.
        const body = new URLSearchParams({ once: await page.locator("#vote input[name=once]").inputValue(), voice: "for" });
        const press = () => fetch(`${server.address}/features/3/vote`, { method: "POST", body, redirect: "manual", headers: { origin: server.address } });
        for (const answer of await Promise.all([press(), press()])) assert.equal(answer.status, 303);
      }
      assert.equal((await api("/api/features/3")).properties.votes_for, before + 1);
      await context.close();
    });

    it(`is one idea, ${how}`, async () => {
      const { context, page } = await openWindow(browser, server, { javaScriptEnabled });
      const title = `Une fontaine ${how}`;
      await page.goto(`/proposals/new?lon=${MIDDLE.lon}&lat=${MIDDLE.lat}`);
      await describeIdea(page, { title });
      await preview(page);
      await slow(page);
      await twice(page.getByRole("button", { name: "Publier", exact: true }));
      await page.waitForURL(/\/features\/\d+$/);
      await rest(3 * SLOW_MS);
      assert.equal(await placed(title), 1);
      await context.close();
    });

    it(`is one argument, ${how}`, async () => {
      const { context, page } = await openWindow(browser, server, { javaScriptEnabled });
      const count = async () => (await api("/api/features/5")).properties.arguments_for;
      const before = await count();
      await page.goto("/features/5");
      const form = page.locator('form[action="/features/5/arguments"]').first();
      // Behind "give an argument", where it is folded.
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true))).catch(() => undefined);
      await form.locator("textarea").fill("De l’ombre en été");
      await slow(page);
      await twice(form.locator("button").last());
      await rest(5 * SLOW_MS);
      assert.equal(await count(), before + 1);
      await context.close();
    });
  }
});
