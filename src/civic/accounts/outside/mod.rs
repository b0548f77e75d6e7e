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
mod views;

pub(super) use routes::{routes, way};

/// The account that an identity provider's word makes somebody: issuer and subject, and who is signed in.
#[cfg(test)]
pub(crate) async fn of_identity(
    write: &mut crate::core::journal::Write,
    (issuer, subject): (&str, &str),
    signed_in: Option<crate::base::ids::AccountId>,
) -> crate::base::error::Result<crate::civic::accounts::Account> {
    let identity = provider::Identity { issuer: issuer.into(), subject: subject.into(), email: None };
    store::account(write, &identity, signed_in).await
}
