// The map in a frame of another site, and what somebody meets who votes too often.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { MIDDLE, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

describe("what other sites and hurried people meet", { timeout: 180_000 }, () => {
  let city, origin, server, browser;
  before(async () => {
    // A city's own site: a page with our page in a frame.
    city = createServer(({ url }, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8");
      const framed = new URL(url, "http://x").searchParams.get("of") ?? "";
      response.end(`<!doctype html><title>La ville</title><iframe title="Carte" src="${server.address}${framed}" width="900" height="600"></iframe>`);
    });
    await new Promise((listening) => city.listen(0, "127.0.0.1", listening));
    origin = `http://127.0.0.1:${city.address().port}`;
    const settings = { PARVIS_EMBED: origin, PARVIS_LIMITS: "vote=2/hour" };
    [server, browser] = await Promise.all([startServer({ settings }), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await new Promise((closed) => city.close(closed));
  });

  it("is a map in the frame of the named site, without a cookie, and leads out of the frame", async () => {
    const { context, page } = await openWindow(browser, server);
    await page.goto(`${origin}/?of=/embed`);
    const frame = page.frameLocator("iframe");
    await frame.locator("canvas").waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/embed.png` });
    const [opened] = await Promise.all([context.waitForEvent("page"), frame.getByRole("link", { name: /Participer sur/ }).click()]);
    await opened.waitForURL(`${server.address}/`);
    assert.deepEqual(await context.cookies(), []);
    await context.close();
  });

  it("is no other page in a frame", async () => {
    const { context, page } = await openWindow(browser, server);
    const refused = page.waitForEvent("console", (message) => /frame-ancestors|X-Frame-Options/i.test(message.text()));
    await page.goto(`${origin}/?of=/list`);
    await refused;
    assert.equal(await page.frameLocator("iframe").locator("#total").count(), 0);
    await context.close();
  });

  it("says when to come back to who votes too often, and keeps what is typed", async () => {
    const id = await server.place("Un banc", MIDDLE);
    const { context, page } = await openWindow(browser, server);
    await page.goto(`/features/${id}`);
    await page.locator(".column.for summary").click();
    await page.locator("#argue-for").fill("Pour s’asseoir à l’ombre");
    // The first gives the cookie, the next two are counted by it.
    const vote = (voice) =>
      page.evaluate(async ([id, voice]) => (await fetch(`/features/${id}/vote`, { method: "POST", body: new URLSearchParams({ voice }) })).status, [id, voice]);
    for (const voice of ["against", "none", "against"]) assert.equal(await vote(voice), 200);
    await page.locator("#vote-for").click();
    await page.locator("#act-problem", { hasText: "Vous pourrez recommencer dans" }).waitFor();
    assert.equal(await page.locator("#argue-for").inputValue(), "Pour s’asseoir à l’ombre");
    await context.close();
  });
});
