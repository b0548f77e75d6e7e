//! What its author may still change of a report: asked when its form is opened, and again inside the transaction that writes.
//!
//! What it is not: the writing (`routes.rs`). Invariants: what was taken back or erased is not written on; what others support is not made
//! into something else; what its process wants read first does not come in by this way.

use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::civic::processes::{Moderation, ProcessRules};
use crate::core::app::App;
use crate::core::features::edits::{Change, METRES};
use crate::core::features::revisions::{self, Version};
use crate::core::features::{Content, Hold, Status, stakes};
use crate::core::journal::Write;
use crate::modules::reports::model::{Category, Report};
use crate::modules::reports::store;

fn conflict(key: &'static str) -> Error {
    Error::Conflict(Message::new(key))
}

/// Whether anything of it may be changed.
///
/// # Errors
/// [`Error::NotFound`] where it was erased; [`Error::Conflict`] with why it may not.
pub(super) async fn must_be_open(app: &App, db: impl Sql<'_>, report: &Report) -> Result<()> {
    let own = store::own(db, report.id).await?;
    match own.held {
        Some(Hold::Erased) => return Err(Error::NotFound),
        Some(Hold::Withdrawn) => return Err(conflict("report-withdrawn-first")),
        _ if own.withdrawn_at.is_some() => return Err(conflict("report-withdrawn-first")),
        _ => {}
    }
    if report.status != Status::OPEN {
        return Err(conflict("report-begun"));
    }
    let process = ProcessRules::of_feature(&app.atlas.world(), own.process.as_deref())?;
    match process.settings.rules.moderation {
        Moderation::Before if own.held != Some(Hold::Waiting) => Err(conflict("report-read-first")),
        _ => Ok(()),
    }
}

/// Whether it still is what others support.
///
/// # Errors
/// [`Error::Conflict`] where it would not be.
pub(super) async fn must_stay_itself(
    write: &mut Write,
    report: &Report,
    content: &Content,
    category: &Category,
) -> Result<()> {
    let own = store::own(write.tx(), report.id).await?;
    if !stakes::foreign(write.tx(), report.id, own.author).await?.is_discussed() {
        return Ok(());
    }
    let seen = match stakes::seen_by_voices(write.tx(), report.id, own.author).await? {
        Some(version) => version,
        None => Version::read(&revisions::current(write.tx(), report.id).await?)?,
    };
    // Its title is its category's.
    let is_same = category.id == report.category;
    let content = Content { title: seen.title.clone(), ..content.clone() };
    if is_same && Change::between(&seen, &content)?.is_small() {
        return Ok(());
    }
    Err(Error::Conflict(Message::new("report-supported").with("metres", METRES)))
}
