// Where on its host the site stands: pages say it, since it may be below a path (`/carte/`).

/** The page's word for it: `/`, or `/carte/`. */
const root = () => document.documentElement.dataset.root ?? "/";

/** The address that a browser asks for, of a path of this site; as it is where it says where the site stands already. */
export function url(path: string): string {
  return path.startsWith(root()) ? path : root() + path.slice(1);
}

/** The name under which this browser keeps a cookie of ours. */
export function cookieName(name: string): string {
  return name + root().slice(0, -1).replaceAll("/", ".");
}

/** Whose drafts this browser shows, and what waits: the cookie names nobody, it only tells people on one computer apart. */
export function person(): string {
  const start = `${cookieName("person")}=`;
  const found = document.cookie.split("; ").find((cookie) => cookie.startsWith(start));
  return found?.slice(start.length) ?? "";
}
