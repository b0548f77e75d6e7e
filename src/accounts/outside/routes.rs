//! The way to the identity provider and back.

use super::{provider, store};
use crate::accounts::Access::Everyone;
use crate::accounts::session::{self, digest};
use crate::accounts::sign_in::{Destination, local_path};
use crate::accounts::{Actor, Doors};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::{KnownVisitor, Reader};
use crate::i18n::Message;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::cookie::{Cookie, SameSite, SignedCookieJar};
use chrono::TimeDelta;
use serde::Deserialize;

/// The cookie of the browser that went out: who comes back with another's state is not let in as them.
const WENT: &str = "went";

/// How long somebody may take there.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);

pub(in crate::accounts) fn doors() -> Doors {
    Doors::new().get("/sign-in/outside", Everyone, leave).get("/sign-in/outside/back", Everyone, back)
}

/// The provider's name and the way there, if the operator named one.
pub(in crate::accounts) fn way(app: &App, to: &str) -> Option<(String, String)> {
    let to: String = form_urlencoded::byte_serialize(to.as_bytes()).collect();
    provider::is_there(app).then(|| (app.config.outside_label.clone(), format!("/sign-in/outside?to={to}")))
}

/// `GET /sign-in/outside?to=…`
async fn leave(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    jar: SignedCookieJar,
    Query(Destination { to }): Query<Destination>,
) -> Result<impl IntoResponse> {
    if !provider::is_there(&app) {
        return Err(Error::NotFound);
    }
    let state = session::secret();
    let (url, pending) = provider::begin(&app, &app.base(&reader), &state, local_path(&to)).await?;
    let mut write = app.begin().await?;
    let (account, ends) = (actor.account.map(|account| account.id), write.at() + PATIENCE);
    store::begin(&mut write, &digest(&state), account, &pending, ends).await?;
    app.commit(write).await?;
    Ok((jar.add(went(&app, state)), [("cache-control", "no-store")], Redirect::to(&url)))
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
    KnownVisitor(visitor): KnownVisitor,
    jar: SignedCookieJar,
    headers: HeaderMap,
    Query(back): Query<Back>,
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
    let to = pending.to.clone();
    let identity = provider::finish(&app, &app.base(&reader), back.code, pending).await?;
    let mut write = app.begin().await?;
    let account = store::account(&mut write, &identity, signed_in).await?;
    let cookies = session::enter(&app, &mut write, &headers, visitor, &account, false).await?;
    app.commit(write).await?;
    Ok((cookies, Redirect::to(&to)))
}
