// The territory: an administrator of an empty square finds the city, gives its outlines and draws one, and the map shows them.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { signIn } from "./people.mjs";
import { barriers, press, SIZES } from "./steps.mjs";
import { mapIsStill, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

const screenshot = (page, name) => page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true });

/** Hexagons around a place, as a city's file has its neighbourhoods. */
function quartiers() {
  const features = ["Centre", "Gare", "Les Hauts", "Le Port"].map((nom, n) => {
    const [lon, lat] = [3.05 + (n % 2) * 0.035, 50.62 + Math.floor(n / 2) * 0.025];
    const corner = (k) => [lon + 0.018 * Math.cos((k * Math.PI) / 3), lat + 0.012 * Math.sin((k * Math.PI) / 3)];
    const ring = [0, 1, 2, 3, 4, 5, 0].map(corner);
    return { type: "Feature", properties: { id_quartier: `Q${n + 1}`, nom }, geometry: { type: "Polygon", coordinates: [ring] } };
  });
  return Buffer.from(JSON.stringify({ type: "FeatureCollection", features }));
}

describe("the territory", { timeout: 240_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer({ empty: true }), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("is found, gets its outlines from a file and by hand, and is on the map", async () => {
    const desk = await openWindow(browser, server, { bypassCSP: true });
    await signIn(server, desk.context, 400, "ada@ville.example", "administrator");
    const { page, complaints } = desk;
    await page.goto("/admin/areas");
    await page.getByText("Aucun secteur pour l’instant").waitFor();
    assert.deepEqual(await barriers(page), []);
    await page.getByRole("searchbox", { name: "Cherchez votre commune" }).pressSequentially("toulouse met", { delay: 20 });
    await page.getByText("1 réponse", { exact: true }).waitFor();
    await screenshot(page, "areas-found");
    assert.deepEqual(await barriers(page), []);
    await press(page, "ArrowDown", "Enter");
    await page.getByText("Votre territoire est choisi").waitFor();
    await page.getByText("0 sur 37 ont un contour").waitFor();
    await screenshot(page, "areas-chosen");

    await page.getByLabel("Fichier de contours").setInputFiles({ name: "vide.geojson", mimeType: "application/geo+json", buffer: Buffer.from("{}") });
    await page.getByRole("button", { name: "Regarder le fichier" }).click();
    await page.getByText("Rien n’est enregistré.").waitFor();
    await screenshot(page, "areas-refused");
    await page.getByLabel("Fichier de contours").setInputFiles({ name: "quartiers.geojson", mimeType: "application/geo+json", buffer: quartiers() });
    await page.getByLabel("Niveau", { exact: true }).fill("quartier");
    await page.getByRole("button", { name: "Regarder le fichier" }).click();
    await page.getByRole("heading", { level: 1, name: "Ce que contient le fichier" }).waitFor();
    await page.getByRole("img", { name: "Les 4 contours du fichier" }).waitFor();
    assert.equal(await page.getByLabel("Colonne du nom").inputValue(), "nom");
    assert.equal(await page.getByLabel("Colonne du code").inputValue(), "id_quartier");
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, "areas-file");
    await page.getByRole("button", { name: "Importer" }).click();
    await page.getByText("4 secteurs nouveaux.").waitFor();

    await page.getByRole("link", { name: "Dessiner un contour" }).click();
    await mapIsStill(page);
    await page.getByLabel("Nom", { exact: true }).fill("La Plaine");
    await page.getByLabel("Niveau", { exact: true }).fill("quartier");
    await page.locator("#outline-bar").scrollIntoViewIfNeeded();
    const box = await page.locator("#outline").boundingBox();
    for (const [x, y] of [[0.2, 0.2], [0.8, 0.25], [0.7, 0.8], [0.25, 0.7]]) await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
    await page.getByText("4 sommets").waitFor();
    assert.equal(JSON.parse(await page.getByLabel("Le même contour en GeoJSON").inputValue()).type, "Polygon");
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, "areas-draw");
    await page.getByRole("button", { name: "Créer le secteur" }).click();
    await page.getByText("Le secteur est créé").waitFor();

    await page.getByRole("link", { name: "Modifier La Plaine" }).click();
    await page.getByRole("heading", { level: 1, name: "La Plaine" }).waitFor();
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, "areas-edit");
    await page.getByRole("button", { name: "Retirer" }).click();
    await page.getByText("est retiré").waitFor();
    await screenshot(page, "areas-removed");
    await page.getByRole("button", { name: "Remettre le secteur" }).click();
    await page.getByText("Le secteur est remis").waitFor();

    const { page: map } = await openWindow(browser, server);
    await map.goto("/");
    await mapIsStill(map);
    const names = () => map.evaluate(() => window.parvis.map.querySourceFeatures("context", { sourceLayer: "areas" }).map((f) => f.properties.name));
    assert.ok((await names()).includes("La Plaine") && (await names()).includes("Gare"));
    assert.deepEqual(complaints.filter((said) => !said.includes("400")), []);
  });

  it("is set up on a phone, in the dark, and without scripts", async () => {
    const phone = await openWindow(browser, server, { ...SIZES.phone, colorScheme: "dark", bypassCSP: true });
    await signIn(server, phone.context, 401, "noe@ville.example", "administrator");
    for (const [path, name] of [["/admin/areas?q=saint+denis", "areas-phone"], ["/admin/areas/new", "areas-phone-draw"], ["/admin/areas/1", "areas-phone-edit"]]) {
      await phone.page.goto(path);
      if (path.endsWith("new")) await mapIsStill(phone.page);
      assert.deepEqual(await barriers(phone.page), []);
      const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 390, `${path} is ${wide} pixels wide`);
      await screenshot(phone.page, name);
    }
    const plain = await openWindow(browser, server, { javaScriptEnabled: false });
    await signIn(server, plain.context, 402, "eve@ville.example", "administrator");
    await plain.page.goto("/admin/areas");
    await plain.page.getByRole("searchbox", { name: "Choisir un autre territoire" }).fill("st etienne");
    await plain.page.getByRole("button", { name: "Chercher" }).first().click();
    await plain.page.getByRole("button", { name: /^Saint-Étienne commune/ }).click();
    await plain.page.getByText("Votre territoire est choisi").waitFor();
    await plain.page.getByLabel("Fichier de contours").setInputFiles({ name: "quartiers.geojson", mimeType: "application/geo+json", buffer: quartiers() });
    await plain.page.getByRole("button", { name: "Regarder le fichier" }).click();
    await plain.page.getByLabel("Niveau", { exact: true }).fill("quartier");
    await plain.page.getByRole("button", { name: "Importer" }).click();
    await plain.page.getByText("4 étaient déjà à jour.").waitFor();
  });
});
