// Signing in by an identity provider, end to end: a real provider, a real browser, the real flow.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startProvider } from "../oidc/provider.mjs";
import { freePort, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

describe("an identity provider", { timeout: 180_000 }, () => {
  let server, browser, provider;
  before(async () => {
    const address = `http://127.0.0.1:${await freePort()}`;
    provider = await startProvider(`${address}/sign-in/outside/back`);
    const settings = {
      PARVIS_LISTEN: new URL(address).host,
      PARVIS_OUTSIDE_ISSUER: provider.issuer,
      PARVIS_OUTSIDE_CLIENT: "parvis",
      PARVIS_OUTSIDE_SECRET: "a secret of the journeys",
      PARVIS_OUTSIDE_LABEL: "IdentitéTest",
    };
    [server, browser] = await Promise.all([startServer({ settings }), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await provider?.stop();
  });

  /** At the provider: who somebody is, and that we may know. */
  async function identify(page, name) {
    await page.locator("input[name=login]").fill(name);
    await page.locator("input[name=password]").fill("whatever");
    await page.locator("button[type=submit]").click();
    await page.getByRole("button", { name: "Continue" }).click();
  }

  it("vouches for somebody, who keeps what they did before", async () => {
    const { context, page } = await openWindow(browser, server);
    await page.goto("/features/1");
    await page.getByRole("button", { name: "Je soutiens" }).click();
    await page.getByRole("button", { name: "Retirer ma voix" }).waitFor();
    await page.goto("/sign-in?to=/features/1");
    await page.screenshot({ path: `${SCREENSHOTS}/sign-in-outside.png` });
    await page.getByRole("button", { name: "IdentitéTest" }).click();
    await identify(page, "lea");
    await page.waitForURL(/\/features\/1$/);
    await page.getByRole("button", { name: "Retirer ma voix" }).waitFor();
    const cookies = await context.cookies();
    const session = cookies.find(({ name }) => name === "session");
    assert.ok(session?.httpOnly && session.sameSite === "Lax");
    assert.ok(!cookies.some(({ name }) => name === "visitor"), "one voice: the account's");
    await context.close();
  });

  it("is told apart from a link that somebody else sent", async () => {
    const { context, page } = await openWindow(browser, server);
    const answer = await page.goto("/sign-in/outside/back?code=stolen&state=planted");
    assert.equal(answer.status(), 400);
    await page.getByText("aucune demande de ce navigateur").waitFor();
    await context.close();
  });

  it("is no dead end for who gives up there", async () => {
    const { context, page } = await openWindow(browser, server);
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "IdentitéTest" }).click();
    await page.getByRole("link", { name: /Cancel/ }).click();
    await page.getByText("rien n’a changé").waitFor();
    await context.close();
  });
});
