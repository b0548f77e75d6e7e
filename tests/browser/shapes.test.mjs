// What an idea may have beside a point: a line or an area drawn corner by corner, and photos.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { goTo, mapIsStill, MIDDLE, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";
import { describeIdea, picture, press, preview, publish, SIZES, tabTo } from "./steps.mjs";

describe("what is drawn", { timeout: 400_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const corners = (page) => page.locator("button.corner");
  const drawn = (page) => page.locator("#geometry").inputValue().then((text) => (text ? JSON.parse(text) : null));

  for (const [name, size] of Object.entries(SIZES)) {
    it(`is a line or an area, by touches on a ${name}: undone, changed, cleared, published`, async () => {
      const { context, page, complaints } = await openWindow(browser, server, size);
      await page.goto("/proposals/new");
      await goTo(page, MIDDLE, 16);
      await page.getByRole("radio", { name: "Une ligne" }).check();
      const touch = (x, y) => page.locator("#picker").click({ position: { x, y } });
      const at = name === "phone" ? [[60, 60], [160, 100], [260, 60]] : [[150, 150], [300, 220], [450, 150]];
      for (const [x, y] of at) await touch(x, y);
      await page.getByText(/Ligne de .*, 3 sommets/).waitFor();
      await page.getByRole("button", { name: "Annuler le dernier" }).click();
      await page.getByText(/Ligne de .*, 2 sommets/).waitFor();
      assert.equal((await drawn(page)).coordinates.length, 2);
      await page.screenshot({ path: `${SCREENSHOTS}/line-${name}.png` });

      // The corners stay when it becomes an area.
      await page.getByRole("radio", { name: "Une zone" }).check();
      assert.equal(await corners(page).count(), 2);
      assert.equal(await drawn(page), null, "two corners are no area");
      await touch(...at[2]);
      await page.getByText(/Zone de .*, 3 sommets/).waitFor();
      assert.equal((await drawn(page)).type, "Polygon");
      await page.screenshot({ path: `${SCREENSHOTS}/area-${name}.png` });
      await page.getByRole("button", { name: "Effacer" }).click();
      assert.equal(await corners(page).count(), 0);
      await page.locator("#place-said").waitFor({ state: "hidden" });
      for (const [x, y] of at) await touch(x, y);
      await describeIdea(page, { title: `Une rue apaisée ${name}` });
      await preview(page);
      await page.locator("#place-map canvas").waitFor();
      await page.getByRole("button", { name: "Corriger" }).click();
      await mapIsStill(page);
      assert.equal(await corners(page).count(), 3, "the corners are back");
      await preview(page);
      const id = await publish(page);
      assert.equal((await server.json(`/api/features/${id}`)).geometry.type, "Polygon");
      await page.locator("#place-map").scrollIntoViewIfNeeded();
      await page.locator("#place-map canvas").waitFor();
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  it("is drawn, moved and shortened with keys alone", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto("/proposals/new");
    await goTo(page, MIDDLE, 16);
    await tabTo(page, "[name=shape]");
    await press(page, "ArrowRight");
    await page.getByText("Touchez la carte à chaque tournant").waitFor();
    await page.evaluate(() => window.parvis.map.getCanvas().focus());
    for (const key of ["ArrowRight", "ArrowDown"]) {
      await press(page, "Enter", key);
      await mapIsStill(page);
    }
    await press(page, "Enter");
    await page.getByText(/Ligne de .*, 3 sommets/).waitFor();
    const before = (await drawn(page)).coordinates;
    await page.getByRole("button", { name: "Sommet 2 :" }).focus();
    await press(page, "ArrowUp", "Shift+ArrowLeft");
    const moved = (await drawn(page)).coordinates;
    assert.ok(moved[1][1] > before[1][1] && moved[1][0] < before[1][0]);
    assert.deepEqual(moved[0], before[0]);
    await press(page, "Delete");
    await page.getByText(/Ligne de .*, 2 sommets/).waitFor();
    await page.waitForFunction(() => document.activeElement.classList.contains("corner")); // The focus stays on the line.
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("says so where it is too long, and again when it is sent all the same", async () => {
    const { context, page } = await openWindow(browser, server);
    await page.goto("/proposals/new");
    await goTo(page, { lon: 2.65, lat: 48.85 }, 15);
    await page.getByRole("radio", { name: "Une ligne" }).check();
    await page.getByRole("button", { name: "Ajouter un sommet ici" }).click();
    await goTo(page, { lon: 3.25, lat: 49.05 }, 15);
    await page.getByRole("button", { name: "Ajouter un sommet ici" }).click();
    await page.locator("#place-said.problem", { hasText: "C’est trop long : 30 km au plus" }).waitFor();
    await describeIdea(page, { title: "Une ligne de tramway" });
    await page.getByRole("button", { name: "Voir l’aperçu" }).click();
    await page.locator("#place-problem", { hasText: "km, c’est trop : 30 km au plus" }).waitFor();
    await mapIsStill(page);
    assert.equal(await corners(page).count(), 2, "what was drawn is still there");
    await context.close();
  });

  it("comes with photos, and says which files are none", async () => {
    const { context, page, complaints } = await openWindow(browser, server, SIZES.phone);
    await page.goto(`/proposals/new?lon=${MIDDLE.lon}&lat=${MIDDLE.lat}`);
    await mapIsStill(page);
    await describeIdea(page, { title: "Un mur à fleurir" });
    const field = page.locator("#photo");
    await field.setInputFiles({ name: "notes.jpg", mimeType: "image/jpeg", buffer: Buffer.from("pas une image") });
    await page.locator("#photo-said.problem", { hasText: "n’est pas une photo" }).waitFor();
    const good = await picture(page);
    await field.setInputFiles({ ...good, buffer: good.buffer.subarray(0, 300) });
    await page.locator("#photo-said.problem", { hasText: "abîmé" }).waitFor();
    // Nothing that this device can make smaller, and more than the server takes.
    await field.setInputFiles({ name: "grande.jpg", mimeType: "image/jpeg", buffer: Buffer.concat([good.buffer.subarray(0, 2), Buffer.alloc(22 << 20)]) });
    await page.locator("#photo-said.problem", { hasText: "pèse plus de" }).waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/photo-problem-phone.png`, fullPage: true });
    await field.setInputFiles([good, await picture(page, { width: 2400, height: 1800, ink: "#8c5a2b" })]);
    await page.locator("#photo-said", { hasText: "Photo ajoutée" }).waitFor();
    assert.equal(await page.locator("#photos li").count(), 2);
    await page.getByLabel("Ce qu’elle montre").first().fill("Le mur nord, nu");
    await page.locator("#photos li").nth(1).getByRole("button", { name: "Retirer" }).click();
    assert.equal(await page.locator("#photos li").count(), 1);
    await page.screenshot({ path: `${SCREENSHOTS}/photo-phone.png`, fullPage: true });
    await preview(page);
    await page.getByRole("img", { name: "Le mur nord, nu" }).waitFor();
    const id = await publish(page);
    const photo = page.getByRole("img", { name: "Le mur nord, nu" });
    await photo.scrollIntoViewIfNeeded();
    await page.waitForFunction(() => document.querySelector(".gallery img").naturalWidth > 0);
    assert.ok((await server.json(`/api/features/${id}`)).properties.photo);
    assert.deepEqual(complaints.filter((text) => !/status of 4(00|13)/.test(text)), []);
    await context.close();
  });
});
