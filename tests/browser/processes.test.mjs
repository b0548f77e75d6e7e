// A process from the desk to its end: an agent writes it, residents take part under its rules, a phase closes while a form is open.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { signIn } from "./people.mjs";
import { barriers, describeIdea, preview, publish, SIZES } from "./steps.mjs";
import { MIDDLE, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

const screenshot = (page, name) => page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true });

describe("processes", { timeout: 240_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  let people = 200;

  /** The value of a field `datetime-local`, so many minutes from now, by the clock of Paris. */
  const paris = (minutes) =>
    new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris", dateStyle: "short", timeStyle: "short" })
      .format(Date.now() + minutes * 60_000)
      .replace(" ", "T");

  const place = `lon=${MIDDLE.lon}&lat=${MIDDLE.lat}`;

  it("is written, previewed, published and undone at the desk", async () => {
    const { context, page, complaints } = await openWindow(browser, server, { bypassCSP: true });
    await signIn(server, context, ++people, "claire@ville.example", "planner");
    await page.goto("/admin/processes");
    await page.getByLabel("Titre d’une nouvelle démarche").fill("Le parc du Lac");
    await page.getByRole("radio", { name: /Une page vide/ }).check();
    await page.getByRole("button", { name: "Créer un brouillon" }).click();
    await page.getByRole("heading", { level: 1, name: "Le parc du Lac" }).waitFor();
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, "process-desk");
    // What is missing leads to its section, which is saved alone.
    await page.getByRole("link", { name: /Un résumé en une phrase/ }).click();
    await page.getByLabel("Résumé, en une phrase", { exact: true }).fill("Que faire des trois hectares ?");
    await page.getByText("anglais", { exact: true }).last().click();
    await page.getByLabel("Résumé, en une phrase (anglais)").fill("What to do with seven acres?");
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByText("Enregistré.").waitFor();
    assert.equal(await page.getByRole("link", { name: /Un résumé en une phrase/ }).count(), 0);
    // What people cannot do without keeps it a draft, and leads to where it is written.
    await page.getByLabel("Visibilité").selectOption("public");
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByRole("alert").getByText("reste un brouillon").first().waitFor();
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, "process-refused");
    await page.getByRole("alert").getByRole("link", { name: /Un calendrier/ }).click();
    await page.waitForURL(/edit\/calendar#phases$/);
    await page.goto("/admin/processes/le-parc-du-lac");
    await page.getByRole("link", { name: "Tout sur une page" }).click();
    await page.getByLabel("Ce que vos contributions peuvent changer", { exact: true }).fill("- Les plantations\n- Les jeux");
    await page.getByLabel("Nom de la phase").fill("Vos idées");
    await page.getByLabel("Ouvre le").fill(paris(-60));
    await page.getByLabel("Ferme le").fill(paris(600));
    await page.getByLabel("déposer des idées").check();
    await page.getByLabel("Sorte de vote").selectOption("scale");
    await page.getByLabel("Visibilité").selectOption("public");
    const [shown] = await Promise.all([context.waitForEvent("page"), page.getByRole("button", { name: "Aperçu" }).click()]);
    await shown.getByText("rien n’est enregistré").waitFor();
    await shown.getByText("de −2 (tout à fait contre)").waitFor();
    await shown.close();
    await page.getByLabel("Ce que vous changez").fill("Ouverture");
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByText("Enregistré.").waitFor();
    // A phase more, before the other, off again and back, without a script's help and before anything is saved.
    await page.goto("/admin/processes/le-parc-du-lac/edit/calendar");
    await page.locator("#phase-1-title").fill("Bilan");
    await page.locator("#phase-1-opens").fill(paris(700));
    await page.locator("#phase-1-closes").fill(paris(800));
    // In place: the page stays, what was typed elsewhere stays, the new phase has the focus, and what was done is read out.
    await page.getByLabel("Ce que vous changez").fill("Un bilan");
    await page.evaluate(() => (window.isTheSame = true));
    await page.getByRole("button", { name: "Ajouter une phase" }).click();
    await page.getByText("Une phase de plus").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "phase-2-title");
    const move = page.getByRole("button", { name: "Avancer Bilan" });
    await move.focus();
    const before = await page.evaluate(() => window.scrollY);
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("Bilan » est maintenant la phase 1").waitFor();
    assert.equal(await page.locator("#phase-0-title").inputValue(), "Bilan");
    assert.equal(await page.evaluate(() => document.activeElement.id), "phase-0-title");
    const after = await page.evaluate(() => window.scrollY);
    assert.ok(after <= before && (await page.locator("#phase-0-title").isVisible()), `${before} ${after}`);
    await page.getByRole("button", { name: "Supprimer Bilan" }).click();
    await page.getByText("Elle disparaîtra du calendrier").waitFor();
    assert.deepEqual(await page.evaluate(() => [window.isTheSame, location.pathname, document.getElementById("note").value]), [
      true,
      "/admin/processes/le-parc-du-lac/edit/calendar",
      "Un bilan",
    ]);
    assert.ok(await page.evaluate(() => document.activeElement.value.startsWith("keep-")), "the way back has the focus");
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, "process-calendar");
    await page.getByRole("button", { name: "Rétablir Bilan" }).click();
    await page.getByText("est rétablie").waitFor();
    assert.equal(await page.locator("#phase-0-title").inputValue(), "Bilan");
    // A server that does not answer loses nothing.
    await context.setOffline(true);
    await page.getByRole("button", { name: "Reculer Bilan" }).click();
    await page.getByText("rien de ce que vous avez écrit n’est perdu").waitFor();
    await context.setOffline(false);
    await page.getByRole("button", { name: "Reculer Bilan" }).click();
    await page.getByRole("status").getByText("est maintenant la phase 2").waitFor();
    await page.getByRole("button", { name: "Avancer Bilan" }).click();
    await page.getByRole("status").getByText("est maintenant la phase 1").waitFor();
    await page.goto("/processes/le-parc-du-lac");
    await page.getByText("en cours", { exact: true }).waitFor();
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, "process-page");
    await page.goto("/admin/processes/le-parc-du-lac/history");
    await page.getByText("Ouverture").waitFor();
    assert.deepEqual(await barriers(page), []);
    await page.getByRole("button", { name: "Rétablir 1" }).click();
    await page.getByText("La version est rétablie").waitFor();
    assert.equal((await fetch(`${server.address}/processes/le-parc-du-lac`)).status, 404, "a draft again");
    await page.getByRole("button", { name: "Annuler cette modification" }).click();
    await page.getByText("La version est rétablie").waitFor();
    assert.equal((await fetch(`${server.address}/processes/le-parc-du-lac`)).status, 200);
    // The refusal, and the line that was cut.
    const expected = /status of 400|ERR_INTERNET_DISCONNECTED|htmx:/;
    assert.deepEqual(complaints.filter((told) => !expected.test(told)), []);
    await context.close();
  });

  for (const [name, size] of Object.entries(SIZES)) {
    it(`takes an idea under its rules, on a ${name}`, async () => {
      const { context, page, complaints } = await openWindow(browser, server, { ...size, bypassCSP: true });
      await page.goto("/processes");
      await page.getByRole("link", { name: "Le parc du Lac" }).click();
      assert.deepEqual(await barriers(page), []);
      await screenshot(page, `process-${name}`);
      await page.getByRole("link", { name: "Déposer une idée" }).click();
      await page.goto(`/proposals/new?process=le-parc-du-lac&${place}`);
      await describeIdea(page, { title: `Un ponton de bois (${name})` });
      await preview(page);
      await page.getByText("Le parc du Lac").waitFor();
      const id = await publish(page);
      await page.getByRole("link", { name: "Le parc du Lac" }).waitFor();
      await page.getByText("ne prévoit pas de vote").waitFor();
      await page.goto("/list?process=le-parc-du-lac");
      await page.locator(`#feature-${id}`).waitFor();
      await page.getByText("Vous voyez la démarche").waitFor();
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  it("closes while a form is open, and nothing typed is lost", async () => {
    const { context, page } = await openWindow(browser, server);
    await page.goto(`/proposals/new?process=le-parc-du-lac&${place}`);
    await describeIdea(page, { title: "Une cabane", body: "Entre les trois saules, pour l’été." });
    const desk = await openWindow(browser, server);
    await signIn(server, desk.context, ++people, "paul@ville.example", "administrator");
    await desk.page.goto("/admin/processes/le-parc-du-lac/edit/all");
    await desk.page.getByLabel("Ferme le").first().fill(paris(-1));
    await desk.page.getByRole("button", { name: "Enregistrer" }).click();
    await desk.page.getByText("Enregistré.").waitFor();
    await page.getByRole("button", { name: "Voir l’aperçu" }).click();
    await page.getByText("Le dépôt d’idées est fermé depuis le").first().waitFor();
    assert.equal(await page.getByLabel("Votre idée en une phrase").inputValue(), "Une cabane");
    assert.equal(await page.getByLabel("Expliquez-la").inputValue(), "Entre les trois saules, pour l’été.");
    await screenshot(page, "process-closed");
    await desk.context.close();
    await context.close();
  });

  it("asks who wants to vote to sign in, and takes a step of a scale without a reload", async () => {
    const desk = await openWindow(browser, server);
    await signIn(server, desk.context, ++people, "ada@ville.example", "administrator");
    await desk.page.goto("/admin/processes/le-parc-du-lac/edit/all");
    await desk.page.getByLabel("Ferme le").first().fill(paris(600));
    await desk.page.getByLabel("voter", { exact: true }).first().check();
    await desk.page.getByLabel("Voter", { exact: true }).selectOption("email");
    await desk.page.getByRole("button", { name: "Enregistrer" }).click();
    await desk.page.getByText("Enregistré.").waitFor();
    const { context, page, complaints } = await openWindow(browser, server);
    const { features } = await server.json("/api/features?process=le-parc-du-lac");
    await page.goto(`/features/${features[0].id}`);
    await page.getByText("se connecter par son adresse de courriel").waitFor();
    await signIn(server, context, ++people, "lea@mail.example");
    await page.reload();
    await page.getByRole("button", { name: "+2 Tout à fait pour" }).click();
    await page.locator("#votes-points", { hasText: "2" }).waitFor();
    await page.locator("#votes-for", { hasText: "1" }).waitFor();
    await page.getByRole("button", { name: "−1 Plutôt contre" }).click();
    await page.locator("#votes-against", { hasText: "1" }).waitFor();
    await screenshot(page, "process-scale");
    assert.deepEqual(complaints, []);
    await Promise.all([desk, { context }].map(({ context }) => context.close()));
  });
});
