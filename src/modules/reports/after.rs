//! What residents do about a report that is there: they say that they see it too; at its end, whether it is repaired, and that it is not.
//!
//! What it is not: what the service does (`desk`). Invariant: who opens a report again is who sent it, by whichever way they are known, or
//! somebody with an account who supports it; that is a line of the public history and begins the clock anew.

use super::letters;
use super::model::{Outcome, Report};
use super::treating::{self, Said};
use super::views::AfterPage;
use super::{FOLLOWING_UP, store};
use crate::base::clock;
use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::http::{Asked, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::ids::{FeatureId, Visitor};
use crate::base::text::{clean, seen};
use crate::civic::accounts::Access::{Everyone, Owner};
use crate::civic::accounts::{Acting, Actor, Routes};
use crate::civic::contributions::changing::Standing;
use crate::civic::contributions::{bursts, follows};
use crate::civic::processes::{Action, ProcessRules};
use crate::core::app::App;
use crate::core::features::{self, Voice, votes};
use crate::core::journal::Write;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// The longest note of who opens a report again, in characters.
const NOTE_MOST: usize = 1_000;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/reports/{id}/support", Everyone, support)
        .limited(FOLLOWING_UP)
        .bursts(bursts::Sort::Voices)
        .get("/reports/{id}/after", Owner, after)
        .post("/reports/{id}/reopen", Owner, reopen)
        .limited(FOLLOWING_UP)
        .post("/reports/{id}/rate", Owner, rate)
        .limited(FOLLOWING_UP)
}

/// `POST /reports/{id}/support`: I see it too. One voice for it, and who has an account follows it.
async fn support(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    voter: Acting,
    Path(id): Path<String>,
) -> Result<Response> {
    let id = FeatureId::of_text(&id).ok_or(Error::NotFound)?;
    let (slug, kind, ballot) = features::store::ruled_by(&app.db, id).await?;
    if store::find(&app.db, id).await?.is_none() {
        return Err(Error::NotFound);
    }
    let rules = ProcessRules::of_feature(&app.atlas.world(), slug.as_deref())?.for_acts_on(kind, ballot);
    rules.admit(&app, reader.lang, Action::VOTE, &voter.actor).await?;
    let terms = rules.terms(Action::VOTE);
    app.ballots.cast(id, voter.visitor, Some(Voice::For), Some(terms)).await?;
    if let Some(account) = &voter.actor.account {
        let mut write = app.begin().await?;
        follows::set(&mut write, id, account.id, true).await?;
        app.commit(write).await?;
    }
    Ok((voter.cookies, Redirect::to(&format!("/features/{id}#follow"))).into_response())
}

/// A key of a letter's link, and what a page is told that was led to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Key {
    key: String,
    done: String,
}

/// What is typed at the end.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    key: String,
    note: String,
    outcome: String,
    grade: String,
}

/// Who may say something of a report's end.
struct Concerned {
    report: Report,
    /// Whether they sent it; else they support it.
    is_author: bool,
}

async fn concerned(app: &App, id: &str, actor: &Actor, key: &str) -> Result<Concerned> {
    let id = FeatureId::of_text(id).ok_or(Error::NotFound)?;
    must_be_there(&app.db, id).await?;
    let report = store::find(&app.db, id).await?.ok_or(Error::NotFound)?;
    let holds_key = |text: String| app.is_key_to(&text, key);
    let is_author = match actor.visitor {
        _ if holds_key(features::edit_key(id)) || holds_key(letters::after_key(id)) => true,
        Some(visitor) => features::store::is_author(&app.db, id, visitor).await?,
        None => false,
    };
    let supports = match (is_author, actor.visitor, &actor.account) {
        (false, Some(visitor), Some(_)) => {
            votes::of(&app.db, id, visitor).await?.is_some_and(|voice| voice.value() > 0)
        }
        _ => false,
    };
    if is_author || supports {
        Ok(Concerned { report, is_author })
    } else {
        Err(Error::Forbidden(Message::new("report-after-not-yours")))
    }
}

/// With whose voice it is said: who holds a letter's link speaks with the author's, in whatever browser.
async fn voice(write: &mut Write, who: &Concerned, actor: &Actor) -> Result<Option<Visitor>> {
    let author = if who.is_author { store::voice_of(write.tx(), who.report.id).await? } else { None };
    Ok(author.or(actor.visitor))
}

