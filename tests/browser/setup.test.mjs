// The first ten minutes of a city: from the link that an empty server prints to a first idea and its answer, in the browser alone. Counted
// in presses and timed: the figures are printed, and no clock decides whether it passes.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { barriers, describeIdea, preview, publish, SIZES } from "./steps.mjs";
import { freePort, giveDevice, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

const screenshot = (page, name) => page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true });

/** An outline as a town's GIS gives it. */
const OUTLINE = {
  type: "Feature",
  properties: { nom: "Montclar", insee: "99001" },
  geometry: { type: "Polygon", coordinates: [[[2.84, 48.93], [2.92, 48.93], [2.92, 48.99], [2.84, 48.99], [2.84, 48.93]]] },
};

describe("a first set-up", { timeout: 240_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer({ empty: true }), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("leads from an empty database to a published idea and its answer", async (test) => {
    const began = Date.now();
    let presses = 0;
    const desk = await openWindow(browser, server, { bypassCSP: true });
    const { page, complaints } = desk;
    const press = async (role, name) => {
      presses += 1;
      await page.getByRole(role, { name }).click();
    };
    await page.waitForTimeout(200);
    assert.match(server.printed[1], /\/setup\?key=/);
    await page.goto(server.printed[1]);
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, "setup-first");
    await page.getByLabel("Adresse électronique").fill("maire@montclar.example");
    await page.getByLabel("Nom (facultatif)").fill("Claire Morin");
    await press("button", "Commencer");

    await page.getByText("9 étapes restent à faire").waitFor();
    assert.deepEqual(await barriers(page), []);
    await page.getByText("une adresse en chiffres").waitFor();
    assert.equal(await page.getByRole("link", { name: "Clé d’accès" }).count(), 0, "no way to what cannot be done");
    await screenshot(page, "setup-steps");
    await press("link", "Continuer : Nommer le site");
    await page.getByLabel("Nom du site").fill("La carte de Montclar");
    await page.getByLabel("Collectivité").fill("Commune de Montclar");
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, "setup-identity");
    await press("button", "Enregistrer et continuer");

    await press("link", "Continuer : Tracer le territoire");
    presses += 1;
    await page.getByLabel("Fichier de contours").setInputFiles({ name: "montclar.geojson", mimeType: "application/geo+json", buffer: Buffer.from(JSON.stringify(OUTLINE)) });
    await page.getByLabel("Niveau", { exact: true }).fill("commune");
    await press("button", "Regarder le fichier");
    await press("button", "Importer");
    await page.getByText("1 secteur nouveau").waitFor();
    await press("link", "La reprendre");

    await press("link", "Continuer : Choisir un fond de carte");
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, "setup-basemap");
    await press("button", "Enregistrer et continuer");

    await press("link", "Continuer : Donner un visage");
    await page.getByLabel("Couleur").fill("#8a1538");
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, "setup-face");
    await press("button", "Enregistrer et continuer");
    await page.getByLabel("Titre de l’accueil", { exact: true }).fill("Dessinons Montclar ensemble");
    await page.getByLabel("Mot d’accueil", { exact: true }).fill("La commune prépare **2027**. Chaque idée reçoit une réponse.");
    await press("button", "Enregistrer et continuer");

    await press("link", "Continuer : Choisir les thèmes");
    await press("button", "Commencer avec six thèmes courants");
    await press("link", "La reprendre");
    await press("link", "Continuer : Ouvrir une première démarche");
    await page.getByLabel("Titre d’une nouvelle démarche").fill("Vos idées pour 2027");
    await press("button", "Créer un brouillon");
    await page.getByRole("heading", { level: 1, name: "Vos idées pour 2027" }).waitFor();
    await page.getByLabel("Visibilité").selectOption("public");
    await press("button", "Enregistrer");
    await press("link", "La reprendre");

    await page.getByText("2 étapes restent à faire").waitFor();
    await press("link", "Écrire les mentions légales");
    await page.getByLabel("Éditeur", { exact: true }).fill("Commune de Montclar");
    await page.getByLabel("Directeur ou directrice de la publication").fill("Claire Morin, maire");
    await page.getByLabel("Hébergeur", { exact: true }).fill("Syndicat numérique");
    await press("button", "Enregistrer et continuer");
    await press("button", "Terminer la mise en service");
    await page.waitForURL((url) => url.pathname === "/");
    await page.getByText("Dessinons Montclar ensemble").waitFor();
    const ready = Math.round((Date.now() - began) / 1000);
    await screenshot(page, "setup-done");

    // A resident, on a phone, without a map.
    const resident = await openWindow(browser, server, { ...SIZES.phone, bypassCSP: true });
    await resident.page.goto("/");
    await resident.page.getByText("La carte de Montclar").first().waitFor();
    await screenshot(resident.page, "setup-resident");
    await resident.page.goto("/proposals/new?process=vos-idees-pour-2027&lon=2.88&lat=48.96");
    await describeIdea(resident.page, { title: "Un banc devant l’école", body: "À l’ombre du tilleul.", theme: "Écoles et jeunesse" });
    await preview(resident.page);
    const id = await publish(resident.page);

    await page.goto(`/features/${id}`);
    presses += 1;
    await page.locator(".agent summary").click();
    await page.getByLabel("Suite donnée").selectOption("accepted");
    await page.locator("#agent-body").fill("C’est oui, pour le printemps.");
    await press("button", "Publier la réponse");
    await page.locator("#answer", { hasText: "pour le printemps" }).waitFor();
    await resident.page.goto(`/features/${id}`);
    await resident.page.getByText("C’est oui, pour le printemps.").first().waitFor();
    await screenshot(resident.page, "setup-answered");
    test.diagnostic(`${presses} presses of the desk, ${ready} s until the site was set up, ${Math.round((Date.now() - began) / 1000)} s until the answer`);
    assert.ok(presses <= 30, `${presses} presses`);
    assert.deepEqual(complaints, []);
    assert.deepEqual(resident.complaints, []);
  });

  it("is shut once it is ended, and its pages have no barriers on a phone in the dark", async () => {
    const { page } = await openWindow(browser, server, { ...SIZES.phone, colorScheme: "dark", bypassCSP: true });
    await page.goto(server.printed[1]);
    await page.getByRole("heading", { name: "La mise en service n’est pas ouverte ici" }).waitFor();
    for (const path of ["/setup", "/legal", "/accessibility", "/terms", "/help", "/contact", "/"]) {
      await page.goto(path);
      await page.locator("h1").first().waitFor();
      assert.deepEqual(await barriers(page), [], path);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 390, `${path} is ${wide} pixels wide`);
      await screenshot(page, `about-${path.slice(1) || "map"}-phone-dark`);
    }
  });
});

