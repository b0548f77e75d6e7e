//! The addresses of a feature's page.

use super::held;
use super::history::History;
use super::model::{ArgumentForm, Typed, VoteForm};
use super::views::{ArgumentsPart, FeaturePage, Receipts, VotesPart};
use super::{ARGUE, VOTE};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::ids::{ArgumentId, FeatureId};
use crate::base::once::Answered;
use crate::civic::accounts::Access::{Everyone, Owner};
use crate::civic::accounts::{Acting, Actor, Routes, Seen, promise_receipt, receipt_link};
use crate::civic::contributions::bursts::Sort;
use crate::civic::processes::{Action, Ballot, ProcessRules, Refusal};
use crate::core::app::App;
use crate::core::features::arguments::{self, NewArgument};
use crate::core::features::terms::{Terms, have_changed};
use crate::core::features::{self, Card, Channel, Voice, apart, geometry, merges, photos, votes};
use crate::core::journal::{self, Act};
use axum::Json;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/features/{id}", Everyone, show)
        .get("/features/{id}/votes", Everyone, show_votes)
        .post("/features/{id}/vote", Everyone, vote)
        .limited(VOTE)
        .bursts(Sort::Voices)
        .get("/features/{id}/arguments", Everyone, show_arguments)
        .post("/features/{id}/arguments", Everyone, argue)
        .limited(ARGUE)
        .creates()
        .post("/features/{id}/arguments/{argument}/withdraw", Owner, withdraw)
}

fn feature_id(text: &str) -> Result<FeatureId> {
    FeatureId::of_text(text).ok_or(Error::NotFound)
}

/// A feature, and the process whose rules hold for it.
struct Subject {
    card: Card,
    process: ProcessRules,
}

impl Subject {
    async fn find(app: &App, id: FeatureId) -> Result<Subject> {
        let card = features::store::find(&app.db, id).await?;
        let process = ProcessRules::of_feature(&app.atlas.world(), card.process.as_deref())?;
        Ok(Subject { card, process })
    }
}

/// `GET /features/{id}`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Response> {
    let id = feature_id(&id)?;
    match page(&app, &reader, id, &actor).await {
        Err(Error::NotFound) => held::page(&app, &reader, id, actor.visitor).await,
        shown => Ok(shown?.into_response()),
    }
}

async fn page(app: &App, reader: &Reader, id: FeatureId, actor: &Actor) -> Result<FeaturePage> {
    let visitor = actor.visitor;
    // Before the card is read, so that no change falls between the page and its live updates.
    let seq = app.atlas.seq();
    let subject = Subject::find(app, id).await?;
    let votes = votes_part(app, reader, &subject, actor).await?;
    let arguments = arguments_part(app, reader, &subject, actor).await?;
    let Subject { card, process } = subject;
    let mine = match actor.visitor {
        Some(visitor) => features::store::is_author(&app.db, id, visitor).await?,
        None => false,
    };
    let place = card.wkb.as_deref().map(geometry::from_wkb).transpose()?;
    Ok(FeaturePage {
        lang: reader.lang,
        site: app.name(),
        base: app.base(reader),
        at: place.as_ref().and_then(parvis_tiles::geometry::representative_point),
        geometry: place.map(|place| ::geojson::Geometry::from(&place).to_string()),
        areas: areas(app, &card),
        photos: photos::of(&app.db, id).await?,
        votes,
        arguments,
        process,
        edit_link: mine.then(|| {
            let key = app.key_to(&features::edit_key(id));
            format!("{}/features/{id}/edit?key={key}", app.base(reader))
        }),
        history: History::read(app, &card).await?,
        panels: Seen { app, reader, actor, card: &card }.panels().await?,
        word: held::Word::read(app, id, visitor, mine).await?,
        receipt: if mine { receipts(app, reader, id).await?.remove("") } else { None },
        mine,
        seq,
        card,
    })
}

/// The names of the areas that a feature lies in, the smallest first.
fn areas(app: &App, card: &Card) -> Vec<String> {
    let world = app.atlas.world();
    let named = card.area_slugs().into_iter().filter_map(|slug| world.territory().of_slug(slug));
    let mut names: Vec<String> = named.map(|area| area.name.clone()).collect();
    names.reverse();
    names
}

/// Why nobody, or they, can say anything to it now.
async fn refusal(
    app: &App,
    reader: &Reader,
    (card, process): (&Card, &ProcessRules),
    action: Action,
    actor: &Actor,
) -> Result<Option<Refusal>> {
    if card.withdrawn_at.is_some() {
        let why = Message::new("feature-withdrawn-closed");
        return Ok(Some(Refusal { why, lacks_identity: false }));
    }
    process.refusal(app, reader.lang, action, actor).await
}

