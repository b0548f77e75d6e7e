import assert from "node:assert/strict";
import { test } from "node:test";
import { daysOf } from "../modules/map/scripts/timeline";

test("a month has its own last day", () => {
  assert.deepEqual(daysOf("2026-02"), ["2026-02-01", "2026-02-28"]);
  assert.deepEqual(daysOf("2028-02"), ["2028-02-01", "2028-02-29"]);
  assert.deepEqual(daysOf("2025-12"), ["2025-12-01", "2025-12-31"]);
});
