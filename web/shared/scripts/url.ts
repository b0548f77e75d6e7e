// Where on its host the site stands: pages say it, since it may be below a path (`/carte/`).

/** The address that a browser asks for, of a path of this site. */
export function url(path: string): string {
  return (document.documentElement.dataset.root ?? "/") + path.slice(1);
}
