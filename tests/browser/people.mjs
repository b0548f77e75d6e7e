// People with roles, for journeys: rows of SQL and the session's cookie, as signing in would leave them.
import { createHash, randomBytes, randomUUID } from "node:crypto";

// Now: a session of somebody with a role ends after half a day, and so does a second factor.
const AT = new Date().toISOString().replace("Z", "000+00:00");
const ENDS = "2126-06-01T08:00:00.000000+00:00";

/** Signs a window in as somebody with these roles; gives the account's id. */
export async function signIn(server, context, id, email, ...roles) {
  const cookie = randomBytes(32).toString("hex");
  const digest = createHash("sha256").update(cookie).digest("hex");
  const voice = randomUUID().replaceAll("-", "");
  const grants = roles.map((role) => `insert into role_grant (account_id, role, granted_at) values (${id}, '${role}', '${AT}');`);
  await server.sql(
    `insert into account (id, voice, email, created_at, seen_at) values (${id}, x'${voice}', '${email}', '${AT}', '${AT}');
     insert into session (digest, id, account_id, browser, created_at, seen_at, expires_at, strong_at)
     values (x'${digest}', ${id}, ${id}, 'journey', '${AT}', '${AT}', '${ENDS}', '${AT}');
     ${grants.join("\n")}`,
  );
  await context.addCookies([{ name: "session", value: cookie, url: server.address, httpOnly: true, sameSite: "Lax" }]);
  return id;
}
