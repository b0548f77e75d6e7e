// A report that is sent without a connection: it waits on this device, not on its page, and leaves when there is a connection, also when
// its page was closed. As long as it waits it can be changed.
import type { Begun } from "../../../shared/scripts/draft";
import { find, need } from "../../../shared/scripts/page";
import { AGAIN_MS, type Waiting } from "../../../shared/scripts/queue";
import { url } from "../../../shared/scripts/url";
import { putAside, sendNow, takeBack } from "../../../shared/scripts/waiting";
import type { LocalPhoto } from "../../photos/scripts/photos";

/** Puts a report aside. Says whether it did: without a place, or in a browser that keeps nothing, its page waits. */
export async function queueReport(
  form: HTMLFormElement,
  button: HTMLElement | null,
  { draft, photos }: { draft: Begun | undefined; photos: LocalPhoto[] },
): Promise<boolean> {
  // Whoever says « me too » needs the page; whoever changes a report has one.
  if (button?.hasAttribute("formaction") || form.getAttribute("action") !== url("/reports")) return false;
  if (button instanceof HTMLButtonElement && !["preview", "publish"].includes(button.value)) return false;
  const said = [...new FormData(form)].filter((field): field is [string, string] => typeof field[1] === "string");
  const fields = said.filter(([name, value]) => name !== "once" && name !== "step" && value !== "");
  const has = (name: string) => fields.some(([field]) => field === name);
  if (!has("lon") || !has("lat")) return false;
  fields.push(["step", "publish"]);
  const label = document.querySelector("h1")?.textContent ?? "";
  const one = await putAside({ path: "/reports", fields, photos, label });
  if (!one) return false;
  draft?.forget();
  follow(form, one, draft);
  return true;
}

/** Says that it waits, and goes to its page once it has left. */
function follow(form: HTMLFormElement, one: Waiting, draft: Begun | undefined): void {
  const notice = need("queued-here", HTMLElement);
  const problem = need("queued-problem", HTMLElement);
  const change = find("queued-change", HTMLButtonElement);
  // What says what it is stays to be read; what can be changed cannot.
  const parts = form.querySelectorAll<HTMLElement>("fieldset, .actions, #there");
  const lock = (is: boolean) => parts.forEach((part) => (part.inert = is));
  let timer: number | undefined;
  problem.hidden = true;
  need("waiting", HTMLElement).hidden = true;
  notice.hidden = false;
  lock(true);
  change?.focus();
  const open = () => {
    window.clearInterval(timer);
    window.removeEventListener("online", attempt);
    notice.hidden = true;
    lock(false);
    draft?.keep();
  };
  const look = async () => {
    const fate = await sendNow(one);
    if (fate.is === "there") return;
    if (fate.is === "gone") {
      window.clearInterval(timer);
      location.assign(url(fate.id === undefined ? "/mine" : `/features/${fate.id}`));
      return;
    }
    await takeBack(one);
    open();
    problem.textContent = fate.why;
    problem.hidden = false;
    problem.scrollIntoView({ block: "nearest" });
  };
  const attempt = () => void look();
  timer = window.setInterval(attempt, AGAIN_MS);
  window.addEventListener("online", attempt);
  change?.addEventListener("click", () => void takeBack(one).then(open), { once: true });
  attempt();
}
