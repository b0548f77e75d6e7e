//! The addresses of notes and assignment.

use super::views::{WorkPage, WorkPart};
use super::{model, panel};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{Fields, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::ids::AccountId;
use crate::civic::accounts::Access::Holder;
use crate::civic::accounts::{Actor, Desk, Role, Routes};
use crate::civic::contributions::decisions;
use crate::civic::contributions::things::Thing;
use crate::civic::work::{self, Worked, assignments, notes};
use crate::core::app::App;
use askama::Template as _;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// The room of the desk under which a subject's page stands.
const ROOM: &str = "/admin/answers";

pub(super) fn routes() -> Routes {
    let agent = Holder(Role::Agent);
    Routes::new()
        .get("/admin/work/{thing}", agent, show)
        .post("/admin/work/{thing}/notes", agent, add)
        .creates()
        .post("/admin/work/{thing}/notes/{note}", agent, change)
        .post("/admin/work/{thing}/assign", agent, assign)
}

/// The subject that an address names, for who may act on it.
async fn worked(app: &App, actor: &Actor, word: &str) -> Result<(Worked, AccountId)> {
    let thing = Thing::of_word(word).ok_or(Error::NotFound)?;
    let worked = work::find(&app.db, thing).await?;
    let by = actor.must(Role::Agent, &worked.place)?.id;
    Ok((worked, by))
}

/// `GET /admin/work/{thing}`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(word): Path<String>,
) -> Result<WorkPage> {
    let (worked, _) = worked(&app, &actor, &word).await?;
    page(&app, &reader, &actor, &worked, None).await
}

/// The page of a subject, with what was typed and what is wrong with it.
async fn page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    worked: &Worked,
    wrong: Option<(String, Problem)>,
) -> Result<WorkPage> {
    let (typed, problem) = wrong.map_or_else(Default::default, |(typed, problem)| (typed, Some(problem)));
    let part = panel::part(app, reader, actor, worked.thing, &worked.place).await?;
    let part = WorkPart { typed, problem, ..part };
    Ok(WorkPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, ROOM),
        // What is not public is its moderators' to read.
        title: if worked.is_public { worked.title.clone() } else { worked.thing.word() },
        path: worked.is_public.then(|| worked.thing.path(worked.feature)),
        part: part.render().map_err(|error| Error::Internal(error.to_string()))?,
    })
}

/// The form again, with what is wrong.
async fn refused(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    worked: &Worked,
    wrong: (String, Problem),
) -> Result<Response> {
    let page = page(app, reader, actor, worked, Some(wrong)).await?;
    Ok((StatusCode::BAD_REQUEST, page).into_response())
}

/// Back to where the form was.
fn back(worked: &Worked, sent: &Fields) -> Response {
    let on_page = worked.feature.filter(|_| worked.is_public && sent.get("from") == "page");
    let to = match on_page {
        Some(feature) => format!("/features/{feature}#work"),
        None => format!("/admin/work/{}", worked.thing.word()),
    };
    Redirect::to(&to).into_response()
}

/// `POST /admin/work/{thing}/notes`
async fn add(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(word): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let (worked, by) = worked(&app, &actor, &word).await?;
    let body = match model::note(&sent) {
        Ok(body) => body,
        Err(problem) => {
            let typed = sent.get("body").to_owned();
            return refused(&app, &reader, &actor, &worked, (typed, problem)).await;
        }
    };
    let mut write = app.begin().await?;
    notes::insert(&mut write, worked.thing.subject, &body, by).await?;
    app.commit(write).await?;
    Ok(back(&worked, &sent))
}

/// `POST /admin/work/{thing}/notes/{note}`: changed, taken back or put back, as its button says.
async fn change(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path((word, note)): Path<(String, String)>,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let (worked, by) = worked(&app, &actor, &word).await?;
    let id: i64 = note.parse().map_err(|_no_number: std::num::ParseIntError| Error::NotFound)?;
    let (on, mut write) = (worked.thing.subject, app.begin().await?);
    match sent.get("act") {
        "take-back" => notes::take_back(&mut write, on, id, by).await?,
        "put-back" => notes::put_back(&mut write, on, id, by).await?,
        _ => match model::note(&sent) {
            Ok(body) => notes::change(&mut write, on, id, &body, by).await?,
            Err(problem) => {
                drop(write);
                let typed = sent.get("body").to_owned();
                return refused(&app, &reader, &actor, &worked, (typed, problem)).await;
            }
        },
    }
    app.commit(write).await?;
    Ok(back(&worked, &sent))
}

/// `POST /admin/work/{thing}/assign`: to somebody who may act on it, to `me`, or to nobody.
async fn assign(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(word): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let (worked, by) = worked(&app, &actor, &word).await?;
    let to = match sent.get("to") {
        "" => None,
        "me" => Some(by),
        id => Some(AccountId::of_text(id).unwrap_or(AccountId(0))),
    };
    let colleagues = assignments::colleagues(&app.db, &worked.place).await?;
    if to.is_some_and(|to| !colleagues.iter().any(|one| one.id == to)) {
        let problem = Problem { field: "to".into(), message: Message::new("assign-may-not") };
        return refused(&app, &reader, &actor, &worked, (String::new(), problem)).await;
    }
    let mut write = app.begin().await?;
    decisions::lock(&mut write, worked.thing).await?;
    assignments::assign(&mut write, worked.thing.subject, to, by).await?;
    app.commit(write).await?;
    Ok(back(&worked, &sent))
}
