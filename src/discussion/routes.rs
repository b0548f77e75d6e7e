//! The addresses of a feature's page.

use super::model::{ArgumentForm, Typed, VoteForm};
use super::views::{ArgumentsPart, FeaturePage, Receipts, VotesPart};
use crate::accounts::Access::{Everyone, Owner};
use crate::accounts::{Acting, Actor, Doors, promise_receipt, receipt_link};
use crate::app::App;
use crate::error::{Error, Result};
use crate::features::arguments::{self, NewArgument};
use crate::features::{self, Card, Channel, Voice, geometry, photos, votes};
use crate::http::{Reader, SameOrigin};
use crate::ids::{ArgumentId, FeatureId, Visitor};
use crate::journal;
use axum::Json;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

pub(super) fn doors() -> Doors {
    Doors::new()
        .get("/features/{id}", Everyone, show)
        .get("/features/{id}/votes", Everyone, show_votes)
        .post("/features/{id}/vote", Everyone, vote)
        .get("/features/{id}/arguments", Everyone, show_arguments)
        .post("/features/{id}/arguments", Everyone, argue)
        .post("/features/{id}/arguments/{argument}/withdraw", Owner, withdraw)
}

fn feature_id(text: &str) -> Result<FeatureId> {
    FeatureId::of_text(text).ok_or(Error::NotFound)
}

/// `GET /features/{id}`
async fn show(
    State(app): State<App>,
    reader: Reader,
    Actor { visitor, .. }: Actor,
    Path(id): Path<String>,
) -> Result<impl IntoResponse> {
    page(&app, &reader, feature_id(&id)?, visitor).await
}

async fn page(app: &App, reader: &Reader, id: FeatureId, visitor: Option<Visitor>) -> Result<FeaturePage> {
    // Before the card is read, so that no change falls between the page and its live updates.
    let seq = app.atlas.seq();
    let card = features::store::find(&app.db, id).await?;
    let mine = match visitor {
        Some(visitor) => features::store::is_author(&app.db, id, visitor).await?,
        None => false,
    };
    let place = card.wkb.as_deref().map(geometry::from_wkb).transpose()?;
    Ok(FeaturePage {
        lang: reader.lang,
        site: app.config.name.clone(),
        base: app.base(reader),
        at: place.as_ref().and_then(parvis_tiles::geometry::representative_point),
        geometry: place.map(|place| ::geojson::Geometry::from(&place).to_string()),
        areas: areas(app, &card),
        photos: photos::of(&app.db, id).await?,
        votes: votes_part(app, reader, &card, visitor).await?,
        arguments: arguments_part(app, reader, id, visitor).await?,
        edit_link: mine.then(|| {
            let key = app.key_to(&features::edit_key(id));
            format!("{}/features/{id}/edit?key={key}", app.base(reader))
        }),
        receipt: if mine { receipts(app, reader, id).await?.remove("") } else { None },
        mine,
        seq,
        card,
    })
}

/// The names of the areas that a feature lies in, the smallest first.
fn areas(app: &App, card: &Card) -> Vec<String> {
    let world = app.atlas.world();
    let named = card.area_slugs().into_iter().filter_map(|slug| world.territory.of_slug(slug));
    let mut names: Vec<String> = named.map(|area| area.name.clone()).collect();
    names.reverse();
    names
}

async fn votes_part(app: &App, reader: &Reader, card: &Card, visitor: Option<Visitor>) -> Result<VotesPart> {
    let voice = match visitor {
        Some(visitor) => votes::of(&app.db, card.id, visitor).await?,
        None => None,
    };
    Ok(VotesPart {
        lang: reader.lang,
        id: card.id,
        votes_for: card.votes_for,
        votes_against: card.votes_against,
        voice,
        participation: app.config.participation,
    })
}

async fn arguments_part(
    app: &App,
    reader: &Reader,
    id: FeatureId,
    visitor: Option<Visitor>,
) -> Result<ArgumentsPart> {
    let all = arguments::of(&app.db, id).await?;
    let has_own = visitor.is_some() && all.iter().any(|argument| argument.author == visitor);
    let receipts = if has_own { receipts(app, reader, id).await? } else { Receipts::new() };
    Ok(ArgumentsPart::new(reader.lang, id, &all, visitor, app.config.participation).with_receipts(&receipts))
}

/// Number and link of the latest receipt of each thing that was said about a feature: `` for itself, an argument's number.
async fn receipts(app: &App, reader: &Reader, id: FeatureId) -> Result<Receipts> {
    let base = app.base(reader);
    let lines = journal::deposits_of(&app.db, id).await?;
    let each = lines
        .into_iter()
        .map(|line| (line.subject.unwrap_or_default(), (line.number, receipt_link(app, &base, line.number))));
    Ok(each.collect())
}

/// `GET /features/{id}/votes`: that part of the page alone.
async fn show_votes(
    State(app): State<App>,
    reader: Reader,
    Actor { visitor, .. }: Actor,
    Path(id): Path<String>,
) -> Result<impl IntoResponse> {
    let card = features::store::find(&app.db, feature_id(&id)?).await?;
    Ok(([("cache-control", "no-store")], votes_part(&app, &reader, &card, visitor).await?))
}

