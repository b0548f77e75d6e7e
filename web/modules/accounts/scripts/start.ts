// Forms that ask for a passkey.
export function start() {
  for (const form of document.querySelectorAll<HTMLFormElement>("form.passkey"))
    void import("./passkeys").then(({ startPasskeys }) => startPasskeys(form));
}
