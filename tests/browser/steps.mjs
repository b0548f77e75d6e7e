// Steps that many journeys take: sizes of windows, the form for an idea, keys, what axe says of a page. Not here: servers and
// windows (world.mjs).
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = createRequire(new URL("../../web/package.json", import.meta.url)).resolve("axe-core/axe.min.js");

/** The two sizes that every page is looked at in. */
export const SIZES = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

/** The heading of the list: how many there are in view. */
export const total = (page) => page.locator("#total").textContent();

/** Waits until the list says so many in view. */
export function counts(page, expected) {
  return page.waitForFunction((n) => new RegExp(`^(${n === 0 ? "Aucune" : n}) contribution`).test(document.getElementById("total").textContent), expected);
}

/** Fills in what an idea is. */
export async function describeIdea(page, { title, body, theme }) {
  await page.getByLabel("Votre idée en une phrase").fill(title);
  if (body) await page.getByLabel("Expliquez-la").fill(body);
  if (theme) await page.getByRole("radio", { name: theme }).check();
}

/** From the form to its preview. */
export async function preview(page) {
  await page.getByRole("button", { name: "Voir l’aperçu" }).click();
  await page.getByRole("heading", { name: "Avant de publier" }).waitFor();
}

/** From the preview to the idea's page; gives its id. */
export async function publish(page) {
  await page.getByRole("button", { name: "Publier", exact: true }).click();
  return published(page);
}

/** The id of the idea whose page comes next. */
export async function published(page) {
  await page.waitForURL(/\/features\/\d+$/);
  return Number(page.url().split("/").at(-1));
}

/** Presses keys, one after the other. */
export async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

/** Presses Tab until the focus is on what a selector means. */
export async function tabTo(page, selector) {
  for (let n = 0; n < 60; n++) {
    if (await page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`the Tab key never comes to ${selector}`);
}

/** Where the map has a place, in pixels of its element. */
export const pixelOf = (page, { lon, lat }) => page.evaluate((at) => window.parvis.map.project(at), [lon, lat]);

/** A picture as a camera makes one, drawn by the browser: bytes to be chosen in a file field. */
export async function picture(page, { width = 1200, height = 800, ink = "#3a7d44" } = {}) {
  const bytes = await page.evaluate(
    async ({ width, height, ink }) => {
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const pen = canvas.getContext("2d");
      pen.fillStyle = ink;
      pen.fillRect(0, 0, width, height);
      pen.fillStyle = "#f4e9cd";
      for (let n = 0; n < 40; n++) pen.fillRect((n * 173) % width, (n * 97) % height, 60, 60);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg"));
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    { width, height, ink },
  );
  return { name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from(bytes) };
}

/** What axe finds on a page, in words. The window must have `bypassCSP`: axe brings code that our own policy refuses. */
export async function barriers(page) {
  await page.evaluate(await readFile(axe, "utf8"));
  // Colours of a paper that was changed a moment ago are drawn by then.
  await page.evaluate(() => new Promise((drawn) => window.requestAnimationFrame(() => window.requestAnimationFrame(drawn))));
  return page.evaluate(async () => {
    const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"];
    const { violations } = await window.axe.run(document, { runOnly: { type: "tag", values } });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`).join(", ")}`);
  });
}
