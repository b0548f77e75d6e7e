// A report that is not for the town to treat: its agent hands it over to another authority's Parvis, whose agent repairs it; its number and
// its end come back, and the public page says at each step who has it. On a desk and on a telephone.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { signIn } from "./people.mjs";
import { barriers, SIZES } from "./steps.mjs";
import { MIDDLE, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

const KEY = `parvis_${"cd".repeat(32)}`;
const PAST = "2026-01-01T00:00:00.000000Z";
/** The job that sends and asks for news has a turn every fifteen seconds. */
const PATIENCE = 60_000;

describe("a report of another authority", { timeout: 300_000 }, () => {
  let browser, town, department;
  before(async () => {
    const open = { PARVIS_SECOND_FACTOR: "false" };
    [browser, department] = await Promise.all([startBrowser(), startServer({ settings: open })]);
    town = await startServer({ settings: { ...open, PARVIS_OUTSIDE_HOSTS: new URL(department.address).host } });
    for (const [id, server] of [town, department].entries()) {
      const { context, page } = await openWindow(browser, server);
      await signIn(server, context, 501 + id, `admin-${id}@ville.example`, "administrator");
      await page.goto("/admin/reports/catalogue");
      await page.getByRole("button", { name: "Mettre en place les catégories usuelles" }).click();
      await page.getByText("Les catégories usuelles sont en place").waitFor();
      if (server === town) {
        await page.goto("/admin/reports/catalogue/services/new");
        await page.locator("#name").fill("Département de l’Aubrelle");
        await page.getByLabel("Une autorité extérieure").check();
        await page.locator("summary", { hasText: "Open311" }).click();
        await page.locator("#url").fill(`${department.address}/open311/v2`);
        await page.locator("#key").fill(KEY);
        assert.deepEqual(await barriers(page), []);
        await page.getByRole("button", { name: "Créer le service" }).click();
        await page.getByText("Département de l’Aubrelle").first().waitFor();
      }
      await context.close();
    }
    const digest = createHash("sha256").update(KEY).digest("hex");
    await department.sql(`insert into api_key (name, scope, digest, per_hour, made_at) values ('La ville', 'open311', x'${digest}', 1000, '${PAST}')`);
  });
  after(async () => {
    await browser?.close();
    await Promise.all([town?.stop(), department?.stop()]);
  });

  /** Loads a page anew until it says this. */
  async function until(page, text) {
    const end = Date.now() + PATIENCE;
    while (!(await page.getByText(text).first().isVisible())) {
      assert.ok(Date.now() < end, `never said: ${text}\n${await page.locator("main").innerText()}`);
      await page.waitForTimeout(1_000);
      await page.reload();
    }
  }

  for (const [at, [name, size]] of Object.entries(SIZES).entries()) {
    it(`is handed over, repaired there and ended here, on a ${name}`, async () => {
      const body = `Un trou de ${name === "phone" ? "dix" : "vingt"} centimètres`;
      const resident = await openWindow(browser, town, size);
      await resident.page.goto("/list");
      const there = await resident.page.evaluate(
        async ([lon, lat, body]) => (await fetch("/reports", { method: "POST", body: new URLSearchParams({ category: "nid-de-poule", lon, lat, body }) })).url,
        [MIDDLE.lon + 0.004 * (at + 1), MIDDLE.lat, body],
      );
      const id = Number(new URL(there).pathname.split("/").at(-1));

      const agent = await openWindow(browser, town, size);
      await signIn(town, agent.context, 510 + at, `agent-${name}@ville.example`, "agent");
      await agent.page.goto(`/admin/reports/${id}`);
      await agent.page.getByRole("link", { name: "Transmettre à un autre organisme" }).click();
      await agent.page.getByText("Ni le nom, ni l’adresse").waitFor();
      assert.deepEqual(await barriers(agent.page), []);
      await agent.page.screenshot({ path: `${SCREENSHOTS}/reports-handover-${name}.png`, fullPage: true });
      await agent.page.getByRole("radio", { name: /Département/ }).check();
      await agent.page.locator("#note").fill("La route est départementale.");
      await agent.page.getByRole("button", { name: "Transmettre", exact: true }).click();
      await agent.page.getByText("Le signalement est transmis").waitFor();
      await resident.page.goto(`/features/${id}`);
      await resident.page.getByText("Département de l’Aubrelle").first().waitFor();
      await resident.page.getByText("La route est départementale.").first().waitFor();
      await until(agent.page, "Son numéro là-bas");

      // The other authority treats it at its own desk.
      const other = await openWindow(browser, department, size);
      await signIn(department, other.context, 510 + at, `routes-${name}@departement.example`, "agent");
      await other.page.goto("/admin/reports");
      await other.page.getByText(body).first().waitFor();
      const remote = (await agent.page.locator("dt", { hasText: "Son numéro là-bas" }).locator("xpath=following-sibling::dd").innerText()).trim();
      await other.page.goto(`/admin/reports/${remote}`);
      await other.page.locator('select[name="status"]').selectOption({ label: "Réparé" });
      await other.page.getByRole("button", { name: "Changer l’état" }).click();
      await other.page.locator(".badge", { hasText: "Réparé" }).first().waitFor();
      await other.context.close();

      // Its news comes back; what it means is said here, by whoever answers for it.
      await town.sql(`update report_handover set next_try_at = '${PAST}' where feature_id = ${id}`);
      await until(agent.page, "Le signalement y est clos.");
      await agent.page.screenshot({ path: `${SCREENSHOTS}/reports-handover-back-${name}.png`, fullPage: true });
      await agent.page.goto(`/admin/reports/${id}`);
      await agent.page.locator('select[name="status"]').selectOption({ label: "Réparé" });
      await agent.page.getByRole("button", { name: "Changer l’état" }).click();
      await agent.page.locator(".badge", { hasText: "Réparé" }).first().waitFor();
      await resident.page.reload();
      await resident.page.getByText(/Terminé (dans les délais, )?le/).first().waitFor();
      assert.deepEqual(await barriers(resident.page), []);
      await resident.page.screenshot({ path: `${SCREENSHOTS}/reports-ended-${name}.png`, fullPage: true });
      assert.deepEqual([...resident.complaints, ...agent.complaints], []);
      await resident.context.close();
      await agent.context.close();
    });
  }
});
