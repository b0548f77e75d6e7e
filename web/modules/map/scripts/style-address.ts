// Where the style of the map is. Of its own, so that it can be asked for beside the script that draws it.
import { url } from "../../../shared/scripts/url";
import { withQuery } from "./query";

/** The style of a query on the paper that this person prefers. */
export function styleAddress(query: string): string {
  const scheme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "scheme=dark" : "";
  return withQuery(url("/style.json"), [query, scheme].filter(Boolean).join("&"));
}