/// `GET /features/{id}/arguments`: that part of the page alone.
async fn show_arguments(
    State(app): State<App>,
    reader: Reader,
    Actor { visitor, .. }: Actor,
    Path(id): Path<String>,
) -> Result<impl IntoResponse> {
    let card = features::store::find(&app.db, feature_id(&id)?).await?;
    Ok(([("cache-control", "no-store")], arguments_part(&app, &reader, card.id, visitor).await?))
}

/// `POST /features/{id}/vote`
async fn vote(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    voter: Acting,
    Path(id): Path<String>,
    Form(form): Form<VoteForm>,
) -> Result<Response> {
    app.must_be_open()?;
    let (id, voice) = (feature_id(&id)?, form.voice()?);
    let mut write = app.begin().await?;
    votes::set(&mut write, id, voter.visitor, voice).await?;
    app.commit(write).await?;
    let answer = if reader.wants_json {
        voted(&features::store::find(&app.db, id).await?, voice).into_response()
    } else if reader.wants_fragment {
        let card = features::store::find(&app.db, id).await?;
        votes_part(&app, &reader, &card, Some(voter.visitor)).await?.into_response()
    } else {
        Redirect::to(&format!("/features/{id}#votes")).into_response()
    };
    Ok((voter.cookies, answer).into_response())
}

fn voted(card: &Card, voice: Option<Voice>) -> impl IntoResponse + use<> {
    Json(json!({
        "id": card.id, "voice": voice.map_or("none", Voice::word), "votes_for": card.votes_for,
        "votes_against": card.votes_against, "score": card.score(),
    }))
}

/// `POST /features/{id}/arguments`: what is wrong is said beside what was typed.
async fn argue(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    author: Acting,
    Path(id): Path<String>,
    Form(form): Form<ArgumentForm>,
) -> Result<Response> {
    app.must_be_open()?;
    let (feature, side) = (feature_id(&id)?, form.side()?);
    let answer = match form.body() {
        Ok(body) => {
            let id = write_argument(&app, &reader, feature, side, body, &author).await?;
            argued(&app, &reader, feature, author.visitor, Some(id)).await?
        }
        Err(problem) if reader.wants_json => return Err(Error::Invalid(vec![problem])),
        Err(problem) => {
            let typed = Typed { side, body: form.body, problem };
            refused(&app, &reader, feature, author.visitor, typed).await?
        }
    };
    Ok((author.cookies, answer).into_response())
}

async fn write_argument(
    app: &App,
    reader: &Reader,
    feature: FeatureId,
    side: Voice,
    body: String,
    author: &Acting,
) -> Result<ArgumentId> {
    let mut write = app.begin().await?;
    promise_receipt(app, reader, &author.actor, &mut write);
    let at = write.at();
    let new = NewArgument { feature, side, body, author: Some(author.visitor), channel: Channel::Web, at };
    let id = arguments::insert(&mut write, &new).await?;
    app.commit(write).await?;
    Ok(id)
}

/// The answer to an argument that was given (`added`) or taken back.
async fn argued(
    app: &App,
    reader: &Reader,
    feature: FeatureId,
    author: Visitor,
    added: Option<ArgumentId>,
) -> Result<Response> {
    if reader.wants_fragment {
        let part = arguments_part(app, reader, feature, Some(author)).await?;
        return Ok(part.after(added).into_response());
    }
    if !reader.wants_json {
        let at = added.map_or_else(|| "arguments".to_owned(), |id| format!("argument-{id}"));
        return Ok(Redirect::to(&format!("/features/{feature}#{at}")).into_response());
    }
    let card = features::store::find(&app.db, feature).await?;
    let status = if added.is_some() { StatusCode::CREATED } else { StatusCode::OK };
    let counts = json!({
        "id": added, "arguments_for": card.arguments_for, "arguments_against": card.arguments_against,
    });
    Ok((status, Json(counts)).into_response())
}

/// The answer to an argument that cannot be taken as it is: its form again, with what was typed.
async fn refused(
    app: &App,
    reader: &Reader,
    feature: FeatureId,
    author: Visitor,
    typed: Typed,
) -> Result<Response> {
    if reader.wants_fragment {
        let part = arguments_part(app, reader, feature, Some(author)).await?.with(typed);
        return Ok((StatusCode::BAD_REQUEST, part).into_response());
    }
    let mut page = page(app, reader, feature, Some(author)).await?;
    page.arguments = page.arguments.with(typed);
    Ok((StatusCode::BAD_REQUEST, page).into_response())
}

/// `POST /features/{id}/arguments/{argument}/withdraw`: its author takes it back.
async fn withdraw(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    Actor { visitor, .. }: Actor,
    Path((id, argument)): Path<(String, String)>,
) -> Result<Response> {
    let (feature, id) = (feature_id(&id)?, ArgumentId::of_text(&argument).ok_or(Error::NotFound)?);
    let author = visitor.ok_or(Error::NotFound)?;
    let mut write = app.begin().await?;
    arguments::withdraw(&mut write, feature, id, author).await?;
    app.commit(write).await?;
    argued(&app, &reader, feature, author, None).await
}