describe("a first set-up under a name", { timeout: 120_000 }, () => {
  let server, browser;
  before(async () => {
    const port = await freePort();
    const settings = { PARVIS_LISTEN: `127.0.0.1:${port}`, PARVIS_PUBLIC_URL: `http://localhost:${port}` };
    [server, browser] = await Promise.all([startServer({ empty: true, settings }), startBrowser()]);
    server = { ...server, address: settings.PARVIS_PUBLIC_URL };
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("asks for a passkey, and comes back with it", async () => {
    const { context, page, complaints } = await openWindow(browser, server, { bypassCSP: true });
    await giveDevice(context, page);
    await page.waitForTimeout(200);
    await page.goto(server.printed[1]);
    await page.getByLabel("Adresse électronique").fill("maire@montclar.example");
    await page.getByRole("button", { name: "Commencer" }).click();
    await page.getByText("10 étapes restent à faire").waitFor();
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, "setup-passkey-asked");
    await page.getByRole("link", { name: "Clé d’accès" }).click();
    await page.waitForURL((url) => url.pathname === "/account");
    await page.getByLabel("Nom de la clé").fill("Ordinateur de la mairie");
    await page.getByRole("button", { name: "Ajouter une clé d’accès" }).click();
    await page.waitForURL((url) => url.pathname === "/setup");
    await page.getByText("9 étapes restent à faire").waitFor();
    await page.locator(".setup-steps .is-done", { hasText: "Clé d’accès" }).waitFor();
    await screenshot(page, "setup-passkey-made");
    assert.deepEqual(complaints, []);
  });
});
