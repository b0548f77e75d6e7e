// The agents' desk of reports: a catalogue from nothing, the list with its keys, what is taken back, and a round without a connection.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { signIn } from "./people.mjs";
import { barriers, picture, pixelOf, SIZES } from "./steps.mjs";
import { goTo, mapIsStill, MIDDLE, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

describe("the desk of reports", { timeout: 240_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer({ settings: { PARVIS_SECOND_FACTOR: "false" } }), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** Sends a report as a resident does; gives its number. */
  async function report(page, category, lon, body) {
    const there = await page.evaluate(
      async ([category, lon, lat, body]) => (await fetch("/reports", { method: "POST", body: new URLSearchParams({ category, lon, lat, body }) })).url,
      [category, lon, MIDDLE.lat, body],
    );
    return Number(new URL(there).pathname.split("/").at(-1));
  }

  it("begins with the usual catalogue, without a script, and tries it", async () => {
    const { context, page, complaints } = await openWindow(browser, server, { javaScriptEnabled: false });
    await signIn(server, context, 301, "admin@ville.example", "administrator");
    await page.goto("/admin/reports/catalogue");
    await page.getByRole("button", { name: "Mettre en place les catégories usuelles" }).click();
    await page.getByText("Les catégories usuelles sont en place").waitFor();
    await page.getByLabel("Catégorie", { exact: true }).selectOption({ label: "Propreté › Dépôt sauvage ou encombrants" });
    await page.getByLabel("Adresse, ou longitude et latitude").fill(`${MIDDLE.lon}, ${MIDDLE.lat}`);
    await page.getByRole("button", { name: "Essayer" }).click();
    await page.locator(".tried", { hasText: "Propreté urbaine" }).waitFor();
    await page.locator("#categories-title").waitFor();
    await page.getByRole("link", { name: "Déjections" }).click();
    await page.getByLabel("Question", { exact: true }).fill("De quel côté ?");
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByText("La catégorie est modifiée").waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("is worked through with keys, and what was done is taken back", async () => {
    const resident = await openWindow(browser, server);
    await resident.page.goto("/list");
    await report(resident.page, "nid-de-poule", MIDDLE.lon, "Devant la mairie");
    await report(resident.page, "nid-de-poule", MIDDLE.lon + 0.0003, "Trou devant la mairie");
    await report(resident.page, "fuite-d-eau", MIDDLE.lon + 0.01, "Depuis ce matin");
    await resident.context.close();
    for (const [name, size] of Object.entries(SIZES)) {
      const { context, page, complaints } = await openWindow(browser, server, { ...size, bypassCSP: true });
      await signIn(server, context, name === "phone" ? 303 : 302, `agent-${name}@ville.example`, "agent");
      await page.goto("/admin/reports");
      await page.getByText("3 signalements", { exact: false }).first().waitFor();
      assert.deepEqual(await barriers(page), []);
      await page.screenshot({ path: `${SCREENSHOTS}/reports-desk-${name}.png`, fullPage: true });
      if (name === "desktop") {
        for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key);
      } else {
        for (const box of (await page.locator(".check input").all()).slice(0, 2)) await box.check();
      }
      assert.equal(await page.locator(".check :checked").count(), 2);
      await page.getByLabel("État", { exact: true }).last().selectOption({ label: "Pris en compte" });
      await page.getByRole("button", { name: "Changer l’état" }).click();
      await page.getByText("2 signalements modifiés").waitFor();
      await page.getByRole("button", { name: "Annuler" }).click();
      await page.getByText("2 signalements sont comme avant").waitFor();
      // So is a service, and a clock.
      for (const act of ["Confier", "Suspendre"]) {
        for (const box of (await page.locator(".check input").all()).slice(0, 2)) await box.check();
        await page.getByLabel("Confier à").selectOption({ label: "Espaces verts et nature" });
        await page.getByRole("button", { name: act, exact: true }).click();
        await page.getByText("2 signalements modifiés").waitFor();
        await page.getByRole("button", { name: "Annuler" }).click();
        await page.getByText("2 signalements sont comme avant").waitFor();
        assert.equal(await page.locator("#reports tbody td", { hasText: "Espaces verts" }).count(), 0);
      }
      await page.locator("a.open", { hasText: "Nid-de-poule" }).first().click();
      await page.getByRole("heading", { name: "Le même problème" }).waitFor();
      assert.deepEqual(await barriers(page), []);
      await page.screenshot({ path: `${SCREENSHOTS}/reports-one-${name}.png`, fullPage: true });
      assert.deepEqual(complaints, []);
      await context.close();
    }
  });

  /** A report that waits to be read, beside another: what no journey can send without a process that reads first. */
  async function waits(like, { lon, lat }) {
    const wkb = Buffer.alloc(21);
    wkb.writeUInt8(1, 0);
    wkb.writeUInt32LE(1, 1);
    wkb.writeDoubleLE(lon, 5);
    wkb.writeDoubleLE(lat, 13);
    await server.sql(
      `insert into feature (id, kind, theme_id, status, title, body, search, wkb, channel, votes_for, votes_against, points, created_at, updated_at, held, slot_a, slot_b, slot_c)
       select 90001, kind, theme_id, status, title, 'Personne ne l’a encore lu', 'nid-de-poule personne ne l’a encore lu', x'${wkb.toString("hex")}', channel, 0, 0, 0, created_at, updated_at, 'waiting', slot_a, slot_b, slot_c
       from feature where id = ${like};
       insert into report (feature_id, category_id, service_id, rule_id, target_n, target_unit, received_at, due_at, is_overdue)
       select 90001, category_id, service_id, rule_id, target_n, target_unit, received_at, due_at, is_overdue from report where feature_id = ${like};`,
    );
    return 90001;
  }

  it("is chosen from on the map as in the list, with what nobody else sees", async () => {
    const resident = await openWindow(browser, server);
    await resident.page.goto("/list");
    const place = { lon: MIDDLE.lon + 0.02, lat: MIDDLE.lat };
    const id = await report(resident.page, "nid-de-poule", place.lon, "Au rond-point");
    // Below: the card of what was clicked lies above it.
    const hidden = { lon: place.lon, lat: place.lat - 0.0004 };
    const held = await waits(id, hidden);
    for (const path of ["/admin/reports/held", `/admin/reports/places?feature=${held}`]) {
      assert.equal(await resident.page.evaluate(async (path) => (await fetch(path)).status, path), 401, path);
    }
    await resident.context.close();
    for (const [name, size] of Object.entries(SIZES)) {
      const { context, page, complaints } = await openWindow(browser, server, { ...size, bypassCSP: true });
      await signIn(server, context, name === "phone" ? 306 : 305, `carte-${name}@ville.example`, "agent");
      await page.goto("/admin/reports?q=rond-point");
      await page.getByText("Carte de cette liste").click();
      // Nothing of what is held has this word: another query has both.
      await page.getByText("Rien de non public").waitFor();
      await page.goto("/admin/reports");
      await page.locator("#reports strong", { hasText: "attend la modération" }).waitFor();
      await page.getByText("Carte de cette liste").click();
      await page.getByText("1 signalement non public est dessiné.").waitFor();
      await goTo(page, place, 17);
      const map = page.locator("#report-map .place-map");
      const press = async (at) => {
        const { x, y } = await pixelOf(page, at);
        await map.click({ position: { x, y } });
      };
      const box = (number) => page.locator(`#reports input[name=feature][value="${number}"]`);
      await press(place);
      await page.locator(".report-map-card", { hasText: "Nid-de-poule" }).waitFor();
      assert.ok(await box(id).isChecked(), "the list's own box");
      await page.getByText("1 signalement choisi.").first().waitFor();
      await press(hidden);
      const card = page.locator(".report-map-card", { hasText: "attend la modération" });
      await card.waitFor();
      assert.equal(await card.getByRole("link").getAttribute("href"), `/admin/reports/${held}`);
      await page.getByText("2 signalements choisis.").first().waitFor();
      await mapIsStill(page);
      // A source's pieces overlap: what is at an edge is in both.
      const ringed = (wanted) =>
        page.waitForFunction((wanted) => {
          const ids = window.parvis.map.querySourceFeatures("report-chosen").map((one) => one.id);
          return [...new Set(ids)].sort().join() === wanted;
        }, [...wanted].sort().join());
      await ringed([id, held]);
      assert.deepEqual(await barriers(page), []);
      await page.screenshot({ path: `${SCREENSHOTS}/reports-desk-map-${name}.png`, fullPage: true });
      // The list's box is the same choice.
      await box(id).uncheck();
      await ringed([held]);
      assert.equal(await card.getByRole("checkbox").isChecked(), true);
      await card.getByRole("checkbox").uncheck();
      assert.ok(!(await box(held).isChecked()), "the card's box is the list's");
      // With keys: what is in the middle.
      await page.keyboard.press("Escape");
      await page.evaluate((at) => void window.parvis.map.jumpTo({ center: [at.lon, at.lat] }), place);
      await mapIsStill(page);
      await map.locator("canvas").focus();
      await page.keyboard.press("Enter");
      await page.getByText("1 signalement choisi.").first().waitFor();
      assert.ok(await box(id).isChecked());
      await page.getByRole("button", { name: "Choisir tout ce que montre la carte" }).click();
      await page.getByText("2 signalements choisis.").first().waitFor();
      assert.deepEqual(complaints, []);
      if (name === "phone") {
        await page.locator("#report-map-round").click();
        await page.getByText("0 / 2 arrêts faits").waitFor();
      }
      await context.close();
    }
    await server.sql("delete from feature where id = 90001;");
  });

  it("chooses on the map what is on another page of the list", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    await signIn(server, context, 307, "ailleurs@ville.example", "agent");
    // The list of another filter has no line of it; the map is asked for it by the view alone.
    await page.goto("/admin/reports?category=nid-de-poule");
    await page.evaluate(() => document.querySelector("#reports tbody tr:last-child").remove());
    await page.getByText("Carte de cette liste").click();
    await page.getByText("Rien de non public").waitFor();
    await mapIsStill(page);
    await page.getByRole("button", { name: "Choisir tout ce que montre la carte" }).click();
    const elsewhere = page.locator("#elsewhere");
    await elsewhere.getByText("Choisis sur la carte").waitFor();
    assert.equal(await elsewhere.getByRole("checkbox").count(), 1);
    const before = await page.locator("#reports input[name=feature]:checked").count();
    await elsewhere.getByRole("checkbox").uncheck();
    await page.getByText(`${before - 1} signalements choisis.`).first().waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("makes a round that keeps what is said where there is no connection", async () => {
    const { context, page } = await openWindow(browser, server, { ...SIZES.phone, bypassCSP: true });
    await signIn(server, context, 304, "tournee@ville.example", "agent");
    await page.goto("/admin/reports");
    await page.locator("#check-all").check();
    await page.getByRole("button", { name: "En faire une tournée" }).click();
    await page.getByRole("heading", { name: /^Tournée du/ }).waitFor();
    // The first stop comes at once: what is seldom done is put away.
    assert.ok(!(await page.getByRole("button", { name: "Ranger de proche en proche" }).isVisible()));
    await page.getByText("Autres actions").click();
    assert.ok(await page.getByRole("button", { name: "Ranger de proche en proche" }).isVisible());
    await page.getByText("Autres actions").click();
    assert.deepEqual(await barriers(page), []);
    await page.screenshot({ path: `${SCREENSHOTS}/reports-round-phone.png`, fullPage: true });
    const first = page.locator(".round-stop").first();
    const photo = await picture(page);
    await first.getByLabel("Photo après").setInputFiles(photo);
    await first.getByRole("button", { name: "Fait : c’est réparé" }).click();
    await page.getByText("1 / 4 arrêts faits").waitFor();
    await context.setOffline(true);
    const next = page.locator(".round-stop:not(.is-done)").first();
    await next.getByRole("button", { name: "Fait : c’est réparé" }).click();
    await page.getByText("Pas de connexion").waitFor();
    assert.equal(await page.locator(".round-stop.is-waiting").count(), 1);
    await context.setOffline(false);
    await page.getByText("2 / 4 arrêts faits").waitFor();
    await page.goto("/list?kind=report&status=done&category=nid-de-poule,fuite-d-eau");
    await page.getByText("2 contributions", { exact: false }).first().waitFor();
    await context.close();
  });
});
