//! Sessions: how long they last, their cookie, and the one way to open one.
//!
//! What it is not: how somebody proved who they are. Invariant: whoever signs in, or shows a second factor, gets a cookie whose
//! value nobody knew before, and the one that came with the request is worth nothing afterwards.

use super::model::{Account, Session};
use super::{browser, store};
use crate::base::clock::Timestamp;
use crate::base::config::Config;
use crate::base::error::Result;
use crate::base::http::{self, forgotten_visitor};
use crate::base::ids::Visitor;
use crate::base::jobs::{Done, Job};
use crate::core::app::App;
use crate::core::features::claim;
use crate::core::journal::Write;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use chrono::TimeDelta;
use rand::Rng as _;
use sha2::{Digest as _, Sha256};

/// How long a resident stays signed in: who takes part once a month need not ask for a letter each time.
pub(super) const RESIDENT: TimeDelta = TimeDelta::days(30);

/// The same for who has a role: a working day, so that a computer left open at the counter is nobody's the next morning.
pub(super) const HOLDER: TimeDelta = TimeDelta::hours(12);

/// How exact "last used" is: a write for each request would be many.
const USED: TimeDelta = TimeDelta::minutes(5);

/// A secret's SHA-256: what the database keeps of it.
pub(super) type Digest = [u8; 32];

/// 32 random bytes in hexadecimal.
pub(super) fn secret() -> String {
    let mut bytes = [0u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The digest of a secret.
pub(super) fn digest(secret: &str) -> Digest {
    Sha256::digest(secret.as_bytes()).into()
}

/// Whether the address that people type is an encrypted one: cookies then travel over no other.
pub(super) fn is_https(config: &Config) -> bool {
    config.public_url.starts_with("https://")
}

/// The name of the session's cookie. With its own prefix, browsers take it from this very host and encrypted only: neither a neighbouring
/// subdomain nor an open network can plant one. They take `__Host-` for a whole host alone; below a path of it, encrypted only.
pub(crate) fn session_cookie(config: &Config) -> &'static str {
    match is_https(config) {
        false => "session",
        true if config.prefix().as_str().is_empty() => "__Host-session",
        true => "__Secure-session",
    }
}

/// The digest of the session's cookie, if the request has one.
pub(super) fn digest_of(app: &App, headers: &HeaderMap) -> Option<Digest> {
    let jar = CookieJar::from_headers(headers);
    jar.get(session_cookie(&app.config))
        .filter(|cookie| !cookie.value().is_empty())
        .map(|cookie| digest(cookie.value()))
}

/// A cookie for these days that no script reads and no other site sends along with an act.
fn cookie(config: &Config, value: String, lasts: TimeDelta) -> Cookie<'static> {
    Cookie::build((session_cookie(config), value))
        .path("/")
        .http_only(true)
        .secure(is_https(config))
        .same_site(SameSite::Lax)
        .max_age(time::Duration::seconds(lasts.num_seconds()))
        .build()
}

/// The cookie by which our own script knows whose draft is whose (web/shared/scripts/draft.ts): a word of no meaning, which opens nothing.
const PERSON: &str = "person";

fn person(app: &App, account: &Account, lasts: TimeDelta) -> Cookie<'static> {
    let word: String = app.key_to(&format!("draft of {}", account.voice.0)).chars().take(12).collect();
    Cookie::build((PERSON, word))
        .path("/")
        .secure(is_https(&app.config))
        .same_site(SameSite::Lax)
        .max_age(time::Duration::seconds(lasts.num_seconds()))
        .build()
}

/// Says that a session is used, and by that its account. That it could not be said stops nobody.
pub(super) async fn used(app: &App, session: &Session, digest: &Digest, now: Timestamp) {
    if session.seen_at + USED > now {
        return;
    }
    if let Err(error) = store::seen(&app.db, digest, session.account_id, now).await {
        tracing::warn!(%error, "a session's last use was not kept");
    }
}

/// Signs somebody in: what their browser's visitor did becomes theirs, the language of the page that of their letters, a session that the browser had ends, a new one begins.
/// `is_strong` says that a second factor was shown. Gives the cookies of the answer, good once the write is committed.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn enter(
    app: &App,
    write: &mut Write,
    headers: &HeaderMap,
    visitor: Option<Visitor>,
    account: &Account,
    is_strong: bool,
) -> Result<CookieJar> {
    store::set_language(write, account.id, http::language(headers)).await?;
    if let Some(visitor) = visitor {
        claim::claim(write, visitor, account.voice).await?;
    }
    if let Some(old) = digest_of(app, headers) {
        store::close_session(write.tx(), &old).await?;
    }
    let lasts = if store::grants(write.tx(), account.id).await?.is_empty() { RESIDENT } else { HOLDER };
    let (value, ends) = (secret(), write.at() + lasts);
    let new = digest(&value);
    store::open_session(write, &new, account.id, &browser::in_words(headers), ends).await?;
    if is_strong {
        store::show_second_factor(write, &new).await?;
    }
    let jar = CookieJar::from_headers(headers)
        .add(cookie(&app.config, value, lasts))
        .add(person(app, account, lasts));
    Ok(if visitor.is_some() { jar.remove(forgotten_visitor()) } else { jar })
}

/// Says that a second factor was shown, and gives the session another cookie, so that what somebody saw of the session before is
/// worth nothing for what it may do now.
///
/// # Errors
/// [`Error::Unauthorized`](crate::base::error::Error::Unauthorized) where the request has no session's cookie.
pub(super) async fn strengthen(app: &App, write: &mut Write, headers: &HeaderMap) -> Result<CookieJar> {
    let old = digest_of(app, headers).ok_or(crate::base::error::Error::Unauthorized)?;
    let value = secret();
    let ends = store::renew_session(write.tx(), &old, &digest(&value)).await?;
    store::show_second_factor(write, &digest(&value)).await?;
    Ok(CookieJar::from_headers(headers).add(cookie(&app.config, value, ends - write.at())))
}

/// Signs out: the session ends, its cookie goes.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn leave(app: &App, headers: &HeaderMap) -> Result<CookieJar> {
    if let Some(digest) = digest_of(app, headers) {
        store::close_session(&app.db, &digest).await?;
    }
    Ok(CookieJar::from_headers(headers).remove(gone(&app.config)).remove(nobody()))
}

fn nobody() -> Cookie<'static> {
    Cookie::build((PERSON, "")).path("/").build()
}

fn gone(config: &Config) -> Cookie<'static> {
    Cookie::build((session_cookie(config), "")).path("/").secure(is_https(config)).build()
}

/// What makes a browser forget who it was: its session, and the visitor that it was without one.
pub fn forgotten(headers: &HeaderMap, config: &Config) -> CookieJar {
    CookieJar::from_headers(headers).remove(gone(config)).remove(nobody()).remove(forgotten_visitor())
}

/// Clears away what has ended, every hour: sessions, links, ceremonies, keys of forms.
pub(super) const CLEAR: Job<App> = Job {
    name: "sessions",
    every: std::time::Duration::from_secs(3600),
    look: None,
    run: |app| Box::pin(clear(app)),
};

async fn clear(app: &App) -> Result<Done> {
    let now = crate::base::clock::now();
    store::clear(&app.db, now).await?;
    crate::base::once::clear(&app.db, now).await?;
    Ok(Done::default())
}
