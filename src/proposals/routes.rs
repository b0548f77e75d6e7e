//! The proposals' addresses.

use super::model::Form as ProposalForm;
use super::store;
use super::views::{AreaChoice, FeaturePage, NewPage};
use crate::app::App;
use crate::error::{Error, Problem, Result};
use crate::features::{self, Voice, geometry, votes};
use crate::http::{KnownVisitor, NewVisitor, Reader, SameOrigin};
use crate::i18n::Message;
use crate::ids::FeatureId;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/proposals/new", get(new))
        .route("/proposals", post(place))
        .route("/features/{id}", get(show))
        .route("/features/{id}/vote", post(vote))
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

/// `GET /features/{id}`
async fn show(
    State(app): State<App>,
    reader: Reader,
    KnownVisitor(visitor): KnownVisitor,
    Path(id): Path<String>,
) -> Result<impl IntoResponse> {
    let id = FeatureId::of_text(&id).ok_or(Error::NotFound)?;
    // Before the card is read, so that no change falls between the page and its live updates.
    let seq = app.atlas.seq();
    let card = features::store::find(&app.db, id).await?;
    let (mut voice, mut mine) = (None, false);
    if let Some(visitor) = visitor {
        voice = votes::of(&app.db, id, visitor).await?;
        mine = store::is_author(&app.db, id, visitor).await?;
    }
    let place = card.wkb.as_deref().map(geometry::from_wkb).transpose()?;
    let world = app.atlas.world();
    let named = card.area_slugs().into_iter().filter_map(|slug| world.territory.of_slug(slug));
    Ok(FeaturePage {
        lang: reader.lang,
        site: app.config.name.clone(),
        at: place.as_ref().and_then(parvis_tiles::geometry::representative_point),
        areas: named.map(|area| area.name.clone()).collect(),
        voice,
        mine,
        participation: app.config.participation,
        seq,
        card,
    })
}

#[derive(Debug, Deserialize)]
struct VoteForm {
    /// `for`, `against` or `none`.
    #[serde(default)]
    voice: String,
}

/// `POST /features/{id}/vote`
async fn vote(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    voter: NewVisitor,
    Path(id): Path<String>,
    Form(form): Form<VoteForm>,
) -> Result<Response> {
    must_be_open(&app)?;
    let id = FeatureId::of_text(&id).ok_or(Error::NotFound)?;
    let voice = match form.voice.as_str() {
        "none" => None,
        word => {
            let unknown = || Error::invalid("voice", Message::new("vote-unknown-voice").with("value", word));
            Some(Voice::of_word(word).ok_or_else(unknown)?)
        }
    };
    let mut write = app.begin().await?;
    votes::set(&mut write, id, voter.visitor, voice).await?;
    app.commit(write).await?;
    let answer = if reader.wants_json {
        let card = features::store::find(&app.db, id).await?;
        let voice = voice.map_or("none", Voice::word);
        Json(json!({
            "id": id, "voice": voice, "votes_for": card.votes_for, "votes_against": card.votes_against,
            "score": card.score(),
        }))
        .into_response()
    } else {
        Redirect::to(&format!("/features/{id}")).into_response()
    };
    Ok((voter.cookies, answer).into_response())
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
