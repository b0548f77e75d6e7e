//! The two ceremonies of WebAuthn, and what is kept of a passkey. No SQL, no HTTP.

use crate::base::clock::Timestamp;
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{PasskeyId, SessionId};
use crate::base::text;
use crate::civic::accounts::model::Account;
use crate::civic::accounts::session::{Digest, digest};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use webauthn_rp::bin::{Decode, Encode};
use webauthn_rp::request::auth::AuthenticationVerificationOptions;
use webauthn_rp::request::register::{
    CredProtect, Nickname, PublicKeyCredentialUserEntity, RegistrationVerificationOptions, UserHandle,
    Username,
};
use webauthn_rp::request::{AsciiDomain, PublicKeyCredentialDescriptor, RpId, TimedCeremony};
use webauthn_rp::response::register::{CompressedPubKey, DynamicState, StaticState};
use webauthn_rp::response::{AuthTransports, CredentialId};
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthentication, DiscoverableAuthenticationServerState,
    DiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions, Registration,
    RegistrationServerState,
};

/// How long a challenge waits: looking for one's key takes a while.
pub(super) const PATIENCE: TimeDelta = TimeDelta::minutes(5);

/// The most passkeys of one account.
pub(super) const MOST: usize = 20;

/// The longest name of one, in characters.
const NAME: usize = 60;

/// A voice has sixteen random bytes: they name the account to the device, and nobody to anybody else.
const HANDLE: usize = 16;

type PublicKey = CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>;

/// An answer to a challenge.
pub(super) type Answer = DiscoverableAuthentication<HANDLE>;

/// A passkey in a list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(in crate::civic::accounts) struct Passkey {
    pub(in crate::civic::accounts) id: PasskeyId,
    pub(in crate::civic::accounts) name: String,
    pub(in crate::civic::accounts) created_at: Timestamp,
    pub(in crate::civic::accounts) used_at: Option<Timestamp>,
}

/// What the database keeps of a passkey beside its credential's id. Only `state` (counter, backup) ever changes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Content {
    key: Vec<u8>,
    state: [u8; 7],
    transports: u8,
}

/// A ceremony that began: what the browser is told, and what waits here for its answer.
pub(super) struct Begun {
    pub(super) challenge: u128,
    pub(super) state: Vec<u8>,
    pub(super) options: Value,
}

/// What a device was told apart from, and why, is for the operator; people read what to do.
fn refused(error: impl std::fmt::Display) -> Error {
    tracing::debug!(%error, "a passkey was refused");
    Error::Forbidden(Message::new("passkey-refused"))
}

fn defect(error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("passkey: {error}"))
}

/// The digest under which a challenge waits: the same challenge in another session is another.
pub(super) fn waits_under(session: Option<SessionId>, challenge: u128) -> Digest {
    digest(&format!("{}/{challenge:032x}", session.map_or(0, |SessionId(id)| id)))
}

/// A name as it is kept: what was typed, else the browser's.
pub(super) fn name(typed: &str, browser: &str) -> String {
    let typed = text::line(typed, NAME);
    if typed.is_empty() { text::line(browser, NAME) } else { typed }
}

/// Why browsers make no passkey at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPasskey {
    /// It is written in figures: a passkey is one for a name.
    Figures,
    /// It is not encrypted, and not this machine itself.
    Open,
}

impl NoPasskey {
    /// Why none can be made at the address of a site; nothing where one can.
    pub fn at(base: &str) -> Option<NoPasskey> {
        let (scheme, rest) = base.split_once("://").unwrap_or(("http", base));
        let authority = rest.split(['/', '?']).next().unwrap_or_default().to_ascii_lowercase();
        if authority.starts_with('[') {
            return Some(NoPasskey::Figures);
        }
        let host = authority.split(':').next().unwrap_or_default();
        if host.parse::<std::net::Ipv4Addr>().is_ok() {
            return Some(NoPasskey::Figures);
        }
        let is_here = host == "localhost" || host.ends_with(".localhost");
        (scheme != "https" && !is_here).then_some(NoPasskey::Open)
    }

    /// The word in the keys of texts.
    pub fn word(self) -> &'static str {
        match self {
            NoPasskey::Figures => "figures",
            NoPasskey::Open => "open",
        }
    }
}

/// Us, as devices know us.
pub(super) struct Party {
    id: RpId,
    origin: String,
}

impl Party {
    /// The site of an address: `https://carte.ville.example/…`.
    ///
    /// # Errors
    /// [`Error::Forbidden`] where it has no host.
    pub(super) fn of(base: &str) -> Result<Party> {
        let (scheme, rest) = base.split_once("://").unwrap_or(("http", base));
        let authority = rest.split('/').next().unwrap_or_default().to_ascii_lowercase();
        let host = authority.split(':').next().unwrap_or_default().to_owned();
        let id = RpId::Domain(AsciiDomain::try_from(host).map_err(refused)?);
        Ok(Party { id, origin: format!("{scheme}://{authority}") })
    }

