// The one script of every page: starts what the page has. MapLibre is loaded only where there is a map.
import { keepDraft, leaveNothing, offerDraft } from "./draft";
import { startFeature } from "./feature";
import { sendWhenOnline } from "./offline";
import { startPreview } from "./preview";
import { startProposal } from "./proposal";
import { startSquare } from "./square";

const has = (id: string) => document.getElementById(id) !== null;

leaveNothing();
if (has("votes")) startFeature();
if (has("map")) void startSquare();
if (has("embed")) void import("./maps").then(({ startEmbed }) => startEmbed());
if (has("proposal")) {
  // Before its map, which shows the draft's place.
  void startProposal(keepDraft());
}
// Beside the list there is room for all filters; above it, on a phone, there is not.
if (!has("map") && window.matchMedia("(min-width: 50rem)").matches) document.getElementById("filters")?.setAttribute("open", "");
if (has("publish")) startPreview();
if (has("unsent")) offerDraft();
// The desk, and the page that refuses one of its acts.
if (document.querySelector(".desk, main.error")) void import("./desk").then(({ keepDesk }) => keepDesk());
// Lists of the desk; the rest of the site does not load their script.
for (const form of document.querySelectorAll<HTMLFormElement>("form.queue, form.answers"))
  void import("./queue").then(({ startQueue }) => startQueue(form));
for (const form of document.querySelectorAll<HTMLFormElement>("form.passkey"))
  void import("./passkeys").then(({ startPasskeys }) => startPasskeys(form));
for (const id of ["proposal", "publish"]) sendWhenOnline(id);
