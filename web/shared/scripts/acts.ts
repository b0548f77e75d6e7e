// The links to what people are asked to do on the map (templates/map/acts.html). No map.

/** The link of an act that an event is of, unless it is to be opened beside. */
export function actOf(event: Event): HTMLAnchorElement | undefined {
  const link = event.target instanceof Element ? event.target.closest("a[data-act]") : null;
  const isBeside = event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey);
  return link instanceof HTMLAnchorElement && !isBeside ? link : undefined;
}

/** The form of an act for a place. */
export function formAt(link: HTMLAnchorElement, { lng, lat }: { lng: number; lat: number }): string {
  const form = new URL(link.href);
  form.searchParams.set("lon", lng.toFixed(6));
  form.searchParams.set("lat", lat.toFixed(6));
  return form.href;
}
