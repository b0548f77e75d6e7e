//! What its author may still change of a report, besides what holds for everything that people place (`contributions::changing`).
//!
//! Invariant: what its process wants read first does not come in by this way: its category and answers have no version that could wait.

use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::civic::contributions::changing::Standing;
use crate::core::app::App;
use crate::core::features::Content;
use crate::core::features::edits::{Change, METRES};
use crate::core::journal::Write;
use crate::modules::reports::model::{Category, Report};

/// How it stands, where anything of it may be changed.
///
/// # Errors
/// [`Error::NotFound`] where it was erased; [`Error::Conflict`] with why it may not.
pub(super) async fn must_be_open(app: &App, db: impl Sql<'_>, report: &Report) -> Result<Standing> {
    let standing = Standing::of(db, report.id).await?;
    standing.must_stand()?;
    standing.must_be_open()?;
    if standing.waits(&standing.rules(app)?) {
        return Err(Error::Conflict(Message::new("report-read-first")));
    }
    Ok(standing)
}

/// Whether it still is what others support.
///
/// # Errors
/// [`Error::Conflict`] where it would not be.
pub(super) async fn must_stay_itself(
    write: &mut Write,
    standing: &Standing,
    report: &Report,
    content: &Content,
    category: &Category,
) -> Result<()> {
    let Some(seen) = standing.supported(write, report.id).await? else { return Ok(()) };
    if category.id != report.category {
        return Err(Error::Conflict(Message::new("report-supported").with("metres", METRES)));
    }
    // Its title is its category's.
    let content = Content { title: seen.title.clone(), ..content.clone() };
    let change = Change::between(&seen, &content)?;
    if change.is_small() { Ok(()) } else { Err(standing.too_large(&change)) }
}
