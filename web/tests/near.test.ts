import assert from "node:assert/strict";
import { test } from "node:test";
import { coarse, isWithin } from "../modules/map/scripts/near";

const TOWN = "2.2,48.8,2.5,49";

test("who stands outside of the territory is told so, and on its edge is within", () => {
  assert.ok(isWithin(TOWN, { lng: 2.3, lat: 48.9 }));
  assert.ok(isWithin(TOWN, { lng: 2.2, lat: 49 }));
  assert.ok(!isWithin(TOWN, { lng: 2.19, lat: 48.9 }));
  assert.ok(!isWithin(TOWN, { lng: 2.3, lat: 49.01 }));
  assert.ok(isWithin("", { lng: -60, lat: 14 }), "nothing is known of the territory");
});

test("the map goes to the same place for all who are near it, and the place is in view", () => {
  assert.deepEqual(coarse({ lng: 2.35123, lat: 48.85678 }), { lng: 2.352, lat: 48.856 });
  assert.deepEqual(coarse({ lng: 2.35171, lat: 48.85611 }), { lng: 2.352, lat: 48.856 });
  for (const at of [{ lng: 2.35123, lat: 48.85678 }, { lng: -61.0049, lat: 14.6011 }]) {
    const near = coarse(at);
    assert.ok(Math.abs(near.lng - at.lng) <= 0.001 + 1e-9 && Math.abs(near.lat - at.lat) <= 0.001 + 1e-9);
  }
});
