//! Signing in by an identity provider (OpenID Connect: FranceConnect, ProConnect): who comes back from there is verified.
//!
//! What it is: the authorisation code flow with PKCE, state and nonce, each kept on the server and used once. What it is not: a
//! trust in addresses. A provider's word about an e-mail address opens no account that has it already: whoever owns that signs in
//! by a link first, and links the two then.

mod provider;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub(super) use routes::{doors, way};
