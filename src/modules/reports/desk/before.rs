//! How a report stood before an agent filed it anew, gave it to another service, or stopped or started its clock; and how it stands so again.
//!
//! What it is not: a status, which `civic::contributions::unanswered` takes back. Invariant: it is taken back by who did it, while its letters
//! wait, and only as the last that happened: what came since stands on it. The history says both; what was public is not made unsaid.

use super::acts::Act;
use super::store::{self, Kept};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::AccountId;
use crate::base::mail::{self, UNDO};
use crate::core::app::App;
use crate::core::journal::Write;
use crate::modules::reports::model::{Report, Told};
use crate::modules::reports::store::{self as reports, NewUpdate};
use crate::modules::reports::treating;
use crate::modules::reports::{CLOCK_PAUSED, CLOCK_RESUMED};

#[cfg(test)]
mod tests;

/// What its letters are called back by, and forms name it by.
pub(super) fn word(id: i64) -> String {
    format!("report:{id}")
}

/// What a word names.
pub(super) fn of_word(word: &str) -> Option<i64> {
    word.strip_prefix("report:")?.parse().ok()
}

/// The word of an act that can be taken back here.
fn act_word(act: Act) -> Option<&'static str> {
    match act {
        Act::Category(_) => Some("category"),
        Act::Service(_) => Some("service"),
        Act::Pause(_) => Some("pause"),
        Act::Resume => Some("resume"),
        Act::Status(..) => None,
    }
}

/// Keeps how a report stood: after the act, whose last line takes it back. Gives its number.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn keep(
    write: &mut Write,
    act: Act,
    (was, title): (&Report, &str),
    by: Option<AccountId>,
) -> Result<Option<i64>> {
    let (Some(by), Some(word)) = (by, act_word(act)) else { return Ok(None) };
    let long_ago = write.at() - UNDO * 6;
    store::forget_before(write, long_ago).await?;
    store::keep_before(write, (was, title), (word, by)).await.map(Some)
}

/// Has a report, held until the write ends, stand as it stood.
///
/// # Errors
/// [`Error::NotFound`] where it is not theirs; [`Error::Conflict`] where it is too late, or something happened since.
pub(super) async fn take_back(
    app: &App,
    write: &mut Write,
    kept: Kept,
    mut report: Report,
    by: AccountId,
) -> Result<()> {
    must_be_last(write, &kept, by).await?;
    treating::must_stand(write, report.id).await?;
    if kept.act == "category" {
        treating::rename(app, write, report.id, kept.title.clone()).await?;
    }
    (report.category, report.service, report.rule) = (kept.category_id, kept.service_id, kept.rule_id);
    (report.target, report.due_at, report.is_overdue) = (kept.target(), kept.due_at, kept.is_overdue);
    let why = match kept.act.as_str() {
        "pause" => store::never_paused(write, kept.pause_id).await?,
        "resume" => store::paused_still(write, kept.pause_id).await?,
        _ => None,
    };
    reports::update(write, &report).await?;
    mail::call_back(write.tx(), &word(kept.id)).await?;
    store::taken_back(write, kept.id).await?;
    tell(write, &report, &kept, why.as_deref(), by).await
}

/// Says in the history and in the journal what holds again.
async fn tell(
    write: &mut Write,
    report: &Report,
    kept: &Kept,
    why: Option<&str>,
    by: AccountId,
) -> Result<()> {
    let of = |act, reason| NewUpdate {
        act,
        status: report.status,
        service: report.service,
        reason,
        note: "",
        by: Some(by),
    };
    match kept.act.as_str() {
        "pause" => {
            reports::tell(write, report.id, of(Told::Resumed, None)).await?;
            write.record(CLOCK_RESUMED, report.id);
        }
        "resume" => {
            let why =
                why.and_then(crate::modules::reports::model::PauseReason::of_word).map(|why| why.word());
            reports::tell(write, report.id, of(Told::Paused, why)).await?;
            write.record_about(CLOCK_PAUSED, report.id, why.unwrap_or_default());
        }
        "category" => {
            reports::tell(write, report.id, of(Told::Category, None)).await?;
            treating::tell_route(write, report, Some(by), "").await?;
        }
        _ => treating::tell_route(write, report, Some(by), "").await?,
    }
    Ok(())
}

async fn must_be_last(write: &mut Write, kept: &Kept, by: AccountId) -> Result<()> {
    if kept.account_id != by {
        return Err(Error::NotFound);
    }
    let conflict = |key: &'static str| Error::Conflict(Message::new(key).with("number", kept.feature_id));
    if write.at() >= kept.at + UNDO {
        return Err(conflict("report-undo-late"));
    }
    let history = reports::history(write.tx(), kept.feature_id).await?;
    let is_last = history.last().is_some_and(|line| line.id == kept.update_id);
    if is_last { Ok(()) } else { Err(conflict("report-undo-not-last")) }
}
