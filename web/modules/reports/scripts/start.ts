// The form of a report, and its preview.
import { keepDraft } from "../../../shared/scripts/draft";
import { sendWhenOnline } from "../../../shared/scripts/offline";
import { startPlacing } from "../../../shared/scripts/placing";
import { startThere } from "./there";

export function start() {
  const form = document.getElementById("report-form");
  if (form instanceof HTMLFormElement) {
    // What is said of the place does not wait for the map.
    startThere(form);
    void startPlacing(keepDraft());
    sendWhenOnline("report-form");
  }
  if (document.getElementById("report-send")) sendWhenOnline("report-send");
  if (document.getElementById("round-order")) void import("./rounds").then(({ startRound }) => startRound());
}