/// Of what is not public nobody is told; of what was taken back nothing is said any more.
async fn must_be_there(db: impl Sql<'_>, id: FeatureId) -> Result<()> {
    let standing = Standing::of(db, id).await?;
    match (standing.held, standing.withdrawn_at) {
        (Some(_), _) => Err(Error::NotFound),
        (None, Some(_)) => Err(Error::Conflict(Message::new("feature-withdrawn-closed"))),
        (None, None) => Ok(()),
    }
}

/// `GET /reports/{id}/after?key=…`
async fn after(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    Asked(asked): Asked<Key>,
) -> Result<AfterPage> {
    let who = concerned(&app, &id, &actor, &asked.key).await?;
    page(&app, &reader, who, (asked.key, asked.done), String::new(), None).await
}

async fn page(
    app: &App,
    reader: &Reader,
    who: Concerned,
    (key, done): (String, String),
    note: String,
    problem: Option<Message>,
) -> Result<AfterPage> {
    let Concerned { report, is_author } = who;
    let card = features::store::find(&app.db, report.id).await?;
    Ok(AfterPage {
        lang: reader.lang,
        site: app.name(),
        title: card.title.clone(),
        status: card.status_said(reader.lang),
        rating: store::rating(&app.db, report.id).await?,
        reopens: report.reopens(clock::now()),
        is_ended: report.ended_at.is_some(),
        reason: report.end_reason.map(|reason| reader.lang.text(&letters::reason_key(reason))),
        id: report.id,
        is_author,
        key,
        done: (done == "rated").then(|| reader.lang.text("report-rated")),
        note,
        problem: problem.map(|problem| reader.lang.say(&problem)),
    })
}

/// `POST /reports/{id}/reopen`: it is not repaired.
async fn reopen(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    app.must_be_open()?;
    let who = concerned(&app, &id, &actor, &sent.key).await?;
    let note = clean(&sent.note);
    if seen(&note) < 3 || note.chars().count() > NOTE_MOST {
        let problem = Message::new("report-reopen-note").with("most", NOTE_MOST);
        let page = page(&app, &reader, who, (sent.key, String::new()), sent.note, Some(problem)).await?;
        return Ok((StatusCode::BAD_REQUEST, page).into_response());
    }
    let mut write = app.begin().await?;
    let mut report = store::lock(&mut write, who.report.id).await?;
    must_be_there(write.tx(), report.id).await?;
    let line = treating::reopen(&app, &mut write, &mut report, Said { by: None, note: &note }).await?;
    if let Some(voice) = voice(&mut write, &who, &actor).await? {
        store::note_reopening(&mut write, (line, report.id), voice).await?;
    }
    letters::to_service(&app, &mut write, &report).await?;
    let change = letters::Change { status: report.status, reason: None, note: &note, cause: None, by: None };
    letters::changed(&app, &mut write, report.id, change).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&format!("/features/{}#report", report.id)).into_response())
}

/// `POST /reports/{id}/rate`: whether it is repaired, says who sent it. It opens nothing by itself.
async fn rate(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    app.must_be_open()?;
    let who = concerned(&app, &id, &actor, &sent.key).await?;
    if !who.is_author {
        return Err(Error::Forbidden(Message::new("report-after-not-yours")));
    }
    if who.report.ended_at.is_none() {
        return Err(Error::Conflict(Message::new("report-rate-open")));
    }
    let grade = sent.grade.parse::<i64>().ok().filter(|grade| (1..=5).contains(grade));
    let is_graded = sent.grade.is_empty() || grade.is_some();
    let Some(outcome) = Outcome::of_word(&sent.outcome).filter(|_| is_graded) else {
        let problem = Message::new("report-rate-choose");
        let page = page(&app, &reader, who, (sent.key, String::new()), String::new(), Some(problem)).await?;
        return Ok((StatusCode::BAD_REQUEST, page).into_response());
    };
    let id = who.report.id;
    let mut write = app.begin().await?;
    store::lock(&mut write, id).await?;
    must_be_there(write.tx(), id).await?;
    let voice = voice(&mut write, &who, &actor).await?.ok_or(Error::NotFound)?;
    store::rate(&mut write, id, voice, (outcome, grade)).await?;
    app.commit(write).await?;
    let key = if sent.key.is_empty() { String::new() } else { format!("&key={}", sent.key) };
    Ok(Redirect::to(&format!("/reports/{id}/after?done=rated{key}")).into_response())
}
