// Words longer than a telephone is wide, wherever people's text goes: no page scrolls sideways, and its buttons can be reached. And the
// same pages on paper.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { signIn } from "./people.mjs";
import { MIDDLE, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";

const WORD = "Anticonstitutionnellement".repeat(5).slice(0, 120);

describe("a word of 120 letters", { timeout: 300_000 }, () => {
  let server, browser, idea;
  const pages = () => [
    "/", "/list", `/features/${idea}`, `/features/${idea}/flag`, `/features/${idea}/edit`, `/proposals/new?lon=${MIDDLE.lon}&lat=${MIDDLE.lat}`,
    `/list?theme=${WORD}`, `/?q=${WORD.slice(0, 100)}`, "/processes", "/register", "/charter", "/moderation/log", "/privacy", "/privacy/me", "/account",
    "/admin/moderation", `/admin/moderation/${idea}`, "/admin/answers", `/admin/answers/${idea}`, "/admin/themes", "/admin/processes", "/admin/people", `/sign-in?to=/${WORD}`, `/${WORD}`,
  ];

  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
    await server.sql(`update theme set label = '${WORD.slice(0, 60)}'; update process set title = '${WORD}'; update feature set title = '${WORD}', body = '${WORD} ${WORD}';`);
    const answer = await fetch(`${server.address}/proposals`, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams({ title: WORD, body: `${WORD}\n\n- ${WORD}\n\n> ${WORD}`, ...MIDDLE, step: "publish" }),
    });
    idea = (await answer.json()).id;
    for (const side of ["for", "against"]) await fetch(`${server.address}/features/${idea}/arguments`, { method: "POST", body: new URLSearchParams({ side, body: WORD }) });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  for (const width of [320, 390, 1280]) {
    it(`makes no page scroll sideways at ${width} pixels`, async () => {
      const { context, page } = await openWindow(browser, server, { viewport: { width, height: 800 } });
      await signIn(server, context, 700 + width, `w${width}@mail.example`, "administrator", "moderator", "agent");
      const wide = [];
      for (const path of pages()) {
        await page.goto(path);
        const found = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          const out = [...document.querySelectorAll("main button, main a.button, main input, main textarea, main select")].filter((element) => {
            const { left, right, width } = element.getBoundingClientRect();
            return width > 1 && element.checkVisibility() && !element.closest(".aside, .scrolled") && (right > clientWidth + 1 || left < -1);
          });
          return { over: scrollWidth - clientWidth, out: out.map(({ tagName, id, className }) => `${tagName}#${id}.${className}`) };
        });
        if (found.over > 0 || found.out.length > 0) wide.push(`${path.slice(0, 60)}: ${JSON.stringify(found)}`);
      }
      assert.deepEqual(wide, []);
      await context.close();
    });
  }

  it("fits on paper, with its page's text and without what only a screen can do", async () => {
    const { context, page } = await openWindow(browser, server);
    for (const [name, path] of [["map", "/"], ["list", "/list"], ["idea", `/features/${idea}`]]) {
      await page.goto(path);
      await page.emulateMedia({ media: "print" });
      const shown = await page.evaluate(() =>
        ["form.filter", "section.map", ".site nav", "button"].filter((selector) => [...document.querySelectorAll(selector)].some((element) => element.checkVisibility())),
      );
      assert.deepEqual(shown, [], path);
      assert.ok(await page.evaluate(() => document.body.innerText.includes("Anticonstitutionnellement")), path);
      assert.ok((await page.locator(".printed").first().innerText()).includes(server.address), `${path} says where it is`);
      await writeFile(`${SCREENSHOTS}/print-${name}.pdf`, await page.pdf({ format: "A4", preferCSSPageSize: true }));
      await page.emulateMedia({ media: "screen" });
    }
    await context.close();
  });

  it("prints what the map's list shows, also when the map has come to rest since", async () => {
    const { context, page } = await openWindow(browser, server);
    const listed = page.waitForResponse((response) => response.url().includes("bbox="));
    await page.goto("/");
    await listed;
    await page.locator("#list .card").first().waitFor();
    await page.emulateMedia({ media: "print" });
    // Longer than the list waits for the map.
    await page.waitForTimeout(1_500);
    assert.ok(await page.evaluate(() => document.body.innerText.includes("Anticonstitutionnellement")));
    await context.close();
  });

  it("leaves no sign alone on paper: what is not printed takes the dot before it along", async () => {
    const { context, page } = await openWindow(browser, server);
    const alone = [];
    const look = async (who) => {
      await page.emulateMedia({ media: "print" });
      for (const path of [...pages(), "/processes/plan-velo"]) {
        await page.goto(path);
        const text = await page.evaluate(() => {
          // Heard and not seen: it parts no line.
          for (const aside of document.querySelectorAll(".aside, .visually-hidden")) aside.remove();
          return document.body.innerText;
        });
        const lines = text.split("\n");
        alone.push(...lines.filter((line) => /^\s*·|·\s*$|·\s*·/.test(line)).map((line) => `${who} ${path.slice(0, 60)}: ${line.slice(-60)}`));
      }
    };
    await look("anybody");
    await signIn(server, context, 799, "paper@mail.example", "administrator", "moderator", "agent");
    await look("the desk");
    assert.deepEqual(alone, []);
    await context.close();
  });
});
