//! The way to the identity provider and back.

use super::views::LeavingPage;
use super::{provider, store};
use crate::base::clock;
use crate::base::error::{Error, Result};
use crate::base::http::{self, KnownVisitor, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::ids::AccountId;
use crate::civic::accounts::Access::Everyone;
use crate::civic::accounts::session::{self, digest};
use crate::civic::accounts::sign_in::local_path;
use crate::civic::accounts::{Actor, Limit, Routes};
use crate::core::app::App;
use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, SameSite, SignedCookieJar};
use chrono::TimeDelta;
use serde::Deserialize;

/// The cookie of the browser that went out: who comes back with another's state is not let in as them.
const WENT: &str = "went";

/// How long somebody may take there.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// How fresh somebody's proof must be to link an identity with their account: theirs who left a browser open is none.
const FRESH: TimeDelta = TimeDelta::minutes(15);

pub(in crate::civic::accounts) fn routes() -> Routes {
    Routes::new()
        .post("/sign-in/outside", Everyone, leave)
        .limited(Limit::SIGN_IN)
        .get("/sign-in/outside/back", Everyone, back)
        .limited(Limit::SIGN_IN)
}

/// The provider's name, if the operator named one.
pub(in crate::civic::accounts) fn way(app: &App) -> Option<String> {
    provider::is_there(app).then(|| app.config.outside_label.clone())
}

/// What a button says that leads there.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Leaving {
    /// Where to go afterwards.
    to: String,
    /// Whether the identity is to be linked with the account that is signed in.
    link: bool,
}

/// `POST /sign-in/outside`: a page that goes on to the provider, because a form of ours leads nowhere else by itself.
async fn leave(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    jar: SignedCookieJar,
    Form(leaving): Form<Leaving>,
) -> Result<Response> {
    if !provider::is_there(&app) {
        return Err(Error::NotFound);
    }
    let to = local_path(&leaving.to);
    let account = match (&actor.account, leaving.link) {
        (Some(account), true) => Some(fresh(&actor, account.id)?),
        // Who is signed in has nothing to look for there, and is nobody else by accident.
        (Some(_), false) => return Ok(Redirect::to(&to).into_response()),
        (None, true) => return Err(Error::Unauthorized),
        (None, false) => None,
    };
    let state = session::secret();
    let (url, pending) = provider::begin(&app, &app.base(&reader), &state, to).await?;
    let mut write = app.begin().await?;
    let ends = write.at() + PATIENCE;
    store::begin(&mut write, &digest(&state), account, &pending, ends).await?;
    app.commit(write).await?;
    let label = app.config.outside_label.clone();
    let page = LeavingPage { lang: reader.lang, site: app.name(), label, url };
    Ok((jar.add(went(&app, state)), [("cache-control", "no-store")], page).into_response())
}

/// Who signed in, or showed a passkey, a moment ago.
fn fresh(actor: &Actor, account: AccountId) -> Result<AccountId> {
    let since = clock::now() - FRESH;
    let session = actor.session.as_ref().ok_or(Error::Unauthorized)?;
    let is_fresh = session.created_at > since || session.strong_at.is_some_and(|at| at > since);
    is_fresh.then_some(account).ok_or_else(|| Error::Forbidden(Message::new("outside-stale")))
}

fn went(app: &App, state: String) -> Cookie<'static> {
    Cookie::build((WENT, state))
        .path("/sign-in/outside")
        .http_only(true)
        .secure(session::is_https(&app.config))
        .same_site(SameSite::Lax)
        .max_age(time::Duration::minutes(10))
        .build()
}

/// What the provider sends back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Back {
    code: String,
    state: String,
    error: String,
}

/// `GET /sign-in/outside/back?code=…&state=…`
async fn back(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    KnownVisitor(visitor): KnownVisitor,
    jar: SignedCookieJar,
    headers: HeaderMap,
    http::Asked(back): http::Asked<Back>,
) -> Result<impl IntoResponse> {
    let went_here =
        jar.get(WENT).is_some_and(|cookie| !back.state.is_empty() && cookie.value() == back.state);
    if !went_here {
        return Err(Error::invalid("state", Message::new("outside-not-here")));
    }
    let mut write = app.begin().await?;
    let taken = store::take(&mut write, &digest(&back.state)).await?;
    app.commit(write).await?;
    let (signed_in, pending) = taken.ok_or_else(|| Error::Forbidden(Message::new("outside-late")))?;
    if !back.error.is_empty() || back.code.is_empty() {
        return Err(Error::Forbidden(Message::new("outside-cancelled")));
    }
    // A link is asked for in a session, and is that session's alone.
    if signed_in.is_some() && signed_in != actor.account.as_ref().map(|account| account.id) {
        return Err(Error::Forbidden(Message::new("outside-changed")));
    }
    let to = pending.to.clone();
    let identity = provider::finish(&app, &app.base(&reader), back.code, pending).await?;
    let mut write = app.begin().await?;
    let account = store::account(&mut write, &identity, signed_in).await?;
    let cookies = session::enter(&app, &mut write, &headers, visitor, &account, false).await?;
    app.commit(write).await?;
    Ok((cookies, Redirect::to(&to)))
}
