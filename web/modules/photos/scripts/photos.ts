// Photos of an idea: sent as soon as they are chosen, made smaller here first, so that a weak line carries them and the
// server's limits are not met by chance. Without it the files go with the form.
import { find, need } from "../../../shared/scripts/page";
import { url } from "../../../shared/scripts/url";

/** The longest side that the server keeps, in pixels: more need not travel. */
const SIDE = 1_600;

/** A file up to this size travels as it is, in bytes. */
const SMALL = 600_000;

/** A photo that the server keeps until its form is sent. */
export interface Photo {
  id: number;
  /** Its address, small. */
  small: string;
  /** What it shows, as far as that was said. */
  alt?: string;
}

/** The photos that a form holds and that belong to no idea yet. */
export function photosOf(form: HTMLFormElement): Photo[] {
  return [...form.querySelectorAll("#photos > li")].flatMap((entry) => {
    const id = entry.querySelector<HTMLInputElement>('input[name="photo"]')?.value;
    const small = entry.querySelector("img")?.getAttribute("src");
    const alt = entry.querySelector<HTMLInputElement>('input[name^="alt-"]')?.value ?? "";
    const isDropped = entry.querySelector<HTMLInputElement>('input[name="drop"]')?.checked ?? false;
    return id && small && !isDropped ? [{ id: Number(id), small, alt }] : [];
  });
}

/** A large photo made smaller; as it is where this device cannot. */
async function shrunk(file: File): Promise<Blob> {
  if (file.size <= SMALL) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.88));
    return blob && blob.size < file.size ? blob : file;
  } catch {
    // No picture that this browser knows: the server says what it takes.
    return file;
  }
}

/** Whether no server has a part in this page now. */
const isAlone = () => !navigator.onLine || document.documentElement.dataset.kept !== undefined;

/** A photo that is on this device only: there was no connection when it was chosen. */
export interface LocalPhoto {
  file: Blob;
  name: string;
  alt: string;
}

const locals = new WeakMap<Element, { file: Blob; name: string }>();

/** The photos of a form that no server has yet. */
export function localPhotos(form: HTMLFormElement): LocalPhoto[] {
  return [...form.querySelectorAll("#photos > li")].flatMap((entry) => {
    const local = locals.get(entry);
    return local ? [{ ...local, alt: entry.querySelector<HTMLInputElement>("label input")?.value ?? "" }] : [];
  });
}

/** Sends those now: whether the server has all of them, could not be reached, or does not take one, which is said beside it. */
export async function bringPhotos(form: HTMLFormElement): Promise<"all" | "later" | "refused"> {
  for (const entry of form.querySelectorAll("#photos > li")) {
    const local = locals.get(entry);
    if (!local) continue;
    try {
      const answer = await send(local.file, local.name, find("photo-words", HTMLTemplateElement)?.dataset.once ?? "");
      if (typeof answer === "string") {
        const line = need("photo-said", HTMLElement);
        line.textContent = answer;
        line.classList.add("problem");
        line.scrollIntoView({ block: "nearest" });
        return "refused";
      }
      locals.delete(entry);
      named(entry, answer.id);
    } catch {
      return "later";
    }
  }
  return "all";
}

/** Writes the server's number of a photo into its entry. */
function named(entry: Element, id: number): void {
  const hidden = entry.querySelector<HTMLInputElement>('input[type="hidden"]');
  const alt = entry.querySelector<HTMLInputElement>("label input");
  if (!hidden || !alt) return;
  [hidden.name, hidden.value, alt.name] = ["photo", String(id), `alt-${id}`];
}

async function send(file: Blob, name: string, key: string): Promise<Photo | string> {
  const form = new FormData();
  form.set("photo", file, name);
  // Who sends it, where there is no cookie yet: the same person as the form's.
  const headers: HeadersInit = key ? { accept: "application/json", "idempotency-key": key } : { accept: "application/json" };
  const response = await fetch(url("/photos"), { method: "POST", body: form, headers });
  if (response.ok) return (await response.json()) as Photo;
  const problem = (await response.json()) as { detail?: string };
  return problem.detail ?? String(response.status);
}

/** Starts it with those that a draft kept; `changed` hears of every photo that comes or goes. */
export function startPhotos(kept: Photo[], changed: () => void): void {
  const input = find("photo", HTMLInputElement);
  if (!input) return;
  const list = need("photos", HTMLUListElement);
  const form = input.form;
  if (!form) return;
  const said = need("photo-said", HTMLElement);
  const words = need("photo-words", HTMLTemplateElement).dataset;
  const say = (text: string, isProblem = false) => {
    said.textContent = text;
    said.classList.toggle("problem", isProblem);
  };
  const show = ({ id, small, alt: said = "" }: Photo) => {
    const item = need("photo-item", HTMLTemplateElement).content.cloneNode(true) as DocumentFragment;
    const [entry, image] = [item.querySelector("li"), item.querySelector("img")];
    const [hidden, alt] = [...item.querySelectorAll("input")];
    if (!entry || !image || !hidden || !alt) return undefined;
    [image.src, alt.value] = [small, said];
    // Without a number it goes later, and not with the form's fields.
    if (id) named(entry, id);
    else hidden.removeAttribute("name");
    // Too long ago: the server has cleared it away.
    image.addEventListener("error", () => {
      entry.remove();
      changed();
    });
    item.querySelector("button")?.addEventListener("click", () => {
      entry.remove();
      input.focus();
      changed();
      // What stays behind is cleared away by the server.
      if (id) void fetch(url(`/photos/${id}`), { method: "DELETE" }).catch(() => undefined);
    });
    list.append(item);
    return entry;
  };
  // The address comes from this device's storage: only what the server itself would have said.
  kept.filter(({ id, small }) => Number.isSafeInteger(id) && small.startsWith(url("/photos/")) && /\/photos\/\w+\/small\.jpg$/.test(small)).forEach((photo) => void show(photo));
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // They are sent here: the form need not carry them again.
    input.value = "";
    const all = async () => {
      for (const file of files) {
        say(words.sending ?? "");
        const smaller = await shrunk(file);
        const keepHere = () => {
          const entry = show({ id: 0, small: URL.createObjectURL(smaller) });
          if (entry) locals.set(entry, { file: smaller, name: file.name });
        };
        // A kept page has no key that is still its own: its photos go with it.
        if (isAlone()) {
          keepHere();
          continue;
        }
        try {
          const answer = await send(smaller, file.name, words.once ?? "");
          if (typeof answer === "string") {
            say(answer, true);
            return;
          }
          show(answer);
        } catch {
          // Without a connection it waits on this device, and goes with the form.
          keepHere();
        }
      }
      say((localPhotos(form).length > 0 ? words.here : words.sent) ?? "");
      changed();
    };
    void all();
  });
}
