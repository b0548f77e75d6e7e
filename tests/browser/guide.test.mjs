// The desk as agents see it on the demonstration: its tour from end to end, its keys, and the pictures of the guide for agents (`make guide`).
import assert from "node:assert/strict";
import { createHash, randomBytes, randomInt } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";
import { barriers, SIZES } from "./steps.mjs";

const ADMINISTRATOR = "paul.administration@val-aubrelle.example";

/** As the guide says it. */
const SIZE = { width: 1280, height: 838 };
const MOST = 60_000;

/** Signs a window in as one of the demonstration's people, as their letter would. */
async function play(server, context, page, email) {
  const cookie = randomBytes(32).toString("hex");
  const digest = createHash("sha256").update(cookie).digest("hex");
  const at = new Date().toISOString().replace("Z", "000+00:00");
  await server.sql(
    `insert into session (digest, id, account_id, browser, created_at, seen_at, expires_at, strong_at)
     select x'${digest}', ${randomInt(1e9)}, id, 'journey', '${at}', '${at}', '2126-06-01T08:00:00.000000+00:00', '${at}' from account where email = '${email}';`,
  );
  await context.addCookies([{ name: "session", value: cookie, url: server.address, httpOnly: true, sameSite: "Lax" }]);
  await page.goto("/admin");
  await page.locator(".desk").waitFor();
}

/** A picture of what is in view as WebP, as small as the guide wants it: the browser itself packs it. */
async function picture(page, name) {
  const png = (await page.screenshot()).toString("base64");
  const packed = await page.context().newPage();
  let bytes;
  for (const quality of [0.8, 0.65, 0.5, 0.35]) {
    const url = await packed.evaluate(async ([png, quality]) => {
      const image = document.createElement("img");
      image.src = `data:image/png;base64,${png}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.width, image.height];
      canvas.getContext("2d").drawImage(image, 0, 0);
      return canvas.toDataURL("image/webp", quality);
    }, [png, quality]);
    bytes = Buffer.from(url.split(",")[1], "base64");
    if (bytes.length <= MOST) break;
  }
  await packed.close();
  assert.ok(bytes.length <= MOST, `${name} has ${bytes.length} bytes`);
  await mkdir(SCREENSHOTS, { recursive: true });
  await writeFile(`${SCREENSHOTS}/${name}.webp`, bytes);
}

describe("the desk of the demonstration", { timeout: 400_000 }, () => {
  let server, browser;
  before(async () => {
    const settings = { PARVIS_NAME: "Val d’Aubrelle", PARVIS_SECOND_FACTOR: "false", PARVIS_DEMO_INBOX: "true" };
    [server, browser] = await Promise.all([startServer({ demo: true, settings }), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("has the pages that the guide shows", async () => {
    const { context, page, complaints } = await openWindow(browser, server, { viewport: SIZE, colorScheme: "light" });
    await play(server, context, page, ADMINISTRATOR);
    await page.locator(".waits, .quiet-desk").first().waitFor();
    await picture(page, "guide-desk");
    await page.goto("/admin/moderation?look=table&tab=flagged");
    await page.locator(".dense, .empty").first().waitFor();
    await picture(page, "guide-moderation");
    await page.goto("/admin/answers?status=open&sort=votes");
    await page.locator(".dense").waitFor();
    await picture(page, "guide-answers");
    await page.goto("/admin/processes");
    await page.locator("main a[href^='/admin/processes/']").first().click();
    await page.locator("main form").first().waitFor();
    await picture(page, "guide-process");
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("leads through its pages by the tour, and out of it", async () => {
    const { context, page, complaints } = await openWindow(browser, server, { ...SIZES.phone });
    await play(server, context, page, ADMINISTRATOR);
    await page.getByRole("link", { name: "Commencer le tour" }).click();
    for (let step = 1; step <= 8; step++) {
      await page.getByText(`Étape ${step} / 8`).waitFor();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(overflow, 0, `${page.url()} scrolls sideways`);
      if (step < 8) await page.locator(".tour").getByRole("link", { name: "Suivant" }).click();
    }
    await page.locator(".tour").getByRole("link", { name: "Terminer" }).click();
    await page.locator("h1").waitFor();
    assert.equal(await page.locator(".tour").count(), 0);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("goes through a list by keys, ticks and opens", async () => {
    const { context, page, complaints } = await openWindow(browser, server, SIZES.desktop);
    await play(server, context, page, ADMINISTRATOR);
    await page.goto("/admin/answers?status=open&sort=votes");
    await page.locator("#keys:not([hidden])").waitFor();
    const rows = page.locator(".dense tbody tr");
    for (const key of ["j", "j", "ArrowDown", "k"]) await page.keyboard.press(key);
    const second = await rows.nth(1).locator("a.open").textContent();
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), second, "the focus is on a link, as a reader of the screen has it");
    await page.keyboard.press("x");
    assert.equal(await rows.nth(1).getByRole("checkbox").isChecked(), true);
    await page.keyboard.press("?");
    assert.equal(await page.locator("#keys").getAttribute("open"), "");
    await rows.nth(1).locator("a.open").focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/admin\/answers\/\d+$/);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  for (const colorScheme of ["light", "dark"]) {
    it(`is for everybody, on ${colorScheme} paper and in both sizes`, async () => {
      for (const size of Object.values(SIZES)) {
        const { context, page } = await openWindow(browser, server, { ...size, colorScheme, bypassCSP: true });
        await play(server, context, page, ADMINISTRATOR);
        for (const path of ["/admin", "/admin?tour=1", "/admin/answers", "/admin/moderation?look=table&tab=flagged", "/admin/views", "/admin/letters", "/admin/jobs", "/help/agents"]) {
          await page.goto(path);
          await page.locator("h1").waitFor();
          assert.deepEqual(await barriers(page), [], path);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.equal(overflow, 0, `${path} scrolls sideways`);
        }
        await context.close();
      }
    });
  }
});