async fn votes_part(app: &App, reader: &Reader, subject: &Subject, actor: &Actor) -> Result<VotesPart> {
    let card = &subject.card;
    let process = subject.process.clone().for_acts_on(card.kind, card.ballot);
    let voice = match actor.visitor {
        Some(visitor) => votes::of(&app.db, card.id, visitor).await?,
        None => None,
    };
    Ok(VotesPart {
        lang: reader.lang,
        id: card.id,
        votes_for: card.votes_for,
        votes_against: card.votes_against,
        points: card.points,
        apart: apart::count(&app.db, card.id).await?,
        voice,
        kind: card.kind,
        ballot: process.settings.rules.votes,
        steps: match process.settings.rules.votes {
            Ballot::Scale => merges::steps(&app.db, card.id).await?,
            _ => [0; 5],
        },
        refusal: refusal(app, reader, (card, &process), Action::VOTE, actor).await?,
    })
}

async fn arguments_part(
    app: &App,
    reader: &Reader,
    subject: &Subject,
    actor: &Actor,
) -> Result<ArgumentsPart> {
    let card = &subject.card;
    let (all, visitor) = (arguments::of(&app.db, card.id).await?, actor.visitor);
    let process = subject.process.clone().for_acts_on(card.kind, card.ballot);
    let refusal = refusal(app, reader, (card, &process), Action::ARGUE, actor).await?;
    let has_own = visitor.is_some() && all.iter().any(|argument| argument.author == visitor);
    let receipts = if has_own { receipts(app, reader, card.id).await? } else { Receipts::new() };
    Ok(ArgumentsPart::new(reader.lang, (card.id, card.kind), &all, visitor, refusal).with_receipts(&receipts))
}

/// Number and link of the latest receipt of each thing that was said about a feature: `` for itself, an argument's number.
async fn receipts(app: &App, reader: &Reader, id: FeatureId) -> Result<Receipts> {
    let base = app.base(reader);
    let lines = journal::deposits_of(&app.db, id).await?;
    // What moderators blacked out is no word of its author's.
    let ours = [Act::REDACTED, Act::REDACTION_ENDED, Act::ARGUMENT_REDACTED, Act::ARGUMENT_REDACTION_ENDED];
    let each = lines
        .into_iter()
        .filter(|line| !ours.contains(&line.act))
        .map(|line| (line.subject.unwrap_or_default(), (line.number, receipt_link(app, &base, line.number))));
    Ok(each.collect())
}

