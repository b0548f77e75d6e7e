import assert from "node:assert/strict";
import { test } from "node:test";
import { around, box, ofHash } from "../modules/map/scripts/drawn-view";

const numbers = (text: string) => text.split(",").map(Number);

test("a box of bounds holds them, with room around", () => {
  for (const [width, height] of [[864, 760], [390, 580], [300, 1_000]] as const) {
    const bounds: [number, number, number, number] = [3.24, 47.16, 3.47, 47.28];
    const [west = 0, south = 0, east = 0, north = 0] = numbers(box(around(bounds, width, height), width, height));
    assert.ok(west < bounds[0] + 0.01 && east > bounds[2] - 0.01 && south < bounds[1] + 0.01 && north > bounds[3] - 0.01);
    assert.ok(Math.abs((west + east) / 2 - 3.355) < 1e-4, "the same middle");
  }
});

test("one place is seen from near, and no nearer than the live map shows it", () => {
  assert.equal(around([2.35, 48.85, 2.35, 48.85], 800, 600).zoom, 16);
});

test("an address says which part is seen, and nonsense does not", () => {
  assert.deepEqual(ofHash("#map=14.5/48.85/-2.35"), { zoom: 14.5, lat: 48.85, lon: -2.35 });
  for (const hash of ["", "#map=", "#map=1/2", "#map=a/b/c", "#map=12/95/2", "#map=12/48/200", "#map=22/48/2", "#list"]) {
    assert.equal(ofHash(hash), undefined, hash);
  }
});

test("a view's box is nine tenths of what is seen", () => {
  const [west = 0, , east = 0] = numbers(box({ lon: 2, lat: 48, zoom: 10 }, 1_000, 500));
  assert.ok(Math.abs(((east - west) / 360) * 512 * 2 ** 10 - 900) < 0.5);
});
