// Moderation from end to end: a resident flags, a moderator hides, the author reads why and appeals, another moderator restores.
// Keys, no script, and what axe says of the pages.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { signIn } from "./people.mjs";
import { barriers, describeIdea, preview, publish, SIZES } from "./steps.mjs";
import { MIDDLE, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

describe("moderation", { timeout: 180_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer({ settings: { PARVIS_SECOND_FACTOR: "false" } }), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** Places an idea by the form, without the map. */
  async function propose(page, title, body) {
    await page.goto(`/proposals/new?lon=${MIDDLE.lon}&lat=${MIDDLE.lat}`);
    await describeIdea(page, { title, body });
    await preview(page);
    return publish(page);
  }

  it("goes from a flag over the queue to an appeal that somebody else settles", async () => {
    const author = await openWindow(browser, server, { javaScriptEnabled: false });
    const id = await propose(author.page, "Le voisin du 14", "Sa camionnette bloque le trottoir.");

    const resident = await openWindow(browser, server);
    await resident.page.goto(`/features/${id}`);
    await resident.page.getByRole("link", { name: "Signaler : Le voisin du 14" }).click();
    await resident.page.getByRole("radio", { name: "Données personnelles" }).check();
    await resident.page.getByLabel("En quelques mots").fill("On reconnaît la personne.");
    await resident.page.getByRole("button", { name: "Envoyer le signalement" }).click();
    await resident.page.getByRole("heading", { name: "votre signalement est arrivé" }).waitFor();

    const one = await openWindow(browser, server);
    await signIn(server, one.context, 101, "une@ville.example", "moderator");
    await one.page.goto("/admin/moderation?tab=flagged");
    await one.page.getByText("On reconnaît la personne.").waitFor();
    await one.page.getByRole("link", { name: "Autres décisions : Le voisin du 14" }).click();
    await one.page.locator("summary", { hasText: "Masquer" }).click();
    await one.page.getByRole("radio", { name: "Données personnelles" }).check();
    await one.page.getByLabel("Un mot à l’auteur").first().fill("Sans dire chez qui, s’il vous plaît.");
    await one.page.getByRole("button", { name: "Masquer", exact: true }).click();
    await one.page.getByText("Contribution masquée").waitFor();

    const gone = await resident.page.goto(`/features/${id}`);
    assert.equal(gone.status(), 410);
    assert.equal(await resident.page.getByText("camionnette").count(), 0);
    await author.page.goto(`/features/${id}`);
    await author.page.getByText("Sans dire chez qui").waitFor();
    await author.page.getByText("camionnette").waitFor();
    await author.page.getByLabel("Pourquoi cette décision").fill("Je n’ai nommé personne.");
    await author.page.getByRole("button", { name: "Former un recours" }).click();
    await author.page.getByText("Votre recours est arrivé").waitFor();

    await one.page.goto(`/admin/moderation/${id}`);
    await one.page.getByText("tranché par une autre personne").waitFor();
    assert.equal(await one.page.getByRole("button", { name: "Accepter : la remettre en ligne" }).count(), 0);
    const two = await openWindow(browser, server);
    await signIn(server, two.context, 102, "deux@ville.example", "moderator");
    await two.page.goto("/admin/moderation?tab=appeals");
    await two.page.getByText("Je n’ai nommé personne.").waitFor();
    await two.page.getByRole("link", { name: "Autres décisions : Le voisin du 14" }).click();
    await two.page.getByLabel("Réponse à l’auteur").fill("En effet.");
    await two.page.getByRole("button", { name: "Accepter : la remettre en ligne" }).click();
    await two.page.getByText("Recours accepté").waitFor();

    await resident.page.goto(`/features/${id}`);
    await resident.page.getByText("camionnette").waitFor();
    await resident.page.goto("/moderation/log");
    await resident.page.getByRole("cell", { name: /Recours accepté/ }).waitFor();
    assert.equal(await resident.page.getByText("voisin").count(), 0, "the log never says what was hidden");
    // Looking for what is gone is told by the browser; without scripts a map's sheet is fetched for nothing.
    for (const window of [author, resident, one, two]) {
      assert.deepEqual(window.complaints.filter((said) => !/410|preload/.test(said)), []);
      await window.context.close();
    }
  });

  it("is worked through by keys, with an undo, and many at once", async () => {
    for (const title of ["Première idée", "Deuxième idée", "Troisième idée"]) await server.place(title, MIDDLE);
    const { context, page, complaints } = await openWindow(browser, server);
    await signIn(server, context, 103, "trois@ville.example", "moderator");
    await page.goto("/admin/moderation");
    await page.getByText("Raccourcis clavier").waitFor();
    await page.getByText("Voir ces contributions sur une carte").click();
    await page.locator(".queue-pin").nth(2).waitFor();
    await page.keyboard.press("j");
    await page.waitForFunction(() => document.activeElement?.textContent?.includes("Troisième idée"));
    await page.keyboard.press("j");
    await page.waitForFunction(() => document.activeElement?.textContent?.includes("Deuxième idée"));
    await page.keyboard.press("p");
    await page.getByText("1 décision enregistrée").waitFor();
    // Keys are listened to once the page's script has run.
    await page.waitForLoadState();
    await page.getByRole("heading", { name: "Deuxième idée" }).waitFor({ state: "detached" });
    await page.keyboard.press("j");
    await page.keyboard.press("h");
    await page.waitForFunction(() => document.activeElement?.id === "mass-reason");
    await page.getByRole("checkbox", { name: "Choisir Première idée" }).check();
    await page.getByLabel("Raison de la charte").selectOption("repeated");
    await page.getByRole("button", { name: "Masquer", exact: true }).click();
    await page.getByText("2 décisions enregistrées").waitFor();
    await page.getByRole("button", { name: "Annuler" }).click();
    await page.getByText("C’est annulé").waitFor();
    const titles = await (await fetch(`${server.address}/list`)).text();
    assert.ok(titles.includes("Première idée") && titles.includes("Troisième idée"), "public again");
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("has pages without barriers, large and small", async () => {
    const id = await server.place("Une idée à regarder", { ...MIDDLE, body: "Voir https://exemple.fr" });
    await fetch(`${server.address}/features/${id}/flag`, { method: "POST", body: new URLSearchParams({ reason: "advertising", body: "Un lien" }) });
    for (const [name, size] of Object.entries(SIZES)) {
      const { context, page } = await openWindow(browser, server, { ...size, bypassCSP: true });
      await signIn(server, context, name === "phone" ? 105 : 104, `${name}@ville.example`, "moderator");
      for (const path of ["/admin/moderation", "/admin/moderation?tab=flagged", `/admin/moderation/${id}`, `/features/${id}/flag`, "/charter", "/moderation/log"]) {
        await page.goto(path);
        await page.locator("h1").first().waitFor();
        assert.deepEqual(await barriers(page), [], `${name} ${path}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `${name} ${path} is ${wide} pixels too wide`);
        await page.screenshot({ path: `${SCREENSHOTS}/moderation-${name}${path.replace(/\W+/g, "-")}.png`, fullPage: true });
      }
      await context.close();
    }
  });
});
