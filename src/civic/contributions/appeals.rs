//! Appeals: what the author of something hidden says against the decision, and what became of it.
//!
//! Invariant: an appeal is made once, by the voice that the thing carries, and settled by another account than the one that
//! decided.

use super::decisions::{self, seal_with};
use super::things::Thing;
use crate::base::clock::Timestamp;
use crate::base::db::{Ids, Sql, by};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{AccountId, DecisionId, FeatureId, Visitor};
use crate::base::words::words;
use crate::core::journal::Write;
use crate::core::subject::{self, Subject};
use std::collections::HashMap;

words! {
    /// What became of an appeal.
    pub Outcome {
        /// The decision is taken back.
        Granted = "granted",
        /// The decision stands.
        Refused = "refused",
    }
}

/// An appeal against a decision.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Appeal {
    /// Against which.
    pub decision_id: DecisionId,
    /// What its author says.
    pub body: String,
    /// Who made it.
    pub voice: Visitor,
    /// When.
    pub made_at: Timestamp,
    /// What became of it; nothing while it waits.
    pub outcome: Option<Outcome>,
    /// What was answered.
    pub answer: String,
    /// When it was settled.
    pub decided_at: Option<Timestamp>,
}

/// Makes an appeal, in the name of the voice that the thing carries.
///
/// # Errors
/// [`Error::Forbidden`] for another voice; [`Error::Conflict`] where one was made, or the decision does not hold any more.
pub async fn insert(write: &mut Write, id: DecisionId, voice: Visitor, body: &str) -> Result<()> {
    let at = write.at();
    // Whoever takes the decision back waits, or is seen.
    let thing = decisions::find(write.tx(), id).await?.thing();
    decisions::lock(write, thing).await?;
    let tx = write.tx();
    let against: Option<(String, i64, Option<FeatureId>)> = (&mut *tx)
        .optional(
            "select subject_kind, subject_id, feature_id from decision
             where id = $1 and kind in ('hidden', 'redacted') and undone_at is null",
            (id,),
        )
        .await?;
    let (kind, subject, feature) =
        against.ok_or_else(|| Error::Conflict(Message::new("appeal-no-decision")))?;
    if subject::author(&mut *tx, &kind, subject).await? != Some(voice) {
        return Err(Error::Forbidden(Message::new("appeal-not-yours")));
    }
    let made = tx
        .run(
            "insert into appeal (decision_id, body, voice, made_at) values ($1, $2, $3, $4)
             on conflict (decision_id) do nothing",
            (id, body, voice, at),
        )
        .await?;
    if made == 0 {
        return Err(Error::Conflict(Message::new("appeal-once")));
    }
    seal_with(write, feature, Subject::of(&kind, subject));
    Ok(())
}

/// The appeal against a decision.
///
/// # Errors
/// Where the database does not answer.
pub async fn of(db: impl Sql<'_>, id: DecisionId) -> Result<Option<Appeal>> {
    db.optional(
        "select decision_id, body, voice, made_at, outcome, answer, decided_at from appeal where decision_id = $1",
        (id,),
    )
    .await
}

/// The appeals against several decisions.
///
/// # Errors
/// Where the database does not answer.
pub async fn against(db: impl Sql<'_>, decisions: &[i64]) -> Result<HashMap<DecisionId, Appeal>> {
    macro_rules! against {
        ($filter:literal) => {
            concat!(
                "select decision_id, body, voice, made_at, outcome, answer, decided_at from appeal where decision_id ",
                $filter
            )
        };
    }
    let sql = by(against!("in (select value from json_each($1))"), against!("= any($1)"));
    let appeals: Vec<Appeal> = db.all(sql, (Ids(decisions),)).await?;
    Ok(appeals.into_iter().map(|appeal| (appeal.decision_id, appeal)).collect())
}

/// Every appeal about a thing, the latest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn of_thing(db: impl Sql<'_>, thing: Thing) -> Result<Vec<Appeal>> {
    let Subject { kind, id } = thing.subject;
    db.all(
        "select a.decision_id, a.body, a.voice, a.made_at, a.outcome, a.answer, a.decided_at
         from appeal a join decision d on d.id = a.decision_id where d.subject_kind = $1 and d.subject_id = $2
         order by a.decision_id desc",
        (kind, id),
    )
    .await
}

/// Every appeal about a feature and its arguments, the latest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn of_feature(db: impl Sql<'_>, feature: FeatureId) -> Result<Vec<Appeal>> {
    db.all(
        "select a.decision_id, a.body, a.voice, a.made_at, a.outcome, a.answer, a.decided_at
         from appeal a join decision d on d.id = a.decision_id where d.feature_id = $1 order by a.decision_id desc",
        (feature,),
    )
    .await
}

/// Settles an appeal.
///
/// # Errors
/// [`Error::Forbidden`] for who took the decision; [`Error::Conflict`] where it is settled, or there is none.
pub async fn settle(
    write: &mut Write,
    id: DecisionId,
    outcome: Outcome,
    answer: &str,
    by: AccountId,
) -> Result<()> {
    let at = write.at();
    let tx = write.tx();
    let (decided_by, feature, kind, subject): (Option<AccountId>, Option<FeatureId>, String, i64) = tx
        .one("select decided_by, feature_id, subject_kind, subject_id from decision where id = $1", (id,))
        .await?;
    if decided_by == Some(by) {
        return Err(Error::Forbidden(Message::new("appeal-own-decision")));
    }
    let changed = tx
        .run(
            "update appeal set outcome = $2, answer = $3, decided_by = $4, decided_at = $5
             where decision_id = $1 and outcome is null",
            (id, outcome, answer, by, at),
        )
        .await?;
    if changed == 0 {
        return Err(Error::Conflict(Message::new("appeal-settled")));
    }
    seal_with(write, feature, Subject::of(&kind, subject));
    Ok(())
}

/// Whether an appeal about a thing waits.
///
/// # Errors
/// Where the database does not answer.
pub async fn is_open(db: impl Sql<'_>, thing: Thing) -> Result<bool> {
    let Subject { kind, id } = thing.subject;
    let row: Option<(i64,)> = db
        .optional(
            "select a.decision_id from appeal a join decision d on d.id = a.decision_id
             where a.outcome is null and d.subject_kind = $1 and d.subject_id = $2",
            (kind, id),
        )
        .await?;
    Ok(row.is_some())
}
