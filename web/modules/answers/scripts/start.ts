// Texts to answer with go into the answer at once. Without this script their button comes back with the text filled in; so it does
// where the page must show what becomes of it for each contribution.
export function start() {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[name=insert]"))
    button.addEventListener("click", (event) => {
      const form = button.form;
      const chosen = form?.querySelector<HTMLSelectElement>("select[name=reply]")?.selectedOptions[0];
      const answer = form?.querySelector<HTMLTextAreaElement>("textarea[name=body]");
      const text = chosen?.dataset["text"];
      if (!answer || text === undefined) return;
      event.preventDefault();
      const typed = answer.value.trimEnd();
      answer.value = typed ? `${typed}\n\n${text}` : text;
      answer.dispatchEvent(new Event("input", { bubbles: true }));
      answer.focus();
    });
  // What cannot be undone any more is not offered; who presses it late without this script is told.
  for (const form of document.querySelectorAll<HTMLFormElement>("form.undo"))
    setTimeout(() => form.remove(), Number(form.dataset["seconds"]) * 1000);
}
