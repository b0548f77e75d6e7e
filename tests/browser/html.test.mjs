// The pages' HTML as the server writes it: the Nu HTML checker finds no error on any page, in any state, in either language,
// nor in the fragments that scripts put into pages.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { MIDDLE, openWindow, startBrowser, startServer } from "./world.mjs";
import { signIn } from "./people.mjs";
import { picture } from "./steps.mjs";

const run = promisify(execFile);
const checker = String(createRequire(new URL("../../web/package.json", import.meta.url)).resolve("vnu-jar/build/dist/vnu.jar"));

describe("the HTML", { timeout: 400_000 }, () => {
  let seeded, empty, closed, demo, folder, photo;
  before(async () => {
    const browser = await startBrowser();
    [seeded, empty, closed, demo, folder] = await Promise.all([
      startServer(),
      startServer({ empty: true }),
      startServer({ settings: { PARVIS_PARTICIPATION: "false" } }),
      startServer({ demo: true, settings: { PARVIS_DEMO_INBOX: "true", PARVIS_EMBED: "https://www.val-aubrelle.example" } }),
      mkdtemp(join(tmpdir(), "parvis-html-")),
    ]);
    const { page } = await openWindow(browser, seeded);
    await page.goto("/list");
    photo = (await picture(page)).buffer;
    await browser.close();
  });
  after(async () => {
    for (const server of [seeded, empty, closed, demo]) await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** A person without a browser: fetches pages in a language, keeps cookies, and keeps each page as a file. */
  function visitor(server, lang, files) {
    const cookies = new Map();
    const ask = async (path, { fields, form, fragment = false } = {}) => {
      const body = form ?? (fields && new URLSearchParams(fields));
      const headers = { accept: "text/html", "accept-language": lang, cookie: [...cookies].map((pair) => pair.join("=")).join("; ") };
      if (fragment) headers["hx-request"] = "true";
      const response = await fetch(server.address + path, { method: body ? "POST" : "GET", body, headers, redirect: "manual" });
      for (const line of response.headers.getSetCookie()) {
        const [name, value] = line.split(";")[0].split(/=(.*)/s);
        cookies.set(name, value);
      }
      return { status: response.status, to: response.headers.get("location"), kind: response.headers.get("content-type") ?? "", text: await response.text() };
    };
    const keep = async (what, path, options = {}) => {
      const answer = await ask(path, options);
      assert.ok(answer.text.length > 0 && (answer.status < 300 || answer.status >= 400), `${what}: ${answer.status} ${answer.to}`);
      assert.ok(answer.status < 500, `${what}: ${answer.status}`);
      const whole = `<!doctype html><html lang="${lang}"><head><title>${what}</title></head><body><main><h1>${what}</h1>${answer.text}</main></body></html>`;
      const file = join(folder, `${what.replaceAll(/[^a-z0-9]+/g, "-")}-${lang}.html`);
      await writeFile(file, options.fragment ? whole : answer.text);
      files.push(file);
      return answer;
    };
    /** Keeps cookies as a browser's context does. */
    const addCookies = (added) => added.forEach(({ name, value }) => cookies.set(name, value));
    return { ask, keep, addCookies };
  }

  /** Each page and state that there is, for one language. */
  async function gather(lang, files) {
    const { ask, keep } = visitor(seeded, lang, files);
    const lists = { "map": "/", "map filtered": "/?theme=culture&kind=report&q=banc&since=2025-01-01&order=score", "map in view": "/?bbox=2.8,48.9,2.9,49", "map nothing": "/?q=zzyzx", "map nowhere": "/?bbox=0,40,1,41", "map wrong": "/?theme=nope" };
    for (const [what, path] of Object.entries(lists)) {
      await keep(what, path);
      await keep(what.replace("map", "list"), path.replace("/", "/list"));
    }
    await keep("list page two", "/list?limit=20&cursor=0.0");
    await keep("not found", "/nowhere");
    const design = await ask("/design");
    if (design.status === 200) await keep("design", "/design");

    const idea = { title: "Une piste cyclable <b>large</b> & « plus »", body: "**Fort**, *doux*\n\n- un\n- deux\n\n> dit\n\n<script>1</script> https://exemple.fr/?a=1&b=2", theme: "culture" };
    const at = { lon: String(MIDDLE.lon), lat: String(MIDDLE.lat) };
    await keep("form", "/proposals/new");
    await keep("form with a place", `/proposals/new?lon=${at.lon}&lat=${at.lat}`);
    await keep("form with problems", "/proposals", { fields: { title: "a", theme: "nope", geometry: "{", step: "preview" } });
    await keep("form with addresses", "/proposals", { fields: { ...idea, address: "rue t", step: "find" } });
    await keep("form without addresses", "/proposals", { fields: { ...idea, address: "zzyzx", step: "find" } });
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...idea, ...at, step: "preview" })) form.append(name, value);
    form.append("photo", new Blob([photo], { type: "image/jpeg" }), "halle.jpg");
    const { text } = await keep("preview with a photo", "/proposals", { form });
    const id = /name="photo" value="(\d+)"/.exec(text)?.[1];
    assert.ok(id, "the preview holds the photo");
    const pictured = { ...idea, ...at, photo: id, [`alt-${id}`]: 'La halle "vue" de loin' };
    await keep("form with a photo", "/proposals", { fields: { ...pictured, step: "correct" } });
    await keep("preview of an area", "/proposals", { fields: { ...idea, area: "est", step: "preview" } });
    const line = JSON.stringify({ type: "LineString", coordinates: [[2.88, 48.96], [2.881, 48.961]] });
    await keep("preview of a line", "/proposals", { fields: { ...idea, geometry: line, step: "preview" } });
    await keep("similar", `/proposals/similar?title=Une+piste+cyclable&lon=${at.lon}&lat=${at.lat}`, { fragment: true });

    const own = (await ask("/proposals", { fields: { ...pictured, step: "publish" } })).to;
    await keep("own idea", own);
    await keep("change", `${own}/edit`);
    await ask(`${own}/vote`, { fields: { voice: "for" } });
    for (const side of ["for", "against"]) await ask(`${own}/arguments`, { fields: { side, body: "Bien *dit*\n\n- oui" } });
    const { text: argued } = await keep("own idea argued", own);
    await keep("receipt", /\/receipts\/\d+\?key=[0-9a-f]+/.exec(argued)[0]);
    for (const [what, path] of Object.entries({ "register": "/register", "verify": "/verify", "verified": "/verify?number=1&fingerprint=00", "not verified": "/verify?number=1&fingerprint=0000000000000000", "privacy": "/privacy", "my data": "/privacy/me", "erase": "/privacy/me/erase" })) await keep(what, path);
    await keep("erase refused", "/privacy/me/erase", { fields: { fate: "gone", word: "" } });
    await keep("argument refused", `${own}/arguments`, { fields: { side: "for", body: "a" } });
    await keep("votes", `${own}/votes`, { fragment: true });
    await keep("arguments", `${own}/arguments`, { fragment: true });
    await visitor(seeded, lang, files).keep("idea of another", own);
    await visitor(seeded, lang, files).keep("change of another", `${own}/edit`);
    await keep("withdrawn", `${own}/withdraw`, { fields: {} });
    await keep("gone", own);

    const first = visitor(empty, lang, files);
    await first.keep("empty map", "/");
    await first.keep("empty list", "/list");
    await first.keep("empty form", "/proposals/new");
    const reader = visitor(closed, lang, files);
    await reader.keep("closed map", "/");
    await reader.keep("closed idea", "/features/1");
    await reader.keep("closed form", "/proposals/new");
  }

  /** Where a page's links lead within the house, as addresses without their fragment. */
  function links({ text }, path) {
    const found = [...text.matchAll(/<a\b[^>]*\bhref="([^"]*)"/g)].map(([, href]) => new URL(href.replaceAll("&amp;", "&"), demo.address + path));
    return found.filter(({ origin }) => origin === demo.address).map(({ pathname, search }) => pathname + search);
  }

  /** Follows every link from the front page on, a few of each sort of page, and keeps what is a page. Gives the links that lead nowhere. */
  async function follow(who, person, files, starts) {
    const [seen, sorts, dead, queue] = [new Set(starts), new Map(), [], starts.map((path) => ({ path, from: "" }))];
    for (let next; (next = queue.shift()); ) {
      const { path, from } = next;
      const [pathname, query = ""] = path.split("?");
      // Neither files nor feeds, nor what ends a visit.
      if (/\.\w+$|^\/(language|export|assets|tiles|sign-in\/outside)/.test(pathname)) continue;
      const sort = pathname.replaceAll(/\/\d[\d-]*/g, "/N") + query.replaceAll(/=[^&]*/g, "");
      const many = sorts.get(sort) ?? 0;
      if (many >= 2 || sorts.size > 120) continue;
      sorts.set(sort, many + 1);
      const answer = await person.ask(path);
      if (answer.status >= 400) dead.push(`${who}: ${path} (${answer.status}) on ${from}`);
      const onwards = answer.status >= 300 && answer.status < 400 ? [answer.to] : links(answer, path);
      for (const to of onwards) if (!seen.has(to)) queue.push({ path: to, from: path }), seen.add(to);
      if (answer.status !== 200 || !answer.kind.startsWith("text/html")) continue;
      const file = join(folder, `${who}${path.replaceAll(/[^a-z0-9]+/g, "-").slice(0, 90)}-${sorts.size}.html`);
      await writeFile(file, answer.text);
      files.push(file);
    }
    return dead;
  }

  async function errors(files) {
    const { stdout } = await run("java", ["-jar", checker, "--format", "json", "--stdout", "--exit-zero-always", ...files], { maxBuffer: 64 << 20 });
    const { messages } = JSON.parse(stdout);
    const said = ({ url, lastLine, message, extract }) => `${url.split("/").at(-1)}:${lastLine} ${message} « ${extract?.replaceAll(/\s+/g, " ").trim()} »`;
    const warnings = new Set(messages.filter(({ type, subType }) => type === "info" && subType === "warning").map(({ message }) => message));
    for (const warning of warnings) console.log(`warning: ${warning}`);
    return messages.filter(({ type }) => type !== "info").map(said);
  }

  it("has no error on any page, in any state, in either language", async () => {
    const files = [];
    for (const lang of ["fr", "en"]) await gather(lang, files);
    assert.ok(files.length > 60, `${files.length} pages`);
    assert.deepEqual(await errors(files), []);
  });

  it("has no error, and no link that leads nowhere, for a stranger and for an administrator of a living territory", async () => {
    const files = [];
    const [stranger, reader, administrator] = ["fr", "en", "fr"].map((lang) => visitor(demo, lang, files));
    await signIn(demo, administrator, 900, "toutes.les.clefs@val-aubrelle.example", "administrator", "moderator", "agent", "planner");
    const desks = ["/account", "/admin/people", "/admin/processes", "/admin/moderation", "/admin/answers", "/admin/privacy"];
    const dead = [
      ...(await follow("stranger", stranger, files, ["/", "/demo/inbox", "/embed"])),
      ...(await follow("reader", reader, files, ["/"])),
      ...(await follow("administrator", administrator, files, [...desks, "/"])),
    ];
    assert.deepEqual(dead, []);
    assert.ok(files.length > 100, `${files.length} pages`);
    assert.deepEqual(await errors(files), []);
  });
});
