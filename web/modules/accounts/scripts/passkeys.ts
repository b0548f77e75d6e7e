// Passkeys: adding one, showing one, signing in with one. What is allowed is the server's; this asks the device and brings the
// answer. The texts are the form's.

import { url } from "../../../shared/scripts/url";

/** Bytes of base64url, and back: for browsers that do not write credentials as JSON themselves. */
function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = window.atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const plain = window.btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const described = (list: PublicKeyCredentialDescriptorJSON[] | undefined): PublicKeyCredentialDescriptor[] =>
  (list ?? []).map(({ id, transports }) => ({
    id: bytes(id),
    type: "public-key",
    ...(transports ? { transports: transports as AuthenticatorTransport[] } : {}),
  }));

/** Whether a browser has what it says that it has: some lack it. */
const has = (name: string): boolean => name in PublicKeyCredential;

async function create(json: PublicKeyCredentialCreationOptionsJSON): Promise<Credential | null> {
  if (has("parseCreationOptionsFromJSON"))
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(json) });
  const publicKey = {
    ...json,
    extensions: {},
    challenge: bytes(json.challenge),
    user: { ...json.user, id: bytes(json.user.id) },
    excludeCredentials: described(json.excludeCredentials),
  } as PublicKeyCredentialCreationOptions;
  return navigator.credentials.create({ publicKey });
}

async function get(json: PublicKeyCredentialRequestOptionsJSON): Promise<Credential | null> {
  if (has("parseRequestOptionsFromJSON"))
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(json) });
  const publicKey = {
    ...json,
    extensions: {},
    challenge: bytes(json.challenge),
    allowCredentials: described(json.allowCredentials),
  } as PublicKeyCredentialRequestOptions;
  return navigator.credentials.get({ publicKey });
}

/** A credential as the server reads it. */
function written(credential: PublicKeyCredential): unknown {
  if ("toJSON" in credential) return credential.toJSON();
  const { id, rawId, type, response } = credential as PublicKeyCredential;
  const parts: Record<string, unknown> = { clientDataJSON: text(response.clientDataJSON) };
  if (response instanceof AuthenticatorAttestationResponse) {
    parts.attestationObject = text(response.attestationObject);
    parts.transports = response.getTransports();
  } else if (response instanceof AuthenticatorAssertionResponse) {
    parts.authenticatorData = text(response.authenticatorData);
    parts.signature = text(response.signature);
    if (response.userHandle) parts.userHandle = text(response.userHandle);
  }
  return { id, rawId: text(rawId), type, response: parts, clientExtensionResults: {} };
}

/** What the server said no with, in its words. */
class Refused extends Error {}

async function post(path: string, body: unknown): Promise<unknown> {
  const headers = { accept: "application/json", "content-type": "application/json" };
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  const said: unknown = await response.json();
  if (response.ok) return said;
  throw new Refused((said as { detail?: string }).detail ?? "");
}

/** What went wrong, in the page's words. */
function inWords(form: HTMLFormElement, error: unknown): string {
  const words = form.dataset;
  if (error instanceof Refused && error.message) return error.message;
  // What the network does is a TypeError.
  if (error instanceof TypeError) return words.offline ?? "";
  switch (error instanceof DOMException ? error.name : "") {
    case "InvalidStateError":
      return words.known ?? "";
    case "NotSupportedError":
    case "ConstraintError":
      return words.unsupported ?? "";
    case "SecurityError":
      return words.refused ?? "";
    default:
      return words.cancelled ?? "";
  }
}

async function go(form: HTMLFormElement): Promise<void> {
  const { begin = "", finish = "", to = "/" } = form.dataset;
  const options = await post(begin, {});
  const isNew = typeof options === "object" && options !== null && "user" in options;
  const credential = isNew
    ? await create(options as PublicKeyCredentialCreationOptionsJSON)
    : await get(options as PublicKeyCredentialRequestOptionsJSON);
  if (!(credential instanceof PublicKeyCredential)) throw new DOMException("none", "NotAllowedError");
  const name = new FormData(form).get("name");
  await post(finish, { credential: written(credential), ...(typeof name === "string" ? { name } : {}) });
  window.location.assign(url(to));
}

/** Starts a form, where the browser knows passkeys; else what to do instead stays. */
export function startPasskeys(form: HTMLFormElement): void {
  if (!("PublicKeyCredential" in window)) return;
  const problem = form.querySelector<HTMLElement>(".problem");
  const button = form.querySelector("button");
  const needs = form.previousElementSibling;
  if (!problem || !button) return;
  form.hidden = false;
  if (needs instanceof HTMLElement && needs.matches(".passkey-needs")) needs.hidden = true;
  const label = button.textContent;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button.ariaDisabled === "true") return;
    // Not `disabled`: the focus would be lost.
    button.ariaDisabled = "true";
    button.textContent = form.dataset.waiting ?? label;
    problem.hidden = true;
    go(form)
      .catch((error: unknown) => {
        problem.textContent = inWords(form, error);
        problem.hidden = false;
      })
      .finally(() => {
        button.ariaDisabled = null;
        button.textContent = label;
      });
  });
}
