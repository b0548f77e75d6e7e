//! The addresses of passkeys: adding, removing, showing one, signing in with one.

use super::letter::{self, Change};
use super::model::{self, Content, MOST, Party, read, read_new, waits_under};
use super::store::{self, Kind};
use super::views::SecondFactorPage;
use crate::base::error::{Error, Result};
use crate::base::http::{self, KnownVisitor, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::ids::{PasskeyId, SessionId};
use crate::civic::accounts::Access::{Everyone, SignedIn};
use crate::civic::accounts::model::Account;
use crate::civic::accounts::sign_in::{Destination, local_path};
use crate::civic::accounts::{self, Actor, Limit, Routes, browser, own, people, session};
use crate::core::app::App;
use crate::core::journal::Write;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;
use serde_json::{Value, json};

pub(in crate::civic::accounts) fn routes() -> Routes {
    Routes::new()
        .post("/account/passkeys/begin", SignedIn, begin_new)
        .post("/account/passkeys", SignedIn, add)
        .post("/account/passkeys/{id}/remove", SignedIn, remove)
        .get("/account/second-factor", SignedIn, ask)
        .post("/account/second-factor/begin", SignedIn, begin)
        .post("/account/second-factor", SignedIn, show)
        .post("/sign-in/passkey/begin", Everyone, begin)
        .limited(Limit::SIGN_IN)
        .post("/sign-in/passkey", Everyone, enter)
        .limited(Limit::SIGN_IN)
}

/// What a script brings.
#[derive(Debug, Deserialize)]
struct Brought {
    /// What the device answered, as `PublicKeyCredential.toJSON()` writes it.
    credential: Value,
    /// What to call a new one.
    #[serde(default)]
    name: String,
}

fn late() -> Error {
    Error::Forbidden(Message::new("passkey-late"))
}

fn here(actor: &Actor) -> Option<SessionId> {
    actor.session.as_ref().map(|session| session.id)
}

/// Refuses who has a role and passkeys and has shown none of them: with a mailbox alone, somebody could put their own in.
///
/// # Errors
/// [`Error::Forbidden`], or [`Error::Unauthorized`] where nobody is signed in.
pub(in crate::civic::accounts) fn may_change(actor: &Actor, passkeys: usize) -> Result<&Account> {
    let account = actor.signed_in()?;
    if passkeys > 0 && !actor.grants.is_empty() && !actor.is_strong {
        return Err(Error::Forbidden(Message::new("passkey-show-first")));
    }
    Ok(account)
}

/// `POST /account/passkeys/begin`: the options for `navigator.credentials.create`.
async fn begin_new(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
) -> Result<Json<Value>> {
    let has = store::credentials(&app.db, actor.signed_in()?.id).await?;
    let account = may_change(&actor, has.len())?;
    if has.len() >= MOST {
        return Err(Error::Conflict(Message::new("passkey-too-many")));
    }
    let begun = Party::of(&app.base(&reader))?.begin_new(account, &has)?;
    let mut write = app.begin().await?;
    let digest = waits_under(here(&actor), begun.challenge);
    store::begin(&mut write, Kind::New, &digest, Some(account.id), &begun.state).await?;
    app.commit(write).await?;
    Ok(Json(begun.options))
}

/// `POST /account/passkeys`: keeps it.
async fn add(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    headers: HeaderMap,
    Json(brought): Json<Brought>,
) -> Result<Response> {
    let (answer, challenge) = read_new(&brought.credential)?;
    let state = taken(&app, Kind::New, &actor, challenge).await?;
    let new = Party::of(&app.base(&reader))?.finish_new(&state, &answer)?;
    let name = model::name(&brought.name, &browser::in_words(&headers));
    let mut write = app.begin().await?;
    let had = store::list(write.tx(), actor.signed_in()?.id).await?.len();
    let account = may_change(&actor, had)?;
    store::insert(&mut write, account.id, &new, &name).await.map_err(|error| {
        if error.is_unique_violation() { Error::Conflict(Message::new("passkey-known")) } else { error }
    })?;
    let cookies = first_is_shown(&app, &mut write, &headers, had).await?;
    letter::post(&app, &mut write, &reader, &actor, Change::Added).await?;
    app.commit(write).await?;
    Ok((cookies, Json(json!({ "name": name }))).into_response())
}

/// The first passkey of an account was shown with being added: its owner holds the device and has just unlocked it, for a challenge
/// of this very session, whose letter they read. Any further one proves nothing: it would be who came by a letter alone.
async fn first_is_shown(
    app: &App,
    write: &mut Write,
    headers: &HeaderMap,
    had: usize,
) -> Result<Option<CookieJar>> {
    if had > 0 {
        return Ok(None);
    }
    session::strengthen(app, write, headers).await.map(Some)
}

/// `POST /account/passkeys/{id}/remove`
async fn remove(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Response> {
    let id = PasskeyId::of_text(&id).ok_or(Error::NotFound)?;
    let account = match may_change(&actor, 1) {
        Ok(account) => account.id,
        Err(error) => return own::refused_passkey(&app, &reader, actor, &error).await,
    };
    let mut write = app.begin().await?;
    if store::is_last(&mut write, account, id).await? && people::is_last(&mut write, account).await? {
        let error = Error::Conflict(Message::new("passkey-last-administrator"));
        drop(write);
        return own::refused_passkey(&app, &reader, actor, &error).await;
    }
    store::remove(&mut write, account, id).await?;
    letter::post(&app, &mut write, &reader, &actor, Change::Removed).await?;
    app.commit(write).await?;
    Ok(Redirect::to("/account?done=passkey-removed#passkeys").into_response())
}

/// `GET /account/second-factor?to=…`
async fn ask(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(Destination { to }): http::Asked<Destination>,
) -> Result<Response> {
    let to = local_path(&to);
    let account = actor.signed_in()?.id;
    if actor.is_strong {
        return Ok(Redirect::to(&to).into_response());
    }
    let passkeys = store::list(&app.db, account).await?;
    let page = SecondFactorPage { lang: reader.lang, site: app.name(), to, passkeys };
    Ok(([("cache-control", "no-store")], page).into_response())
}

/// `POST /account/second-factor/begin` and `POST /sign-in/passkey/begin`: the options for `navigator.credentials.get`.
async fn begin(State(app): State<App>, _: SameOrigin, reader: Reader, actor: Actor) -> Result<Json<Value>> {
    let begun = Party::of(&app.base(&reader))?.begin()?;
    let digest = waits_under(here(&actor), begun.challenge);
    let account = actor.account.as_ref().map(|account| account.id);
    let mut write = app.begin().await?;
    store::begin(&mut write, Kind::Use, &digest, account, &begun.state).await?;
    app.commit(write).await?;
    Ok(Json(begun.options))
}

/// `POST /account/second-factor`
async fn show(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    headers: HeaderMap,
    Json(brought): Json<Brought>,
) -> Result<impl IntoResponse> {
    let (mut write, shown) = verified(&app, &reader, &actor, &brought.credential).await?;
    if shown.id != actor.signed_in()?.id {
        return Err(Error::Forbidden(Message::new("passkey-of-another")));
    }
    let cookies = session::strengthen(&app, &mut write, &headers).await?;
    app.commit(write).await?;
    Ok((cookies, Json(json!({}))))
}

/// `POST /sign-in/passkey`: signs in by a passkey alone. It is both factors: a thing that one has, unlocked by what one is or knows.
async fn enter(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    KnownVisitor(visitor): KnownVisitor,
    headers: HeaderMap,
    Json(brought): Json<Brought>,
) -> Result<impl IntoResponse> {
    let (mut write, account) = verified(&app, &reader, &actor, &brought.credential).await?;
    let cookies = session::enter(&app, &mut write, &headers, visitor, &account, true).await?;
    app.commit(write).await?;
    Ok((cookies, Json(json!({}))))
}

/// What a challenge was asked for, taken for good before anything is checked: a wrong answer does not leave it to be tried again.
async fn taken(app: &App, kind: Kind, actor: &Actor, challenge: u128) -> Result<Vec<u8>> {
    let account = actor.account.as_ref().map(|account| account.id);
    let mut write = app.begin().await?;
    let state = store::take(&mut write, kind, &waits_under(here(actor), challenge), account).await?;
    app.commit(write).await?;
    state.ok_or_else(late)
}

/// Whose passkey answered, once its answer holds; what changed of it is kept.
async fn verified(app: &App, reader: &Reader, actor: &Actor, answer: &Value) -> Result<(Write, Account)> {
    let (answer, challenge) = read(answer)?;
    let state = taken(app, Kind::Use, actor, challenge).await?;
    let unknown = || Error::Forbidden(Message::new("passkey-unknown"));
    let mut write = app.begin().await?;
    let found = store::find(&mut write, answer.raw_id().as_ref()).await?;
    let (id, account, kept): (PasskeyId, _, Content) = found.ok_or_else(unknown)?;
    let account = accounts::store::find(write.tx(), account).await?;
    let content = Party::of(&app.base(reader))?.finish(&state, &answer, &account, &kept)?;
    store::used(&mut write, id, &content).await?;
    Ok((write, account))
}
