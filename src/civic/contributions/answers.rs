//! What an authority answered, what became of each feature, and when: the rows that every page shows. What it is not: who may
//! answer, and the letters to those who follow (`answers`).
//!
//! Invariant: nothing is overwritten. An edited answer is a new version, a changed status a new line of the public history; the
//! feature's own row says the last status, which the live map filters by.

use crate::base::clock::Timestamp;
use crate::base::db::{Ids, Sql, by, fresh_ids, insert_many};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{AccountId, AnswerId, FeatureId};
use crate::core::features::said::{self, AnswerSaid};
use crate::core::features::{Kind, Status, Verdict};
use crate::core::journal::{Act, Said, Write};
use crate::core::subject::Subject;
use std::collections::HashMap;

/// An answer to be written.
#[derive(Debug, Clone)]
pub struct NewAnswer {
    /// What it says in one word.
    pub verdict: Verdict,
    /// Markdown-light.
    pub body: String,
    /// Why, in a sentence or two.
    pub motive: String,
    /// The address of what changed.
    pub link: String,
    /// Who signs: a service or an elected person, not an account.
    pub authority: String,
    /// Who wrote it, if they have an account.
    pub by: Option<AccountId>,
    /// When.
    pub at: Timestamp,
}

/// A version of an answer.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Answer {
    /// Its id.
    pub id: AnswerId,
    /// See [`NewAnswer`].
    pub verdict: Verdict,
    /// Markdown-light.
    pub body: String,
    /// Why.
    pub motive: String,
    /// The address of what changed, or nothing.
    pub link: String,
    /// Who signs.
    pub authority: String,
    /// When.
    pub answered_at: Timestamp,
}

/// An answer with what it answers.
#[derive(sqlx::FromRow)]
struct Standing {
    feature_id: FeatureId,
    #[sqlx(flatten)]
    answer: Answer,
}

/// A line of the public history of a status.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct StatusChange {
    /// The new status.
    pub status: Status,
    /// Since when.
    pub changed_at: Timestamp,
}

/// Writes an answer, or a new version of it, and the status that it means. Gives its number.
///
/// # Errors
/// [`Error::NotFound`] where the feature is not public; [`Error::Invalid`] where its kind cannot get this verdict.
pub async fn insert(write: &mut Write, feature: FeatureId, new: &NewAnswer) -> Result<AnswerId> {
    let tx = write.tx();
    let row: Option<(Kind,)> = tx
        .optional("select kind from feature where id = $1 and published_at is not null", (feature,))
        .await?;
    let (kind,) = row.ok_or(Error::NotFound)?;
    if Verdict::of_kind(kind).all(|verdict| verdict != new.verdict) {
        return Err(Error::invalid("verdict", Message::new("answer-verdict-misfit")));
    }
    let (id,): (AnswerId,) = tx.one(
        "insert into answer (feature_id, verdict, body, motive, link, authority, answered_by, answered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning id",
        (
            feature,
            new.verdict,
            new.body.as_str(),
            new.motive.as_str(),
            new.link.as_str(),
            new.authority.as_str(),
            new.by,
            new.at,
        ),
    )
    .await?;
    write.deposit(Act::ANSWERED, vec![said_of(feature, id, new)?]).await?;
    set_status(write, feature, new.verdict.status(), new.by).await?;
    Ok(id)
}

/// Changes a status and says so in the public history. Gives the number of the change; nothing where it has that status already.
///
/// # Errors
/// [`Error::NotFound`] where the feature is not public; [`Error::Invalid`] where its kind cannot have this status.
pub async fn set_status(
    write: &mut Write,
    feature: FeatureId,
    status: Status,
    by: Option<AccountId>,
) -> Result<Option<i64>> {
    let at = write.at();
    let tx = write.tx();
    let row: Option<(Kind, Status)> = tx
        .optional("select kind, status from feature where id = $1 and published_at is not null", (feature,))
        .await?;
    let (kind, before) = row.ok_or(Error::NotFound)?;
    if !status.fits(kind) {
        return Err(Error::invalid("status", Message::new("answer-verdict-misfit")));
    }
    // The row's own lock decides between two agents who do the same at once: the second changes nothing.
    let changed = tx
        .run(
            "update feature set status = $2, updated_at = $3 where id = $1 and status <> $2",
            (feature, status, at),
        )
        .await?;
    if changed == 0 {
        return Ok(None);
    }
    let (id,): (i64,) = tx
        .one(
            "insert into status_change (feature_id, status, changed_by, changed_at, status_before)
             values ($1, $2, $3, $4, $5) returning id",
            (feature, status, by, at, before),
        )
        .await?;
    write.record_about(Act::STATUS, feature, status.word());
    Ok(Some(id))
}

