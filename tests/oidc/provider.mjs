// An identity provider as the journeys need one: a real implementation of OpenID Connect on loopback, with one client (us) and
// anybody as a person: whoever signs in as NAME has the verified address NAME@idp.example.
import Provider from "oidc-provider";

/** A provider that sends people back to `back`. It listens until `stop`. */
export async function startProvider(back) {
  const { createServer } = await import("node:http");
  const server = createServer((request, response) => provider.callback()(request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "parvis", client_secret: "a secret of the journeys", redirect_uris: [back] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    conformIdTokenClaims: false,
    cookies: { keys: ["journeys"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@idp.example`, email_verified: true }) }),
    pkce: { required: () => true },
  });
  return { issuer, stop: () => new Promise((resolve) => server.close(resolve) && server.closeAllConnections()) };
}
