// The page of what waits on this device: whether it stands for another one that cannot be had, and the forms that are kept here.
import { need } from "../../../shared/scripts/page";
import { url } from "../../../shared/scripts/url";

export async function startOfflinePage(): Promise<void> {
  const isKept = document.documentElement.dataset.kept !== undefined;
  need("offline-said", HTMLElement).hidden = !isKept;
  need("offline-again", HTMLElement).hidden = !isKept;
  if (!("caches" in window)) return;
  const pages = await caches.open(`parvis${url("/")} pages`);
  const list = need("offline-forms", HTMLUListElement);
  for (const { url: address } of await pages.keys()) {
    if (!new URL(address).pathname.startsWith(url("/reports/"))) continue;
    const page = await pages.match(address, { ignoreVary: true });
    const title = new DOMParser().parseFromString((await page?.text()) ?? "", "text/html").querySelector("h1")?.textContent;
    if (!title) continue;
    const [item, link] = [document.createElement("li"), document.createElement("a")];
    [link.href, link.textContent] = [address, title];
    item.append(link);
    list.append(item);
  }
  need("forms-none", HTMLElement).hidden = list.children.length > 0;
}
