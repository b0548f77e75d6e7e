// The site below a path of its host (https://ville.example/carte/), behind a real nginx: one that hands the path on, and one that takes it off.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { describeIdea, preview, published, SIZES } from "./steps.mjs";
import { freePort, mapIsStill, MIDDLE, openWindow, SCREENSHOTS, SEEDED, startBrowser, startServer } from "./world.mjs";

const run = promisify(execFile);

/** nginx with docs/operations/nginx-path.conf on a port of its own, in front of `upstream`; `takesOff` says whether it takes the path off. */
async function startNginx(port, upstream, takesOff) {
  const folder = await mkdtemp(join(tmpdir(), "parvis-nginx-"));
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join(" ");
  const documented = await readFile(new URL("../../docs/operations/nginx-path.conf", import.meta.url), "utf8");
  const locations = documented.replaceAll(/(location =? ?(\S+) \{\s+)proxy_pass http:\/\/127\.0\.0\.1:8600;/g, (_, start, path) =>
    `${start}proxy_pass ${upstream}${takesOff ? path.replace("/carte", "") : ""};`);
  assert.equal(locations.split(upstream).length, 3, "both locations lead to this server");
  const conf = `worker_processes 1; daemon off; pid ${folder}/pid; error_log stderr error;
events {}
http {
  access_log off; ${paths}
  server { listen 127.0.0.1:${port}; location / { return 404; } ${locations} }
}`;
  await writeFile(join(folder, "nginx.conf"), conf);
  const child = spawn("nginx", ["-e", "stderr", "-p", folder, "-c", join(folder, "nginx.conf")], { env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` }, stdio: ["ignore", "inherit", "inherit"] });
  for (let tries = 0; ; tries++) {
    const there = await fetch(`http://127.0.0.1:${port}/`).then(() => true, () => false);
    if (there) break;
    assert.ok(tries < 100, "nginx does not listen");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
}

for (const [how, takesOff] of [["hands the path on", false], ["takes the path off", true]]) {
  describe(`below a path, behind an nginx that ${how}`, { timeout: 240_000 }, () => {
    let server, browser, stopNginx, origin, site;
    before(async () => {
      const port = await freePort();
      origin = `http://localhost:${port}`;
      site = `${origin}/carte`;
      const settings = { PARVIS_PUBLIC_URL: site, PARVIS_TRUSTED_PROXIES: "127.0.0.1", PARVIS_DEMO_INBOX: "true", PARVIS_LIMITS: "off" };
      [server, browser] = await Promise.all([startServer({ settings }), startBrowser()]);
      stopNginx = await startNginx(port, server.address, takesOff);
      await run(server.binary, ["admin", "grant", "maire@ville.example"], { env: server.env, cwd: server.folder });
    });
    after(async () => {
      await browser?.close();
      await stopNginx?.();
      await server?.stop();
    });

    /** A window whose every request must stay below the path. */
    async function window(options = {}) {
      const opened = await openWindow(browser, { address: origin }, options);
      opened.page.on("request", (request) => {
        const asked = new URL(request.url());
        if (asked.protocol.startsWith("http") && !asked.pathname.startsWith("/carte")) opened.complaints.push(`left the path: ${request.url()}`);
      });
      return opened;
    }

    it("draws the map, takes a filter away, opens a contribution, and goes back after another language was chosen", async () => {
      for (const [size, options] of Object.entries(SIZES)) {
        const { context, page, complaints } = await window(options);
        await page.goto(`${site}/`);
        await mapIsStill(page);
        await page.locator("#total", { hasText: `${SEEDED} contributions` }).waitFor();
        if (takesOff) await page.screenshot({ path: `${SCREENSHOTS}/prefix-${size}.png` });
        await page.goto(`${site}/list?theme=nature`);
        await page.locator("a.chip").first().click();
        await page.waitForURL(`${site}/list`);
        await page.locator(".card a").first().click();
        await page.waitForURL(/\/carte\/features\/\d+$/);
        await page.goto(`${site}/language/en`, { referer: `${site}/list` });
        assert.equal(page.url(), `${site}/list`);
        assert.deepEqual(complaints, []);
        await context.close();
      }
    });

    it("takes an idea, a vote and an argument, and says at once on an open map what came", async () => {
      const watching = await window();
      await watching.page.goto(`${site}/`);
      await mapIsStill(watching.page);
      const { context, page, complaints } = await window();
      await page.goto(`${site}/proposals/new?lon=${MIDDLE.lon}&lat=${MIDDLE.lat}`);
      await describeIdea(page, { title: "Un banc sous le tilleul" });
      await preview(page);
      await page.getByRole("button", { name: "Publier", exact: true }).click();
      const id = await published(page);
      assert.equal(page.url(), `${site}/features/${id}`);
      await page.locator("#vote-for").click();
      await page.locator("#vote-for[aria-pressed=true]").waitFor();
      await page.locator(".column.for summary").click();
      await page.locator("#argue-for").fill("Pour s’asseoir à l’ombre");
      await page.locator(".column.for form button").click();
      await page.getByText("Pour s’asseoir à l’ombre").first().waitFor();
      for (const cookie of await context.cookies(site)) assert.equal(cookie.path, "/carte", cookie.name);
      assert.deepEqual(await context.cookies(origin), [], "nothing is sent to the rest of the host");
      await watching.page.locator("#total", { hasText: `${SEEDED + 1} contributions` }).waitFor();
      assert.deepEqual([...complaints, ...watching.complaints], []);
      await context.close();
      await watching.context.close();
    });

    it("signs somebody in by letter and passkey, leads to the desk, and signs out", async () => {
      const { context, page, complaints } = await window();
      const devtools = await context.newCDPSession(page);
      await devtools.send("WebAuthn.enable");
      const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
      await devtools.send("WebAuthn.addVirtualAuthenticator", { options });
      await page.goto(`${site}/sign-in`);
      await page.getByLabel("Votre adresse de courriel").fill("maire@ville.example");
      await page.getByRole("button", { name: "Recevoir un lien" }).click();
      await page.getByRole("heading", { name: "Consultez vos courriels" }).waitFor();
      await page.goto(`${site}/demo/inbox`);
      await page.locator('.letter a[href*="/sign-in/"]').first().click();
      await page.waitForURL(/\/carte\/account/);
      await page.goto(`${site}/admin/people`);
      await page.waitForURL(/second-factor\?to=/);
      await page.locator("form.passkey button[type=submit], form.passkey button").first().click();
      await page.waitForURL(`${site}/admin/people`);
      await page.goto(`${site}/account`);
      await page.getByRole("button", { name: "Se déconnecter" }).click();
      await page.waitForURL(`${site}/`);
      assert.deepEqual(complaints, []);
      await context.close();
    });

    it("is whole without scripts", async () => {
      const { context, page } = await window({ javaScriptEnabled: false });
      await page.goto(`${site}/`);
      await page.getByRole("link", { name: "La liste", exact: true }).first().click();
      assert.equal(page.url(), `${site}/list`);
      await page.locator(".card a").first().click();
      await page.locator("#vote-for").click();
      await page.waitForURL(/\/carte\/features\/\d+#votes$/);
      await context.close();
    });
  });
}
