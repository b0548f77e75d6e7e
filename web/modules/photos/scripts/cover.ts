// Frames over a photo: drawn with a pointer, added, moved and made larger with the keyboard. They fill in the rows of numbers that the
// form has anyway, and are drawn from them.
import { need } from "../../../shared/scripts/page";

const FIELDS = ["left", "top", "width", "height"] as const;

/** Hundredths of the photo's width and height. */
type Frame = Record<(typeof FIELDS)[number], number>;

/** The smallest side of a frame that is drawn, one step of an arrow, and the side of a frame that is added, in hundredths. */
const LEAST = 1;
const STEP = 1;
const ADDED = 15;

const clamp = (n: number, least: number, most: number) => Math.min(most, Math.max(least, n));

/** Within the photo. */
export function within({ left, top, width, height }: Frame): Frame {
  const [w, h] = [clamp(width, LEAST, 100), clamp(height, LEAST, 100)];
  return { left: clamp(left, 0, 100 - w), top: clamp(top, 0, 100 - h), width: w, height: h };
}

const written = (n: number) => String(Math.round(n * 100) / 100).replace(".", document.documentElement.lang === "fr" ? "," : ".");

const readNumber = (text: string) => Number(text.replace(",", ".").replace("%", "").trim() || NaN);

export function startCover(form: HTMLFormElement): void {
  const picture = need("cover-picture", HTMLElement);
  const rows = need("cover-rows", HTMLElement);
  const said = need("cover-said", HTMLElement);
  const blank = rows.querySelector<HTMLElement>(".cover-row");
  const details = form.querySelector<HTMLDetailsElement>(".cover-numbers");
  if (!blank || !details) return;
  need("cover-how", HTMLElement).hidden = false;
  need("cover-tools", HTMLElement).hidden = false;
  // The numbers stay for who wants them exact.
  details.open = false;
  const fieldsOf = (row: HTMLElement) => FIELDS.map((name) => row.querySelector<HTMLInputElement>(`input[name="${name}"]`));
  const frameOf = (row: HTMLElement): Frame | undefined => {
    const [left, top, width, height] = fieldsOf(row).map((field) => readNumber(field?.value ?? ""));
    const frame = { left: left ?? NaN, top: top ?? NaN, width: width ?? NaN, height: height ?? NaN };
    return Object.values(frame).every((n) => n >= 0 && n <= 100) ? frame : undefined;
  };
  const boxes = new Map<HTMLElement, HTMLButtonElement>();
  const all = () => [...rows.querySelectorAll<HTMLElement>(".cover-row")];

  const write = (row: HTMLElement, frame: Frame) => {
    fieldsOf(row).forEach((field, at) => {
      const name = FIELDS[at];
      if (field && name) field.value = written(frame[name]);
    });
    draw(row);
  };
  const remove = (row: HTMLElement) => {
    fieldsOf(row).forEach((field) => field && (field.value = ""));
    draw(row);
    said.textContent = said.dataset.gone ?? "";
  };
  const draw = (row: HTMLElement) => {
    const frame = frameOf(row);
    let box = boxes.get(row);
    if (!frame) {
      box?.remove();
      boxes.delete(row);
      return;
    }
    if (!box) {
      box = document.createElement("button");
      box.type = "button";
      box.className = "cover-frame";
      box.addEventListener("keydown", (event) => keyed(event, row));
      boxes.set(row, box);
      picture.append(box);
    }
    box.setAttribute("aria-label", `${said.dataset.frame ?? ""} ${row.querySelector(".cover-n")?.textContent ?? ""}`);
    const { left, top, width, height } = within(frame);
    Object.assign(box.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
  };
  /** A row that says nothing yet. */
  const free = (): HTMLElement => {
    const empty = all().find((row) => fieldsOf(row).every((field) => !field?.value));
    if (empty) return empty;
    const row = blank.cloneNode(true) as HTMLElement;
    fieldsOf(row).forEach((field) => field && (field.value = ""));
    rows.append(row);
    all().forEach((one, at) => one.querySelector(".cover-n")?.replaceChildren(String(at + 1)));
    return row;
  };
  const keyed = (event: KeyboardEvent, row: HTMLElement) => {
    const frame = frameOf(row);
    if (!frame) return;
    const [x, y] = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key] ?? [0, 0];
    if (event.key === "Delete" || event.key === "Backspace") {
      remove(row);
      need("cover-add", HTMLButtonElement).focus();
    } else if (x || y) {
      const moved = event.shiftKey
        ? { ...frame, width: frame.width + (x ?? 0), height: frame.height + (y ?? 0) }
        : { ...frame, left: frame.left + (x ?? 0), top: frame.top + (y ?? 0) };
      write(row, within(moved));
    } else {
      return;
    }
    event.preventDefault();
  };
  need("cover-add", HTMLButtonElement).addEventListener("click", () => {
    const row = free();
    const at = (100 - ADDED) / 2;
    write(row, { left: at, top: at, width: ADDED, height: ADDED });
    boxes.get(row)?.focus();
  });
  need("cover-clear", HTMLButtonElement).addEventListener("click", () => all().forEach(remove));
  rows.addEventListener("input", ({ target }) => {
    const row = target instanceof HTMLElement ? target.closest<HTMLElement>(".cover-row") : null;
    if (row) draw(row);
  });

  /** Where a pointer is, in hundredths. */
  const at = ({ clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = picture.getBoundingClientRect();
    return { x: clamp(((clientX - left) / width) * 100, 0, 100), y: clamp(((clientY - top) / height) * 100, 0, 100) };
  };
  picture.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const target = event.target instanceof HTMLButtonElement ? event.target : undefined;
    const known = target && [...boxes].find(([, box]) => box === target)?.[0];
    const begun = known && frameOf(known);
    const start = at(event);
    const row = known ?? free();
    picture.setPointerCapture(event.pointerId);
    const move = (event: PointerEvent) => {
      const { x, y } = at(event);
      if (begun) write(row, within({ ...begun, left: begun.left + x - start.x, top: begun.top + y - start.y }));
      else write(row, { left: Math.min(x, start.x), top: Math.min(y, start.y), width: Math.abs(x - start.x), height: Math.abs(y - start.y) });
    };
    const end = () => {
      picture.removeEventListener("pointermove", move);
      const frame = frameOf(row);
      // A click draws nothing.
      if (!begun && frame && (frame.width < LEAST || frame.height < LEAST)) remove(row);
      else boxes.get(row)?.focus({ preventScroll: true });
    };
    picture.addEventListener("pointermove", move);
    picture.addEventListener("pointerup", end, { once: true });
    picture.addEventListener("pointercancel", end, { once: true });
    event.preventDefault();
  });
  all().forEach(draw);
}
