// What every page looks like: in French and in English, on light and on dark paper, on a desktop and on a phone, printed; no
// text is missing, nothing scrolls sideways. Pictures of all of it go to target/screenshots.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { mapIsStill, MIDDLE, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";
import { SIZES } from "./steps.mjs";

describe("every page", { timeout: 400_000 }, () => {
  let server, browser, pages;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
    const id = await server.place("Une rampe à l’entrée", { lon: MIDDLE.lon + 0.1, lat: MIDDLE.lat, theme: "mobilite", body: "Pour **toutes** et tous." });
    pages = { map: "/", list: "/list", form: "/proposals/new", feature: `/features/${id}`, error: "/nowhere" };
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const LANGUAGES = { fr: "fr-FR", en: "en-GB" };

  for (const [name, size] of Object.entries(SIZES)) {
    for (const [lang, locale] of Object.entries(LANGUAGES)) {
      // Both papers are seen in both sizes: one language each is enough.
      const colorScheme = (name === "phone") === (lang === "fr") ? "dark" : "light";
      it(`reads well in ${locale} on ${colorScheme} paper on a ${name}`, async () => {
        const { context, page, complaints } = await openWindow(browser, server, { ...size, locale, colorScheme });
        for (const [what, path] of Object.entries(pages)) {
          await page.goto(path);
          if (["map", "form"].includes(what)) await mapIsStill(page);
          assert.equal(await page.locator("html").getAttribute("lang"), lang, path);
          assert.equal(await page.locator("h1").count(), 1, `${path} has one title`);
          const text = await page.evaluate(() => document.body.innerText);
          // A key that has no text is shown as it is.
          assert.doesNotMatch(text, /\b(site|map|filter|proposal|feature|error|votes|argument|share|own|pick)-[a-z-]+\b/, path);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.equal(overflow, 0, `${path} scrolls sideways`);
          await page.screenshot({ path: `${SCREENSHOTS}/${what}-${name}-${lang}-${colorScheme}.png` });
        }
        assert.deepEqual(complaints.filter((text) => !text.includes("404")), []);
        await context.close();
      });
    }
  }

  it("changes its language where one is, and back", async () => {
    const { context, page, complaints } = await openWindow(browser, server, { locale: "en-GB" });
    await page.goto("/?theme=culture");
    await mapIsStill(page);
    await page.getByRole("button", { name: "Propose an idea" }).waitFor();
    assert.equal(await page.locator(".maplibregl-ctrl-zoom-in").getAttribute("aria-label"), "Zoom in");
    await page.getByRole("link", { name: "Français" }).click();
    await page.getByRole("button", { name: "Proposer une idée" }).waitFor();
    assert.match(page.url(), /theme=culture/);
    assert.equal(await page.locator(".maplibregl-ctrl-zoom-in").getAttribute("aria-label"), "Zoomer");
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("prints: the idea with its address, without buttons and forms", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto(pages.feature);
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator(".printed").isVisible());
    for (const hidden of ["header.site", ".share", "#vote", ".argue"]) {
      assert.ok(await page.locator(hidden).first().isHidden(), `${hidden} is not printed`);
    }
    assert.ok(await page.locator(".balance").isVisible());
    await page.screenshot({ path: `${SCREENSHOTS}/feature-print.png`, fullPage: true });
    for (const path of [pages.list, pages.map]) {
      await page.goto(path);
      assert.ok(await page.locator(".card").first().isVisible(), `${path} prints its list`);
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
