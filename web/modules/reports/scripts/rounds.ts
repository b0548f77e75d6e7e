// A round on a telephone: from where one stands, and without a connection. What is said at a stop while there is none stays on this device and
// is sent when there is one again, also from a page that was opened from what the browser keeps. Without this script every act is a form.
import { find } from "../../../shared/scripts/page";
import { url } from "../../../shared/scripts/url";

/** How long the server may take to show a sign of life, and how long until it is asked again, in ms. */
const PATIENCE_MS = 6_000;
const AGAIN_MS = 20_000;

/** What was said at a stop: its form's fields, and where it is sent. */
type Said = { action: string; fields: [string, string][] };
type Kept = Record<string, Said>;

/** Storage may be refused or full; then a form is sent as it always is. */
function read(key: string): Kept {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") as Kept;
  } catch {
    return {};
  }
}

function write(key: string, kept: Kept): boolean {
  try {
    if (Object.keys(kept).length) localStorage.setItem(key, JSON.stringify(kept));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

async function isThere(): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    return (await fetch(url("/healthz"), { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) })).ok;
  } catch {
    return false;
  }
}

/** Marks the stops that wait. */
function show(round: HTMLElement, kept: Kept): void {
  for (const stop of round.querySelectorAll<HTMLElement>(".round-stop")) stop.classList.toggle("is-waiting", stop.id in kept);
  const waiting = find("round-waiting", HTMLElement);
  if (waiting) waiting.hidden = Object.keys(kept).length === 0;
}

/** Sends what waits, one after the other. Gives whether anything was. */
async function send(key: string): Promise<boolean> {
  let sent = false;
  for (const [stop, said] of Object.entries(read(key))) {
    try {
      const answer = await fetch(said.action, { method: "POST", body: new URLSearchParams(said.fields) });
      // What the server refuses it refuses again: the page that is loaded then says how it stands.
      if (answer.status >= 500) break;
      write(key, Object.fromEntries(Object.entries(read(key)).filter(([other]) => other !== stop)));
      sent = true;
    } catch {
      break;
    }
  }
  return sent;
}

function keepStops(round: HTMLElement): void {
  const key = `parvis-round ${round.dataset["round"] ?? ""}`;
  let timer: number | undefined;
  const attempt = async () => {
    window.clearTimeout(timer);
    if (!Object.keys(read(key)).length) return;
    if ((await isThere()) && (await send(key))) {
      location.reload();
      return;
    }
    timer = window.setTimeout(() => void attempt(), AGAIN_MS);
  };
  round.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset["going"]) return;
    event.preventDefault();
    const button = event.submitter;
    void isThere().then((there) => {
      const stop = form.closest<HTMLElement>(".round-stop");
      const fields = [...new FormData(form, button).entries()].filter((pair): pair is [string, string] => typeof pair[1] === "string");
      const kept = read(key);
      if (!there && stop && write(key, { ...kept, [stop.id]: { action: form.action, fields } })) {
        show(round, read(key));
        timer = window.setTimeout(() => void attempt(), AGAIN_MS);
        return;
      }
      form.dataset["going"] = "yes";
      form.requestSubmit(button);
    });
  });
  window.addEventListener("online", () => void attempt());
  // Back from the next page by the browser's own button: it may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of round.querySelectorAll("form")) delete form.dataset["going"];
  });
  show(round, read(key));
  void attempt();
}

/** The order from where one stands: asked of the device when the button is pressed. */
function fromHere(): void {
  const button = find("round-here", HTMLButtonElement);
  if (!button || !("geolocation" in navigator)) return;
  button.hidden = false;
  let known = false;
  button.addEventListener("click", (event) => {
    if (known) return;
    event.preventDefault();
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      for (const [name, value] of [["lon", coords.longitude], ["lat", coords.latitude]] as const) {
        const field = button.form?.elements.namedItem(name);
        if (field instanceof HTMLInputElement) field.value = String(value);
      }
      known = true;
      button.form?.requestSubmit(button);
    });
  });
}

export function startRound(): void {
  fromHere();
  const round = document.getElementById("round");
  if (round) keepStops(round);
}
