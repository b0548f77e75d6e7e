//! The proposals' addresses: placing one, changing it, taking it back.

use super::form_page::{self, Editing};
use super::model::Form;
use super::sent::Sent;
use super::similar;
use super::store;
use super::views::{SimilarList, WithdrawnPage};
use crate::accounts::Access::{Everyone, Owner};
use crate::accounts::{Acting, Actor, Doors, Limit, promise_receipt};
use crate::app::App;
use crate::error::{Error, Result};
use crate::features;
use crate::features::{Content, Hold, Status};
use crate::http::{Reader, SameOrigin};
use crate::i18n::Message;
use crate::ids::{FeatureId, Visitor};
use crate::journal::Act;
use crate::processes::Known;
use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

/// A form with its photos.
const BODY: usize = 50 << 20;

pub(super) fn doors() -> Doors {
    Doors::new()
        .get("/proposals/new", Everyone, new)
        .post_files("/proposals", Everyone, BODY, place)
        .limited(Limit::Propose)
        .get("/proposals/similar", Everyone, alike)
        .limited(Limit::Search)
        .get("/features/{id}/edit", Owner, edit)
        .post_files("/features/{id}/edit", Owner, BODY, change)
        .limited(Limit::Propose)
        .post("/features/{id}/withdraw", Owner, withdraw)
        .post("/features/{id}/restore", Owner, restore)
}

fn fields(query: Option<String>) -> Form {
    Form::of_fields(form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned())
}

/// `GET /proposals/new?lon=…&lat=…`
async fn new(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    app.must_be_open()?;
    let form = fields(query);
    let process = Known::of_slug(&app.atlas.world(), &form.process)?;
    form_page::form(&app, &reader, &actor, form, Vec::new(), (&process, None)).await
}

/// `POST /proposals`: what is wrong is said beside what was typed; nothing typed is lost.
async fn place(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    author: Acting,
    sent: Sent,
) -> Result<Response> {
    app.must_be_open()?;
    let process = Known::of_slug(&app.atlas.world(), &sent.form.process)?;
    let (form, content) = match form_page::checked(&app, &reader, &author, sent, (&process, None)).await? {
        Ok(checked) => checked,
        Err(page) => return Ok((author.cookies, page).into_response()),
    };
    let mut write = app.begin().await?;
    promise_receipt(&app, &reader, &author.actor, &mut write);
    let id = store::insert(&mut write, content, author.visitor, &process).await?;
    form_page::attach(&mut write, id, author.visitor, None, &form).await?;
    app.commit(write).await?;
    let page = format!("/features/{id}");
    let answer = if reader.wants_json {
        (StatusCode::CREATED, [("location", page)], Json(json!({ "id": id }))).into_response()
    } else {
        Redirect::to(&page).into_response()
    };
    Ok((author.cookies, answer).into_response())
}

/// `GET /proposals/similar?title=…&lon=…&lat=…`: a part of the form's page.
async fn alike(State(app): State<App>, reader: Reader, RawQuery(query): RawQuery) -> Result<SimilarList> {
    let form = fields(query);
    let similar = similar::find(&app, &form.title, form.at(), None).await?;
    Ok(SimilarList { lang: reader.lang, similar })
}

/// Whether somebody may change a proposal: by being its author here, or by holding the link that its author was given.
async fn own(app: &App, id: &str, visitor: Option<Visitor>, key: &str) -> Result<(FeatureId, store::Own)> {
    let id = FeatureId::of_text(id).ok_or(Error::NotFound)?;
    let own = store::own(&app.db, id).await?;
    let is_author = visitor.is_some() && own.author == visitor;
    if is_author || app.is_key_to(&features::edit_key(id), key) {
        Ok((id, own))
    } else {
        Err(Error::Forbidden(Message::new("error-not-yours")))
    }
}

/// What was answered may not become something else afterwards.
fn must_be_unanswered(own: &store::Own) -> Result<()> {
    let is_open = own.status == Status::Open;
    if is_open { Ok(()) } else { Err(Error::Conflict(Message::new("error-answered"))) }
}

/// `GET /features/{id}/edit?key=…`
async fn edit(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let said = fields(query);
    let (id, own) = own(&app, &id, actor.visitor, &said.key).await?;
    must_be_unanswered(&own)?;
    let editing = Editing { id, key: said.key, theme: own.theme.clone() };
    let process = Known::of_feature(&app.atlas.world(), own.process.as_deref())?;
    form_page::form(&app, &reader, &actor, form_page::of_own(&own)?, Vec::new(), (&process, Some(editing)))
        .await
}

/// `POST /features/{id}/edit`
async fn change(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    author: Acting,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response> {
    app.must_be_open()?;
    let (id, own) = own(&app, &id, Some(author.visitor), &sent.form.key).await?;
    must_be_unanswered(&own)?;
    let editing = Editing { id, key: sent.form.key.clone(), theme: own.theme.clone() };
    let process = Known::of_feature(&app.atlas.world(), own.process.as_deref())?;
    let place = (&process, Some(editing));
    let (form, content) = match form_page::checked(&app, &reader, &author, sent, place).await? {
        Ok(checked) => checked,
        Err(page) => return Ok((author.cookies, page).into_response()),
    };
    rewrite(&app, id, &own, author.visitor, &form, &content).await?;
    Ok((author.cookies, Redirect::to(&format!("/features/{id}"))).into_response())
}

async fn rewrite(
    app: &App,
    id: FeatureId,
    own: &store::Own,
    visitor: Visitor,
    form: &Form,
    content: &Content,
) -> Result<()> {
    let mut write = app.begin().await?;
    features::store::rewrite(&mut write, id, content).await?;
    let free = form_page::attach(&mut write, id, visitor, own.author, form).await?;
    if own.held == Some(Hold::Withdrawn) {
        features::store::hold(&mut write, id, None, Act::Restored).await?;
    }
    app.commit(write).await?;
    form_page::forget(app, &free).await;
    Ok(())
}

/// `POST /features/{id}/withdraw`: the author takes their idea off the map. They may put it back.
async fn withdraw(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    Actor { visitor, .. }: Actor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response> {
    let (id, own) = own(&app, &id, visitor, &sent.form.key).await?;
    // Else taking back and putting back would undo what a moderator decided.
    if own.held.is_some_and(|held| held != Hold::Withdrawn) {
        return Err(Error::Conflict(Message::new("error-held")));
    }
    let mut write = app.begin().await?;
    features::store::hold(&mut write, id, Some(Hold::Withdrawn), Act::Withdrawn).await?;
    app.commit(write).await?;
    let page = WithdrawnPage {
        lang: reader.lang,
        site: app.config.name.clone(),
        id,
        key: sent.form.key,
        title: own.title,
    };
    Ok(page.into_response())
}

/// `POST /features/{id}/restore`: what was taken back by its author is on the map again.
async fn restore(
    State(app): State<App>,
    _: SameOrigin,
    Actor { visitor, .. }: Actor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Redirect> {
    let (id, own) = own(&app, &id, visitor, &sent.form.key).await?;
    if own.held == Some(Hold::Withdrawn) {
        let mut write = app.begin().await?;
        features::store::hold(&mut write, id, None, Act::Restored).await?;
        app.commit(write).await?;
    }
    Ok(Redirect::to(&format!("/features/{id}")))
}
