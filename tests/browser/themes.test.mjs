// Themes: an administrator gives a process one of its own, a resident uses it there, and every open map draws it.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { signIn } from "./people.mjs";
import { barriers, describeIdea, preview, publish, SIZES } from "./steps.mjs";
import { goTo, mapIsStill, MIDDLE, openWindow, pointOf, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

const screenshot = (page, name) => page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true });

/** Beside the crowd of the seed, so that nothing is drawn as one with it. */
const QUAY = { lon: MIDDLE.lon + 0.12, lat: MIDDLE.lat };

/** Waits until the page's map knows a theme of this colour and icon. */
async function mapKnows(page, slug, color, icon) {
  await page.waitForFunction(
    ({ slug, color, icon }) => {
      const style = window.parvis?.map.getStyle();
      const theme = (style?.metadata?.["parvis:themes"] ?? []).find((theme) => theme.slug === slug);
      return theme?.color === color && theme.icon === icon;
    },
    { slug, color, icon },
  );
}

describe("themes", { timeout: 240_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("of a process are made at the desk, used in its form alone, and drawn on the map", async () => {
    const desk = await openWindow(browser, server, { bypassCSP: true });
    await signIn(server, desk.context, 300, "ada@ville.example", "administrator");
    const { page } = desk;
    await page.goto("/admin/processes/plan-velo/edit/themes");
    await page.getByRole("link", { name: "Ajouter un thème propre" }).click();
    await page.getByRole("heading", { level: 1, name: "Nouveau thème" }).waitFor();
    assert.equal(await page.getByLabel("Où est-il proposé ?").inputValue(), "plan-velo");
    await page.getByLabel("Nom du thème").fill("Mobilité");
    await page.getByRole("button", { name: "Créer le thème" }).click();
    await page.getByText("Il y a déjà un thème « Mobilité »").waitFor();
    assert.deepEqual(await barriers(page), []);
    await page.getByLabel("Nom du thème").fill("Quais et berges");
    await page.getByRole("radio", { name: "Vermillon" }).check();
    await page.getByRole("radio", { name: "Eau", exact: true }).check();
    await screenshot(page, "theme-new");
    await page.getByRole("button", { name: "Créer le thème" }).click();
    await page.getByText("Le thème est créé").waitFor();
    const row = page.getByRole("row", { name: /Quais et berges/ });
    assert.match(await row.textContent(), /Plan vélo/);

    const { context, page: map, complaints } = await openWindow(browser, server);
    await map.goto(`/proposals/new?lon=${QUAY.lon}&lat=${QUAY.lat}`);
    assert.equal(await map.getByRole("radio", { name: "Quais et berges" }).count(), 0, "not in the open square");
    // Chosen in the form, the process brings its themes, and nothing typed is lost.
    await describeIdea(map, { title: "Descendre jusqu’à l’eau" });
    await map.getByLabel("Démarche", { exact: true }).selectOption("plan-velo");
    await map.getByRole("button", { name: "Voir les thèmes et les règles de cette démarche" }).click();
    await map.getByRole("radio", { name: "Quais et berges" }).check();
    assert.equal(await map.getByLabel("Votre idée en une phrase").inputValue(), "Descendre jusqu’à l’eau");
    await preview(map);
    const id = await publish(map);
    await map.goto("/");
    await goTo(map, QUAY);
    await mapKnows(map, "quais-et-berges", "#d55e00", "water");
    assert.equal((await pointOf(map, id)).theme, "quais-et-berges");

    // A change is drawn by whoever looks, without a reload.
    await row.getByRole("link", { name: "Modifier" }).click();
    await page.getByRole("radio", { name: "Une autre couleur" }).check();
    await page.getByLabel("Code de l’autre couleur").fill("#ffee00");
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByText("se voit mal sur la carte claire").waitFor();
    await page.getByLabel("Code de l’autre couleur").fill("#c2410c");
    await page.getByRole("radio", { name: "Arbre" }).check();
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByText("Le thème est modifié").waitFor();
    await mapKnows(map, "quais-et-berges", "#c2410c", "tree");
    await mapIsStill(map);
    await map.screenshot({ path: `${SCREENSHOTS}/theme-map.png` });
    assert.deepEqual(complaints, []);

    // What is used stays; the page says what to do instead.
    await row.getByRole("link", { name: "Modifier" }).click();
    await page.getByText("1 contribution le porte").waitFor();
    assert.equal(await page.getByRole("button", { name: "Retirer" }).count(), 0);
    assert.deepEqual(await barriers(page), []);
    assert.deepEqual(desk.complaints.filter((said) => !said.includes("400 (Bad Request)")), []);
    await Promise.all([context, desk.context].map((context) => context.close()));
  });

  for (const [name, size] of Object.entries(SIZES)) {
    it(`can be listed and written by everybody, on a ${name}`, async () => {
      const { context, page, complaints } = await openWindow(browser, server, { ...size, bypassCSP: true });
      await signIn(server, context, name === "phone" ? 301 : 302, `${name}@ville.example`, "administrator");
      for (const [path, heading] of [["/admin/themes", "Thèmes"], ["/admin/themes/new", "Nouveau thème"], ["/admin/themes/1", "Mobilité"], ["/admin/processes/plan-velo", "Plan vélo"]]) {
        await page.goto(path);
        await page.getByRole("heading", { level: 1, name: heading }).waitFor();
        assert.deepEqual(await barriers(page), [], path);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(wide, 0, `${path} is no wider than the window`);
        await screenshot(page, `theme-${name}${path.replaceAll("/", "-")}`);
      }
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }
});
