// What is pressed twice on a slow line is done once, with scripts and without; and two first presses are one person.
import assert from "node:assert/strict";
import http from "node:http";
import { setTimeout as rest } from "node:timers/promises";
import { after, before, describe, it } from "node:test";
import { describeIdea, preview } from "./steps.mjs";
import { MIDDLE, openWindow, startBrowser, startServer } from "./world.mjs";

/** How slow the line is, and how far apart two presses are, in ms. */
const SLOW_MS = 700;
const APART_MS = 150;

/**
 * A line on which each act takes long to come through, and comes through whether or not the browser still waits for its answer: what
 * was sent is sent. Reading is quick.
 */
async function slowLine(server) {
  const { hostname, port } = new URL(server.address);
  const line = http.createServer(async (request, answer) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    if (request.method === "POST") await rest(SLOW_MS);
    const { method, url: path, headers } = request;
    const asked = http.request({ hostname, port, method, path, headers }, (told) => {
      answer.writeHead(told.statusCode, told.rawHeaders);
      told.pipe(answer);
    });
    asked.on("error", () => answer.destroy());
    asked.end(Buffer.concat(parts));
  });
  await new Promise((listening) => line.listen(0, "127.0.0.1", listening));
  const stop = () => new Promise((stopped) => (line.closeAllConnections(), line.close(stopped)));
  return { address: `http://127.0.0.1:${line.address().port}`, stop };
}

describe("what is sent twice", { timeout: 240_000 }, () => {
  let server, browser, line;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
    line = await slowLine(server);
  });
  after(async () => {
    await browser?.close();
    await line?.stop();
    await server?.stop();
  });

  const api = async (path) => (await fetch(server.address + path)).json();
  /** Two presses of a finger on one place: a click of the driver's would wait for the page that the first press leads to. */
  const twice = async (button) => {
    await button.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await button.boundingBox();
    const page = button.page();
    await page.mouse.click(x + width / 2, y + height / 2);
    await rest(APART_MS);
    await page.mouse.click(x + width / 2, y + height / 2);
  };
  const placed = async (title) => (await api(`/api/features?q=${encodeURIComponent(title)}`)).features.length;

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? "with scripts" : "without scripts";

    it(`is one voice of one person, ${how}`, async () => {
      const { context, page } = await openWindow(browser, line, { javaScriptEnabled });
      const before = (await api("/api/features/3")).properties.votes_for;
      await page.goto("/features/3");
      assert.deepEqual(await context.cookies(), [], "reading sets no cookie");
      // Twice for, as a finger does that sees nothing happen.
      await twice(page.locator("#vote-for"));
      await rest(4 * SLOW_MS);
      assert.equal((await context.cookies()).filter(({ name }) => name === "visitor").length, 1);
      assert.equal((await api("/api/features/3")).properties.votes_for, before + 1);
      await context.close();
    });

    it(`is one idea, ${how}`, async () => {
      const { context, page } = await openWindow(browser, line, { javaScriptEnabled });
      const title = `Une fontaine ${how}`;
      await page.goto(`/proposals/new?lon=${MIDDLE.lon}&lat=${MIDDLE.lat}`);
      await describeIdea(page, { title });
      await preview(page);
      await twice(page.getByRole("button", { name: "Publier", exact: true }));
      // The second press ends the first one's way to the idea's page, and goes there itself.
      const there = () => page.waitForURL(/\/features\/\d+$/);
      await there().catch(there);
      await rest(3 * SLOW_MS);
      assert.equal(await placed(title), 1);
      await context.close();
    });

    it(`is one argument, ${how}`, async () => {
      const { context, page } = await openWindow(browser, line, { javaScriptEnabled });
      const count = async () => (await api("/api/features/5")).properties.arguments_for;
      const before = await count();
      await page.goto("/features/5");
      const form = page.locator('form[action="/features/5/arguments"]').first();
      // Behind "give an argument", where it is folded.
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true))).catch(() => undefined);
      await form.locator("textarea").fill("De l’ombre en été");
      await twice(form.locator("button").last());
      await rest(5 * SLOW_MS);
      assert.equal(await count(), before + 1);
      await context.close();
    });
  }
});
