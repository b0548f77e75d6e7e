// Phases are added, moved, removed and put back in place: htmx sends the whole form, and the lines that come back stand where the others
// stood, so that nobody loses their place. The server says which line goes on (its `autofocus`) and what was done, which is read out.
import htmx from "htmx.org";
import { need, say } from "../../../shared/scripts/page";

type Told = { elt: Element; xhr?: XMLHttpRequest };

/** The form goes as it would without this script: whatever the server has to say is a page then. */
function sendPlainly(form: HTMLFormElement, button: HTMLButtonElement): void {
  const step = document.createElement("input");
  step.type = "hidden";
  step.name = button.name;
  step.value = button.value;
  form.append(step);
  form.action = button.formAction;
  form.submit();
}

export function startCalendar(form: HTMLFormElement): void {
  // As the page's own `htmx-config` says; it is read too late where this script arrives after the page.
  Object.assign(htmx.config, { allowEval: false, includeIndicatorStyles: false, selfRequestsOnly: true, defaultSettleDelay: 0 });
  const line = need("phases-said", HTMLElement);
  htmx.process(form);
  const told = (event: Event) => (event as CustomEvent<Told>).detail;
  form.addEventListener("htmx:afterSettle", () => {
    say(line, need("phases", HTMLElement).dataset["arranged"]);
  });
  form.addEventListener("htmx:responseError", (event) => {
    const { elt } = told(event);
    if (elt instanceof HTMLButtonElement) sendPlainly(form, elt);
  });
  form.addEventListener("htmx:sendError", () => {
    say(line, line.dataset["failed"]);
  });
}
