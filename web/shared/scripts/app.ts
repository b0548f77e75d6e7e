// The one script of every page: starts what the page has. MapLibre is loaded only where there is a map.
import { starts } from "parvis:modules";
import { leaveNothing, offerDrafts } from "./draft";
import { isKept, isThere } from "./offline";
import { url } from "./url";

leaveNothing();
// Each module looks for what it knows (`web/modules/NAME/scripts/start.ts`).
for (const start of starts) start();
offerDrafts();
// The desk, and the page that refuses one of its acts.
if (document.querySelector(".desk, main.error")) void import("./desk").then(({ keepDesk }) => keepDesk());
// What works without a connection: after everything else, and only for who has come to it.
const waits = () => {
  try {
    return localStorage.getItem(`parvis-waits${url("/").slice(0, -1)}`) !== null;
  } catch {
    return false;
  }
};
window.addEventListener("load", () => {
  if (document.querySelector("[data-offline]")) void import("./kept").then(({ startKept }) => startKept());
  if (waits() || document.getElementById("waiting-list")) void import("./waiting").then(({ showWaiting }) => showWaiting());
  const canGo = async () => !isKept() && (await isThere());
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-queue]")) void import("./ticks").then(({ queueTick }) => queueTick(form, canGo));
});