/// Writes many answers and lines of history at once, for features that have the status already: what is told of the past.
///
/// # Errors
/// Where the database refuses.
pub async fn insert_all(
    write: &mut Write,
    answers: &[(FeatureId, NewAnswer)],
    history: &[(FeatureId, Status, Timestamp)],
) -> Result<()> {
    let ids =
        fresh_ids(write.tx(), "answer", answers.len()).await?.into_iter().map(AnswerId).collect::<Vec<_>>();
    let rows = ids.iter().zip(answers).map(|(id, (feature, a))| {
        (
            *id,
            *feature,
            a.verdict,
            a.body.as_str(),
            a.motive.as_str(),
            a.link.as_str(),
            a.authority.as_str(),
            a.by,
            a.at,
        )
    });
    insert_many(
        write.tx(),
        "insert into answer (id, feature_id, verdict, body, motive, link, authority, answered_by, answered_at)",
        rows,
        "",
    )
    .await?;
    insert_many(
        write.tx(),
        "insert into status_change (feature_id, status, changed_at)",
        history.iter().copied(),
        "",
    )
    .await?;
    let said = ids.iter().zip(answers).map(|(id, (feature, answer))| said_of(*feature, *id, answer));
    let said = said.collect::<Result<_>>()?;
    write.deposit(Act::ANSWERED, said).await
}

/// What the register is told: the nth line of a feature's answers is their nth version.
fn said_of(feature: FeatureId, id: AnswerId, new: &NewAnswer) -> Result<Said> {
    let content = said::answer(&AnswerSaid {
        verdict: new.verdict.word(),
        body: &new.body,
        motive: &new.motive,
        link: &new.link,
        authority: &new.authority,
    })?;
    Ok(Said {
        of: Subject::answer(id),
        feature: Some(feature),
        subject: Some("answer".into()),
        channel: None,
        content,
    })
}

/// What a form says that it saw of a contribution: its last answer, if there is one, and its status.
pub fn seen(feature: FeatureId, last: Option<&Answer>, status: Status) -> String {
    format!("{feature}~{}~{}", last.map_or(0, |answer| answer.id.0), status.word())
}

/// Every version of the answer to a feature, the one that holds first.
///
/// # Errors
/// Where the database does not answer.
pub async fn of(db: impl Sql<'_>, feature: FeatureId) -> Result<Vec<Answer>> {
    db.all(
        "select id, verdict, body, motive, link, authority, answered_at from answer where feature_id = $1 and undone_at is null order by id desc",
        (feature,),
    )
    .await
}

/// The public history of a feature's status, the oldest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn history(db: impl Sql<'_>, feature: FeatureId) -> Result<Vec<StatusChange>> {
    db.all(
        "select status, changed_at from status_change where feature_id = $1 and undone_at is null order by changed_at, id",
        (feature,),
    )
    .await
}

/// The answers that hold, of those of these features that have one: in one statement, for files and lists.
///
/// # Errors
/// Where the database does not answer.
pub async fn standing(db: impl Sql<'_>, features: &[i64]) -> Result<HashMap<FeatureId, Answer>> {
    let rows: Vec<Standing> = db
        .all(
            by(
                // From the ids to their last versions, in this order: SQLite may read every answer there is else.
                "select a.feature_id, a.id, a.verdict, a.body, a.motive, a.link, a.authority, a.answered_at
                 from json_each($1) w cross join answer a
                 where a.id = (select max(b.id) from answer b where b.feature_id = w.value and b.undone_at is null)",
                "select a.feature_id, a.id, a.verdict, a.body, a.motive, a.link, a.authority, a.answered_at from answer a
                 where a.id in (select max(b.id) from answer b where b.feature_id = any($1) and b.undone_at is null group by b.feature_id)",
            ),
            (Ids(features),),
        )
        .await?;
    Ok(rows.into_iter().map(|row| (row.feature_id, row.answer)).collect())
}
