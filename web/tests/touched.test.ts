import assert from "node:assert/strict";
import { test } from "node:test";
import { Stale, tileOf, tilesOfBox, type Change } from "../modules/map/scripts/touched";

const change = (part: Partial<Change>): Change => ({ seq: 1, all: false, features: [], tiles: [], boxes: [], ...part });
const words = (tiles: { z: number; x: number; y: number }[]) => tiles.map((t) => `${t.z}/${t.x}/${t.y}`);

test("a changed tile makes all its parents stale", () => {
  const stale = new Stale();
  stale.add(change({ tiles: ["3/5/2"] }), 18);
  assert.deepEqual(words(stale.take().tiles), ["3/5/2", "2/2/1", "1/1/0", "0/0/0"]);
  assert.ok(stale.isEmpty, "taken once");
});

test("a tile that is none is left out", () => {
  for (const text of ["", "3/5", "a/b/c", "3/-1/2", "1.5/0/0"]) assert.equal(tileOf(text), undefined, text);
});

test("a box is drawn in the tiles that it covers, and in neighbours that it nearly touches", () => {
  // Lyon, well inside of its tile.
  assert.deepEqual(words(tilesOfBox([4.8, 45.7, 4.9, 45.8], 5) ?? []), ["5/16/11"]);
  // A hair east of the meridian of Greenwich: the tile west of it shows it in its margin.
  assert.deepEqual(words(tilesOfBox([0.001, 45.7, 0.002, 45.701], 5) ?? []), ["5/15/11", "5/16/11"]);
});

test("a box at the edge of the world stays on it", () => {
  assert.deepEqual(words(tilesOfBox([-180, -85.0511, 180, 85.0511], 1) ?? []), ["1/0/0", "1/0/1", "1/1/0", "1/1/1"]);
});

test("a box over too many tiles is told as everything", () => {
  const stale = new Stale();
  stale.add(change({ tiles: ["18/1/1"], boxes: [[2, 48, 3, 49]] }), 18);
  assert.deepEqual(stale.take(), { all: true, tiles: [] });
});

test("everything stays everything until it is taken", () => {
  const stale = new Stale();
  stale.add(change({ all: true }), 18);
  stale.add(change({ tiles: ["3/5/2"] }), 18);
  assert.equal(stale.take().all, true);
  assert.equal(stale.all, false);
});
