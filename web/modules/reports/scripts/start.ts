// The form of a report, and its preview.
import { type Begun, keepDraft, tellOfPublishing } from "../../../shared/scripts/draft";
import { type Instead, sendWhenOnline } from "../../../shared/scripts/offline";
import { find } from "../../../shared/scripts/page";
import { startPlacing } from "../../../shared/scripts/placing";
import { localPhotos } from "../../photos/scripts/photos";
import { startThere } from "./there";

export function start() {
  const form = find("report-form", HTMLFormElement);
  let draft: Begun | undefined;
  if (form) {
    draft = keepDraft();
    // What is said of the place does not wait for the map.
    startThere(form, draft.said("service"));
    void startPlacing(draft);
    // Without a connection it could not be fetched.
    window.addEventListener("load", () => void import("./queued"));
  }
  const instead: Instead = async (form, button) => (await import("./queued")).queueReport(form, button, { draft, photos: localPhotos(form) });
  for (const id of ["report-form", "report-send"]) {
    sendWhenOnline(id, instead);
    tellOfPublishing(find(id, HTMLFormElement));
  }
  const list = find("reports", HTMLFormElement);
  if (list) void import("./chosen").then(({ startChosen }) => startChosen(list));
  if (document.getElementById("round-order")) void import("./rounds").then(({ startRound }) => startRound());
}
