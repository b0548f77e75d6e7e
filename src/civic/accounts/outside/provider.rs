//! The talk with the provider: where to send somebody, and who came back. The only requests that the server makes to another
//! host, and only to the one that the operator named.

use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::civic::accounts::kept_voices::Proof;
use crate::core::app::App;
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata, CoreUserInfoClaims};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, OAuth2TokenResponse as _,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse as _, reqwest,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long the provider may take for one answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What must be known again when somebody comes back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Pending {
    nonce: String,
    verifier: String,
    /// Where to go afterwards: a path of ours.
    pub(super) to: String,
}

/// Who came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) issuer: String,
    pub(super) subject: String,
    /// In lower case, where the provider says that it is theirs.
    pub(super) email: Option<String>,
}

impl Identity {
    /// What it proves.
    pub(super) fn proof(&self) -> Proof<'_> {
        Proof::Identity(&self.issuer, &self.subject)
    }
}

fn failed(what: &'static str, error: &dyn std::fmt::Display) -> Error {
    tracing::error!(what, %error, "the identity provider");
    Error::Forbidden(Message::new("outside-failed"))
}

/// Whether the operator named a provider.
pub(super) fn is_there(app: &App) -> bool {
    !app.config.outside_issuer.is_empty()
}

fn http() -> Result<reqwest::Client> {
    // No redirects: an answer comes from the host that was asked, or not at all.
    let client =
        reqwest::ClientBuilder::new().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE).build();
    client.map_err(|e| failed("client", &e))
}

async fn discover(app: &App, http: &reqwest::Client) -> Result<CoreProviderMetadata> {
    let issuer = IssuerUrl::new(app.config.outside_issuer.clone()).map_err(|e| failed("issuer", &e))?;
    CoreProviderMetadata::discover_async(issuer, http).await.map_err(|e| failed("discovery", &e))
}

/// The client of a provider, which comes back to this address.
macro_rules! client {
    ($app:expr, $metadata:expr, $base:expr) => {{
        let back =
            RedirectUrl::new(format!("{}/sign-in/outside/back", $base)).map_err(|e| failed("address", &e))?;
        let id = ClientId::new($app.config.outside_client.clone());
        let secret = ClientSecret::new($app.config.outside_secret.expose().to_owned());
        CoreClient::from_provider_metadata($metadata, id, Some(secret)).set_redirect_uri(back)
    }};
}

/// Where to send somebody, and what to keep until they are back. `base` is our own address.
///
/// # Errors
/// [`Error::Forbidden`] where the provider does not answer as one.
pub(super) async fn begin(app: &App, base: &str, state: &str, to: String) -> Result<(String, Pending)> {
    let metadata = discover(app, &http()?).await?;
    let client = client!(app, metadata, base);
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let state = state.to_owned();
    let (url, _, nonce) = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, || CsrfToken::new(state), Nonce::new_random)
        .add_scope(Scope::new("email".into()))
        .set_pkce_challenge(challenge)
        .url();
    let pending = Pending { nonce: nonce.secret().clone(), verifier: verifier.secret().clone(), to };
    Ok((url.to_string(), pending))
}

/// Who a code stands for: the provider is asked itself, its signature, audience, expiry and our nonce are checked.
///
/// # Errors
/// [`Error::Forbidden`] where anything of that is not right.
pub(super) async fn finish(app: &App, base: &str, code: String, pending: Pending) -> Result<Identity> {
    let http = http()?;
    let metadata = discover(app, &http).await?;
    let issuer = metadata.issuer().to_string();
    let client = client!(app, metadata, base);
    let request = client.exchange_code(AuthorizationCode::new(code)).map_err(|e| failed("endpoint", &e))?;
    let verifier = PkceCodeVerifier::new(pending.verifier);
    let token =
        request.set_pkce_verifier(verifier).request_async(&http).await.map_err(|e| failed("code", &e))?;
    let id_token = token.id_token().ok_or_else(|| failed("token", &"no id token"))?;
    let nonce = Nonce::new(pending.nonce);
    let claims = id_token.claims(&client.id_token_verifier(), &nonce).map_err(|e| failed("claims", &e))?;
    let said = |email: Option<&openidconnect::EndUserEmail>, verified: Option<bool>| {
        email.filter(|_| verified == Some(true)).map(|email| email.to_lowercase())
    };
    let mut email = said(claims.email(), claims.email_verified());
    // Some say addresses at another route only; without one somebody is verified all the same.
    if email.is_none()
        && let Ok(request) = client.user_info(token.access_token().clone(), Some(claims.subject().clone()))
    {
        let told: Result<CoreUserInfoClaims, _> = request.request_async(&http).await;
        email = told.ok().and_then(|told| said(told.email(), told.email_verified()));
    }
    Ok(Identity { issuer, subject: claims.subject().to_string(), email })
}
