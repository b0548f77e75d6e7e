//! The addresses of one's own account.

use super::model::ProfileForm;
use super::store;
use super::views::OwnPage;
use crate::base::clock;
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Reader, SameOrigin};
use crate::base::ids::{AreaId, SessionId};
use crate::civic::accounts::Access::SignedIn;
use crate::civic::accounts::sign_in::local_path;
use crate::civic::accounts::{self, Actor, Routes, outside, passkeys};
use crate::core::app::App;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

pub(in crate::civic::accounts) fn routes() -> Routes {
    Routes::new()
        .get("/account", SignedIn, show)
        .post("/account", SignedIn, change)
        .post("/account/sessions/{id}/end", SignedIn, end)
        .post("/account/sessions/end-others", SignedIn, end_others)
}

/// What has just been done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Done {
    done: String,
    /// Where somebody came from to add a passkey, and goes back to with it.
    to: String,
}

/// The communes that can be chosen; every area where the territory knows no communes.
fn areas(app: &App) -> Vec<(AreaId, String)> {
    let world = app.atlas.world();
    let all = world.territory().areas();
    let has_communes = all.iter().any(|area| area.level == "commune");
    let chosen = all.iter().filter(|area| !has_communes || area.level == "commune");
    let mut areas: Vec<_> = chosen.map(|area| (area.id, area.name.clone())).collect();
    areas.sort_by_key(|(_, name)| crate::base::text::fold(name));
    areas
}

async fn page(app: &App, reader: &Reader, actor: Actor) -> Result<OwnPage> {
    let account = actor.signed_in()?.clone();
    let passkeys = passkeys::list(&app.db, account.id).await?;
    let must_show = passkeys::may_change(&actor, passkeys.len()).is_err();
    let here = actor.session.ok_or(Error::Unauthorized)?.id;
    Ok(OwnPage {
        lang: reader.lang,
        site: app.name(),
        email: account.email.unwrap_or_default(),
        form: ProfileForm {
            name: account.name,
            capacity: account.capacity,
            area: account.area_id.map(|id| id.to_string()).unwrap_or_default(),
        },
        problem: None,
        areas: areas(app),
        grants: actor.grants,
        sessions: accounts::store::sessions(&app.db, account.id, clock::now()).await?,
        here,
        passkeys,
        must_show,
        outside: outside::way(app).filter(|_| account.verified_at.is_none()),
        said: None,
        back: None,
        refused: None,
    })
}

/// The page as the answer to what passkeys refused: why, and the way to what is asked first.
///
/// # Errors
/// Where the database does not answer.
pub(in crate::civic::accounts) async fn refused_passkey(
    app: &App,
    reader: &Reader,
    actor: Actor,
    error: &Error,
) -> Result<Response> {
    let refused = Some(error.detail(reader.lang));
    let page = OwnPage { refused, ..page(app, reader, actor).await? };
    Ok((error.status(), [("cache-control", "no-store")], page).into_response())
}

/// `GET /account`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(Done { done, to }): http::Asked<Done>,
) -> Result<impl IntoResponse> {
    let mut page = page(&app, &reader, actor).await?;
    page.back = (!to.is_empty()).then(|| local_path(&to));
    page.said = match done.as_str() {
        "saved" => Some(reader.lang.text("account-saved")),
        "passkey" => Some(reader.lang.text("passkey-added")),
        "passkey-removed" => Some(reader.lang.text("passkey-removed")),
        "linked" => Some(reader.lang.text("outside-linked")),
        "ended" => Some(reader.lang.text("account-ended")),
        _ => None,
    };
    Ok(([("cache-control", "no-store")], page))
}

/// `POST /account`: what is wrong is said beside what was typed.
async fn change(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(form): Form<ProfileForm>,
) -> Result<Response> {
    let account = actor.signed_in()?.id;
    let choices: Vec<_> = areas(&app).into_iter().map(|(id, _)| id).collect();
    match form.check(&choices) {
        Ok(profile) => {
            store::keep(&app.db, account, &profile).await?;
            Ok(Redirect::to("/account?done=saved").into_response())
        }
        Err(problem) => refused(&app, &reader, actor, form, problem).await,
    }
}

async fn refused(
    app: &App,
    reader: &Reader,
    actor: Actor,
    form: ProfileForm,
    problem: Problem,
) -> Result<Response> {
    let page = page(app, reader, actor).await?;
    Ok((StatusCode::BAD_REQUEST, OwnPage { form, problem: Some(problem), ..page }).into_response())
}

/// `POST /account/sessions/{id}/end`: signs another browser out.
async fn end(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Redirect> {
    let id = SessionId::of_text(&id).ok_or(Error::NotFound)?;
    accounts::store::end_session(&app.db, actor.signed_in()?.id, id).await?;
    Ok(Redirect::to("/account?done=ended#sessions"))
}

/// `POST /account/sessions/end-others`: signs all other browsers out.
async fn end_others(State(app): State<App>, _: SameOrigin, actor: Actor) -> Result<Redirect> {
    let here = actor.session.as_ref().ok_or(Error::Unauthorized)?.id;
    accounts::store::end_others(&app.db, actor.signed_in()?.id, here).await?;
    Ok(Redirect::to("/account?done=ended#sessions"))
}
