// What is drawn by hand: measures, GeoJSON, limits.
import assert from "node:assert/strict";
import { test } from "node:test";
import { beyond, geometryOf, lineMetres, shapeOf, sizeText, type Spot, squareMetres } from "../modules/proposals/scripts/drawn";

const degree = 111_195;

test("a line is measured along its corners", () => {
  assert.ok(Math.abs(lineMetres([[2, 0], [3, 0], [3, 1]]) - 2 * degree) < 20);
  assert.equal(lineMetres([[2, 48]]), 0);
});

test("an area is measured whichever way it is drawn", () => {
  const square: Spot[] = [[2, 0], [2.01, 0], [2.01, 0.01], [2, 0.01]];
  const expected = (degree / 100) ** 2;
  assert.ok(Math.abs(squareMetres(square) / expected - 1) < 0.001);
  assert.ok(Math.abs(squareMetres([...square].reverse()) / expected - 1) < 0.001);
});

test("what is drawn is GeoJSON once it has enough corners, and reads back", () => {
  assert.equal(geometryOf("line", [[2, 48]]), undefined);
  assert.equal(geometryOf("area", [[2, 48], [3, 48]]), undefined);
  const area = geometryOf("area", [[2, 48], [3, 48], [3, 49.00000049]]);
  assert.deepEqual(area?.coordinates, [[[2, 48], [3, 48], [3, 49], [2, 48]]]);
  assert.deepEqual(shapeOf(JSON.stringify(area)), { shape: "area", spots: [[2, 48], [3, 48], [3, 49]] });
  assert.equal(shapeOf("{"), undefined);
});

test("sizes are said in the unit that people would use", () => {
  assert.equal(sizeText(240.4, false, "fr"), "240 m");
  assert.equal(sizeText(1_240, false, "fr"), "1,2 km");
  assert.equal(sizeText(850, true, "en"), "850 m²");
  assert.equal(sizeText(14_000, true, "fr"), "1,4 ha");
  assert.equal(sizeText(2_300_000, true, "en"), "2.3 km²");
});

test("what is beyond the limits is named", () => {
  const limits = { lineMetres: 1_000, areaSquareMetres: 10_000, corners: 3 };
  assert.equal(beyond("line", [[2, 48], [2.1, 48]], limits), "long");
  assert.equal(beyond("area", [[2, 48], [2.01, 48], [2.01, 48.01]], limits), "large");
  assert.equal(beyond("line", Array<Spot>(4).fill([2, 48]), limits), "many");
  assert.equal(beyond("line", [[2, 48], [2.001, 48]], limits), undefined);
});
