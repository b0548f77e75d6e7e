// Accessibility that a machine can see: axe's rules for WCAG 2.2 AA and RGAA on each page, in each state. People see the rest.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { goTo, mapIsStill, MIDDLE, openWindow, startBrowser, startServer } from "./world.mjs";

const axe = createRequire(new URL("../../web/package.json", import.meta.url)).resolve("axe-core/axe.min.js");

describe("access", { timeout: 180_000 }, () => {
  let server, browser, source;
  before(async () => {
    [server, browser, source] = await Promise.all([startServer(), startBrowser(), readFile(axe, "utf8")]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function barriers(page) {
    await page.evaluate(source);
    return page.evaluate(async () => {
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"];
      const { violations } = await window.axe.run(document, { runOnly: { type: "tag", values: tags } });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
    });
  }

  for (const [name, viewport] of Object.entries({ desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } })) {
    it(`has no barrier that axe finds, on a ${name}`, async () => {
      // Only here: axe brings code that our own policy rightly refuses.
      const { context, page } = await openWindow(browser, server, { viewport, bypassCSP: true });
      const id = await server.place("Une rampe à l’entrée", { lon: MIDDLE.lon + 0.1, lat: MIDDLE.lat });
      await page.goto("/");
      await mapIsStill(page);
      await page.locator("#filters summary").click();
      assert.deepEqual(await barriers(page), [], "the map");
      await page.getByRole("button", { name: "Proposer une idée ici" }).click();
      assert.deepEqual(await barriers(page), [], "the cross");
      await page.getByRole("button", { name: "Annuler" }).click();
      await goTo(page, { lon: MIDDLE.lon + 0.1, lat: MIDDLE.lat });
      await page.locator("#map").click();
      await page.locator(".popup-card").first().waitFor();
      assert.deepEqual(await barriers(page), [], "a card on the map");
      await page.goto("/proposals/new");
      await mapIsStill(page);
      assert.deepEqual(await barriers(page), [], "the form");
      await page.goto(`/features/${id}`);
      assert.deepEqual(await barriers(page), [], "a feature");
      await page.goto("/nowhere");
      assert.deepEqual(await barriers(page), [], "an error");
      await context.close();
    });
  }
});
