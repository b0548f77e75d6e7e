// Passages to black out, chosen by selecting them in the text. Without this script they are typed.
import { find } from "../../../shared/scripts/page";

export function startRedact(): void {
  const source = find("redact-source", HTMLElement);
  const add = find("redact-add", HTMLButtonElement);
  const passages = find("passages", HTMLTextAreaElement);
  if (!source || !add || !passages) return;
  add.hidden = false;
  // A click takes the selection away in some browsers: what was selected last is kept.
  let chosen = "";
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (selection?.rangeCount && source.contains(selection.getRangeAt(0).commonAncestorContainer))
      chosen = selection.toString().trim() || chosen;
  });
  add.addEventListener("click", () => {
    const lines = passages.value.split("\n").filter((line) => line.trim());
    const more = chosen.split("\n").map((line) => line.trim());
    for (const line of more) if (line && !lines.includes(line)) lines.push(line);
    passages.value = lines.join("\n");
    passages.focus();
  });
}
