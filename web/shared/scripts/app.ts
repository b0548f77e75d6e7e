// The one script of every page: starts what the page has. MapLibre is loaded only where there is a map.
import { starts } from "parvis:modules";
import { leaveNothing, offerDraft } from "./draft";

leaveNothing();
// Each module looks for what it knows (`web/modules/NAME/scripts/start.ts`).
for (const start of starts) start();
if (document.getElementById("unsent")) offerDraft();
// The desk, and the page that refuses one of its acts.
if (document.querySelector(".desk, main.error")) void import("./desk").then(({ keepDesk }) => keepDesk());
