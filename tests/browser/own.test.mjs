// What is one's own: changed and taken back from elsewhere by the author's link, put back; kept on the device while there is
// no connection, and sent once there is one.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { goTo, mapIsStill, MIDDLE, openWindow, pointOf, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";
import { describeIdea, picture, preview, publish, published, SIZES } from "./steps.mjs";

describe("one's own idea", { timeout: 400_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** Publishes an idea by the form, in an own window. */
  async function own(title, place, size = {}) {
    const opened = await openWindow(browser, server, size);
    await opened.page.goto(`/proposals/new?lon=${place.lon}&lat=${place.lat}`);
    await mapIsStill(opened.page);
    await describeIdea(opened.page, { title });
    await preview(opened.page);
    return { ...opened, id: await publish(opened.page) };
  }

  it("is changed from another device by the author's link, with a photo more; nobody else may", async () => {
    const place = { lon: MIDDLE.lon + 0.11, lat: MIDDLE.lat };
    const author = await own("Une fontaine au marché", place);
    const link = await author.page.getByLabel("Votre lien de modification").inputValue();
    const other = await openWindow(browser, server, SIZES.phone);
    const { page } = other;
    await page.goto(`/features/${author.id}`);
    assert.equal(await page.getByText("C’est votre idée").count(), 0);
    await page.goto(`/features/${author.id}/edit`);
    await page.getByText("Ce n’est pas permis").waitFor();
    await page.goto(link);
    await page.getByRole("heading", { name: "Modifier mon idée" }).waitFor();
    await mapIsStill(page);
    await page.locator(".maplibregl-marker").waitFor();
    await page.getByLabel("Votre idée en une phrase").fill("Deux fontaines au marché");
    await page.locator("#photo").setInputFiles(await picture(page));
    await page.locator("#photo-said", { hasText: "Photo ajoutée" }).waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/edit-phone.png`, fullPage: true });
    await preview(page);
    assert.equal(await publish(page), author.id);
    await page.getByRole("heading", { name: "Deux fontaines au marché" }).waitFor();
    assert.equal(await page.locator(".gallery img").count(), 1);
    assert.deepEqual(other.complaints.filter((text) => !text.includes("403")), []);
    assert.deepEqual(author.complaints, []);
    for (const { context } of [author, other]) await context.close();
  });

  for (const [name, size] of Object.entries(SIZES)) {
    it(`leaves everybody's map when it is withdrawn, and comes back when it is restored, on a ${name}`, async () => {
      const place = { lon: MIDDLE.lon + 0.14, lat: MIDDLE.lat + (name === "phone" ? 0.01 : 0) };
      const author = await own("Une estrade au parc", place, size);
      const [onMap, reader] = await Promise.all([openWindow(browser, server), openWindow(browser, server)]);
      await Promise.all([onMap.page.goto("/"), reader.page.goto(`/features/${author.id}`)]);
      await goTo(onMap.page, place);
      await onMap.page.locator(`#feature-${author.id}`).waitFor();

      await author.page.locator(".withdraw summary").click();
      await author.page.locator(".withdraw").getByRole("button", { name: "Retirer mon idée" }).click();
      await author.page.getByRole("heading", { name: "Votre idée est retirée" }).waitFor();
      await author.page.screenshot({ path: `${SCREENSHOTS}/withdrawn-${name}.png` });
      await onMap.page.locator(`#feature-${author.id}`).waitFor({ state: "detached" });
      await onMap.page.getByText("Rien à cet endroit de la carte").waitFor();
      await onMap.page.screenshot({ path: `${SCREENSHOTS}/nothing-here-desktop.png` });
      await reader.page.getByText("vient d’être retirée").waitFor();
      await mapIsStill(onMap.page);
      assert.equal(await pointOf(onMap.page, author.id), undefined);

      await author.page.getByRole("button", { name: "La remettre sur la carte" }).click();
      assert.equal(await published(author.page), author.id);
      await onMap.page.locator(`#feature-${author.id}`).waitFor();
      for (const { complaints, context } of [author, onMap, reader]) {
        assert.deepEqual(complaints, []);
        await context.close();
      }
    });
  }

  it("waits for the connection on its device, and goes by itself once there is one", async () => {
    const { context, page } = await openWindow(browser, server, SIZES.phone);
    await page.goto(`/proposals/new?lon=${MIDDLE.lon}&lat=${MIDDLE.lat}`);
    await mapIsStill(page);
    await context.setOffline(true);
    await describeIdea(page, { title: "Un abribus", body: "Écrit dans le tunnel." });
    await page.getByRole("button", { name: "Voir l’aperçu" }).click();
    await page.getByText("Votre texte est gardé sur cet appareil").waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/offline-phone.png` });
    await context.setOffline(false);
    await page.getByRole("heading", { name: "Avant de publier" }).waitFor();
    await context.setOffline(true);
    await page.getByRole("button", { name: "Publier", exact: true }).click();
    await page.getByText("Votre texte est gardé sur cet appareil").waitFor();
    await context.setOffline(false);
    const id = await published(page);
    assert.equal((await server.json(`/api/features/${id}`)).properties.title, "Un abribus");
    assert.equal(await page.evaluate(() => localStorage.getItem("parvis-draft")), null);
    await context.close();
  });

  it("comes back to who closed the page while there was no connection", async () => {
    const { context, page } = await openWindow(browser, server);
    await page.goto(`/proposals/new?lon=${MIDDLE.lon}&lat=${MIDDLE.lat}`);
    await mapIsStill(page);
    await context.setOffline(true);
    await describeIdea(page, { title: "Un banc au soleil", body: "Face à la rivière.", theme: "Culture" });
    await page.getByRole("button", { name: "Voir l’aperçu" }).click();
    await page.getByText("Votre texte est gardé sur cet appareil").waitFor();
    await page.close();
    await context.setOffline(false);
    const later = await context.newPage();
    await later.goto("/proposals/new");
    await later.getByText("Votre brouillon est revenu").waitFor();
    assert.equal(await later.getByLabel("Expliquez-la").inputValue(), "Face à la rivière.");
    assert.ok(await later.getByRole("radio", { name: "Culture" }).isChecked());
    assert.equal(Number(await later.locator("#lon").inputValue()), MIDDLE.lon);
    await preview(later);
    await publish(later);
    await context.close();
  });
});
