//! One report's page at the desk: what it says, where it stands, what was done, what it may be a double of, and the same acts as the list's.

use super::acts::{self, ActForm, Stopped};
use super::views::{Double, OnePage, choices};
use super::{ROOM, store, undo};
use crate::base::clock;
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Fields, Reader, SameOrigin};
use crate::base::ids::FeatureId;
use crate::base::text::fold;
use crate::civic::accounts::{Actor, Desk, Role};
use crate::civic::contributions::things::Thing;
use crate::civic::work;
use crate::core::app::App;
use crate::core::features::geometry::from_wkb;
use crate::core::features::{merges, photos};
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::model::Category;
use crate::modules::reports::{known, panel, store as reports};
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use parvis_tiles::geometry::representative_point;
use serde::Deserialize;
use std::collections::BTreeSet;

/// The shortest word by which two texts are said to be alike.
const WORD: usize = 4;

/// What has just been done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    done: String,
    undo: String,
    undone: String,
    merged: String,
    separated: String,
}

impl Asked {
    fn told(&self) -> Option<&'static str> {
        [
            (&self.done, "report-desk-done"),
            (&self.undone, "report-desk-undone-one"),
            (&self.merged, "report-desk-merged"),
            (&self.separated, "report-desk-separated"),
        ]
        .into_iter()
        .find(|(said, _)| !said.is_empty())
        .map(|(_, key)| key)
    }
}

/// `GET /admin/reports/{id}`
pub(super) async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<OnePage> {
    let id = FeatureId::of_text(&id).ok_or(Error::NotFound)?;
    let mut page = page(&app, &reader, &actor, id, ActForm::default(), Vec::new(), Vec::new()).await?;
    page.done = asked.told().map(|key| reader.lang.text(key));
    page.undo = undo::words(&asked.undo);
    Ok(page)
}

async fn page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    id: FeatureId,
    form: ActForm,
    problems: Vec<Problem>,
    stopped: Vec<Stopped>,
) -> Result<OnePage> {
    let report = reports::find(&app.db, id).await?.ok_or(Error::NotFound)?;
    let worked = work::find(&app.db, Thing::feature(id)).await?;
    actor.must(Role::Agent, &worked.place)?;
    let listed = store::rows(&app.db, &[id.0]).await?.pop().ok_or(Error::NotFound)?;
    let (catalogue, lang) = (Catalogue::of(app).await?, reader.lang);
    let category = catalogue.category(report.category).cloned().ok_or(Error::NotFound)?;
    let history = reports::history(&app.db, id).await?;
    let said = |(code, answer): (&String, &Vec<String>)| {
        let question = category.questions.iter().find(|question| question.code == *code)?;
        Some((question.name(lang).to_owned(), question.said(answer)))
    };
    Ok(OnePage {
        lang,
        site: app.name(),
        desk: Desk::of(actor, lang, ROOM),
        answers: report.answers.iter().filter_map(said).collect(),
        photos: photos::of(&app.db, id).await?,
        history: history.iter().map(|update| panel::line(&catalogue, update, lang)).collect(),
        doubles: doubles(app, &catalogue, &category, &listed).await?,
        merged: merges::merged(&app.db, id).await?,
        choices: choices(&catalogue, lang),
        service: report.service.and_then(|id| catalogue.service(id)).cloned(),
        category,
        listed,
        report,
        done: None,
        undo: Vec::new(),
        form,
        problems,
        stopped,
    })
}

/// The reports that it may be a double of: of its type, within its radius, open or ended not long ago; those whose texts share words first.
async fn doubles(
    app: &App,
    catalogue: &Catalogue,
    category: &Category,
    listed: &store::Listed,
) -> Result<Vec<Double>> {
    let place = listed.wkb.as_deref().map(from_wkb).transpose()?;
    let place = place.as_ref().and_then(representative_point);
    let (Some(place), None) = (place, listed.held) else { return Ok(Vec::new()) };
    let near = known::near(app, catalogue, category, place, (Some(listed.id), clock::now())).await?;
    let own = words(&listed.body);
    let double = |one: known::Known| {
        let shared: Vec<String> = words(&one.card.body).intersection(&own).cloned().collect();
        Double { shared, card: one.card, report: one.report, metres: one.metres }
    };
    let mut doubles: Vec<Double> = near.into_iter().map(double).collect();
    // Stable: as many words in common, the nearest first.
    doubles.sort_by_key(|double| std::cmp::Reverse(double.shared.len()));
    Ok(doubles)
}

fn words(text: &str) -> BTreeSet<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= WORD);
    words.map(str::to_owned).collect()
}

/// `POST /admin/reports/{id}`
pub(super) async fn act(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let id = FeatureId::of_text(&id).ok_or(Error::NotFound)?;
    let (form, catalogue) =
        (ActForm { features: vec![id], ..ActForm::sent(&sent) }, Catalogue::of(&app).await?);
    let (act, ids) = match form.check(&catalogue) {
        Ok(checked) => checked,
        Err(Error::Invalid(problems)) => {
            let page = page(&app, &reader, &actor, id, form, problems, Vec::new()).await?;
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
        Err(error) => return Err(error),
    };
    match acts::act_on_all(&app, &reader, &actor, (act, &ids), &form).await? {
        Ok(done) => {
            let there = format!("{ROOM}/{id}?done={}&undo={}", done.changed, undo::list(&done.undo));
            Ok(Redirect::to(&there).into_response())
        }
        Err(stopped) => {
            let page = page(&app, &reader, &actor, id, form, Vec::new(), stopped).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}
