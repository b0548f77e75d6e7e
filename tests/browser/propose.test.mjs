// Placing an idea: from the map with a pointer, by keys alone from the first page to the last, from the form's own map, from
// one's own position. Nothing typed is lost. Lines, areas and photos are in shapes.test.mjs.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { goTo, mapIsStill, MIDDLE, openWindow, pointOf, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";
import { describeIdea, press, preview, publish, published, SIZES, tabTo } from "./steps.mjs";

describe("an idea", { timeout: 400_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const coordinates = async (id) => (await server.json(`/api/features/${id}`)).geometry.coordinates;
  const near = (a, b, margin = 2e-5) => assert.ok(Math.abs(a - b) <= margin, `${a} is not near ${b}`);

  for (const [name, size] of Object.entries(SIZES)) {
    it(`is placed from the map of a ${name}: the cross, a touch, the form, the preview, and it is on everybody's map`, async () => {
      const [person, other] = await Promise.all([openWindow(browser, server, size), openWindow(browser, server)]);
      await other.page.goto("/");
      const { page } = person;
      await page.goto("/");
      const around = { lon: MIDDLE.lon + 0.02, lat: MIDDLE.lat + (name === "phone" ? 0.02 : 0.03) };
      await Promise.all([goTo(page, around), goTo(other.page, around)]);
      await page.getByRole("button", { name: "Proposer une idée" }).click();
      await page.getByText("Amenez l’endroit sous la croix").waitFor();
      const spot = name === "phone" ? { x: 120, y: 200 } : { x: 600, y: 300 };
      const target = await page.evaluate(({ x, y }) => window.parvis.map.unproject([x, y]), spot);
      await page.locator("#map").click({ position: spot });
      await mapIsStill(page);
      const cross = await page.locator("#cross").boundingBox();
      const middle = await page.evaluate(() => window.parvis.map.project(window.parvis.map.getCenter()));
      const map = await page.locator("#map").boundingBox();
      near(cross.x + cross.width / 2, map.x + middle.x, 1);
      near(cross.y + cross.height / 2, map.y + middle.y, 1);
      await page.screenshot({ path: `${SCREENSHOTS}/cross-${name}.png` });
      await page.getByRole("button", { name: "C’est ici" }).click();
      await page.waitForURL(/\/proposals\/new\?lon=/);
      await mapIsStill(page);
      await page.locator(".maplibregl-marker").waitFor();
      await page.getByText("Placé : Quartier").waitFor();
      await describeIdea(page, { title: `Une passerelle sur la Marne, vue d’un ${name}`, body: "Pour aller au **marché** à pied.\n\nEt au lycée.", theme: "Mobilité" });
      await page.screenshot({ path: `${SCREENSHOTS}/form-${name}.png` });
      await preview(page);
      assert.equal(await page.locator(".preview-card strong").textContent(), "marché");
      await page.locator("#place-map canvas").waitFor();
      await page.screenshot({ path: `${SCREENSHOTS}/preview-${name}.png`, fullPage: true });
      // Back to correct it: everything is still there.
      await page.getByRole("button", { name: "Corriger" }).click();
      assert.match(await page.getByLabel("Votre idée en une phrase").inputValue(), /^Une passerelle/);
      assert.ok(await page.getByRole("radio", { name: "Mobilité" }).isChecked());
      await mapIsStill(page);
      await page.locator(".maplibregl-marker").waitFor();
      await preview(page);
      const id = await publish(page);
      const [lon, lat] = await coordinates(id);
      near(lon, target.lng);
      near(lat, target.lat);
      await other.page.locator(`#feature-${id}`, { hasText: "Une passerelle sur la Marne" }).waitFor();
      await mapIsStill(other.page);
      assert.equal((await pointOf(other.page, id)).theme, "mobilite");
      assert.equal(await page.evaluate(() => localStorage.getItem("parvis-draft")), null, "sent: no draft is left");
      await page.screenshot({ path: `${SCREENSHOTS}/own-${name}.png`, fullPage: true });
      for (const { complaints, context } of [person, other]) {
        assert.deepEqual(complaints, []);
        await context.close();
      }
    });
  }

  it("goes the whole way with the keyboard alone: map, form, preview, publish, vote, argue", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto("/");
    await goTo(page, MIDDLE, 16);
    await tabTo(page, "#acts a");
    await press(page, "Enter");
    await page.waitForFunction(() => document.activeElement.matches(".maplibregl-canvas"));
    await press(page, "Escape");
    await page.waitForFunction(() => document.activeElement.closest("#acts")); // Cancelled: back on the button.
    await press(page, "Enter", "ArrowRight");
    await mapIsStill(page);
    await press(page, "ArrowUp");
    await mapIsStill(page);
    const centre = await page.evaluate(() => window.parvis.map.getCenter());
    await press(page, "Enter");
    await page.waitForURL(/\/proposals\/new/);
    await mapIsStill(page);
    await page.locator(".maplibregl-marker").waitFor();

    // The marker by arrows: ten pixels to the right, a hundred with Shift, and back.
    await tabTo(page, ".maplibregl-canvas");
    const lon = () => page.locator("#lon").inputValue().then(Number);
    near(await lon(), centre.lng, 1e-6);
    await press(page, "ArrowRight");
    const small = (await lon()) - centre.lng;
    assert.ok(small > 0);
    await press(page, "ArrowLeft", "Shift+ArrowRight");
    near((await lon()) - centre.lng, small * 10, small);
    await press(page, "Shift+ArrowLeft");
    near(await lon(), centre.lng, 5e-6);
    await tabTo(page, "#title");
    await page.keyboard.type("Un abri à vélos");
    await tabTo(page, "[name=theme]");
    await press(page, "ArrowDown");
    await tabTo(page, ".actions button");
    await press(page, "Enter");
    await page.getByRole("heading", { name: "Avant de publier" }).waitFor();
    await tabTo(page, "[value=publish]");
    await press(page, "Enter");
    const id = await published(page);
    near((await coordinates(id))[0], centre.lng);
    near((await coordinates(id))[1], centre.lat);

    await tabTo(page, "#vote-for");
    await press(page, "Enter");
    await page.locator("#votes-for", { hasText: "1" }).waitFor();
    await tabTo(page, ".column.for summary");
    await press(page, "Enter");
    await tabTo(page, "#argue-for");
    await page.keyboard.type("Au sec, même l’hiver");
    await tabTo(page, ".column.for .argue button");
    await press(page, "Enter");
    await page.locator(".argument", { hasText: "Au sec, même l’hiver" }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("is placed on the form's own map, and what was typed outlives the page", async () => {
    const { context, page, complaints } = await openWindow(browser, server, SIZES.phone);
    const zoom = () => page.evaluate(() => window.parvis.map.getZoom());
    await page.goto("/proposals/new");
    await mapIsStill(page);
    await page.getByLabel("Votre idée en une phrase").fill("Des bancs à l’ombre");
    // From too far away a touch is no place: it comes closer, and says so.
    const before = await zoom();
    assert.ok(before < 14);
    await page.locator("#picker").click({ position: { x: 200, y: 150 } });
    await page.getByText("Rapprochez-vous encore").waitFor();
    await page.waitForFunction(() => window.parvis.map.getZoom() >= 14);
    await mapIsStill(page);
    assert.equal(await page.locator("#lon").inputValue(), "");
    await page.screenshot({ path: `${SCREENSHOTS}/too-far-phone.png` });
    await page.locator("#picker").click({ position: { x: 100, y: 120 } });
    await page.locator(".maplibregl-marker").waitFor();
    const lon = await page.locator("#lon").inputValue();
    assert.match(lon, /^2\.\d{6}$/);

    await page.goto("/");
    await page.goto("/proposals/new");
    await page.getByText("Votre brouillon est revenu").waitFor();
    assert.equal(await page.getByLabel("Votre idée en une phrase").inputValue(), "Des bancs à l’ombre");
    assert.equal(await page.locator("#lon").inputValue(), lon);
    await page.locator(".maplibregl-marker").waitFor();
    await mapIsStill(page);
    await page.screenshot({ path: `${SCREENSHOTS}/draft-phone.png`, fullPage: true });

    // Refused by the server, the page says why and keeps everything.
    await page.locator("#title").evaluate((field) => {
      field.value = " a ";
      field.removeAttribute("minlength");
    });
    await page.getByRole("button", { name: "Voir l’aperçu" }).click();
    await page.getByText("Donnez un titre d’au moins 3 caractères.").waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/form-problem-phone.png`, fullPage: true });
    assert.equal(await page.locator("#lon").inputValue(), lon);
    await page.getByLabel("Votre idée en une phrase").fill("Des bancs à l’ombre");
    await preview(page);
    const id = await publish(page);
    assert.equal((await coordinates(id))[0], Number(lon));
    await page.screenshot({ path: `${SCREENSHOTS}/feature-phone.png`, fullPage: true });
    assert.deepEqual(complaints.filter((text) => !text.includes("400")), []);
    await context.close();
  });

  it("may be about a whole area, and is told when its point is outside of all", async () => {
    const { context, page } = await openWindow(browser, server);
    await page.goto("/proposals/new?lon=2.5&lat=48.9");
    await mapIsStill(page);
    await page.getByText(/Hors du territoire, à \d+ m/).waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/outside-desktop.png` });
    await page.getByLabel("Votre idée en une phrase").fill("Moins de bruit la nuit");
    await page.getByRole("button", { name: "Voir l’aperçu" }).click();
    await page.getByText("Ce point est hors du territoire").waitFor();
    await page.locator(".maplibregl-marker").waitFor();
    await page.getByLabel("Ou un secteur entier").selectOption("est");
    assert.equal(await page.locator("#lon").inputValue(), "", "a point or an area");
    assert.equal(await page.locator(".maplibregl-marker").count(), 0);
    await preview(page);
    await page.getByText("Concerne tout le secteur").waitFor();
    const { geometry, properties } = await server.json(`/api/features/${await publish(page)}`);
    assert.equal(geometry, null);
    assert.deepEqual(properties.areas, ["est"]);
    await context.close();
  });

  it("may begin at one's own position, and does without where it is refused", async () => {
    const here = { geolocation: { longitude: 2.8765, latitude: 48.9543 } };
    const willing = await openWindow(browser, server, { ...here, permissions: ["geolocation"] });
    await willing.page.goto("/proposals/new");
    await mapIsStill(willing.page);
    await willing.page.getByRole("button", { name: "Ma position" }).click();
    await willing.page.waitForFunction(() => document.getElementById("lon").value === "2.876500");
    await willing.page.locator(".maplibregl-marker").waitFor();
    await willing.page.getByText("Placé : Quartier ouest").waitFor();
    assert.deepEqual(willing.complaints, []);
    await willing.context.close();

    const { context, page, complaints } = await openWindow(browser, server, { ...SIZES.phone, permissions: [] });
    await page.goto("/proposals/new");
    await mapIsStill(page);
    await page.getByRole("button", { name: "Ma position" }).click();
    await page.getByText("Votre position n’est pas disponible").waitFor();
    assert.ok(await page.getByRole("button", { name: "Ma position" }).isEnabled());
    await page.screenshot({ path: `${SCREENSHOTS}/position-refused-phone.png` });
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
