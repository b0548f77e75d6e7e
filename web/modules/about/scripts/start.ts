// The welcome stays closed where it was closed, as long as it says the same.
const KEY = "welcome-closed";

export function start() {
  const welcome = document.querySelector<HTMLDetailsElement>("#welcome");
  if (!welcome) return;
  const says = (welcome.querySelector("summary")?.textContent ?? "") + (welcome.querySelector(".prose")?.textContent ?? "");
  try {
    if (localStorage.getItem(KEY) === says) welcome.open = false;
  } catch {
    // Where nothing is kept it is open each time.
    return;
  }
  welcome.addEventListener("toggle", () => {
    if (welcome.open) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, says);
  });
}
