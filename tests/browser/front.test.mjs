// What the front page offers: what people are asked to do, an address and where one is on the map, an idea beside the map, the legend
// that filters; the voices under the thumb; following by letter.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { goTo, mapIsStill, MIDDLE, openWindow, SCREENSHOTS, startBrowser, startServer } from "./world.mjs";
import { pixelOf, press, SIZES, tabTo, total } from "./steps.mjs";

describe("the front page", { timeout: 400_000 }, () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([startServer(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("opens an idea beside the map from a row and from the map, and gives the list and the focus back", async () => {
    const place = { lon: MIDDLE.lon + 0.1, lat: MIDDLE.lat };
    const id = await server.place("Un banc près du lac", { ...place, body: "Face à l’eau." });
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto(`/#map=16/${place.lat}/${place.lon}`);
    await mapIsStill(page);
    const view = () => page.evaluate(() => [window.parvis.map.getZoom(), ...window.parvis.map.getCenter().toArray()].map((n) => n.toFixed(4)).join());
    const before = await view();
    const link = page.locator(`#feature-${id} h2 a`);
    await link.focus();
    await press(page, "Enter");
    const heading = page.locator("#beside-body").getByRole("heading", { name: "Un banc près du lac" });
    await heading.waitFor();
    await page.waitForFunction(() => document.activeElement.matches("#beside-body h1"));
    assert.equal(await view(), before, "the map stays");
    assert.equal(new URL(page.url()).pathname, "/");
    assert.match(await page.title(), /^Un banc près du lac/);
    assert.ok(await page.locator("#list").isHidden());
    assert.equal(await page.locator(".map-halo").count(), 1, "where it is");
    assert.equal(await page.getByRole("link", { name: "Ouvrir en page entière" }).getAttribute("href"), `/features/${id}`);
    // It lives: a voice goes without leaving, and what others say comes.
    await page.locator("#beside-body").getByRole("button", { name: "Je soutiens" }).click();
    await page.waitForFunction(() => document.getElementById("votes-for")?.textContent === "1");
    assert.equal(await page.locator("#beside-body #votes-for").count(), 1);

    await press(page, "Escape");
    await link.waitFor();
    await page.waitForFunction((id) => document.activeElement.closest(`#feature-${id}`), id);
    await page.locator(".map-halo").waitFor();
    assert.match(await page.title(), /^La carte des idées/);

    // The browser's own way: back closes it and keeps the map where it is now, forward opens it again.
    await page.locator("#map").click({ position: await pixelOf(page, place) });
    await heading.waitFor();
    await goTo(page, { lon: place.lon + 0.01, lat: place.lat }, 15);
    const moved = await view();
    await page.goBack();
    await page.locator("#list").waitFor();
    await mapIsStill(page);
    assert.equal(await view(), moved);
    await page.goForward();
    await heading.waitFor();
    // The map writes into this entry where it is.
    await mapIsStill(page);
    await page.reload();
    await heading.waitFor();
    await page.getByRole("button", { name: "Revenir à la liste" }).click();
    await page.locator("#list").waitFor();
    // What is typed is not lost by the key that closes.
    await goTo(page, place, 16);
    await page.locator(`#feature-${id} h2 a`).click();
    await heading.waitFor();
    await page.locator("#beside-body .column.for summary").click();
    await page.locator("#argue-for").fill("Un argument");
    await press(page, "Escape");
    assert.equal(await page.locator("#argue-for").inputValue(), "Un argument");
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("follows a link on a narrow screen, and keeps the voices under the thumb there without hiding anything", async () => {
    const id = await server.place("Des voix sous le pouce", { lon: MIDDLE.lon + 0.11, lat: MIDDLE.lat });
    const { context, page, complaints } = await openWindow(browser, server, SIZES.phone);
    await page.goto("/list?q=pouce");
    await page.locator(".card a").first().click();
    await page.waitForURL(new RegExp(`/features/${id}$`));
    const bar = page.locator("#vote");
    const isBelow = async () => {
      const box = await bar.boundingBox();
      assert.ok(Math.abs(box.y + box.height - 844) < 2 && box.width > 380, JSON.stringify(box));
    };
    await isBelow();
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await isBelow();
    const [foot, top] = [await page.locator("footer").last().boundingBox(), (await bar.boundingBox()).y];
    assert.ok(foot.y + foot.height <= top + 1, "the foot ends above it");
    await page.screenshot({ path: `${SCREENSHOTS}/vote-bar-phone.png` });
    await page.getByRole("button", { name: "Je soutiens" }).tap();
    await page.waitForFunction(() => document.getElementById("votes-for").textContent === "1");
    await isBelow();
    // Whoever goes through the page by keys never has the focus under it.
    await page.evaluate(() => window.scrollTo(0, 0));
    for (let n = 0; n < 40; n++) {
      await press(page, "Tab");
      const hidden = await page.evaluate(() => {
        const [focus, bar] = [document.activeElement, document.getElementById("vote")];
        if (focus === document.body || bar.contains(focus)) return false;
        return focus.getBoundingClientRect().top > bar.getBoundingClientRect().top;
      });
      assert.equal(hidden, false, `after ${n + 1}`);
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("finds an address by keys, marks it, and offers to propose there", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto("/");
    await mapIsStill(page);
    const field = page.getByRole("combobox", { name: "Adresse, rue ou lieu" });
    await field.fill("quartier est");
    await page.locator("#map-addresses").getByRole("option").first().waitFor();
    assert.equal(await field.getAttribute("aria-expanded"), "true");
    await press(page, "ArrowDown");
    assert.equal(await field.getAttribute("aria-activedescendant"), "map-addresses-0");
    await press(page, "Enter");
    await page.locator("#found-place").getByText("Quartier est").waitFor();
    assert.equal(await page.locator("#map .maplibregl-marker").count(), 1);
    assert.equal(await page.locator("#found-place a").count(), 0, "a whole quarter is no place to propose at");
    await page.getByRole("button", { name: "Effacer ce repère" }).click();
    assert.equal(await page.locator("#map .maplibregl-marker").count(), 0);
    await field.fill("zzyzx");
    await page.locator("#map-address-said", { hasText: "Aucun lieu connu" }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it("shows where one is, tells the server no more than the part of town, and says so", async () => {
    const here = { longitude: MIDDLE.lon + 0.01234, latitude: MIDDLE.lat + 0.00777 };
    const { context, page, complaints } = await openWindow(browser, server, { geolocation: here, permissions: ["geolocation"] });
    await page.goto("/");
    await mapIsStill(page);
    const asked = [];
    page.on("request", (request) => asked.push(request.url() + (request.postData() ?? "")));
    await tabTo(page, "#locate-me");
    await press(page, "Enter");
    await page.locator("#map-address-said", { hasText: "Votre position reste dans cet appareil" }).waitFor();
    await mapIsStill(page);
    await page.waitForTimeout(600);
    const dot = await page.locator(".map-me").boundingBox();
    const at = await pixelOf(page, { lon: here.longitude, lat: here.latitude });
    const map = await page.locator("#map").boundingBox();
    assert.ok(Math.abs(dot.x + dot.width / 2 - map.x - at.x) < 2 && Math.abs(dot.y + dot.height / 2 - map.y - at.y) < 2, "the dot is where one is");
    assert.ok(asked.length > 0);
    for (const said of [here.longitude.toFixed(4), here.latitude.toFixed(4), String(here.longitude), String(here.latitude)]) {
      assert.deepEqual(asked.filter((address) => decodeURIComponent(address).includes(said)), [], said);
    }
    const centre = await page.evaluate(() => window.parvis.map.getCenter());
    assert.ok(Math.abs(centre.lng - here.longitude) > 1e-5 || Math.abs(centre.lat - here.latitude) > 1e-5, "the map's middle is not where one is");
    const form = await page.locator("#found-place a").first().getAttribute("href");
    assert.match(form, /\/proposals\/new\?lon=/);
    await context.setGeolocation({ longitude: -60, latitude: 14 });
    // A position is good for a minute.
    await page.reload();
    await mapIsStill(page);
    await page.locator("#locate-me").click();
    await page.locator("#map-address-said", { hasText: "en dehors du territoire" }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();

    const refused = await openWindow(browser, server, { permissions: [] });
    await refused.page.goto("/");
    await mapIsStill(refused.page);
    await refused.page.evaluate(() => {
      window.navigator.geolocation.getCurrentPosition = (_found, failed) => failed({ code: 1 });
    });
    await refused.page.locator("#locate-me").click();
    await refused.page.locator("#map-address-said", { hasText: "n’a pas le droit" }).waitFor();
    await refused.context.close();
  });

  it("has a legend that filters, by keys and without scripts", async () => {
    const { context, page, complaints } = await openWindow(browser, server);
    await page.goto("/");
    await mapIsStill(page);
    const nature = page.locator("#legend a", { hasText: "Nature en ville" });
    await nature.focus();
    await press(page, "Enter");
    await page.waitForURL(/theme=nature/);
    await page.locator("#legend a[aria-current]", { hasText: "Nature en ville" }).waitFor();
    await page.waitForFunction(() => document.activeElement.dataset.word === "nature");
    await page.locator(".chip", { hasText: "Nature en ville" }).waitFor();
    assert.ok(await page.locator("#filter input[name=theme][value=nature]").isChecked());
    await page.locator("#legend a", { hasText: "Culture" }).click();
    await page.waitForURL(/theme=culture,nature/);
    await page.locator("#legend a", { hasText: "Culture" }).click();
    await nature.click();
    await page.waitForFunction(() => !location.search.includes("theme"));
    assert.deepEqual(complaints, []);
    await context.close();
    const plain = await openWindow(browser, server, { javaScriptEnabled: false });
    await plain.page.goto("/");
    await plain.page.locator("#legend summary").click();
    await plain.page.locator("#legend a", { hasText: "Culture" }).click();
    await plain.page.waitForURL(/theme=culture/);
    const { total: expected } = await server.json("/api/counts?theme=culture");
    assert.match(await total(plain.page), new RegExp(`^${expected} `));
    await plain.context.close();
  });

  it("has no name of the ground under a disc, a ring or their numbers, from afar and from near", async () => {
    const demo = await startServer({ demo: true });
    const { context, page, complaints } = await openWindow(browser, demo);
    /** Names that are drawn within some pixels of a disc's middle; and how many names there are. */
    const covered = () => page.evaluate(() => {
      const { map } = window.parvis;
      const names = map.getStyle().layers.filter(({ type, id }) => type === "symbol" && id.includes("name")).map(({ id }) => id);
      const near = (layer, reach) => map.queryRenderedFeatures({ layers: [layer] }).flatMap((disc) => {
        const { x, y } = map.project(disc.geometry.coordinates);
        return map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers: names }).map((name) => name.properties.name);
      });
      const seen = map.queryRenderedFeatures({ layers: names }).length;
      return { seen, under: [...near("points", 7), ...near("clusters", 12)] };
    });
    await page.goto("/");
    await mapIsStill(page);
    let [all, discs] = [0, 0];
    for (const zoom of [10, 11, 12.3, 13.5, 15, 16.5]) {
      await goTo(page, { lon: 3.355, lat: 47.222 }, zoom);
      const { seen, under } = await covered();
      assert.deepEqual(under, [], `zoom ${zoom}`);
      all += seen;
      discs += await page.evaluate(() => window.parvis.map.queryRenderedFeatures({ layers: ["points", "clusters"] }).length);
    }
    assert.ok(all > 20 && discs > 50, `${all} names, ${discs} discs`);
    assert.deepEqual(complaints, []);
    await context.close();
    await demo.stop();
  });
});