/// `GET /features/{id}/votes`: that part of the page alone.
async fn show_votes(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<impl IntoResponse> {
    let subject = Subject::find(&app, feature_id(&id)?).await?;
    Ok(([("cache-control", "no-store")], votes_part(&app, &reader, &subject, &actor).await?))
}

/// `GET /features/{id}/arguments`: that part of the page alone.
async fn show_arguments(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<impl IntoResponse> {
    let subject = Subject::find(&app, feature_id(&id)?).await?;
    Ok(([("cache-control", "no-store")], arguments_part(&app, &reader, &subject, &actor).await?))
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
    let (id, voice) = (feature_id(&id)?, form.voice()?);
    let terms = admit_vote(&app, &reader, id, voice, &voter.actor).await?;
    if let Err(error) = app.ballots.cast(id, voter.visitor, voice, Some(terms)).await {
        // A phase that closed, or rules that changed in between: the date, or what is asked for now.
        if have_changed(&error) {
            admit_vote(&app, &reader, id, voice, &voter.actor).await?;
        }
        return Err(error);
    }
    let answer = if reader.wants_json {
        voted(&features::store::find(&app.db, id).await?, voice).into_response()
    } else if reader.wants_fragment {
        let subject = Subject::find(&app, id).await?;
        votes_part(&app, &reader, &subject, &voter.known()).await?.into_response()
    } else {
        Redirect::to(&format!("/features/{id}#votes")).into_response()
    };
    Ok((voter.cookies, answer).into_response())
}

/// Refuses a voice that the feature's process does not take, or not now, or not from them.
async fn admit_vote(
    app: &App,
    reader: &Reader,
    id: FeatureId,
    voice: Option<Voice>,
    actor: &Actor,
) -> Result<Terms> {
    let (slug, kind, ballot) = features::store::ruled_by(&app.db, id).await?;
    let process = ProcessRules::of_feature(&app.atlas.world(), slug.as_deref())?.for_acts_on(kind, ballot);
    process.admit(app, reader.lang, Action::VOTE, actor).await?;
    if let Some(voice) = voice {
        process.settings.rules.votes.takes(voice)?;
    }
    Ok(process.terms(Action::VOTE))
}

fn voted(card: &Card, voice: Option<Voice>) -> impl IntoResponse + use<> {
    Json(json!({
        "id": card.id, "voice": voice.map_or("none", Voice::word), "votes_for": card.votes_for,
        "votes_against": card.votes_against, "votes_neutral": card.votes_neutral, "voters": card.voters(),
        "score": card.score(),
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
    let (slug, kind, ballot) = features::store::ruled_by(&app.db, feature).await?;
    if !kind.0.sides.contains(&side) {
        return Err(Error::invalid("side", Message::new("argument-side-not-here")));
    }
    let process = ProcessRules::of_feature(&app.atlas.world(), slug.as_deref())?.for_acts_on(kind, ballot);
    let refusal = process.refusal(&app, reader.lang, Action::ARGUE, &author.actor).await?;
    let checked = refusal.map_or_else(|| form.body(kind), |refusal| Err(refused_because(refusal)));
    let answer = match checked {
        Ok(body) => {
            let terms = process.terms(Action::ARGUE);
            match write_argument(&app, &reader, (feature, terms), side, body, &author).await {
                Ok(id) => argued(&app, &reader, feature, &author.known(), Some(id)).await?,
                // Sent before, with the same key: answered the same.
                Err(Error::Repeated(Some(id))) => {
                    let id = ArgumentId::of_text(&id).ok_or(Error::NotFound)?;
                    argued(&app, &reader, feature, &author.known(), Some(id)).await?
                }
                // Too late: what was typed is shown again, with why.
                Err(Error::Conflict(message)) if !reader.wants_json => {
                    let problem = Problem { field: "body".into(), message };
                    let typed = Typed { side, body: form.body, problem };
                    refused(&app, &reader, feature, &author.known(), typed).await?
                }
                Err(other) => return Err(other),
            }
        }
        Err(problem) if reader.wants_json => return Err(Error::Invalid(vec![problem])),
        Err(problem) => {
            let typed = Typed { side, body: form.body, problem };
            refused(&app, &reader, feature, &author.known(), typed).await?
        }
    };
    Ok((author.cookies, answer).into_response())
}

/// A phase that closed, or an identity that lacks, as what is wrong with the form: nothing typed is lost.
fn refused_because(refusal: Refusal) -> Problem {
    Problem { field: "body".into(), message: refusal.why }
}

async fn write_argument(
    app: &App,
    reader: &Reader,
    (feature, terms): (FeatureId, Terms),
    side: Voice,
    body: String,
    author: &Acting,
) -> Result<ArgumentId> {
    let mut write = app.begin().await?;
    terms.must_hold(&mut write, feature).await?;
    promise_receipt(app, reader, &author.actor, &mut write);
    let at = write.at();
    let new = NewArgument { feature, side, body, author: Some(author.visitor), channel: Channel::Web, at };
    let id = arguments::insert(&mut write, &new).await?;
    let location = format!("/features/{feature}#argument-{id}");
    write.answers(Answered::Thing { thing: id.to_string(), location });
    app.commit(write).await?;
    Ok(id)
}

/// The answer to an argument that was given (`added`) or taken back.
async fn argued(
    app: &App,
    reader: &Reader,
    feature: FeatureId,
    author: &Actor,
    added: Option<ArgumentId>,
) -> Result<Response> {
    if reader.wants_fragment {
        let subject = Subject::find(app, feature).await?;
        let part = arguments_part(app, reader, &subject, author).await?;
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
    author: &Actor,
    typed: Typed,
) -> Result<Response> {
    if reader.wants_fragment {
        let subject = Subject::find(app, feature).await?;
        let part = arguments_part(app, reader, &subject, author).await?.with(typed);
        return Ok((StatusCode::BAD_REQUEST, part).into_response());
    }
    let mut page = page(app, reader, feature, author).await?;
    page.arguments = page.arguments.with(typed);
    Ok((StatusCode::BAD_REQUEST, page).into_response())
}

/// `POST /features/{id}/arguments/{argument}/withdraw`: its author takes it back.
async fn withdraw(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path((id, argument)): Path<(String, String)>,
) -> Result<Response> {
    let (feature, id) = (feature_id(&id)?, ArgumentId::of_text(&argument).ok_or(Error::NotFound)?);
    let author = actor.visitor.ok_or(Error::NotFound)?;
    match app.begin().await {
        Err(Error::Repeated(Some(_))) => {}
        begun => {
            let mut write = begun?;
            arguments::withdraw(&mut write, feature, id, author).await?;
            let location = format!("/features/{feature}#arguments");
            write.answers(Answered::Thing { thing: String::new(), location });
            app.commit(write).await?;
        }
    }
    argued(&app, &reader, feature, &actor, None).await
}
