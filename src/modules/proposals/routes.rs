//! The proposals' addresses: placing one, changing it, taking it back.

use super::acts::Author;
use super::form_page::{self, Editing};
use super::model::Form;
use super::similar;
use super::store;
use super::views::{SimilarList, WithdrawnPage};
use super::{PROPOSE, Sent};
use crate::base::error::{Error, Result};
use crate::base::http::{Reader, SameOrigin};
use crate::base::ids::FeatureId;
use crate::base::once::Answered;
use crate::civic::accounts::Access::{Everyone, Owner};
use crate::civic::accounts::{Acting, Actor, Limit, Routes, promise_receipt};
use crate::civic::contributions::bursts::Sort;
use crate::civic::placing::Fields as _;
use crate::civic::processes::{Action, ProcessRules};
use crate::core::app::App;
use crate::core::features::terms::Versions;
use crate::core::features::{Kind, photos};
use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

/// A form with its photos.
const BODY: usize = 50 << 20;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/proposals/new", Everyone, new)
        .post_files("/proposals", Everyone, BODY, place)
        .limited(PROPOSE)
        .bursts(Sort::Contributions)
        .creates()
        .get("/proposals/similar", Everyone, alike)
        .limited(Limit::SEARCH)
        .get("/features/{id}/edit", Owner, edit)
        .post_files("/features/{id}/edit", Owner, BODY, change)
        .limited(PROPOSE)
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
    let process = ProcessRules::of_slug(&app.atlas.world(), &form.process)?;
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
    let process = ProcessRules::of_slug(&app.atlas.world(), &sent.form.process)?;
    let (form, content) = match form_page::checked(&app, &reader, &author, sent, (&process, None)).await? {
        Ok(checked) => checked,
        Err(page) => return Ok((author.cookies, page).into_response()),
    };
    let mut write = app.begin().await?;
    let terms = process.terms(Action::PROPOSE);
    if let Err(error) = terms.must_be_now(&mut write, &mut Versions::new()).await {
        drop(write);
        return form_page::too_late(&app, &reader, &author, form, (&process, None), error).await;
    }
    promise_receipt(&app, &reader, &author.actor, &mut write);
    let id = store::insert(&mut write, content, author.visitor, &process).await?;
    form_page::attach(&mut write, id, author.visitor, None, &form).await?;
    let page = format!("/features/{id}");
    write.answers(Answered::Made { location: page.clone(), json: json!({ "id": id }) });
    app.commit(write).await?;
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

/// `GET /features/{id}/edit?key=…`
async fn edit(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let said = fields(query);
    let id = FeatureId::of_text(&id).ok_or(Error::NotFound)?;
    let own = Author { app: &app, id, visitor: actor.visitor, key: &said.key }.own().await?;
    if own.standing.kind != Kind::PROPOSAL {
        let form = own.standing.kind.0.edit.replace("{id}", &id.to_string());
        return Ok(Redirect::to(&format!("{form}?key={}", said.key)).into_response());
    }
    own.standing.must_be_open()?;
    let form = form_page::of_own(&app, id, &own).await?;
    let editing = Editing { id, key: said.key, theme: own.theme.clone() };
    let process = ProcessRules::of_feature(&app.atlas.world(), own.standing.process.as_deref())?;
    form_page::form(&app, &reader, &actor, form, Vec::new(), (&process, Some(editing))).await
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
    let id = FeatureId::of_text(&id).ok_or(Error::NotFound)?;
    let key = sent.form.key.clone();
    let who = Author { app: &app, id, visitor: Some(author.visitor), key: &key };
    let own = who.own().await?;
    if own.standing.kind != Kind::PROPOSAL {
        return Err(Error::NotFound);
    }
    own.standing.must_be_open()?;
    let editing = Editing { id, key: key.clone(), theme: own.theme.clone() };
    let process = ProcessRules::of_feature(&app.atlas.world(), own.standing.process.as_deref())?;
    let place = (&process, Some(editing));
    let (form, content) = match form_page::checked(&app, &reader, &author, sent, place.clone()).await? {
        Ok(checked) => checked,
        Err(page) => return Ok((author.cookies, page).into_response()),
    };
    match who.rewrite(&process, &form, &content).await {
        Ok(free) => photos::forget(&app.media, &free).await,
        Err(error) => return form_page::too_late(&app, &reader, &author, form, place, error).await,
    }
    Ok((author.cookies, Redirect::to(&format!("/features/{id}"))).into_response())
}

/// `POST /features/{id}/withdraw`: the author takes their idea back. They may put it back.
async fn withdraw(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    Actor { visitor, .. }: Actor,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response> {
    let id = FeatureId::of_text(&id).ok_or(Error::NotFound)?;
    let key = sent.form.key;
    let (own, is_shell) = Author { app: &app, id, visitor, key: &key }.withdraw().await?;
    let title = own.title;
    let page = WithdrawnPage { lang: reader.lang, site: app.name(), id, key, title, is_shell };
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
    let id = FeatureId::of_text(&id).ok_or(Error::NotFound)?;
    Author { app: &app, id, visitor, key: &sent.form.key }.restore().await?;
    Ok(Redirect::to(&format!("/features/{id}")))
}
