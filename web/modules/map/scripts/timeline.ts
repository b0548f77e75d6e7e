// The months of what passes the filter, as bars over a slider: one month is shown, or all. It sets the filter's two days, as a hand would, so that map, list and
// counts agree. Not here: what a filter does (panel.ts).
import { find, need } from "../../../shared/scripts/page";
import { url } from "../../../shared/scripts/url";
import { tileQuery, withQuery } from "./query";

interface Month {
  month: string;
  count: number;
}

/** So long a month is shown while they are played, once it is there, in ms. */
const PLAYED_MS = 1_200;

const SVG = "http://www.w3.org/2000/svg";

/** The first and the last day of `2026-02`. */
export function daysOf(month: string): [string, string] {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return [`${month}-01`, `${month}-${String(last).padStart(2, "0")}`];
}

/** `show` applies the filter with other days and resolves once list and counts are those. Gives what is to be called when a filter holds. */
export function startTimeline(show: (since: string, until: string) => Promise<void>): () => void {
  const details = find("timeline", HTMLDetailsElement);
  if (!details) return () => undefined;
  details.hidden = false;
  const slider = need("timeline-month", HTMLInputElement);
  const said = need("timeline-said", HTMLElement);
  const [play, all] = [need("timeline-play", HTMLButtonElement), need("timeline-all", HTMLButtonElement)];
  const language = document.documentElement.lang;
  let months: Month[] = [];
  let isPlaying = false as boolean;

  const name = ({ month }: Month) => {
    const [year = 0, number = 1] = month.split("-").map(Number);
    return new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" }).format(Date.UTC(year, number - 1, 1));
  };
  /** 0 is the whole time. */
  const chosen = () => Number(slider.value);

  const tell = () => {
    const month = months[chosen() - 1];
    const text = month ? `${name(month)} – ${month.count.toLocaleString(language)}` : (details.dataset.all ?? "");
    said.textContent = text;
    slider.setAttribute("aria-valuetext", text);
    all.hidden = !month;
    for (const [at, bar] of [...details.querySelectorAll("rect")].entries()) bar.classList.toggle("is-chosen", at === chosen() - 1);
  };

  const draw = () => {
    const most = Math.max(1, ...months.map(({ count }) => count));
    const bars = details.querySelector(".timeline-bars");
    bars?.setAttribute("viewBox", `0 0 ${Math.max(1, months.length)} 100`);
    bars?.replaceChildren(
      ...months.map(({ count }, at) => {
        const bar = document.createElementNS(SVG, "rect");
        const height = count > 0 ? Math.max(3, (count / most) * 100) : 0;
        for (const [key, value] of Object.entries({ x: at + 0.08, y: 100 - height, width: 0.84, height })) bar.setAttribute(key, String(value));
        return bar;
      }),
    );
    slider.max = String(months.length);
  };

  /** Reads the months of the filter, and finds the one that it shows. */
  const read = async () => {
    const query = new URLSearchParams(location.search);
    const [since, until] = [query.get("since"), query.get("until")];
    for (const day of ["since", "until"]) query.delete(day);
    const answer = await fetch(withQuery(url("/api/months"), tileQuery(query)));
    if (!answer.ok) return;
    ({ months } = (await answer.json()) as { months: Month[] });
    draw();
    const at = months.findIndex(({ month }) => daysOf(month).join() === `${since ?? ""},${until ?? ""}`);
    slider.value = String(at + 1);
    tell();
  };

  const apply = async () => {
    const month = months[chosen() - 1];
    const [since, until] = month ? daysOf(month.month) : ["", ""];
    tell();
    await show(since, until);
  };

  const stop = () => {
    isPlaying = false;
    play.textContent = details.dataset.play ?? "";
  };
  const run = async () => {
    isPlaying = true;
    play.textContent = details.dataset.pause ?? "";
    if (chosen() >= months.length) slider.value = "0";
    const goesOn = () => isPlaying && chosen() < months.length;
    while (goesOn()) {
      slider.value = String(chosen() + 1);
      await apply();
      await new Promise((resolve) => window.setTimeout(resolve, PLAYED_MS));
    }
    stop();
  };

  let rest: number | undefined;
  slider.addEventListener("input", () => {
    stop();
    tell();
    window.clearTimeout(rest);
    rest = window.setTimeout(() => void apply(), 150);
  });
  play.addEventListener("click", () => {
    if (isPlaying) stop();
    else void run();
  });
  all.addEventListener("click", () => {
    stop();
    slider.value = "0";
    slider.focus();
    void apply();
  });
  details.addEventListener("toggle", () => {
    if (details.open) void read();
    else stop();
  });
  // Another filter has other months.
  return () => {
    if (details.open && !isPlaying) void read();
  };
}
