// Photos of an idea: sent as soon as they are chosen, made smaller here first, so that a weak line carries them and the
// server's limits are not met by chance. Without it the files go with the form.
import { find, need } from "./page";

/** The longest side that the server keeps, in pixels: more need not travel. */
const SIDE = 1_600;

/** A file up to this size travels as it is, in bytes. */
const SMALL = 600_000;

interface Photo {
  id: number;
  small: string;
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

async function send(file: File): Promise<Photo | string> {
  const form = new FormData();
  form.set("photo", await shrunk(file), file.name);
  const response = await fetch("/photos", { method: "POST", body: form, headers: { accept: "application/json" } });
  if (response.ok) return (await response.json()) as Photo;
  const problem = (await response.json()) as { detail?: string };
  return problem.detail ?? String(response.status);
}

export function startPhotos(changed: () => void): void {
  const input = find("photo", HTMLInputElement);
  if (!input) return;
  const list = need("photos", HTMLUListElement);
  const said = need("photo-said", HTMLElement);
  const words = need("photo-words", HTMLTemplateElement).dataset;
  const say = (text: string, isProblem = false) => {
    said.textContent = text;
    said.classList.toggle("problem", isProblem);
  };
  const show = ({ id, small }: Photo) => {
    const item = need("photo-item", HTMLTemplateElement).content.cloneNode(true) as DocumentFragment;
    const [entry, image] = [item.querySelector("li"), item.querySelector("img")];
    const [hidden, alt] = [...item.querySelectorAll("input")];
    if (!entry || !image || !hidden || !alt) return;
    [image.src, hidden.value, alt.name] = [small, String(id), `alt-${id}`];
    item.querySelector("button")?.addEventListener("click", () => {
      entry.remove();
      input.focus();
      changed();
      // What stays behind is cleared away by the server.
      void fetch(`/photos/${id}`, { method: "DELETE" }).catch(() => undefined);
    });
    list.append(item);
  };
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // They are sent here: the form need not carry them again.
    input.value = "";
    const all = async () => {
      for (const file of files) {
        say(words.sending ?? "");
        try {
          const answer = await send(file);
          if (typeof answer === "string") {
            say(answer, true);
            return;
          }
          show(answer);
        } catch {
          say(words.failed ?? "", true);
          return;
        }
      }
      say(words.sent ?? "");
      changed();
    };
    void all();
  });
}
