import assert from "node:assert/strict";
import { test } from "node:test";
import { filterBy, pageQuery, tileQuery, withQuery } from "../modules/map/scripts/query";

filterBy(["theme", "kind", "status", "process", "area"]);

const form: [string, string][] = [
  ["kind", "report"],
  ["theme", "voirie"],
  ["kind", "proposal"],
  ["area", ""],
  ["since", "2026-01-02"],
  ["score_min", ""],
  ["order", "newest"],
];

test("a form becomes a short query in a fixed order", () => {
  assert.equal(pageQuery(form), "theme=voirie&kind=proposal,report&since=2026-01-02");
});

test("one filter has one query, however it was said", () => {
  assert.equal(pageQuery(new URLSearchParams("since=2026-01-02&kind=report,proposal,report&theme=voirie")), pageQuery(form));
});

test("a process may have another usual order: the latest first is then said", () => {
  assert.equal(pageQuery([...form, ["process", "plan"]]).endsWith("order=newest"), true);
});

test("tiles know no order, no box and no page", () => {
  const list = new URLSearchParams("order=score&bbox=1,2,3,4&cursor=1.2&limit=3&kind=report");
  assert.equal(pageQuery(list), "kind=report&bbox=1,2,3,4&order=score");
  assert.equal(tileQuery(list), "kind=report");
});

test("values are escaped", () => {
  assert.equal(tileQuery([["theme", "eau & ciel"]]), "theme=eau%20%26%20ciel");
});

test("no query leaves the address as it is", () => {
  assert.equal(withQuery("/", ""), "/");
  assert.equal(withQuery("/", "a=b"), "/?a=b");
});
