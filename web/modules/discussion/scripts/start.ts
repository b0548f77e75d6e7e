// A contribution's own page.
import { startFeature } from "./feature";

export function start() {
  if (document.getElementById("votes")) startFeature();
}
