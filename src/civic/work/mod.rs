//! The work of the authority's people on a subject, of whatever kind: notes among themselves, who looks after it, and the texts that
//! they answer with. Made once, for every module that has subjects.
//!
//! What it is not: pages (`modules/work`), nor anything that the public reads. Invariant: nothing here enters the journal, the live
//! map, an export or the API; who may read it is who may act on the subject.

pub mod assignments;
pub mod news;
pub mod notes;
pub mod replies;
mod tables;
pub mod watch;
mod worked;

use crate::core::personal_data::Purpose;
pub use tables::TABLES;
pub use worked::{Worked, find};

/// Why notes and assignments are kept.
pub const PURPOSE: Purpose = Purpose("work");

/// For how long notes and ended assignments are kept.
pub const KEPT: chrono::TimeDelta = chrono::TimeDelta::days(730);

/// For how long the text of a note can be put back that its author took back.
pub const PUT_BACK: chrono::TimeDelta = chrono::TimeDelta::days(30);

/// Clears what is kept no longer. Gives how many rows went.
///
/// # Errors
/// Where the database refuses.
pub async fn clear(
    write: &mut crate::core::journal::Write,
    now: crate::base::clock::Timestamp,
) -> crate::base::error::Result<u64> {
    Ok(notes::clear(write, now).await? + assignments::clear(write, now).await? + watch::clear(write).await?)
}
