//! The desk of texts to answer with: made, changed, removed and put back by who may answer.

use super::model::ReplyForm;
use super::views::{RepliesPage, ReplyPage};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Fields, Reader, SameOrigin};
use crate::base::once::Answered;
use crate::civic::accounts::Access::Holder;
use crate::civic::accounts::{Actor, Desk, Role, Routes};
use crate::civic::work::replies::{self, NewReply};
use crate::core::app::App;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

pub(super) const HERE: &str = "/admin/replies";

pub(super) fn routes() -> Routes {
    let agent = Holder(Role::Agent);
    Routes::new()
        .get(HERE, agent, list)
        .post(HERE, agent, create)
        .creates()
        .get("/admin/replies/new", agent, new)
        .get("/admin/replies/{id}", agent, edit)
        .post("/admin/replies/{id}", agent, change)
        .post("/admin/replies/{id}/remove", agent, remove)
        .post("/admin/replies/{id}/put-back", agent, put_back)
}

fn number(id: &str) -> Result<i64> {
    id.parse().map_err(|_no_number: std::num::ParseIntError| Error::NotFound)
}

/// What the list is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

/// `GET /admin/replies`
async fn list(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<RepliesPage> {
    let done = match asked.done.as_str() {
        "made" => Some("reply-made"),
        "changed" => Some("reply-changed"),
        "removed" => Some("reply-removed"),
        "put-back" => Some("reply-put-back-done"),
        _ => None,
    };
    let page = all(&app, &reader, &actor).await?;
    Ok(RepliesPage { done: done.map(|key| reader.lang.text(key)), ..page })
}

async fn all(app: &App, reader: &Reader, actor: &Actor) -> Result<RepliesPage> {
    Ok(RepliesPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, HERE),
        replies: replies::all(&app.db).await?,
        removed: replies::removed(&app.db).await?,
        done: None,
        problem: None,
    })
}

fn page(app: &App, reader: &Reader, actor: &Actor, id: Option<i64>, form: ReplyForm) -> ReplyPage {
    let desk = Desk::of(actor, reader.lang, HERE);
    ReplyPage { lang: reader.lang, site: app.name(), desk, id, form, problems: Vec::new() }
}

fn refused(page: ReplyPage, status: StatusCode, problems: Vec<Problem>) -> Response {
    (status, ReplyPage { problems, ..page }).into_response()
}

/// `GET /admin/replies/new`
async fn new(State(app): State<App>, reader: Reader, actor: Actor) -> ReplyPage {
    let form = ReplyForm { lang: "fr".into(), ..ReplyForm::default() };
    page(&app, &reader, &actor, None, form)
}

/// `POST /admin/replies`
async fn create(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let (form, by) = (ReplyForm::of(&sent), actor.signed_in()?.id);
    match written(&app, &form, async |write, new| replies::insert(write, new, by).await.map(drop), "made")
        .await
    {
        Err(Error::Invalid(problems)) => {
            Ok(refused(page(&app, &reader, &actor, None, form), StatusCode::BAD_REQUEST, problems))
        }
        done => done,
    }
}

/// Writes what a form says, where nothing is wrong with it.
async fn written(
    app: &App,
    form: &ReplyForm,
    act: impl AsyncFnOnce(&mut crate::core::journal::Write, &NewReply) -> Result<()>,
    done: &str,
) -> Result<Response> {
    let new = form.check().map_err(Error::Invalid)?;
    let mut write = app.begin().await?;
    act(&mut write, &new).await?;
    let to = format!("{HERE}?done={done}");
    write.answers(Answered::See(to.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&to).into_response())
}

/// `GET /admin/replies/{id}`
async fn edit(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<ReplyPage> {
    let reply = replies::find(&app.db, number(&id)?).await?;
    let form = ReplyForm { name: reply.name, body: reply.body, lang: reply.lang, saw: reply.version };
    Ok(page(&app, &reader, &actor, Some(reply.id), form))
}

/// `POST /admin/replies/{id}`
async fn change(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let (id, form, by) = (number(&id)?, ReplyForm::of(&sent), actor.signed_in()?.id);
    let now = replies::find(&app.db, id).await?.version;
    let saw = form.saw;
    let act = async |write: &mut _, new: &NewReply| replies::change(write, id, saw, new, by).await;
    let (status, problems) = match written(&app, &form, act, "changed").await {
        Err(Error::Invalid(problems)) => (StatusCode::BAD_REQUEST, problems),
        Err(Error::Conflict(message)) => {
            (StatusCode::CONFLICT, vec![Problem { field: "version".into(), message }])
        }
        done => return done,
    };
    // What was typed stays; its button writes it over what somebody else wrote meanwhile, which is said.
    let form = ReplyForm { saw: now, ..form };
    Ok(refused(page(&app, &reader, &actor, Some(id), form), status, problems))
}

/// `POST /admin/replies/{id}/remove`
async fn remove(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Redirect> {
    let (id, by, mut write) = (number(&id)?, actor.signed_in()?.id, app.begin().await?);
    replies::keep(&mut write, id, false, by).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}?done=removed#removed")))
}

/// `POST /admin/replies/{id}/put-back`
async fn put_back(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Response> {
    let (id, by, mut write) = (number(&id)?, actor.signed_in()?.id, app.begin().await?);
    match replies::keep(&mut write, id, true, by).await {
        Err(Error::Invalid(problems)) => {
            drop(write);
            let problem = problems.first().map(|problem| reader.lang.say(&problem.message));
            let page = RepliesPage { problem, ..all(&app, &reader, &actor).await? };
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        done => {
            done?;
            app.commit(write).await?;
            Ok(Redirect::to(&format!("{HERE}?done=put-back")).into_response())
        }
    }
}
