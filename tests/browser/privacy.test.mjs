// Proof and privacy: an idea gets a receipt that anybody can verify; its author takes their data with them and has them
// erased; the receipt's line stays, its content is gone, and the whole register still checks. An administrator reads the register
// of processing, and what retention did.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { signIn } from "./people.mjs";
import { mapIsStill, MIDDLE, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";
import { barriers, describeIdea, preview, publish, SIZES } from "./steps.mjs";

const run = promisify(execFile);

describe("proof and privacy", { timeout: 400_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer({ empty: true }), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  for (const [name, size] of Object.entries(SIZES)) {
    for (const scripts of name === "phone" ? [true, false] : [true]) {
      it(`a receipt is verified, what it proves is erased, the register stays whole, on a ${name}${scripts ? "" : " without scripts"}`, async () => {
        const author = await openWindow(browser, server, { ...size, bypassCSP: scripts, javaScriptEnabled: scripts });
        const { page } = author;
        const title = `Un abri ${name} ${scripts}`;
        await page.goto(`/proposals/new?lon=${MIDDLE.lon}&lat=${MIDDLE.lat}`);
        if (scripts) await mapIsStill(page);
        await describeIdea(page, { title, body: "Pour attendre le bus au sec." });
        await preview(page);
        await page.getByText("Ce que vous déposez est public").waitFor();
        const id = await publish(page);
        await page.getByRole("link", { name: /Votre reçu de dépôt/ }).click();
        await page.getByRole("heading", { name: /^Reçu n° \d+$/ }).waitFor();
        await page.getByText("Pour attendre le bus au sec.").first().waitFor();
        const link = page.url();
        const number = /receipts\/(\d+)/.exec(link)[1];
        const print = await page.locator("#fingerprint").textContent();
        if (scripts) assert.deepEqual(await barriers(page), []);
        await page.screenshot({ path: `${SCREENSHOTS}/receipt-${name}.png`, fullPage: true });

        const anybody = await openWindow(browser, server, { ...size, bypassCSP: scripts, javaScriptEnabled: scripts });
        await anybody.page.goto("/verify");
        await anybody.page.getByLabel("Numéro").fill(number);
        await anybody.page.getByLabel("Empreinte").fill(print);
        await anybody.page.getByRole("button", { name: "Vérifier" }).first().click();
        await anybody.page.getByRole("heading", { name: "Ce reçu est authentique" }).waitFor();
        if (scripts) assert.deepEqual(await barriers(anybody.page), []);
        await anybody.page.screenshot({ path: `${SCREENSHOTS}/verify-${name}.png`, fullPage: true });
        await anybody.page.getByLabel("Empreinte").fill(print.split("").reverse().join(""));
        await anybody.page.getByRole("button", { name: "Vérifier" }).first().click();
        await anybody.page.getByText("Ce reçu n’est pas authentique").waitFor();
        await anybody.page.goto("/register");
        await anybody.page.getByRole("heading", { name: "Le registre scellé" }).waitFor();
        if (scripts) assert.deepEqual(await barriers(anybody.page), []);

        await page.goto("/privacy");
        if (scripts) assert.deepEqual(await barriers(page), []);
        await page.screenshot({ path: `${SCREENSHOTS}/privacy-${name}.png`, fullPage: true });
        await page.getByRole("link", { name: "Mes données" }).click();
        await page.locator("details.held summary", { hasText: "Vos idées" }).waitFor();
        if (scripts) assert.deepEqual(await barriers(page), []);
        await page.screenshot({ path: `${SCREENSHOTS}/mine-${name}.png`, fullPage: true });
        const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /Emporter mes données/ }).click()]);
        assert.equal(download.suggestedFilename(), "mes-donnees.zip");
        await page.getByRole("link", { name: "Choisir et effacer" }).click();
        await page.getByLabel(/disparaît/).check();
        await page.getByLabel(/tapez le mot/).fill("non");
        await page.getByRole("button", { name: "Effacer", exact: true }).click();
        await page.getByRole("alert").waitFor();
        if (scripts) assert.deepEqual(await barriers(page), []);
        await page.screenshot({ path: `${SCREENSHOTS}/erase-${name}.png`, fullPage: true });
        assert.equal(await page.getByLabel(/disparaît/).isChecked(), true, "what was chosen is kept");
        await page.getByLabel(/tapez le mot/).fill("effacer");
        await page.getByRole("button", { name: "Effacer", exact: true }).click();
        await page.getByRole("heading", { name: "C’est effacé" }).waitFor();

        assert.equal((await anybody.page.goto(`/features/${id}`)).status(), 404);
        await anybody.page.goto(link);
        await anybody.page.getByText("Le contenu a été effacé").waitFor();
        await anybody.page.goto(`/verify?number=${number}&fingerprint=${print.replaceAll(" ", "")}`);
        await anybody.page.getByRole("heading", { name: "Ce reçu est authentique" }).waitFor();
        await page.goto("/privacy/me");
        await page.getByText("Rien n’est gardé sur vous").waitFor();
        const { stdout } = await run(server.binary, ["verify"], { env: server.env, cwd: server.folder });
        assert.match(stdout, /registre intact/);
        for (const { complaints, context } of [author, anybody]) {
          assert.deepEqual(complaints.filter((text) => !text.includes("404") && !text.includes("400")), []);
          await context.close();
        }
      });
    }
  }

  for (const [name, size] of Object.entries(SIZES)) {
    it(`the register of processing says what is held and why, and what retention did last; a look runs nothing, on a ${name}`, async () => {
      const { context, page, complaints } = await openWindow(browser, server, { ...size, bypassCSP: true });
      await signIn(server, context, name === "phone" ? 902 : 901, `${name}@ville.example`, "administrator");
      await page.goto("/admin/privacy");
      await page.getByRole("heading", { name: "Registre des activités de traitement" }).waitFor();
      const register = page.getByRole("region", { name: "Registre des activités de traitement" });
      const purposes = await register.getByRole("heading", { level: 3 }).allTextContents();
      assert.ok(purposes.length >= 5 && new Set(purposes).size === purposes.length, purposes.join(", "));
      for (const term of ["Base légale", "Combien de temps"]) {
        assert.equal(await register.locator("dt", { hasText: term }).count(), purposes.length, term);
      }
      // What the modules declare: who voted is personal, and the table of votes says what becomes of it.
      const votes = register.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "vote", exact: true }) });
      assert.match(await votes.textContent(), /voter/);
      assert.deepEqual(await register.locator("td:empty, dd:empty").count(), 0, "nothing is left unsaid");

      // A letter that was sent long ago would go: the command line says so, and no look at the page runs anything.
      const would = async () => {
        const { stdout } = await run(server.binary, ["retention", "--dry-run"], { env: server.env, cwd: server.folder });
        return { stdout, letters: Number(/^ *(\d+) {2}Courriels envoyés/m.exec(stdout)?.[1]) };
      };
      const letters = page.getByRole("row").filter({ hasText: "Courriels envoyés" }).getByRole("cell").last();
      const [shown, before] = [await letters.textContent(), (await would()).letters];
      assert.match(shown, /^\d+$/, "the server applied the rules when it started");
      await page.getByText("au dernier passage, le").waitFor();
      const old = "2020-01-02T03:04:05.000000+00:00";
      await server.sql(`insert into mail (recipient, subject, body, created_at, sent_at) values ('ancienne@mail.example', 'Autrefois', '', '${old}', '${old}');`);
      for (let look = 0; look < 2; look++) {
        await page.reload();
        await page.getByRole("heading", { name: "Durées de conservation" }).waitFor();
        assert.equal(await letters.textContent(), shown);
      }
      const { stdout, letters: now } = await would();
      assert.equal(now, before + 1);
      assert.match(stdout, /rien n’a été changé/);

      assert.deepEqual(await barriers(page), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${wide} pixels too wide`);
      await page.screenshot({ path: `${SCREENSHOTS}/processing-${name}.png`, fullPage: true });
      await page.getByRole("link", { name: "Données personnelles", exact: true }).first().waitFor();
      assert.deepEqual(complaints, []);
      await context.close();

      const resident = await openWindow(browser, server, size);
      await signIn(server, resident.context, name === "phone" ? 904 : 903, `habitante-${name}@mail.example`);
      assert.equal((await resident.page.goto("/admin/privacy")).status(), 403);
      await resident.context.close();
    });
  }
});
