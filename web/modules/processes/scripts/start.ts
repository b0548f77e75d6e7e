// The calendar of a process at the desk; the rest of the site does not load its script.
export function start() {
  const form = document.querySelector<HTMLFormElement>("form.process-form");
  if (form?.querySelector("#phases")) void import("./calendar").then(({ startCalendar }) => startCalendar(form));
}
