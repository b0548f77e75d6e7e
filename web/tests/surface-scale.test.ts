import assert from "node:assert/strict";
import { test } from "node:test";
import { breaksOf, colorsOf, lengthOf, saidOf, sideOf } from "../modules/map/scripts/surface-scale";

const upTo = (most: number) => breaksOf(Array.from({ length: most }, (_, at) => at + 1));

test("colours change at round numbers that grow alike, as on the maps that the server draws", () => {
  assert.deepEqual(upTo(3), [1, 2, 3]);
  assert.deepEqual(upTo(20), [1, 2, 3, 5, 7, 10]);
  assert.deepEqual(upTo(101), [1, 2, 5, 10, 20, 50]);
  assert.deepEqual(breaksOf([...Array<number>(200).fill(1), 5_000]), [1]);
  assert.deepEqual(saidOf(upTo(20), "et plus"), ["1", "2", "3–4", "5–6", "7–9", "10\u00a0et plus"]);
});

test("few classes have the colours of the ends", () => {
  const all = ["a", "b", "c", "d", "e", "f"];
  assert.deepEqual(colorsOf(all, 6), all);
  assert.deepEqual(colorsOf(all, 2), ["a", "f"]);
  assert.deepEqual(colorsOf(all, 1), ["a"]);
});

test("a square's side is that of the tile's zoom at the latitude", () => {
  assert.equal(sideOf(13.9, 48.85), 100);
  assert.equal(sideOf(0, 0), 1_300_000);
  assert.equal(lengthOf(1_610, "fr"), "1,6\u00a0km");
  assert.equal(lengthOf(100, "fr"), "100\u00a0m");
});
