// Filters: by each condition that there is, map, list, counts and address together; shared, opened elsewhere, without a map.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { goTo, mapDraws, mapIsStill, MIDDLE, openWindow, SCREENSHOTS, SEEDED, startBrowser, startServer } from "./world.mjs";
import { counts, SIZES, total } from "./steps.mjs";

describe("a filter", { timeout: 400_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const count = async (page, choice) => Number(await page.locator(`[data-count="${choice}"]`).textContent());

  /** Acts, and sees that address, list, counts and map agree with the server on what is left. */
  async function narrowed(page, act, query) {
    await act();
    await page.waitForFunction((query) => location.search === query, query);
    await mapIsStill(page);
    const { total: expected, kind } = await server.json(`/api/counts${query}`);
    await counts(page, expected);
    await mapDraws(page, expected);
    assert.equal(await count(page, "kind:report"), kind.report ?? 0);
    return expected;
  }

  it("holds for map, list, counts and address together, without a reload; back undoes it, a reload keeps it", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto("/");
    await mapIsStill(page);
    await page.evaluate(() => (window.sameDocument = true));
    await page.locator("#filters summary").click();
    const theme = await narrowed(page, () => page.getByLabel("Nature en ville").check(), "?theme=nature");
    assert.ok(theme < SEEDED);
    const kind = await narrowed(page, () => page.getByLabel("Signalements").check(), "?theme=nature&kind=report");
    assert.ok(kind < theme);
    const since = await narrowed(page, () => page.getByLabel("Depuis le").fill("2025-06-01"), "?theme=nature&kind=report&since=2025-06-01");
    assert.ok(since < kind && since > 0);
    await page.screenshot({ path: `${SCREENSHOTS}/filtered-desktop.png` });
    const area = await narrowed(page, () => page.getByLabel("Secteur").selectOption("est"), "?theme=nature&kind=report&area=est&since=2025-06-01");
    assert.ok(area < since && area > 0);
    assert.equal(await page.evaluate(() => window.sameDocument), true);
    await page.goBack();
    await counts(page, since);

    await page.reload();
    await mapIsStill(page);
    await mapDraws(page, since);
    await counts(page, since);
    assert.ok(await page.getByLabel("Nature en ville").isChecked());
    assert.equal(await page.getByLabel("Depuis le").inputValue(), "2025-06-01");

    await page.goBack();
    await page.waitForFunction(() => location.search === "?theme=nature&kind=report");
    await counts(page, kind);
    await mapIsStill(page);
    await mapDraws(page, kind);
    assert.equal(await page.getByLabel("Depuis le").inputValue(), "");

    // A condition is a chip that takes it away; one link takes all away.
    await narrowed(page, () => page.locator(".chip", { hasText: "Nature en ville" }).click(), "?kind=report");
    assert.equal(await page.locator(".chip").count(), 1);
    await narrowed(page, () => page.getByText("Tout afficher").click(), "");
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("may be by status, process, score, end and words", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto("/");
    await mapIsStill(page);
    await page.locator("#filters summary").click();
    const steps = [
      [() => page.getByLabel("Retenue", { exact: false }).first().check(), "?status=accepted"],
      [() => page.locator(".chip", { hasText: "Retenue" }).click(), ""],
      [() => page.getByLabel("Plan vélo").check(), "?process=plan-velo"],
      [() => page.getByLabel("Voix pour moins voix contre, au moins").fill("20"), "?process=plan-velo&score_min=20"],
      [() => page.getByLabel("Jusqu’au").fill("2025-12-31"), "?process=plan-velo&until=2025-12-31&score_min=20"],
      [() => page.getByText("Tout afficher").click(), ""],
      [() => page.getByRole("searchbox", { name: "Chercher dans les contributions" }).fill("réparer trottoir"), "?q=r%C3%A9parer%20trottoir"],
    ];
    for (const [act, query] of steps) {
      const left = await narrowed(page, async () => {
        await act();
        await page.keyboard.press("Tab");
      }, query);
      assert.equal(left < SEEDED, query !== "", query);
      assert.ok(left > 0, query);
    }
    await page.locator(".chip", { hasText: "« réparer trottoir »" }).waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/words-desktop.png` });
    await page.getByRole("searchbox").fill("zzyzx");
    await page.getByText("Rien ne correspond à ces filtres").waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/no-match-desktop.png` });
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("is shared with its address: the same list and the same map in another browser", async () => {
    const first = await openWindow(browser, server);
    await first.page.goto("/");
    await mapIsStill(first.page);
    await first.page.locator("#filters summary").click();
    await first.page.getByLabel("Culture").check();
    await first.page.waitForURL(/theme=culture/);
    await goTo(first.page, { lon: MIDDLE.lon + 0.01, lat: MIDDLE.lat }, 14);
    await first.page.waitForURL(/#map=14/);
    await first.page.waitForFunction(() => document.getElementById("whole").textContent.includes("en tout"));
    const seen = async (page) => {
      await mapIsStill(page);
      const { lng, lat } = await page.evaluate(() => window.parvis.map.getCenter());
      return { lng: lng.toFixed(3), lat: lat.toFixed(3), total: await total(page), cards: await page.locator(".card h2").allTextContents() };
    };
    await first.page.waitForFunction(() => document.querySelectorAll(".card").length > 0 && !document.querySelector("#list[aria-busy]"));
    const second = await openWindow(browser, server);
    await second.page.goto(first.page.url());
    await mapIsStill(second.page);
    const shown = await seen(first.page);
    await counts(second.page, parseInt(shown.total));
    assert.deepEqual(await seen(second.page), shown);
    for (const { complaints, context } of [first, second]) {
      assert.deepEqual(complaints, []);
      await context.close();
    }
  });

  it("says what is wrong with it, and shows nothing rather than more", async () => {
    const { context, page } = await openWindow(browser, server);
    await page.goto("/?until=2025-01-01");
    await mapIsStill(page);
    const { total: expected } = await server.json("/api/counts?until=2025-01-01");
    await counts(page, expected);
    await page.locator("#filters summary").click();
    await page.getByLabel("Depuis le").fill("2026-01-01");
    await page.locator("#list .unknown").waitFor();
    assert.equal(await page.locator("#list .card").count(), 0);
    await page.locator("#list .unknown a").click();
    await page.locator("#list .card").first().waitFor();
    await context.close();
  });

  for (const [name, size] of Object.entries(SIZES)) {
    it(`is the same in the list without a map, on a ${name}`, async () => {
      const { context, page, complaints } = await openWindow(browser, server, size);
      await page.goto("/list?theme=culture&order=score");
      const { total: expected } = await server.json("/api/counts?theme=culture");
      assert.equal(await total(page), `${expected} contributions`);
      await page.screenshot({ path: `${SCREENSHOTS}/list-${name}.png` });
      // Open where there is room for them beside the list.
      if (name === "phone") await page.locator("#filters summary").click();
      await page.getByLabel("Signalements").check();
      await page.getByRole("button", { name: "Appliquer" }).click();
      await page.waitForURL(/kind=report/);
      assert.match(page.url(), /theme=culture/);
      assert.ok(parseInt(await total(page)) < expected);
      await page.getByRole("link", { name: "Revenir à la carte" }).click();
      await page.waitForURL((url) => url.pathname === "/" && url.search.includes("kind=report"));
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }
});
