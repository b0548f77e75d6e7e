// Sharing a feature's page: what the device can do beside the address and the mail, which stand there anyway.
import { tell } from "./feature";
import { find, need } from "../../../shared/scripts/page";

/** A button beside a field that holds an address: copies it. */
function offerCopy(copy: HTMLButtonElement): void {
  const field = find(copy.dataset.copies ?? "", HTMLInputElement);
  if (!field) return;
  // Only where the page came over TLS or from this machine.
  copy.hidden = !("clipboard" in navigator);
  copy.addEventListener("click", () => {
    navigator.clipboard.writeText(field.value).then(
      () => tell(copy.dataset.done ?? ""),
      () => field.select(),
    );
    const before = copy.textContent;
    copy.textContent = copy.dataset.done ?? before;
    window.setTimeout(() => (copy.textContent = before), 3_000);
  });
  field.addEventListener("focus", () => field.select());
}

export function offerSharing(): void {
  document.querySelectorAll<HTMLButtonElement>("button[data-copies]").forEach(offerCopy);
  const field = need("share-url", HTMLInputElement);
  const native = need("share-native", HTMLButtonElement);
  native.hidden = !("share" in navigator);
  native.addEventListener("click", () => {
    // Closed by the person without sharing: nothing to say.
    navigator.share({ title: document.title, url: field.value }).catch(() => undefined);
  });
  // Beside the map the paper would show the map.
  const print = find("print", HTMLButtonElement);
  if (!print) return;
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
