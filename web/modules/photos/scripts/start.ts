// The desk's page on which parts of a photo are covered.
import { find } from "../../../shared/scripts/page";

export function start(): void {
  const form = find("cover", HTMLFormElement);
  if (form) void import("./cover").then(({ startCover }) => startCover(form));
}
