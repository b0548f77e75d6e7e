// The panel on a phone: a sheet over the map that is pulled up by its handle, by a finger or by keys, to three heights.
// Where there is room the panel stands beside the map and none of this is seen.
import { find, need } from "../../../shared/scripts/page";

const STOPS = ["peek", "half", "full"] as const;
type Stop = (typeof STOPS)[number];

/** A movement of fewer pixels is a touch of the handle, not a pull. */
const TOUCH_PX = 6;

/** Pixels a second over which a pull is a throw: to the next height in its direction. */
const THROW = 500;

/** Starts the sheet. `moved` hears when it has come to rest, for what stands in the rest of the page. */
export function startSheet(moved: () => void): { open: (stop: Stop) => void } {
  const panel = need("panel", HTMLElement);
  const handle = find("sheet", HTMLButtonElement);
  if (!handle) return { open: () => undefined };

  const current = () => (panel.dataset.sheet ?? "peek") as Stop;
  const open = (stop: Stop) => {
    panel.style.removeProperty("height");
    panel.dataset.sheet = stop;
    handle.setAttribute("aria-expanded", String(stop !== "peek"));
    window.setTimeout(moved, 220);
  };
  open("peek");

  const heights = (): [Stop, number][] => {
    const whole = panel.parentElement?.clientHeight ?? window.innerHeight;
    return [["peek", 152], ["half", whole * 0.55], ["full", whole]];
  };
  let pull: { y: number; height: number; last: number; at: number; speed: number; far: boolean } | undefined;
  handle.addEventListener("pointerdown", (event) => {
    handle.setPointerCapture(event.pointerId);
    pull = { y: event.clientY, height: panel.clientHeight, last: event.clientY, at: event.timeStamp, speed: 0, far: false };
  });
  handle.addEventListener("pointermove", (event) => {
    if (!pull) return;
    pull.far ||= Math.abs(event.clientY - pull.y) > TOUCH_PX;
    if (!pull.far) return;
    const passed = event.timeStamp - pull.at;
    if (passed > 0) pull.speed = ((pull.last - event.clientY) / passed) * 1_000;
    [pull.last, pull.at] = [event.clientY, event.timeStamp];
    panel.classList.add("is-dragged");
    panel.style.height = `${Math.max(96, pull.height + pull.y - event.clientY)}px`;
  });
  const release = () => {
    const ended = pull;
    pull = undefined;
    panel.classList.remove("is-dragged");
    if (!ended?.far) return;
    const height = panel.clientHeight;
    const all = heights();
    const thrown = ended.speed > THROW ? all.find(([, h]) => h > height) : all.findLast(([, h]) => h < height);
    const nearest = all.reduce((a, b) => (Math.abs(b[1] - height) < Math.abs(a[1] - height) ? b : a));
    open((Math.abs(ended.speed) > THROW && thrown ? thrown : nearest)[0]);
    // The click that follows a pull means nothing.
    handle.addEventListener("click", (event) => event.stopImmediatePropagation(), { capture: true, once: true });
  };
  handle.addEventListener("pointerup", release);
  handle.addEventListener("pointercancel", release);
  handle.addEventListener("click", () => open(current() === "peek" ? "half" : current() === "half" ? "full" : "peek"));
  handle.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    const next = STOPS[STOPS.indexOf(current()) + step];
    if (!step || !next) return;
    event.preventDefault();
    open(next);
  });
  // Whoever comes to the list by the keyboard sees it.
  need("panel-body", HTMLElement).addEventListener("focusin", () => {
    if (current() === "peek") open("half");
  });
  return { open };
}
