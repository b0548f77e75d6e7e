//! Taking back a status that was just given, before its letters leave: a button for ten seconds.
//!
//! What it is not: moving a report on again, which everybody is told of. The history says both: what was public is not made unsaid.

use super::ROOM;
use super::acts::own;
use super::order;
use super::store::stand_still_again;
use crate::base::error::{Error, Result};
use crate::base::http::{Fields, SameOrigin};
use crate::base::ids::{AccountId, FeatureId};
use crate::civic::accounts::Actor;
use crate::civic::contributions::unanswered::{self, Said};
use crate::core::app::App;
use crate::core::features::Status;
use crate::core::journal::Write;
use crate::modules::reports::model::{EndReason, Report, Told};
use crate::modules::reports::store::{self, NewUpdate};
use axum::extract::{Form, State};
use axum::response::Redirect;

/// What was done, as an address carries it.
pub(super) fn list(said: &[Said]) -> String {
    said.iter().map(|said| said.word()).collect::<Vec<_>>().join(".")
}

/// What an address says that can be taken back, as forms name it; what is none is left out.
pub(super) fn words(list: &str) -> Vec<String> {
    let said = list.split('.').filter_map(Said::of_word);
    said.take(super::acts::MOST).map(Said::word).collect()
}

/// `POST /admin/reports/undo`: all of it, or nothing.
pub(super) async fn undo(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Form(sent): Form<Fields>,
) -> Result<Redirect> {
    let said: Option<Vec<Said>> = sent.every("said").map(Said::of_word).collect();
    let said = said.filter(|said| (1..=super::acts::MOST).contains(&said.len())).ok_or(Error::NotFound)?;
    let mut write = app.begin().await?;
    for one in &said {
        let id = unanswered::feature(write.tx(), *one).await?;
        let (report, by) = own(&actor, &mut write, id).await?;
        unanswered::undo(&mut write, *one, by).await?;
        put_back(&mut write, report, by).await?;
    }
    app.commit(write).await?;
    Ok(Redirect::to(&match FeatureId::of_text(sent.get("feature")) {
        Some(feature) => format!("{ROOM}/{feature}?undone=1"),
        None => format!("{ROOM}?{}&undone={}", order::back(sent.get("query")), said.len()),
    }))
}

/// Has a report's row say what its feature says again: its end, its clock, and who was asked about it. `was` is how it stood.
async fn put_back(write: &mut Write, was: Report, by: AccountId) -> Result<()> {
    let (id, at) = (was.id, write.at());
    let mut report = store::find(write.tx(), id).await?.ok_or(Error::NotFound)?;
    let history = store::history(write.tx(), id).await?;
    // The last change of status is what was taken back; what holds again is the one before it.
    let mut changes =
        history.iter().rev().filter(|update| matches!(update.act, Told::Status | Told::Reopened));
    let before = changes.nth(1);
    let is_end = report.status == Status::DONE || report.status == Status::CLOSED;
    report.ended_at = before.map(|update| update.at).filter(|_| is_end);
    let reason = before.and_then(|update| update.reason.as_deref()).and_then(EndReason::of_word);
    report.end_reason = reason.filter(|_| is_end);
    if report.status == Status::OPEN {
        report.acknowledged_at = None;
    }
    if let Some(ended) = was.ended_at.filter(|_| !is_end) {
        if stand_still_again(write, id, ended).await? {
            report.due_at = None;
        }
        // The letter that asked is called back: it may be asked again.
        report.asked_at = report.asked_at.filter(|asked| *asked < ended);
    }
    report.is_overdue = report.ended_at.is_none() && report.due_at.is_some_and(|due| due <= at);
    store::update(write, &report).await?;
    let told = NewUpdate {
        act: Told::Status,
        status: report.status,
        service: report.service,
        reason: report.end_reason.map(EndReason::word),
        note: "",
        by: Some(by),
    };
    store::tell(write, id, told).await.map(drop)
}
