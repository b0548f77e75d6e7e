// A feature's page: argue and vote without a reload, see it live in another window, the same without JavaScript, on paper, with
// photos, and where something fails. Nothing typed is lost.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { MIDDLE, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

const axe = createRequire(new URL("../../web/package.json", import.meta.url)).resolve("axe-core/axe.min.js");

const BODY = "Le mur nord de l’école **prend le soleil** tout l’après-midi.\n\n- du lierre\n- une *glycine*\n\nVoir https://exemple.fr/murs.";

describe("a discussion", { timeout: 180_000 }, () => {
  let server, browser, rules;
  before(async () => {
    [server, browser, rules] = await Promise.all([startServer(), startBrowser(), readFile(axe, "utf8")]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const place = (title) => server.place(title, { ...MIDDLE, theme: "nature", body: BODY });
  const argueAs = (id, side, body) =>
    fetch(`${server.address}/features/${id}/arguments`, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams({ side, body }),
    });

  /** Gives an argument by the form. */
  async function argue(page, side, text) {
    await page.locator(`.column.${side} summary`).click();
    await page.locator(`#argue-${side}`).fill(text);
    await page.locator(`.column.${side}`).getByRole("button", { name: "Publier l’argument" }).click();
  }

  async function barriers(page) {
    await page.evaluate(rules);
    return page.evaluate(async () => {
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"];
      const { violations } = await window.axe.run(document, { runOnly: { type: "tag", values: tags } });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
    });
  }

  /** A feature with a photo, sent as the form for an idea sends it: a picture drawn in the page, then attached. */
  async function withPhotos(id) {
    const { context, page } = await openWindow(browser, server);
    await page.goto("/");
    const photos = await page.evaluate(async () => {
      const sent = [];
      for (const [width, height, ink] of [[1200, 800, "#3a7d44"], [800, 1000, "#8c5a2b"]]) {
        const canvas = Object.assign(document.createElement("canvas"), { width, height });
        const pen = canvas.getContext("2d");
        pen.fillStyle = ink;
        pen.fillRect(0, 0, width, height);
        pen.fillStyle = "#f4e9cd";
        for (let n = 0; n < 40; n++) pen.fillRect((n * 173) % width, (n * 97) % height, 60, 60);
        const form = new FormData();
        form.append("photo", await new Promise((done) => canvas.toBlob(done, "image/jpeg")), "mur.jpg");
        const response = await fetch("/photos", { method: "POST", body: form });
        sent.push({ status: response.status, ...(await response.json()) });
      }
      return sent;
    });
    assert.deepEqual(photos.map((photo) => photo.status), [201, 201]);
    await context.close();
    await server.sql(photos.map((photo, n) => `update photo set feature_id = ${id}, position = ${n}, alt = '${n ? "" : "Le mur nord, nu"}' where id = ${photo.id};`).join(""));
  }

  it("takes arguments and votes without a reload, says so, and shows them to others", async () => {
    const id = await place("Un mur végétal");
    const [author, reader] = await Promise.all([1, 2].map(() => openWindow(browser, server)));
    for (const { page } of [author, reader]) await page.goto(`/features/${id}`);
    const { page } = author;
    await page.getByText("Soyez la première personne à dire ce qui plaide pour").waitFor();
    await page.evaluate(() => (window.sameDocument = true));
    await argue(page, "for", "De la **fraîcheur** l’été");
    const own = page.locator(".column.for .argument", { hasText: "De la fraîcheur" });
    await own.waitFor();
    // The focus goes to what was added.
    await page.waitForFunction(() => document.activeElement?.className.includes("argument") === true);
    await page.locator("#said", { hasText: "Votre argument est publié" }).waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Je soutiens" }).click();
    await page.locator("#votes-for", { hasText: "1" }).waitFor();
    await page.getByRole("img", { name: "100 % pour" }).waitFor();
    // The focus stays.
    await page.waitForFunction(() => document.activeElement?.id === "vote-for");
    assert.equal(await page.evaluate(() => window.sameDocument), true);

    await reader.page.locator(".column.for .argument", { hasText: "De la fraîcheur" }).waitFor();
    await reader.page.locator("#votes-for", { hasText: "1" }).waitFor();
    assert.equal(await reader.page.getByRole("button", { name: "Retirer mon argument" }).count(), 0);
    await own.getByRole("button", { name: "Retirer mon argument" }).click();
    await own.waitFor({ state: "detached" });
    await reader.page.getByText("De la fraîcheur").waitFor({ state: "detached" });
    for (const { complaints, context } of [author, reader]) {
      assert.deepEqual(complaints, []);
      await context.close();
    }
  });

  it("shows a first voice as heard, even where the news of it comes before its answer", async () => {
    const id = await place("Une fontaine à l’ombre");
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto(`/features/${id}`);
    await page.getByText("Soyez la première personne à dire ce qui plaide pour").waitFor();
    await page.waitForFunction(() => document.getElementById("vote")["htmx-internal-data"]);
    const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    // The vote's answer, with the visitor's cookie, is late: the live stream has long told everybody, this page too.
    await page.route(`**/features/${id}/vote`, async (route) => {
      const request = route.request();
      const response = await fetch(request.url(), { method: "POST", headers: await request.allHeaders(), body: request.postData() });
      await later(1_000);
      await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() });
    });
    // What was asked for because of the news is later still.
    await page.route(`**/features/${id}/votes`, async (route) => {
      const response = await route.fetch();
      await later(2_000);
      await route.fulfill({ response });
    });
    await page.getByRole("button", { name: "Je soutiens" }).click();
    await page.getByRole("button", { name: "Retirer ma voix" }).waitFor();
    await later(3_000);
    assert.equal(await page.locator("#vote-for").getAttribute("aria-pressed"), "true");
    assert.equal(await page.getByRole("button", { name: "Retirer ma voix" }).count(), 1);
    assert.equal(await page.locator("#votes-for").textContent(), "1");
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("announces new arguments and leaves alone who is typing", async () => {
    const id = await place("Une placette");
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto(`/features/${id}`);
    await page.locator(".column.against summary").click();
    await page.locator("#argue-against").fill("Je crains que");
    await page.getByText("Il en reste 987.").waitFor();
    await argueAs(id, "for", "Un lieu pour se voir");
    await page.getByText("1 nouvel argument").waitFor();
    await argueAs(id, "against", "Moins de places");
    await page.getByText("2 nouveaux arguments").waitFor();
    assert.equal(await page.getByText("Un lieu pour se voir").count(), 0, "nothing moves under the hands");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "argue-against");
    await page.getByRole("button", { name: "Afficher" }).click();
    await page.getByText("Un lieu pour se voir").waitFor();
    assert.equal(await page.locator("#argue-against").inputValue(), "Je crains que");
    assert.ok(await page.locator("#news").isHidden());
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("keeps what was typed where it cannot be taken or the server is away", async () => {
    const id = await place("Un abri");
    const { context, page } = await openWindow(browser, server);
    await page.goto(`/features/${id}`);
    await argue(page, "for", "  a  ");
    await page.getByText("au moins 3 caractères").waitFor();
    await page.waitForFunction(() => document.activeElement?.id === "argue-for");
    await page.locator("#argue-for").fill("À l’abri de la pluie");
    await server.goAway(async () => {
      await page.locator(".column.for").getByRole("button", { name: "Publier l’argument" }).click();
      await page.getByText("Rien de ce que vous avez écrit n’est perdu").waitFor();
      assert.equal(await page.locator("#argue-for").inputValue(), "À l’abri de la pluie");
    });
    await page.locator(".column.for").getByRole("button", { name: "Publier l’argument" }).click();
    await page.locator(".argument", { hasText: "À l’abri de la pluie" }).waitFor();
    await page.locator("#act-problem").waitFor({ state: "hidden" });
    await context.close();
  });

  it("says so to who reads while it is withdrawn", async () => {
    const author = await openWindow(browser, server);
    await author.page.goto("/");
    const id = await author.page.evaluate(async ({ lon, lat }) => {
      const body = new URLSearchParams({ title: "À retirer", lon: String(lon), lat: String(lat) });
      const response = await fetch("/proposals", { method: "POST", headers: { accept: "application/json" }, body });
      return (await response.json()).id;
    }, MIDDLE);
    const reader = await openWindow(browser, server);
    await reader.page.goto(`/features/${id}`);
    await author.page.goto(`/features/${id}`);
    await author.page.locator(".withdraw summary").click();
    await author.page.getByRole("button", { name: "Retirer mon idée" }).click();
    await reader.page.getByText("vient d’être retirée").waitFor();
    assert.ok(await reader.page.locator("#vote").isHidden());
    for (const { context } of [author, reader]) await context.close();
  });

  it("argues, takes back and reads everything without JavaScript", async () => {
    const id = await place("Une fresque");
    const { context, page, complaints } = await openWindow(browser, server, { javaScriptEnabled: false });
    await page.goto(`/features/${id}`);
    await page.getByText("Quartier ouest").first().waitFor();
    await argue(page, "against", "  ");
    await argue(page, "for", "ok");
    await page.getByText("au moins 3 caractères").waitFor();
    assert.equal(await page.locator("#argue-for").inputValue(), "ok");
    await page.locator("#argue-for").fill("De la couleur");
    await page.locator(".column.for").getByRole("button", { name: "Publier l’argument" }).click();
    await page.waitForURL(/#argument-\d+$/);
    await page.locator(".argument", { hasText: "De la couleur" }).waitFor();
    await page.getByRole("button", { name: "Je soutiens" }).click();
    await page.waitForURL(/#votes$/);
    await page.getByRole("button", { name: "Retirer mon argument" }).click();
    await page.getByText("De la couleur").waitFor({ state: "detached" });
    assert.deepEqual(complaints.filter((text) => !text.includes("400")), []);
    await context.close();
  });

  for (const [name, viewport] of Object.entries({ desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } })) {
    it(`shows photos, place and both columns, without a barrier, on a ${name} and on paper`, async () => {
      const id = await place("Un mur végétal pour l’école des Tilleuls");
      await withPhotos(id);
      await argueAs(id, "for", "De la fraîcheur l’été, et *des oiseaux*.");
      await argueAs(id, "for", "Les enfants l’arroseront.");
      await argueAs(id, "against", "Qui l’entretiendra ? Voir https://exemple.fr/entretien");
      const { context, page, complaints } = await openWindow(browser, server, { viewport, bypassCSP: true });
      await page.goto(`/features/${id}`);
      await page.getByRole("button", { name: "Je soutiens" }).click();
      await page.locator("#votes-for", { hasText: "1" }).waitFor();
      const photo = page.getByRole("img", { name: "Le mur nord, nu" });
      await photo.scrollIntoViewIfNeeded();
      await page.waitForFunction(() => [...document.querySelectorAll(".gallery img")].every((image) => image.complete && image.naturalWidth > 0));
      await page.locator("#place-map").scrollIntoViewIfNeeded();
      await page.locator("#place-map .maplibregl-marker").waitFor();
      assert.deepEqual(await barriers(page), []);
      const columns = await page.locator(".column").evaluateAll((all) => all.map((column) => column.getBoundingClientRect().left));
      assert.equal(columns[0] === columns[1], name === "phone", "one column on a phone, two on a desk");
      await page.evaluate(() => window.scrollTo(0, 0));
      await page.screenshot({ path: `${SCREENSHOTS}/discussion-${name}.png`, fullPage: true });
      await page.emulateMedia({ media: "print" });
      assert.ok(await page.locator(".printed").isVisible());
      assert.ok(await page.locator("header.site").isHidden());
      await page.screenshot({ path: `${SCREENSHOTS}/discussion-${name}-print.png`, fullPage: true });
      await page.emulateMedia({ media: "screen", colorScheme: "dark" });
      await page.reload();
      await page.locator("#place-map").scrollIntoViewIfNeeded();
      await page.locator("#place-map .maplibregl-marker").waitFor();
      assert.deepEqual(await barriers(page), [], "dark");
      await page.screenshot({ path: `${SCREENSHOTS}/discussion-${name}-dark.png`, fullPage: true });
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }
});
