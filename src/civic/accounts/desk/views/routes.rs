//! The addresses of kept views.

use super::{HERE, MOST, NAME_MOST, QUERY_MOST, SavedView, store};
use crate::base::clock;
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Reader, SameOrigin, filters};
use crate::base::i18n::{Lang, Message};
use crate::base::ids::AccountId;
use crate::base::once::Answered;
use crate::base::text;
use crate::civic::accounts::Access::AnyHolder;
use crate::civic::accounts::desk::{Desk, beside};
use crate::civic::accounts::hooks::rooms;
use crate::civic::accounts::{Actor, Role, Routes};
use crate::core::app::App;
use crate::core::journal::Write;
use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

pub(in super::super) fn routes() -> Routes {
    Routes::new()
        .get(HERE, AnyHolder, list)
        .post(HERE, AnyHolder, keep)
        .creates()
        .post("/admin/views/{id}", AnyHolder, change)
        .post("/admin/views/{id}/remove", AnyHolder, remove)
        .post("/admin/views/{id}/restore", AnyHolder, restore)
}

/// A form of a view, as it was sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ViewForm {
    room: String,
    query: String,
    name: String,
    shared: String,
}

/// A view as the list of them shows it.
struct Line {
    view: SavedView,
    room: String,
    /// Whether who reads may change it.
    is_free: bool,
}

#[derive(Template, WebTemplate)]
#[template(path = "accounts/templates/views.html")]
struct ViewsPage {
    lang: Lang,
    site: String,
    desk: Desk,
    lines: Vec<Line>,
    /// The one that was just removed.
    removed: Option<i64>,
    /// What was sent and not kept: the list and what is looked at there.
    sent: ViewForm,
    problems: Vec<Problem>,
}

impl ViewsPage {
    fn problem(&self) -> Option<String> {
        self.problems.first().map(|problem| self.lang.say(&problem.message))
    }
    fn most(&self) -> usize {
        NAME_MOST
    }
}

/// What the page is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    removed: String,
}

/// Whether somebody may change a view: their own; one of the team's also who administers everything, when its owner is gone.
fn is_free(actor: &Actor, view: &SavedView) -> bool {
    let is_own = actor.account.as_ref().is_some_and(|account| account.id == view.account_id);
    is_own || (view.is_shared && actor.has_everywhere(Role::Administrator))
}

async fn page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    sent: ViewForm,
    problems: Vec<Problem>,
) -> Result<ViewsPage> {
    let open = rooms(actor);
    let line = |view: SavedView| {
        let (_, _, name) = open.iter().find(|(_, path, _)| *path == view.room)?;
        Some(Line { room: reader.lang.text(name), is_free: is_free(actor, &view), view })
    };
    let views = store::seen(&app.db, actor.signed_in()?.id).await?;
    Ok(ViewsPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, HERE),
        lines: views.into_iter().filter_map(line).collect(),
        removed: None,
        sent,
        problems,
    })
}

/// `GET /admin/views`
async fn list(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<ViewsPage> {
    let page = page(&app, &reader, &actor, ViewForm::default(), Vec::new()).await?;
    Ok(ViewsPage { removed: asked.removed.parse().ok(), ..page })
}

fn wrong(key: &'static str) -> Problem {
    Problem { field: "name".into(), message: Message::new(key).with("most", NAME_MOST) }
}

/// The name of a view, one line that nobody's other view has.
async fn named(
    write: &mut Write,
    account: AccountId,
    typed: &str,
    but: i64,
) -> Result<Result<String, Problem>> {
    let name = text::line(typed, NAME_MOST + 1);
    let (all, is_taken) = store::own(write.tx(), account, &name, but).await?;
    Ok(match name.chars().count() {
        0 => Err(wrong("view-no-name")),
        n if n > NAME_MOST => Err(wrong("view-long-name")),
        _ if is_taken => Err(wrong("view-taken")),
        _ if but == 0 && all >= MOST => Err(wrong("view-many")),
        _ => Ok(name),
    })
}

/// The list and the query of a view, as the list says them.
fn looked_at(app: &App, actor: &Actor, form: &ViewForm) -> Result<(&'static str, String)> {
    let beside = beside::here();
    let (room, reads) = beside.reads.iter().find(|(path, _)| *path == form.room).ok_or(Error::NotFound)?;
    if !rooms(actor).iter().any(|(_, path, _)| path == room) {
        return Err(Error::Forbidden(Message::new("error-role")));
    }
    let query: String = form.query.chars().take(QUERY_MOST).collect();
    Ok((room, reads(app, Some(&query))))
}

/// `POST /admin/views`
async fn keep(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(form): Form<ViewForm>,
) -> Result<Response> {
    let account = actor.signed_in()?.id;
    let (room, query) = looked_at(&app, &actor, &form)?;
    // The same form twice at once: the second waits here, and is answered like the first.
    let mut write = app.begin().await?;
    let name = match named(&mut write, account, &form.name, 0).await? {
        Ok(name) => name,
        Err(problem) => {
            drop(write);
            let sent = ViewForm { query, ..form };
            let page = page(&app, &reader, &actor, sent, vec![problem]).await?;
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
    };
    store::insert(write.tx(), account, (room, &query), (&name, !form.shared.is_empty())).await?;
    let to = format!("{room}?{query}");
    write.answers(Answered::See(to.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&to).into_response())
}

/// A view that who acts may change.
async fn free(app: &App, actor: &Actor, id: &str) -> Result<SavedView> {
    let view = store::find(&app.db, id.parse().map_err(|_not_a_number| Error::NotFound)?).await?;
    match is_free(actor, &view) {
        true => Ok(view),
        false if view.is_shared => Err(Error::Forbidden(Message::new("view-not-yours"))),
        // Of somebody else's own not even that it is there is said.
        false => Err(Error::NotFound),
    }
}

/// `POST /admin/views/{id}`: another name, other readers.
async fn change(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<ViewForm>,
) -> Result<Response> {
    let view = free(&app, &actor, &id).await?;
    let mut write = app.begin().await?;
    let name = match named(&mut write, view.account_id, &form.name, view.id).await? {
        Ok(name) => name,
        Err(problem) => {
            drop(write);
            let page = page(&app, &reader, &actor, ViewForm::default(), vec![problem]).await?;
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
    };
    store::change(write.tx(), view.id, &name, !form.shared.is_empty()).await?;
    app.commit(write).await?;
    Ok(Redirect::to(HERE).into_response())
}

/// `POST /admin/views/{id}/remove`
async fn remove(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Redirect> {
    let view = free(&app, &actor, &id).await?;
    let mut write = app.begin().await?;
    store::remove(write.tx(), view.id, Some(clock::now())).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}?removed={}", view.id)))
}

/// `POST /admin/views/{id}/restore`
async fn restore(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Redirect> {
    let view = free(&app, &actor, &id).await?;
    let mut write = app.begin().await?;
    store::remove(write.tx(), view.id, None).await?;
    app.commit(write).await?;
    Ok(Redirect::to(HERE))
}
