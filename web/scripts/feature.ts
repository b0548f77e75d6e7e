// A feature's own page: a vote without leaving it, and the numbers as they change. Without it the plain form does the same.
import { draftWasSent } from "./draft";
import { listen } from "./live";
import { find, need, say } from "./page";

interface Votes {
  votes_for: number;
  votes_against: number;
}

function show({ votes_for, votes_against }: Votes): void {
  const numbers: [string, number][] = [["votes-for", votes_for], ["votes-against", votes_against]];
  for (const [id, number] of numbers) {
    const line = need(id, HTMLElement);
    // Untouched where nothing changed, so that a screen reader does not say it again.
    if (line.textContent !== String(number)) line.textContent = String(number);
  }
}

function press(form: HTMLFormElement, voice: string): void {
  for (const button of form.querySelectorAll<HTMLButtonElement>("button[data-voice]")) {
    const own = button.dataset.voice ?? "none";
    if (own === "none") {
      if (voice === "none" && document.activeElement === button) form.querySelector("button")?.focus();
      button.hidden = voice === "none";
      continue;
    }
    const pressed = own === voice;
    button.setAttribute("aria-pressed", String(pressed));
    button.classList.toggle("chosen", pressed);
    button.value = pressed ? "none" : own;
  }
}

async function vote(form: HTMLFormElement, voice: string): Promise<void> {
  const problem = need("vote-problem", HTMLElement);
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams({ voice }),
    });
    if (!response.ok) throw new Error(String(response.status));
    const votes = (await response.json()) as Votes & { voice: string };
    problem.hidden = true;
    show(votes);
    press(form, votes.voice);
  } catch {
    problem.hidden = false;
  }
}

export function startFeature(): void {
  const page = need("content", HTMLElement);
  const { id = "", seq = "", mine } = page.dataset;
  if (mine === "true") draftWasSent(page.querySelector("h1")?.textContent ?? "");
  const form = find("vote", HTMLFormElement);
  form?.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    void vote(form, button.value);
  });

  // Said without leaving the page, which may be on its way elsewhere: its author has just withdrawn it here.
  const gone = () => {
    say(need("gone", HTMLElement), need("gone-text", HTMLTemplateElement).content.textContent);
    if (form) form.hidden = true;
  };
  const refresh = async () => {
    const response = await fetch(`/api/features/${id}`);
    if (response.status === 404) gone();
    if (response.ok) show(((await response.json()) as { properties: Votes }).properties);
  };
  listen(seq, {
    change: ({ all, features }) => {
      const own = features.find((feature) => String(feature.id) === id);
      if (own?.act === "withdrawn") gone();
      // A failure only leaves the numbers as they were: the next change brings them.
      else if (all || own) refresh().catch(() => undefined);
    },
    state: () => undefined,
  });
}
