// Accessibility that a machine can see: axe's rules for WCAG 2.2 AA, RGAA and good practice on each page, in each state, on
// light and dark paper, on a desktop and on a phone. People see the rest.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { goTo, mapIsStill, MIDDLE, openWindow, startBrowser, startServer } from "./world.mjs";
import { barriers, describeIdea, picture, pixelOf, preview, publish, SIZES } from "./steps.mjs";

describe("access", { timeout: 400_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** A window, and a look at its page on both papers: what is found is gathered, to be said at once. */
  async function look(size) {
    const opened = await openWindow(browser, server, { ...size, bypassCSP: true });
    const found = [];
    const see = async (what) => {
      for (const colorScheme of ["light", "dark"]) {
        await opened.page.emulateMedia({ colorScheme });
        found.push(...(await barriers(opened.page)).map((barrier) => `${what}, ${colorScheme}: ${barrier}`));
      }
      await opened.page.emulateMedia({ colorScheme: "light" });
    };
    return { ...opened, found, see };
  }

  for (const [name, size] of Object.entries(SIZES)) {
    it(`has no barrier on the map and the list, on a ${name}`, async () => {
      const place = { lon: MIDDLE.lon + 0.1, lat: MIDDLE.lat + (name === "phone" ? 0.01 : 0) };
      await server.place("Une rampe à l’entrée", { ...place, theme: "mobilite" });
      const { context, page, found, see } = await look(size);
      await page.goto("/");
      await mapIsStill(page);
      await see("the map");
      if (name === "phone") await page.getByRole("button", { name: "Agrandir ou réduire la liste" }).click();
      await page.locator("#filters summary").click();
      await page.getByLabel("Nature en ville").check();
      await page.locator(".chip").waitFor();
      await see("filters and chips");
      await page.getByRole("searchbox").fill("zzyzx");
      await page.getByText("Rien ne correspond à ces filtres").waitFor();
      await see("nothing matches");
      await page.goto("/");
      await goTo(page, place);
      await page.locator("#map").click({ position: await pixelOf(page, place) });
      await page.locator(name === "phone" ? ".popup-card" : "#beside-body h1").first().waitFor();
      await see("one of them on the map");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Proposer une idée" }).click();
      await see("the cross");
      await page.goto("/list?theme=culture");
      await see("the list");
      await page.goto("/list?q=zzyzx");
      await see("an empty list");
      await page.goto("/nowhere");
      await see("an error");
      const { status } = await page.goto("/design").then((answer) => ({ status: answer.status() }));
      if (status === 200) await see("the style guide");
      assert.deepEqual(found, []);
      await context.close();
    });

    it(`has no barrier on the way of an idea, on a ${name}`, async () => {
      const { context, page, found, see } = await look(size);
      await page.goto("/proposals/new");
      await mapIsStill(page);
      await see("the form");
      await page.getByRole("combobox", { name: "Adresse, rue ou lieu" }).fill("rue t");
      await page.locator("#addresses [role=option]").first().waitFor();
      await page.keyboard.press("ArrowDown");
      await see("the list of addresses");
      await page.keyboard.press("Enter");
      await page.locator(".maplibregl-marker").waitFor();
      await page.getByRole("radio", { name: "Une ligne" }).check();
      await goTo(page, { lon: MIDDLE.lon + 0.002, lat: MIDDLE.lat }, 17);
      await page.getByRole("button", { name: "Ajouter un sommet ici" }).click();
      await page.getByText(/Ligne de .*, 2 sommets/).waitFor();
      await see("a line");
      await page.locator("#photo").setInputFiles({ name: "notes.jpg", mimeType: "image/jpeg", buffer: Buffer.from("non") });
      await page.locator("#photo-said.problem").waitFor();
      await page.locator("#photo").setInputFiles(await picture(page));
      await page.locator("#photos li").waitFor();
      await page.locator("#title").evaluate((field) => {
        field.value = " a ";
        field.removeAttribute("minlength");
      });
      await page.getByRole("button", { name: "Voir l’aperçu" }).click();
      await page.getByText("Donnez un titre").waitFor();
      await mapIsStill(page);
      await see("the form with problems");
      await describeIdea(page, { title: "Un banc n° 1", body: "Avec *dossier*.", theme: "Culture" });
      await context.setOffline(true);
      await page.getByRole("button", { name: "Voir l’aperçu" }).click();
      await page.locator("#waiting").waitFor();
      await see("no connection");
      await context.setOffline(false);
      await page.getByRole("heading", { name: "Avant de publier" }).waitFor();
      await see("the preview");
      const id = await publish(page);
      await page.locator(".withdraw summary").click();
      await see("one's own idea");
      await page.goto(`/features/${id}/edit`);
      await mapIsStill(page);
      await see("its change");
      await page.goto(`/features/${id}`);
      await page.locator(".withdraw summary").click();
      await page.locator(".withdraw").getByRole("button", { name: "Retirer mon idée" }).click();
      await page.getByRole("heading", { name: "Votre idée est retirée" }).waitFor();
      await see("withdrawn");
      assert.deepEqual(found, []);
      await context.close();
    });

    it(`has no barrier on an idea's page, on a ${name}`, async () => {
      const id = await server.place("Un préau", { ...MIDDLE, theme: "nature", body: "À l’abri.\n\n- de la pluie\n- du soleil" });
      const { context, page, found, see } = await look(size);
      await page.goto(`/features/${id}`);
      await see("an idea");
      await page.getByRole("button", { name: "Je soutiens" }).click();
      await page.locator("#votes-for", { hasText: "1" }).waitFor();
      for (const side of ["for", "against"]) await page.locator(`.column.${side} summary`).click();
      await page.locator("#argue-against").fill(" a ");
      await page.locator(".column.against").getByRole("button", { name: "Publier l’argument" }).click();
      await page.getByText("au moins 3 caractères").waitFor();
      await see("arguments with a problem");
      await page.locator("#argue-against").fill("Moins de ciel");
      await page.locator(".column.against").getByRole("button", { name: "Publier l’argument" }).click();
      await page.locator(".argument", { hasText: "Moins de ciel" }).waitFor();
      await page.locator("#place-map").scrollIntoViewIfNeeded();
      await page.locator("#place-map .maplibregl-marker").waitFor();
      await see("voices and arguments");
      assert.deepEqual(found, []);
      await context.close();
    });
  }

  it("has no barrier where there is no map", async () => {
    const { context, page, found, see } = await look(SIZES.desktop);
    await context.addInitScript(() => {
      window.HTMLCanvasElement.prototype.getContext = () => null;
    });
    await page.goto("/");
    await page.getByText("La carte ne peut pas s’afficher").waitFor();
    await see("no map");
    await page.goto("/proposals/new");
    await see("the form without a map");
    await describeIdea(page, { title: "Sans carte" });
    await page.getByText("Sans la carte").click();
    await page.getByLabel("Ou un secteur entier").selectOption("est");
    await preview(page);
    await see("the preview of an area's idea");
    assert.deepEqual(found, []);
    await context.close();
  });
});
