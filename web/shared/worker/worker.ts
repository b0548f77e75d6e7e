// The site's worker: what of the site works without a connection. It keeps the pages that say of themselves that a browser may keep them
// (`x-offline`, base/http/offline.rs) and the files that they are made of, and nothing else: no page of anybody's own, none of the desk
// but a round, which is gone when its reader signs out. Pages come from the network first; what is kept is for when there is none.
//
// It never changes what an open page shows, so that a new version takes over at once. Files have their content's digest in their
// names, and those of the version before stay for pages that are still open.
import { forgetAllWaiting, sendWaiting, SYNC } from "../scripts/queue";

/** Of the build: its digest, and the files without which no kept page works. */
declare const VERSION: string;
declare const SHELL: string[];

declare const self: ServiceWorkerGlobalScope;

const ROOT = new URL(self.registration.scope).pathname;

/** In which language pages are asked for: the page that registered the worker says it. */
const LANG = new URL(self.location.href).searchParams.get("lang") ?? "fr";

/** The names of caches; other sites on this host have others. */
const named = (what: string) => `parvis${ROOT} ${what}`;
const FILES = named("files ");
const PAGES = named("pages");
const ROUND = named("round");

/** How long a page that is kept waits for the network, in ms: a line that hangs is none. */
const PATIENCE_MS = 5_000;

const at = (path: string) => ROOT + path.slice(1);

/** A page is kept once for all places: its form asks for the place. In another process it is another form. */
function keyOf(address: string): string {
  const url = new URL(address, self.location.origin);
  if (url.pathname !== at("/reports/new")) return url.pathname;
  const said = ["category", "process"].flatMap((name) => {
    const value = url.searchParams.get(name);
    return value ? [`${name}=${encodeURIComponent(value)}`] : [];
  });
  return url.pathname + (said.length > 0 ? `?${said.join("&")}` : "");
}

const isOurs = (url: URL) => url.origin === self.location.origin && url.pathname.startsWith(ROOT);

/** Asks for a page as nobody in particular, and keeps it where it says that it may be. It knows then that it was kept (`data-kept`). */
async function keepPage(address: string): Promise<void> {
  const url = new URL(address, self.location.origin);
  if (!isOurs(url)) return;
  const key = keyOf(url.href);
  const headers = { accept: "text/html", "accept-language": LANG };
  const response = await fetch(key, { credentials: "omit", headers, cache: "no-store" });
  if (!response.ok || response.headers.get("x-offline") !== "page") return;
  const text = (await response.text()).replace("<html ", "<html data-kept ");
  // Of the bytes as they came, which these are not.
  const said = new Headers(response.headers);
  for (const name of ["content-encoding", "content-length", "etag"]) said.delete(name);
  await (await caches.open(PAGES)).put(key, new Response(text, { headers: said }));
}

async function keepFiles(addresses: string[]): Promise<void> {
  const files = await caches.open(FILES + VERSION);
  await Promise.all(
    addresses.map(async (address) => {
      const url = new URL(address, self.location.origin);
      if (!isOurs(url) || !url.pathname.startsWith(at("/assets/")) || (await files.match(url.pathname))) return;
      const response = await fetch(url.pathname);
      if (response.ok) await files.put(url.pathname, response);
    }),
  );
}

self.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([keepFiles(SHELL.map((name) => at(`/assets/${name}`))), keepPage(at("/offline"))]).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const files = (await caches.keys()).filter((name) => name.startsWith(FILES));
    // In the order in which they were made: those of the version before may be asked for by pages that are open.
    const kept = [...files.filter((name) => name !== FILES + VERSION).slice(-1), FILES + VERSION];
    await Promise.all(files.filter((name) => !kept.includes(name)).map((name) => caches.delete(name)));
    // Kept pages name files of the version that they were made by.
    const pages = await (await caches.open(PAGES)).keys();
    await Promise.all(pages.map(({ url }) => keepPage(url).catch(() => undefined)));
    await self.registration.navigationPreload.enable();
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

/** What is kept for a page, or the page that says that there is no connection. */
async function kept(request: Request): Promise<Response> {
  const round = await (await caches.open(ROUND)).match(request.url, { ignoreVary: true });
  if (round) return round;
  const pages = await caches.open(PAGES);
  const found = (await pages.match(keyOf(request.url), { ignoreVary: true })) ?? (await pages.match(at("/offline"), { ignoreVary: true }));
  return found ?? Response.error();
}

async function page(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const asked = (async () => {
    const preloaded = (await event.preloadResponse) as Response | undefined;
    const response = preloaded ?? (await fetch(request));
    if (response.headers.get("x-offline") === "round") {
      const copy = response.clone();
      event.waitUntil(caches.open(ROUND).then((round) => round.put(request.url, copy)));
    }
    return response;
  })();
  const isKept = new URL(request.url).pathname === at("/reports/new");
  try {
    if (!isKept) return await asked;
    const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE_MS));
    return await Promise.race([asked, late]);
  } catch {
    return kept(request);
  }
}

async function file(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  for (const name of (await caches.keys()).filter((name) => name.startsWith(FILES)).reverse()) {
    const found = await (await caches.open(name)).match(pathname, { ignoreVary: true });
    if (found) return found;
  }
  const response = await fetch(request);
  if (response.ok && /immutable/.test(response.headers.get("cache-control") ?? "")) {
    const copy = response.clone();
    await (await caches.open(FILES + VERSION)).put(pathname, copy);
  }
  return response;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (!isOurs(url)) return;
  // Who leaves leaves nothing behind, and who comes finds no round of somebody who never left.
  const leaves = request.method === "POST" && [at("/sign-out"), at("/privacy/me/erase")].includes(url.pathname);
  if (leaves || url.pathname.startsWith(at("/sign-in/"))) event.waitUntil(caches.delete(ROUND));
  if (leaves) event.waitUntil(forgetAllWaiting(ROOT));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith(at("/assets/"))) event.respondWith(file(request));
});

/** A page says what it is made of: `page` is its address, `files` what it has loaded. */
self.addEventListener("message", (event) => {
  const { page: address, files } = (event.data ?? {}) as { page?: unknown; files?: unknown };
  const names = Array.isArray(files) ? files.filter((name) => typeof name === "string") : [];
  const keep = async () => {
    await keepFiles(names);
    if (typeof address === "string") await keepPage(address);
  };
  event.waitUntil(keep().catch(() => undefined));
});

/** Who is here: a cookie tells people in one browser apart. Where a worker cannot read it, a page sends what waits. */
async function person(): Promise<string | undefined> {
  const store = (self as { cookieStore?: { get: (name: string) => Promise<{ value?: string } | null> } }).cookieStore;
  if (!store) return undefined;
  return (await store.get(`person${ROOT.slice(0, -1).replaceAll("/", ".")}`))?.value ?? "";
}

// Where browsers send by themselves what waits, also when no page is open.
(self as unknown as EventTarget).addEventListener("sync", (event) => {
  const sync = event as ExtendableEvent & { tag: string };
  if (sync.tag !== SYNC) return;
  const send = async () => {
    const who = await person();
    if (who !== undefined) await sendWaiting(ROOT, who);
  };
  sync.waitUntil(send());
});
