//! The proposals' addresses.

use super::model::Form as ProposalForm;
use super::store;
use super::views::{AreaChoice, NewPage};
use crate::app::App;
use crate::error::{Error, Problem, Result};
use crate::features;
use crate::http::{KnownVisitor, NewVisitor, Reader, SameOrigin};
use crate::i18n::Message;
use crate::ids::FeatureId;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::json;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/proposals/new", get(new))
        .route("/proposals", post(place))
        .route("/features/{id}/withdraw", post(withdraw))
}

fn must_be_open(app: &App) -> Result<()> {
    if app.config.participation { Ok(()) } else { Err(Error::Forbidden(Message::new("error-read-only"))) }
}

/// `GET /proposals/new?lon=…&lat=…`
async fn new(
    State(app): State<App>,
    reader: Reader,
    Query(form): Query<ProposalForm>,
) -> Result<impl IntoResponse> {
    must_be_open(&app)?;
    Ok(form_page(&app, &reader, form, Vec::new()))
}

fn form_page(app: &App, reader: &Reader, form: ProposalForm, problems: Vec<Problem>) -> NewPage {
    let world = app.atlas.world();
    let areas = world.territory.areas().iter();
    NewPage {
        lang: reader.lang,
        site: app.config.name.clone(),
        form,
        themes: world.themes.clone(),
        areas: areas.map(|a| AreaChoice { slug: a.slug.clone(), name: a.name.clone() }).collect(),
        problems,
        bounds: app.atlas.bounds().map(|b| b.map(|d| format!("{d:.6}")).join(",")).unwrap_or_default(),
    }
}

/// `POST /proposals`: what is wrong is said beside what was typed; nothing typed is lost.
async fn place(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    author: NewVisitor,
    Form(form): Form<ProposalForm>,
) -> Result<Response> {
    must_be_open(&app)?;
    let proposal = match form.check(&app.atlas.world()) {
        Ok(proposal) => proposal,
        Err(Error::Invalid(problems)) if !reader.wants_json => {
            return Ok((StatusCode::BAD_REQUEST, form_page(&app, &reader, form, problems)).into_response());
        }
        Err(other) => return Err(other),
    };
    let mut write = app.begin().await?;
    let id = store::insert(&mut write, proposal, author.visitor).await?;
    app.commit(write).await?;
    let page = format!("/features/{id}");
    let answer = if reader.wants_json {
        (StatusCode::CREATED, [("location", page)], Json(json!({ "id": id }))).into_response()
    } else {
        Redirect::to(&page).into_response()
    };
    Ok((author.cookies, answer).into_response())
}

/// `POST /features/{id}/withdraw`: the author takes their idea off the map.
async fn withdraw(
    State(app): State<App>,
    _: SameOrigin,
    KnownVisitor(visitor): KnownVisitor,
    Path(id): Path<String>,
) -> Result<impl IntoResponse> {
    let id = FeatureId::of_text(&id).ok_or(Error::NotFound)?;
    let is_author = match visitor {
        Some(visitor) => store::is_author(&app.db, id, visitor).await?,
        None => false,
    };
    if !is_author {
        return Err(Error::Forbidden(Message::new("error-not-yours")));
    }
    let mut write = app.begin().await?;
    features::store::publish(&mut write, id, None).await?;
    app.commit(write).await?;
    Ok(Redirect::to("/"))
}
