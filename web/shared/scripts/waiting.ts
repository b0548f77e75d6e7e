// What waits on this device to be sent, on pages: a form that is put there, what is said of it, and sending it.
import { find, need } from "./page";
import { AGAIN_MS, forgetWaiting, keepWaiting, madeOf, sendWaiting, SYNC, type Waiting, waiting } from "./queue";
import { person, url } from "./url";

const root = url("/");

/** That something waits is noted where a page sees it before it loads this. */
export const WAITS = `parvis-waits${root.slice(0, -1)}`;

async function noted(): Promise<Waiting[]> {
  const all = await waiting(root, person());
  try {
    if (all.length > 0) localStorage.setItem(WAITS, String(all.length));
    else localStorage.removeItem(WAITS);
  } catch {
    // Then what waits is sent by the worker, or on the page where it was filled in.
  }
  return all;
}

/** Puts something there. Gives its number, or nothing where this browser keeps nothing. */
export async function putAside(one: Omit<Waiting, "key" | "person" | "at">): Promise<Waiting | undefined> {
  const whole: Waiting = { ...one, key: crypto.randomUUID(), person: person(), at: Date.now() };
  try {
    whole.id = await keepWaiting(root, whole);
    await noted();
  } catch {
    return undefined;
  }
  void askToSend();
  return whole;
}

export async function takeBack({ id }: Waiting): Promise<void> {
  if (id !== undefined) await forgetWaiting(root, id);
  await noted();
}

/** Lets the browser send it by itself, where it can. */
async function askToSend(): Promise<void> {
  try {
    const { sync } = (await navigator.serviceWorker.ready) as ServiceWorkerRegistration & { sync?: { register: (tag: string) => Promise<void> } };
    await sync?.register(SYNC);
  } catch {
    // The next page of ours sends it.
  }
}

/** What became of one that waits: it is still there, refused, or gone, with the number of what it made where that is known. */
type Fate = { is: "there" } | { is: "refused"; why: string } | { is: "gone"; id?: number };

export async function sendNow(one: Waiting): Promise<Fate> {
  await sendWaiting(root, person());
  const left = await noted();
  const here = left.find(({ key }) => key === one.key);
  if (here) return here.problem === undefined ? { is: "there" } : { is: "refused", why: here.problem };
  // It may have left with the worker, or with another window.
  const id = await madeOf(root, one.key);
  return id === undefined ? { is: "gone" } : { is: "gone", id };
}

/** Sends what waits, and says what is left: in a line (`#queued`), and as a list (`#waiting-list`). */
export async function showWaiting(): Promise<void> {
  const show = async () => {
    const all = await noted();
    const line = find("queued", HTMLElement);
    if (line) line.hidden = all.length === 0;
    const list = find("waiting-list", HTMLUListElement);
    if (!list) return;
    need("waiting-none", HTMLElement).hidden = all.length > 0;
    list.replaceChildren(...all.map((one) => entry(one, show)));
  };
  const send = async () => {
    await show();
    await sendWaiting(root, person());
    await show();
  };
  window.addEventListener("online", () => void send());
  window.setInterval(() => {
    if ((find("queued", HTMLElement)?.hidden ?? true) && !find("waiting-list", HTMLUListElement)) return;
    void send();
  }, 3 * AGAIN_MS);
  await send();
}

function entry(one: Waiting, changed: () => Promise<void>): Node {
  const item = need("waiting-item", HTMLTemplateElement).content.cloneNode(true) as DocumentFragment;
  const part = (name: string) => item.querySelector<HTMLElement>(`[data-part="${name}"]`);
  part("label")?.replaceChildren(one.label);
  part("at")?.replaceChildren(new Date(one.at).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }));
  const problem = part("problem");
  if (problem) {
    problem.hidden = one.problem === undefined;
    problem.replaceChildren(one.problem ?? "");
  }
  part("again")?.addEventListener("click", () => {
    void sendWaiting(root, person(), true).then(changed);
  });
  part("drop")?.addEventListener("click", () => {
    void takeBack(one).then(changed);
  });
  return item;
}
