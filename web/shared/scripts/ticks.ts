// Small acts of a page that is kept on this device (a round): without a connection they wait, and leave when there is one. The page marks
// its forms with `data-queue`, the text that says so; `data-label` names the act in the list of what waits.
import { putAside } from "./waiting";
import { url } from "./url";

/** `isThere`: whether the form can be sent now. */
export function queueTick(form: HTMLFormElement, isThere: () => Promise<boolean>): void {
  let going = false;
  form.addEventListener("submit", (event) => {
    if (going) return;
    event.preventDefault();
    const button = event.submitter;
    const act = async () => {
      if (await isThere()) {
        going = true;
        form.requestSubmit(button);
        return;
      }
      const said = [...new FormData(form, button)].filter((field): field is [string, string] => typeof field[1] === "string" && field[0] !== "once");
      const path = `/${new URL(form.action).pathname.slice(url("/").length)}`;
      const label = form.dataset.label ?? document.title;
      const kept = await putAside({ path, fields: said, photos: [], label });
      if (!kept) {
        // This browser keeps nothing: the page says by itself that there is no connection.
        going = true;
        form.requestSubmit(button);
        return;
      }
      const line = document.createElement("p");
      line.setAttribute("role", "status");
      line.textContent = form.dataset.queue ?? "";
      form.replaceChildren(line);
    };
    void act();
  });
}
