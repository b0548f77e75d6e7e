// Without a connection: a form that was opened once still opens, a report waits on its device and leaves by itself, once, also when its
// page was closed; a round of an agent's is there until they sign out. The line is a proxy of the test's own: cut, it answers nothing.
import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import { after, before, beforeEach, describe, it } from "node:test";
import { CATALOGUE } from "./reports.mjs";
import { barriers, picture, SIZES } from "./steps.mjs";
import { freePort, MIDDLE, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

/** A round as the desk shows one: a page that says of itself that it may be kept, with an act that may wait. */
const round = (asset) => `<!doctype html><html lang="fr" data-root="/"><head><title>Tournée</title><script type="module" src="${asset}"></script></head>
<body><main data-offline="round"><h1>Tournée du lundi</h1>
<form method="post" action="/admin/reports/rounds/1/stops" data-queue="Coché sur cet appareil" data-label="Arrêt 1"><input type="hidden" name="stop" value="1"><button>Fait</button></form></main></body></html>`;

/** A line to the server that can be cut. */
async function startLine(server) {
  const port = await freePort();
  const to = new URL(server.address);
  const taken = [];
  let isCut = false;
  let losesAnswers = false;
  const asset = /\/assets\/app-[^"]+\.js/.exec(await (await fetch(server.address)).text())[0];
  const line = createServer((asked, answer) => {
    if (isCut) return asked.socket.destroy();
    if (asked.url.startsWith("/admin/reports/rounds/1")) {
      if (asked.method === "POST") taken.push(asked.headers["idempotency-key"]);
      answer.writeHead(asked.method === "POST" ? 204 : 200, { "content-type": "text/html; charset=utf-8", "x-offline": "round", "cache-control": "private, no-store" });
      return answer.end(asked.method === "POST" ? undefined : round(asset));
    }
    const onward = request({ host: to.hostname, port: to.port, path: asked.url, method: asked.method, headers: asked.headers }, (said) => {
      // The server has done it, and nobody hears of it.
      if (losesAnswers && asked.method === "POST" && asked.url === "/reports") {
        losesAnswers = false;
        isCut = true;
        said.resume();
        return asked.socket.destroy();
      }
      answer.writeHead(said.statusCode, said.headers);
      said.pipe(answer);
    });
    onward.on("error", () => asked.socket.destroy());
    asked.pipe(onward);
  });
  await new Promise((resolve) => line.listen(port, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${port}`,
    taken,
    cut: (is) => {
      isCut = is;
      line.closeAllConnections();
    },
    loseAnAnswer: () => (losesAnswers = true),
    stop: () => new Promise((resolve) => {
      line.close(resolve);
      line.closeAllConnections();
    }),
  };
}

describe("without a connection", { timeout: 300_000 }, () => {
  let server, browser, line;
  before(async () => {
    [server, browser] = await Promise.all([startServer({ settings: { PARVIS_DEMO_INBOX: "true", PARVIS_LIMITS: "off" } }), startBrowser()]);
    await server.sql(CATALOGUE);
    // The catalogue is read when a server starts.
    await server.goAway(async () => undefined);
    line = await startLine(server);
  });
  beforeEach(() => line.cut(false));
  after(async () => {
    await browser?.close();
    await line?.stop();
    await server?.stop();
  });

  const FORM = "/reports/new?category=nid-de-poule";
  async function isKept(page, cache, path) {
    const isThere = async ([cache, path]) => Boolean(await (await window.caches.open(`parvis/ ${cache}`)).match(path, { ignoreVary: true }));
    for (let tries = 0; !(await page.evaluate(isThere, [cache, path])); tries++) {
      assert.ok(tries < 120, `${path} is not kept`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    // What a page loads after it was shown is kept a little later.
    await page.waitForTimeout(3_500);
  }

  /** Opens the form once with a connection, until it is kept. */
  async function openOnce(page) {
    await page.goto(FORM);
    await isKept(page, "pages", FORM);
  }

  async function fill(page, body) {
    await page.getByRole("radio", { name: "Un pneu" }).check();
    await page.getByLabel("Précisions").fill(body);
    await page.locator("details.exact > summary").click();
    await page.locator("#lon").fill(String(MIDDLE.lon));
    await page.locator("#lat").fill(String(MIDDLE.lat));
  }

  /** The reports that say this. */
  async function reports(body) {
    const { features } = await server.json("/api/features?category=nid-de-poule&limit=100");
    return features.filter(({ properties }) => (properties.body ?? "").includes(body));
  }

  it("a form that was opened once opens again, and its report leaves once there is a connection, with its photo", async () => {
    const { context, page } = await openWindow(browser, line, { ...SIZES.phone, bypassCSP: true });
    await openOnce(page);
    const photo = await picture(page);
    line.cut(true);
    await page.goto(FORM);
    await page.getByRole("heading", { name: "Nid-de-poule" }).waitFor();
    await fill(page, "Écrit dans le tunnel");
    await page.locator("#photo").setInputFiles(photo);
    await page.getByText("la photo est gardée sur cet appareil").waitFor();
    await page.getByRole("button", { name: "Vérifier et envoyer" }).last().click();
    await page.locator("#queued-here").waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/offline-report-phone.png`, fullPage: true });
    assert.deepEqual(await barriers(page), []);
    assert.equal((await reports("Écrit dans le tunnel")).length, 0);
    // Its page is closed meanwhile.
    await page.close();
    const later = await context.newPage();
    await later.goto("/list");
    await later.getByRole("heading", { name: "Sur cet appareil" }).waitFor();
    await later.locator("#waiting-list li", { hasText: "Nid-de-poule" }).waitFor();
    await later.locator("#offline-forms a", { hasText: "Nid-de-poule" }).waitFor();
    await later.screenshot({ path: `${SCREENSHOTS}/offline-page-phone.png`, fullPage: true });
    line.cut(false);
    await later.goto("/");
    await later.waitForFunction(() => localStorage.getItem("parvis-waits") === null);
    const [one, ...others] = await reports("Écrit dans le tunnel");
    assert.deepEqual(others, []);
    await later.goto(`/features/${one.id ?? one.properties.id}`);
    await later.locator(".gallery img").waitFor();
    assert.equal(await later.evaluate(() => localStorage.getItem("parvis-report")), null, "no draft is left");
    await context.close();
  });

  it("goes to its page as soon as there is a connection, where its page stays open", async () => {
    const { context, page } = await openWindow(browser, line);
    await openOnce(page);
    await fill(page, "Devant la mairie");
    line.cut(true);
    await page.getByRole("button", { name: "Vérifier et envoyer" }).last().click();
    await page.locator("#queued-here").waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/offline-report-desktop.png`, fullPage: true });
    // It can be changed as long as it waits.
    await page.getByRole("button", { name: "Le modifier" }).click();
    await page.getByLabel("Précisions").fill("Devant la mairie, à gauche");
    await page.getByRole("button", { name: "Vérifier et envoyer" }).last().click();
    await page.locator("#queued-here").waitFor();
    line.cut(false);
    await page.waitForURL(/\/features\/\d+$/, { timeout: 30_000 });
    assert.equal((await reports("Devant la mairie, à gauche")).length, 1);
    assert.equal((await reports("Devant la mairie")).length, 1);
    await context.close();
  });

  it("goes to its page also where another window sent it", async () => {
    const { context, page } = await openWindow(browser, line);
    await openOnce(page);
    await fill(page, "Envoyé d’à côté");
    // Its own page comes to send it only after the other one has.
    await page.evaluate(() => {
      const { locks } = window.navigator;
      const request = locks.request.bind(locks);
      const turn = new Promise((resolve) => (window.takeTurn = resolve));
      locks.request = async (...asked) => turn.then(() => request(...asked));
    });
    line.cut(true);
    await page.getByRole("button", { name: "Vérifier et envoyer" }).last().click();
    await page.locator("#queued-here").waitFor();
    line.cut(false);
    const other = await context.newPage();
    await other.goto("/list");
    await other.waitForFunction(() => localStorage.getItem("parvis-waits") === null, undefined, { timeout: 30_000 });
    await page.evaluate(() => window.takeTurn());
    await page.waitForURL(/\/features\/\d+$/, { timeout: 30_000 });
    assert.equal((await reports("Envoyé d’à côté")).length, 1);
    await context.close();
  });

  it("is made once, also where the answer to it was lost", async () => {
    const { context, page } = await openWindow(browser, line);
    await openOnce(page);
    await fill(page, "Réponse perdue");
    line.cut(true);
    await page.getByRole("button", { name: "Vérifier et envoyer" }).last().click();
    await page.locator("#queued-here").waitFor();
    line.cut(false);
    line.loseAnAnswer();
    for (let tries = 0; (await reports("Réponse perdue")).length === 0; tries++) {
      assert.ok(tries < 60, "the server never got it");
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    await page.waitForFunction(() => localStorage.getItem("parvis-waits") === "1");
    line.cut(false);
    await page.waitForURL(/\/features\/\d+$/, { timeout: 30_000 });
    assert.equal((await reports("Réponse perdue")).length, 1);
    await context.close();
  });

  it("what the server does not take comes back into its form, with the reason", async () => {
    const { context, page } = await openWindow(browser, line);
    await openOnce(page);
    await page.getByLabel("Précisions").fill("Sans la taille");
    await page.locator("details.exact > summary").click();
    await page.locator("#lon").fill(String(MIDDLE.lon));
    await page.locator("#lat").fill(String(MIDDLE.lat));
    line.cut(true);
    await page.getByRole("button", { name: "Vérifier et envoyer" }).last().click();
    await page.locator("#queued-here").waitFor();
    line.cut(false);
    await page.locator("#queued-problem:not([hidden])").waitFor({ timeout: 30_000 });
    assert.equal(await page.getByLabel("Précisions").inputValue(), "Sans la taille");
    assert.equal((await reports("Sans la taille")).length, 0);
    assert.equal(await page.evaluate(() => localStorage.getItem("parvis-waits")), null);
    await context.close();
  });

  it("a page that was never opened says so, and no page of anybody's own is kept", async () => {
    const { context, page } = await openWindow(browser, line);
    await signIn(page, "lea@mail.example");
    await openOnce(page);
    await page.goto("/account");
    line.cut(true);
    await page.goto("/account");
    await page.getByText("la page demandée n’est pas gardée").waitFor();
    const kept = await page.evaluate(async () => {
      const pages = [];
      for (const name of await window.caches.keys())
        for (const { url } of await (await window.caches.open(name)).keys()) if (!url.includes("/assets/")) pages.push(new URL(url).pathname);
      return pages.sort();
    });
    assert.deepEqual(kept, ["/offline", "/reports/new"]);
    const text = await page.evaluate(async (form) => (await (await window.caches.open("parvis/ pages")).match(form, { ignoreVary: true })).text(), FORM);
    assert.ok(!text.includes("lea@mail.example"));
    await context.close();
  });

  async function signIn(page, email) {
    await page.goto("/sign-in?to=/account");
    await page.locator("input[name=email]").fill(email);
    await page.locator("form[action='/sign-in'] button[type=submit]").click();
    await page.goto("/demo/inbox");
    await page.locator("a[href*='/sign-in/']").first().click();
    await page.waitForURL(/\/account/);
  }

  it("a round is there with what was ticked on it, until its agent signs out", async () => {
    const { context, page } = await openWindow(browser, line, SIZES.phone);
    await signIn(page, "agent@mail.example");
    // The first visit brings the worker, the second one goes through it.
    await page.goto("/admin/reports/rounds/1");
    await page.waitForFunction(() => window.navigator.serviceWorker.controller !== null, undefined, { timeout: 30_000 });
    await page.goto("/admin/reports/rounds/1");
    await isKept(page, "round", "/admin/reports/rounds/1");
    line.cut(true);
    await page.goto("/admin/reports/rounds/1");
    await page.getByRole("heading", { name: "Tournée du lundi" }).waitFor();
    await page.getByRole("button", { name: "Fait" }).click();
    await page.getByText("Coché sur cet appareil").waitFor();
    assert.equal(line.taken.length, 0);
    line.cut(false);
    await page.goto("/account");
    await page.waitForFunction(() => localStorage.getItem("parvis-waits") === null);
    assert.equal(line.taken.length, 1, "it was sent once");
    await page.locator("form[action='/sign-out'] button").click();
    await page.waitForURL((url) => url.pathname === "/");
    line.cut(true);
    await page.goto("/admin/reports/rounds/1");
    await page.getByText("la page demandée n’est pas gardée").waitFor();
    assert.equal(await page.getByText("Tournée du lundi").count(), 0);
    await context.close();
  });
});
