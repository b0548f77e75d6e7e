//! Answers, and statuses without one, that are taken back before anybody was told of them.
//!
//! What it is not: a new version of an answer, which the public reads beside the one before. Invariant: what is taken back is the
//! last word on its contribution, by who said it, while its letters wait; its row and its line of the register stay.

use super::decisions;
use super::things::Thing;
use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{AccountId, AnswerId, FeatureId};
use crate::base::mail::{self, UNDO};
use crate::core::features::{Status, Verdict};
use crate::core::journal::{Act, Write};

/// What can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// An answer, with the status that it brought.
    Answer(AnswerId),
    /// A change of a status without an answer.
    Status(i64),
}

impl Said {
    /// The text by which forms name it, and what its letters are called back by.
    pub fn word(self) -> String {
        match self {
            Said::Answer(id) => format!("answer:{id}"),
            Said::Status(id) => format!("status:{id}"),
        }
    }

    /// What a text names.
    pub fn of_word(word: &str) -> Option<Said> {
        match word.split_once(':')? {
            ("answer", id) => AnswerId::of_text(id).map(Said::Answer),
            ("status", id) => id.parse().ok().map(Said::Status),
            _ => None,
        }
    }
}

/// The row of what is to be taken back.
#[derive(sqlx::FromRow)]
struct SaidRow {
    feature_id: FeatureId,
    by: Option<AccountId>,
    at: Timestamp,
    is_last: bool,
}

async fn row(db: impl Sql<'_>, said: Said) -> Result<SaidRow> {
    let row = match said {
        Said::Answer(id) => {
            db.optional(
                "select a.feature_id, a.answered_by as by, a.answered_at as at,
                        a.id = (select max(b.id) from answer b where b.feature_id = a.feature_id and b.undone_at is null) as is_last
                 from answer a where a.id = $1 and a.undone_at is null",
                (id,),
            )
            .await?
        }
        Said::Status(id) => {
            db.optional(
                "select s.feature_id, s.changed_by as by, s.changed_at as at,
                        s.id = (select max(b.id) from status_change b where b.feature_id = s.feature_id and b.undone_at is null)
                          as is_last
                 from status_change s where s.id = $1 and s.undone_at is null and s.status_before is not null",
                (id,),
            )
            .await?
        }
    };
    row.ok_or(Error::NotFound)
}

/// The contribution of what is to be taken back.
///
/// # Errors
/// [`Error::NotFound`] where there is no such thing any more.
pub async fn feature(db: impl Sql<'_>, said: Said) -> Result<FeatureId> {
    Ok(row(db, said).await?.feature_id)
}

/// What somebody said of a contribution last, where they can take it back still, and for how many seconds.
///
/// # Errors
/// Where the database does not answer.
pub async fn last(
    db: impl Sql<'_>,
    feature: FeatureId,
    by: AccountId,
    now: Timestamp,
) -> Result<Option<(Said, i64)>> {
    let row: Option<(String, i64, Timestamp)> = db
        .optional(
            "select w.sort, w.id, w.at from (
               select 'answer' as sort, id, answered_at as at, answered_by as by from answer
               where feature_id = $1 and undone_at is null
               union all
               select 'status', id, changed_at, changed_by from status_change
               where feature_id = $1 and undone_at is null and status_before is not null) w
             where w.by = $2 and w.at > $3 order by w.sort, w.id desc limit 1",
            (feature, by, now - UNDO),
        )
        .await?;
    Ok(row.and_then(|(sort, id, at)| {
        let said = Said::of_word(&format!("{sort}:{id}"))?;
        Some((said, (at + UNDO - now).num_seconds().max(1)))
    }))
}

/// Takes it back, with its letters and the status that came with it.
///
/// # Errors
/// [`Error::NotFound`] where it is not theirs or was taken back; [`Error::Conflict`] where it is too late, or somebody said something
/// else since.
pub async fn undo(write: &mut Write, said: Said, by: AccountId) -> Result<()> {
    let conflict = |key| Err(Error::Conflict(Message::new(key)));
    let on = feature(write.tx(), said).await?;
    decisions::lock(write, Thing::feature(on)).await?;
    let SaidRow { feature_id: feature, by: said_by, at: then, is_last } = row(write.tx(), said).await?;
    if said_by != Some(by) {
        return Err(Error::NotFound);
    }
    if write.at() >= then + UNDO {
        return conflict("answer-undo-late");
    }
    if !is_last {
        return conflict("answer-undo-not-last");
    }
    let change = match said {
        Said::Answer(id) => {
            let change = own_change(write, id, then, by).await?;
            take_back_answer(write, id, feature).await?;
            change
        }
        Said::Status(_) if is_answered_since(write, feature, then).await? => {
            return conflict("answer-undo-not-last");
        }
        Said::Status(id) => Some(id),
    };
    if let Some(change) = change {
        take_back_status(write, feature, change).await?;
    }
    mail::call_back(write.tx(), &said.word()).await?;
    Ok(())
}

/// The change of status that came with an answer; nothing where it changed none.
///
/// # Errors
/// [`Error::Conflict`] where somebody changed it since: what the answer said is not the last word.
async fn own_change(write: &mut Write, id: AnswerId, then: Timestamp, by: AccountId) -> Result<Option<i64>> {
    let (verdict, feature): (Verdict, FeatureId) =
        write.tx().one("select verdict, feature_id from answer where id = $1", (id,)).await?;
    let since: Vec<(i64, Status, Option<AccountId>)> = write
        .tx()
        .all(
            "select id, status, changed_by from status_change
             where feature_id = $1 and undone_at is null and status_before is not null and changed_at >= $2
             order by id",
            (feature, then),
        )
        .await?;
    match since.as_slice() {
        [] => Ok(None),
        [(change, status, who)] if *status == verdict.status() && *who == Some(by) => Ok(Some(*change)),
        _ => Err(Error::Conflict(Message::new("answer-undo-not-last"))),
    }
}

/// Whether an answer came after an instant.
async fn is_answered_since(write: &mut Write, feature: FeatureId, then: Timestamp) -> Result<bool> {
    let (later,): (i64,) = write
        .tx()
        .one(
            "select count(*) from answer where feature_id = $1 and undone_at is null and answered_at > $2",
            (feature, then),
        )
        .await?;
    Ok(later > 0)
}

async fn take_back_answer(write: &mut Write, id: AnswerId, feature: FeatureId) -> Result<()> {
    let at = write.at();
    write.tx().run("update answer set undone_at = $2 where id = $1", (id, at)).await?;
    write.record_about(Act::ANSWER_UNDONE, feature, "answer");
    Ok(())
}

async fn take_back_status(write: &mut Write, feature: FeatureId, change: i64) -> Result<()> {
    let at = write.at();
    let (before,): (Status,) = write
        .tx()
        .one("update status_change set undone_at = $2 where id = $1 returning status_before", (change, at))
        .await?;
    write
        .tx()
        .run("update feature set status = $2, updated_at = $3 where id = $1", (feature, before, at))
        .await?;
    write.record_about(Act::STATUS, feature, before.word());
    Ok(())
}
