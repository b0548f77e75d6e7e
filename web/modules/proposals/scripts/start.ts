// The form of an idea, and its preview.
import { keepDraft } from "../../../shared/scripts/draft";
import { sendWhenOnline } from "../../../shared/scripts/offline";
import { startPreview } from "./preview";
import { startProposal } from "./proposal";

export function start() {
  // Before its map, which shows the draft's place.
  if (document.getElementById("proposal")) void startProposal(keepDraft());
  if (document.getElementById("publish")) startPreview();
  for (const id of ["proposal", "publish"]) sendWhenOnline(id);
}
