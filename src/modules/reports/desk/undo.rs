//! Taking back what was just done, before its letters leave: a button for ten seconds. A status is taken back here; how a report was filed, and
//! its clock, in `before`.
//!
//! What it is not: moving a report on again, which everybody is told of. The history says both: what was public is not made unsaid.

use super::acts::own;
use super::store::{find_before, stand_still_again};
use super::{ROOM, before, order};
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

/// What can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undo {
    /// A status.
    Stated(Said),
    /// Category, service, or the clock, by the number of how it stood.
    Filed(i64),
}

impl Undo {
    /// The text by which forms name it, and what its letters are called back by.
    pub(super) fn word(self) -> String {
        match self {
            Undo::Stated(said) => said.word(),
            Undo::Filed(id) => before::word(id),
        }
    }

    fn of_word(word: &str) -> Option<Undo> {
        before::of_word(word).map(Undo::Filed).or_else(|| Said::of_word(word).map(Undo::Stated))
    }
}

/// What was done, as an address carries it.
pub(super) fn list(said: &[Undo]) -> String {
    said.iter().map(|said| said.word()).collect::<Vec<_>>().join(".")
}

/// What an address says that can be taken back, as forms name it; what is none is left out.
pub(super) fn words(list: &str) -> Vec<String> {
    let said = list.split('.').filter_map(Undo::of_word);
    said.take(super::acts::MOST).map(Undo::word).collect()
}

/// `POST /admin/reports/undo`: all of it, or nothing.
pub(super) async fn undo(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Form(sent): Form<Fields>,
) -> Result<Redirect> {
    let said: Option<Vec<Undo>> = sent.every("said").map(Undo::of_word).collect();
    let said = said.filter(|said| (1..=super::acts::MOST).contains(&said.len())).ok_or(Error::NotFound)?;
    let mut write = app.begin().await?;
    for one in &said {
        take_back(&app, &actor, &mut write, *one).await?;
    }
    app.commit(write).await?;
    Ok(Redirect::to(&match FeatureId::of_text(sent.get("feature")) {
        Some(feature) => format!("{ROOM}/{feature}?undone=1"),
        None => format!("{ROOM}?{}&undone={}", order::back(sent.get("query")), said.len()),
    }))
}

async fn take_back(app: &App, actor: &Actor, write: &mut Write, one: Undo) -> Result<()> {
    match one {
        Undo::Stated(said) => {
            let id = unanswered::feature(write.tx(), said).await?;
            let (report, by) = own(actor, write, id).await?;
            unanswered::undo(write, said, by).await?;
            put_back(write, report, by).await
        }
        Undo::Filed(id) => {
            let kept = find_before(write.tx(), id).await?;
            let (report, by) = own(actor, write, kept.feature_id).await?;
            before::take_back(app, write, kept, report, by).await
        }
    }
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
