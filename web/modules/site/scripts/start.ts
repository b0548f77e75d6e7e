// The page of what waits on this device.
import { find } from "../../../shared/scripts/page";

export function start(): void {
  if (find("offline-forms", HTMLUListElement)) void import("./offline-page").then(({ startOfflinePage }) => startOfflinePage());
}