    /// Begins to add a passkey beside those that the account has.
    ///
    /// # Errors
    /// [`Error::Internal`] where what is kept cannot be read.
    pub(super) fn begin_new(&self, account: &Account, has: &[(Vec<u8>, Content)]) -> Result<Begun> {
        let handle = handle(account)?;
        let email = account.email.as_deref().unwrap_or_default();
        // What the device shows when it asks which passkey; some addresses are no user name of the standard.
        let user = PublicKeyCredentialUserEntity {
            name: Username::try_from(email).or_else(|_| Username::try_from("parvis")).map_err(defect)?,
            id: &handle,
            display_name: Nickname::try_from(email).ok(),
        };
        let has = has.iter().map(described).collect::<Result<Vec<_>>>()?;
        let mut options = PublicKeyCredentialCreationOptions::passkey(&self.id, user, has);
        // Many devices know no credProtect and refuse where it is enforced. That their owner unlocks them is checked each time anyway.
        options.extensions.cred_protect = CredProtect::None;
        let (server, client) = options.start_ceremony().map_err(defect)?;
        Ok(Begun {
            challenge: server.sent_challenge().0,
            state: server.encode().map_err(defect)?,
            options: serde_json::to_value(&client).map_err(defect)?,
        })
    }

    /// What is kept of a new passkey: the credential's id, and the rest.
    ///
    /// # Errors
    /// [`Error::Forbidden`] where anything of the answer is not as it was asked.
    pub(super) fn finish_new(&self, state: &[u8], answer: &Registration) -> Result<(Vec<u8>, Content)> {
        let state = RegistrationServerState::<HANDLE>::decode(state).map_err(defect)?;
        let options = RegistrationVerificationOptions::<String, String> {
            allowed_origins: std::slice::from_ref(&self.origin),
            // Some managers of passwords answer more than was asked.
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        let new = state.verify(&self.id, answer, &options).map_err(refused)?;
        let content = Content {
            key: new.static_state().encode().map_err(defect)?,
            state: new.dynamic_state().encode().map_err(defect)?,
            transports: new.transports().encode().map_err(defect)?,
        };
        Ok((new.id().as_ref().to_vec(), content))
    }

    /// Begins to ask for a passkey, whichever of this site the device has.
    ///
    /// # Errors
    /// [`Error::Internal`].
    pub(super) fn begin(&self) -> Result<Begun> {
        let options = DiscoverableCredentialRequestOptions::passkey(&self.id);
        let (server, client) = options.start_ceremony().map_err(defect)?;
        Ok(Begun {
            challenge: server.sent_challenge().0,
            state: server.encode().map_err(defect)?,
            options: serde_json::to_value(&client).map_err(defect)?,
        })
    }

    /// Checks an answer against the passkey that it names; gives what to keep of it from now on.
    ///
    /// # Errors
    /// [`Error::Forbidden`] where it does not hold, or the device counted less than before: it was copied.
    pub(super) fn finish(
        &self,
        state: &[u8],
        answer: &Answer,
        account: &Account,
        kept: &Content,
    ) -> Result<Content> {
        let state = DiscoverableAuthenticationServerState::decode(state).map_err(defect)?;
        let handle = handle(account)?;
        let key = StaticState::<PublicKey>::decode(kept.key.as_slice()).map_err(defect)?;
        let dynamic = DynamicState::decode(kept.state).map_err(defect)?;
        let mut passkey =
            AuthenticatedCredential::new(answer.raw_id(), &handle, key, dynamic).map_err(defect)?;
        let options = AuthenticationVerificationOptions::<String, String> {
            allowed_origins: std::slice::from_ref(&self.origin),
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        state.verify(&self.id, answer, &mut passkey, &options).map_err(refused)?;
        Ok(Content { state: passkey.dynamic_state().encode().map_err(defect)?, ..kept.clone() })
    }
}

fn handle(account: &Account) -> Result<UserHandle<HANDLE>> {
    UserHandle::decode(*account.voice.0.as_bytes()).map_err(defect)
}

fn described((id, content): &(Vec<u8>, Content)) -> Result<PublicKeyCredentialDescriptor<Vec<u8>>> {
    Ok(PublicKeyCredentialDescriptor {
        id: CredentialId::decode(id.clone()).map_err(defect)?,
        transports: AuthTransports::decode(content.transports).map_err(defect)?,
    })
}

/// An answer that adds a passkey, with the challenge that it answers.
///
/// # Errors
/// [`Error::Forbidden`] where it cannot be read as one.
pub(super) fn read_new(answer: &Value) -> Result<(Registration, u128)> {
    let bytes = serde_json::to_vec(answer).map_err(defect)?;
    let answer = Registration::from_json_relaxed(&bytes).map_err(refused)?;
    let challenge = answer.challenge_relaxed().map_err(refused)?.0;
    Ok((answer, challenge))
}

/// An answer that shows a passkey, with the challenge that it answers.
///
/// # Errors
/// [`Error::Forbidden`] where it cannot be read as one.
pub(super) fn read(answer: &Value) -> Result<(Answer, u128)> {
    let bytes = serde_json::to_vec(answer).map_err(defect)?;
    let answer = Answer::from_json_relaxed(&bytes).map_err(refused)?;
    let challenge = answer.challenge_relaxed().map_err(refused)?.0;
    Ok((answer, challenge))
}

#[cfg(test)]
mod unit {
    use super::NoPasskey;

    #[test]
    fn a_passkey_can_be_made_for_a_name_that_is_encrypted_or_this_machine() {
        for base in [
            "https://carte.ville.example",
            "https://ville.example:8443/carte",
            "http://localhost:8080",
            "http://a.localhost",
        ] {
            assert_eq!(NoPasskey::at(base), None, "{base}");
        }
        for base in ["http://127.0.0.1:8080", "https://192.0.2.7", "http://[::1]:8080/carte"] {
            assert_eq!(NoPasskey::at(base), Some(NoPasskey::Figures), "{base}");
        }
        for base in ["http://carte.ville.example", "http://localhost.ville.example:80"] {
            assert_eq!(NoPasskey::at(base), Some(NoPasskey::Open), "{base}");
        }
    }
}
