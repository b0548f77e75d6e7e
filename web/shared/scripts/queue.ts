// What waits on this device to be sent: filled in without a connection, it leaves when there is one, also when its page is closed. Pages and
// the worker (worker/worker.ts) share it, so it knows neither a document nor a window.
//
// Each has a number of its own, made here, which goes with every attempt: the server does once what it is sent twice.

/** A photo that goes ahead of its form. */
export interface WaitingPhoto {
  file: Blob;
  name: string;
  alt: string;
  /** The server's number, once it has it. */
  id?: number;
}

export interface Waiting {
  id?: number;
  /** The number of its own. */
  key: string;
  /** Where it is sent, as the site says its addresses. */
  path: string;
  fields: [string, string][];
  photos: WaitingPhoto[];
  /** Whose it is: the word by which this browser tells people apart, or nothing. */
  person: string;
  /** When it was filled in, in ms. */
  at: number;
  /** What it is, for a list. */
  label: string;
  /** Why the server has not taken it; it is not sent again by itself. */
  problem?: string;
}

/** One that the server took, with the number of what it made: a page, a window and the worker send alike, and the page that waits for it learns where it is. */
interface Made {
  id: number;
  key: string;
  /** When it left, in ms. */
  left: number;
  made: number;
}

/** How long it is known what was made, in ms. */
const KNOWN_MS = 86_400_000;

/** How long until the server is asked again, in ms. */
export const AGAIN_MS = 10_000;

const NAME = "waiting";

/** Asks of the worker's registration that it sends what waits, where browsers can. */
export const SYNC = "parvis-waiting";

/** `root` is where the site stands on its host (`/carte/`). Two sites on one host keep apart what waits. */
async function database(root: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(`parvis${root}`, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(NAME, { keyPath: "id", autoIncrement: true });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error("no storage"));
  });
}

/** Does something with the store, and waits until it is on the disk. */
async function within<T>(root: string, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await database(root);
  try {
    const transaction = db.transaction(NAME, mode);
    const asked = act(transaction.objectStore(NAME));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("not kept"));
    });
    return asked.result;
  } finally {
    db.close();
  }
}

async function rows(root: string): Promise<(Waiting | Made)[]> {
  return (await within(root, "readonly", (store) => store.getAll())) as (Waiting | Made)[];
}

const isMade = (one: Waiting | Made): one is Made => "made" in one;

/** What waits of somebody: theirs, and what nobody had a name for when it was filled in. */
export async function waiting(root: string, person: string): Promise<Waiting[]> {
  return (await rows(root)).filter((one): one is Waiting => !isMade(one) && (one.person === person || one.person === ""));
}

/** The number of what this one made, whoever sent it; nothing where that is not known (any more). */
export async function madeOf(root: string, key: string): Promise<number | undefined> {
  return (await rows(root)).filter(isMade).find((one) => one.key === key)?.made;
}

/** What was made longer ago than a page stays open is forgotten. */
async function forgetMade(root: string): Promise<void> {
  const before = Date.now() - KNOWN_MS;
  for (const { id } of (await rows(root)).filter(isMade).filter(({ left }) => left < before)) await forgetWaiting(root, id);
}

export async function keepWaiting(root: string, one: Waiting | Made): Promise<number> {
  return (await within(root, "readwrite", (store) => store.put(one))) as number;
}

export async function forgetWaiting(root: string, id: number): Promise<void> {
  await within(root, "readwrite", (store) => store.delete(id));
}

/** What the server says is wrong. */
async function problemOf(response: Response): Promise<string> {
  try {
    const { detail, errors } = (await response.json()) as { detail?: string; errors?: { detail?: string }[] };
    const each = (errors ?? []).flatMap(({ detail }) => (detail ? [detail] : []));
    return each.join(" ") || (detail ?? String(response.status));
  } catch {
    return String(response.status);
  }
}

/** Later it may go: the server is busy, is being started, or asks for patience. */
const isForLater = ({ status }: Response) => status >= 500 || status === 408 || status === 429;

type Answer = { is: "done"; id?: number } | { is: "later" } | { is: "refused"; why: string };

async function post(root: string, { key, path }: Waiting, body: FormData | URLSearchParams): Promise<Answer> {
  try {
    const headers = { accept: "application/json", "idempotency-key": key };
    const response = await fetch(root + path.slice(1), { method: "POST", body, headers, credentials: "same-origin" });
    if (isForLater(response)) return { is: "later" };
    if (!response.ok) return { is: "refused", why: await problemOf(response) };
    const kind = response.headers.get("content-type") ?? "";
    const said = kind.includes("json") ? ((await response.json()) as { id?: number }) : {};
    return said.id === undefined ? { is: "done" } : { is: "done", id: said.id };
  } catch {
    // No connection, or none that lasted: nothing was taken, or what was taken will be known again by its number.
    return { is: "later" };
  }
}

async function sendOne(root: string, one: Waiting): Promise<Answer> {
  for (const photo of one.photos) {
    if (photo.id !== undefined) continue;
    const body = new FormData();
    body.set("alt", photo.alt);
    body.set("photo", photo.file, photo.name);
    const answer = await post(root, { ...one, path: "/photos" }, body);
    if (answer.is !== "done" || answer.id === undefined) return answer;
    photo.id = answer.id;
    await keepWaiting(root, one);
  }
  const fields: [string, string][] = [...one.fields];
  for (const { id, alt } of one.photos) {
    if (id === undefined) continue;
    fields.push(["photo", String(id)], [`alt-${id}`, alt]);
  }
  if (one.path !== "/reports") return post(root, one, new URLSearchParams(fields));
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  return post(root, one, body);
}

/**
 * Sends what waits of somebody, in its order, one window or worker at a time; stops where there is no connection. `all`: also what was
 * refused before.
 */
export async function sendWaiting(root: string, person: string, all = false): Promise<void> {
  return navigator.locks.request(`parvis${root}${NAME}`, async () => {
    await forgetMade(root);
    for (const one of await waiting(root, person)) {
      if (one.problem !== undefined && !all) continue;
      const answer = await sendOne(root, one);
      if (answer.is === "later") break;
      if (answer.is === "refused") {
        await keepWaiting(root, { ...one, problem: answer.why });
        continue;
      }
      if (one.id === undefined) continue;
      if (answer.id === undefined) await forgetWaiting(root, one.id);
      else await keepWaiting(root, { id: one.id, key: one.key, left: Date.now(), made: answer.id });
    }
  });
}

/** Everything that waits, whoever's it is, is forgotten. */
export async function forgetAllWaiting(root: string): Promise<void> {
  await within(root, "readwrite", (store) => store.clear());
}
