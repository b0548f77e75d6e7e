// Lists of the desk; the rest of the site does not load their script.
export function start() {
  for (const form of document.querySelectorAll<HTMLFormElement>("form.queue, form.answers"))
    void import("./queue").then(({ startQueue }) => startQueue(form));
}
