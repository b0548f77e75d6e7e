// Official answers: from the idea's page and to many at once; history, following, and what a reader sees.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { signIn } from "./people.mjs";
import { barriers, SIZES } from "./steps.mjs";
import { MIDDLE, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

describe("official answers", { timeout: 180_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer({ settings: { PARVIS_SECOND_FACTOR: "false", PARVIS_NAME: "Ville de Meaux" } }), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("are given from the idea's page, seen by everybody, and changed with their versions kept", async () => {
    const id = await server.place("Un préau", MIDDLE);
    const agent = await openWindow(browser, server);
    await signIn(server, agent.context, 201, "agente@ville.example", "agent");
    const { page } = agent;
    await page.goto(`/features/${id}`);
    const answer = async (verdict, text) => {
      await page.locator(".agent summary").click();
      await page.getByLabel("Suite donnée").selectOption(verdict);
      await page.locator("#agent-body").fill(text);
      await page.getByRole("button", { name: "Publier la réponse" }).click();
      await page.locator("#answer", { hasText: text }).waitFor();
    };
    await answer("accepted", "C’est oui, pour la rentrée.");
    await answer("started", "Les travaux commencent lundi.");
    const reader = await openWindow(browser, server);
    await reader.page.goto(`/features/${id}`);
    await reader.page.getByRole("heading", { name: "La réponse : Ville de Meaux" }).waitFor();
    await reader.page.locator(".history li", { hasText: "En cours" }).waitFor();
    assert.deepEqual(await reader.page.locator(".history li").evaluateAll((lines) => lines.map((line) => line.lastChild.textContent.trim())), ["Déposée", "Retenue", "En cours"]);
    await reader.page.getByText("Versions précédentes").click();
    await reader.page.getByText("C’est oui, pour la rentrée.").waitFor();
    assert.equal(await reader.page.locator(".agent").count(), 0);
    await reader.page.goto("/list?status=in_progress");
    await reader.page.locator(".card", { hasText: "Un préau" }).getByText("Réponse : Ville de Meaux").waitFor();
    for (const window of [agent, reader]) {
      assert.deepEqual(window.complaints, []);
      await window.context.close();
    }
  });

  it("go to many at once, without a script, and say what is missing beside what was typed", async () => {
    await Promise.all(["Un abri vélo A", "Un abri vélo B"].map((title) => server.place(title, MIDDLE)));
    const { context, page } = await openWindow(browser, server, { javaScriptEnabled: false });
    await signIn(server, context, 202, "agent@ville.example", "agent");
    await page.goto("/admin/answers?status=open&q=abri");
    for (const name of ["Choisir Un abri vélo A", "Choisir Un abri vélo B"]) await page.getByRole("checkbox", { name }).check();
    await page.getByRole("radio", { name: "Non retenue" }).check();
    await page.getByLabel("Réponse", { exact: true }).fill("Pas à cet endroit.");
    await page.getByRole("button", { name: "Publier la même réponse" }).click();
    await page.getByText("un refus est toujours motivé").waitFor();
    assert.equal(await page.getByRole("checkbox", { name: "Choisir Un abri vélo A" }).isChecked(), true);
    await page.getByLabel("Pourquoi cette décision").fill("La rue est trop étroite.");
    await page.getByRole("button", { name: "Publier la même réponse" }).click();
    await page.getByText("2 contributions ont reçu leur réponse").waitFor();
    await context.close();
  });

  it("may be preceded by a status without an answer, for one and for many, with keys and without a script", async () => {
    const ids = await Promise.all(["Un kiosque A", "Un kiosque B"].map((title) => server.place(title, MIDDLE)));
    const { context, page, complaints } = await openWindow(browser, server);
    await signIn(server, context, 206, "agent-etat@ville.example", "agent");
    await page.goto(`/admin/answers/${ids[0]}`);
    await page.getByLabel("Nouvel état").selectOption({ label: "À l’étude" });
    await page.getByRole("button", { name: "Changer l’état" }).press("Enter");
    await page.waitForURL(/#history$/);
    await page.locator("#history li", { hasText: "À l’étude" }).waitFor();
    assert.equal(await page.locator("#answer").count(), 0);
    await page.goto("/admin/answers?q=kiosque");
    for (const name of ["Choisir Un kiosque A", "Choisir Un kiosque B"]) await page.getByRole("checkbox", { name }).check();
    await page.getByLabel("Nouvel état").selectOption({ label: "À l’étude" });
    await page.getByRole("button", { name: "Changer l’état de ce qui est coché" }).click();
    await page.getByText("1 contribution a changé d’état. 1 l’avait déjà").waitFor();
    assert.deepEqual(complaints, []);
    await context.close();

    const plain = await openWindow(browser, server, { javaScriptEnabled: false });
    await signIn(server, plain.context, 207, "agent-sans@ville.example", "agent");
    await plain.page.goto("/admin/answers?q=kiosque");
    await plain.page.getByRole("checkbox", { name: "Choisir Un kiosque B" }).check();
    await plain.page.getByRole("button", { name: "Changer l’état de ce qui est coché" }).click();
    await plain.page.getByText("Choisissez le nouvel état.").waitFor();
    assert.equal(await plain.page.getByRole("checkbox", { name: "Choisir Un kiosque B" }).isChecked(), true);
    await plain.page.getByLabel("Nouvel état").selectOption({ label: "Réalisée" });
    await plain.page.getByRole("button", { name: "Changer l’état de ce qui est coché" }).click();
    await plain.page.getByText("1 contribution a changé d’état.").waitFor();
    await plain.context.close();
  });

  it("are followed by who is signed in, until they stop", async () => {
    const id = await server.place("Une fontaine à suivre", MIDDLE);
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto(`/features/${id}`);
    await page.getByText("Tenez-moi au courant").click();
    await page.getByRole("link", { name: "Identifiez-vous pour la suivre" }).waitFor();
    await signIn(server, context, 203, "lea@mail.example");
    await page.goto(`/features/${id}`);
    await page.getByRole("button", { name: "Suivre", exact: true }).click();
    await page.getByText("Vous suivez cette contribution").waitFor();
    await page.getByRole("button", { name: "Ne plus suivre" }).click();
    await page.getByRole("button", { name: "Suivre", exact: true }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("have pages without barriers, large and small", async () => {
    const id = await server.place("Une idée à lire", MIDDLE);
    for (const [name, size] of Object.entries(SIZES)) {
      const { context, page } = await openWindow(browser, server, { ...size, bypassCSP: true });
      await signIn(server, context, name === "phone" ? 205 : 204, `${name}@ville.example`, "agent");
      for (const path of ["/admin/answers", `/admin/answers/${id}`, `/features/${id}`]) {
        await page.goto(path);
        await page.locator("h1").first().waitFor();
        assert.deepEqual(await barriers(page), [], `${name} ${path}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `${name} ${path} is ${wide} pixels too wide`);
        await page.screenshot({ path: `${SCREENSHOTS}/answers-${name}${path.replace(/\W+/g, "-")}.png`, fullPage: true });
      }
      await context.close();
    }
  });
});
