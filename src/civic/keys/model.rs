//! What a key is, how one is drawn, and where in a request it may stand.

use crate::base::clock::Timestamp;
use crate::base::ids::AccountId;
use crate::base::words::words;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use rand::Rng as _;
use sha2::{Digest, Sha256};
use std::convert::Infallible;
use std::fmt;
use std::fmt::Write as _;

/// The most characters of a key's name.
pub const NAME_MOST: usize = 80;

/// The most requests that a key may be good for in an hour.
pub const MOST_PER_HOUR: i64 = 100_000;

/// What every key begins with: who finds one in a file knows what it is.
const MARK: &str = "parvis_";

words! {
    /// The door that a key opens.
    pub Scope {
        /// Reports from and to other programs (Open311).
        Open311 = "open311",
    }
}

/// A key's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct KeyId(pub i64);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A key, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Key {
    /// Its number.
    pub id: KeyId,
    /// Whose program has it, in words.
    pub name: String,
    /// The door that it opens.
    pub scope: Scope,
    /// How many requests an hour it is good for.
    pub per_hour: i64,
    /// When it was made.
    pub made_at: Timestamp,
    /// The public name of who made it.
    pub made_by: Option<String>,
    /// The last day on which it was used.
    pub used_on: Option<String>,
    /// Since when it opens nothing any more.
    pub revoked_at: Option<Timestamp>,
}

/// A key to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewKey<'a> {
    /// Whose program is to have it.
    pub name: &'a str,
    /// The door that it is to open.
    pub scope: Scope,
    /// How many requests an hour it is to be good for.
    pub per_hour: i64,
    /// Who makes it.
    pub by: AccountId,
}

/// The key itself. It is told to who made it and to nobody else, so that no log says it by mistake.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new one: 256 bits that nobody can guess.
    pub fn draw() -> Secret {
        let mut bits = [0u8; 32];
        rand::rng().fill_bytes(&mut bits);
        let mut text = MARK.to_owned();
        for byte in bits {
            // Writing to a text does not fail.
            let _ = write!(text, "{byte:02x}");
        }
        Secret(text)
    }

    /// One that somebody presents; nothing where it cannot be one.
    pub fn of_text(text: &str) -> Option<Secret> {
        let hex = text.trim().strip_prefix(MARK)?;
        let is_key = hex.len() == 64 && hex.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'));
        is_key.then(|| Secret(format!("{MARK}{hex}")))
    }

    /// What is kept of it. Of 256 random bits a plain digest is enough: there is nothing to try out.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// The key, for who made it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What a request presents as its key: `Authorization: Bearer`, `X-Api-Key`, or `api_key` in its address. A door that reads a form adds
/// the form's field.
#[derive(Clone, Default)]
pub struct Presented(Option<String>);

impl Presented {
    fn of_request(headers: &HeaderMap, query: Option<&str>) -> Presented {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let bearer = text("authorization").and_then(|said| {
            let (scheme, key) = said.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| key.to_owned())
        });
        let header = bearer.or_else(|| text("x-api-key").map(ToOwned::to_owned));
        let of_query = || {
            let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
            pairs.find(|(name, _)| name == "api_key").map(|(_, key)| key.into_owned())
        };
        Presented(header.or_else(of_query).filter(|key| !key.trim().is_empty()))
    }

    /// This, or where nothing was presented, what a form's field says.
    pub fn or_field(self, field: Option<&str>) -> Presented {
        Presented(self.0.or_else(|| field.map(ToOwned::to_owned)).filter(|key| !key.trim().is_empty()))
    }

    /// Whether anything was presented.
    pub fn is_some(&self) -> bool {
        self.0.is_some()
    }

    pub(super) fn secret(&self) -> Option<Secret> {
        Secret::of_text(self.0.as_deref()?)
    }
}

impl fmt::Debug for Presented {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Presented(…)")
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Presented {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Presented::of_request(&parts.headers, parts.uri.query()))
    }
}
