// Lists of the desk, and the choice of passages; the rest of the site does not load their scripts.
export function start() {
  for (const form of document.querySelectorAll<HTMLFormElement>("form.queue, form.answers"))
    void import("./queue").then(({ startQueue }) => startQueue(form));
  if (document.getElementById("redact-source")) void import("./redact").then(({ startRedact }) => startRedact());
}
