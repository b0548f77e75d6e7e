//! Arguments for and against a feature: what people say beside their vote. Counted on the feature's own row.
//!
//! What it is not: a thread. An argument answers the feature, not another argument.

use super::{Channel, Hold, Voice, said};
use crate::base::clock::Timestamp;
use crate::base::db::{Ids, Sql, by, fresh_ids, insert_many};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{ArgumentId, FeatureId, Visitor};
use crate::core::journal::{Act, Said, Write};
use crate::core::subject::Subject;

/// An argument to be written.
#[derive(Debug, Clone)]
pub struct NewArgument {
    /// About what.
    pub feature: FeatureId,
    /// For or against.
    pub side: Voice,
    /// Markdown-light, see `prose`.
    pub body: String,
    /// By whom.
    pub author: Option<Visitor>,
    /// How it reached us.
    pub channel: Channel,
    /// When.
    pub at: Timestamp,
}

/// A public argument.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Argument {
    /// Its id.
    pub id: ArgumentId,
    /// For or against.
    pub side: Voice,
    /// Markdown-light, see `prose`.
    pub body: String,
    /// By whom.
    pub author: Option<Visitor>,
    /// When.
    pub created_at: Timestamp,
}

/// Writes an argument and publishes it at once.
///
/// # Errors
/// [`Error::NotFound`] where the feature is not public.
pub async fn insert(write: &mut Write, new: &NewArgument) -> Result<ArgumentId> {
    let (feature, at) = (new.feature, write.at());
    let is_for = i64::from(new.side == Voice::For);
    let tx = write.tx();
    // The feature's row first: one that is being withdrawn takes no more arguments.
    let counted = tx
        .run(
            "update feature
             set arguments_for = arguments_for + $2, arguments_against = arguments_against + 1 - $2, updated_at = $3
             where id = $1 and published_at is not null and withdrawn_at is null",
            (feature, is_for, at),
        )
        .await?;
    if counted == 0 {
        let shell: Option<(i64,)> = tx
            .optional(
                "select id from feature where id = $1 and published_at is not null and withdrawn_at is not null",
                (feature,),
            )
            .await?;
        let closed = || Error::Conflict(Message::new("feature-withdrawn-closed"));
        return Err(shell.map_or(Error::NotFound, |_| closed()));
    }
    let (id,) = tx
        .one(
            "insert into argument (feature_id, side, body, author, channel, created_at, published_at)
             values ($1, $2, $3, $4, $5, $6, $7) returning id",
            (feature, new.side, new.body.as_str(), new.author, new.channel, new.at, new.at),
        )
        .await?;
    write.deposit(Act::ARGUED, vec![said_of(id, new)?]).await?;
    Ok(id)
}

fn said_of(id: ArgumentId, new: &NewArgument) -> Result<Said> {
    Ok(Said {
        of: Subject::argument(id),
        feature: Some(new.feature),
        subject: Some(id.to_string()),
        channel: Some(new.channel.word()),
        content: said::argument(new.side, &new.body, new.channel.notice())?,
    })
}

/// Writes many arguments at once and counts those of each feature again.
///
/// # Errors
/// Where the database refuses.
pub async fn insert_all(write: &mut Write, new: &[NewArgument]) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let ids =
        fresh_ids(write.tx(), "argument", new.len()).await?.into_iter().map(ArgumentId).collect::<Vec<_>>();
    let rows = ids
        .iter()
        .zip(new)
        .map(|(id, a)| (*id, a.feature, a.side, a.body.as_str(), a.author, a.channel, a.at, a.at));
    insert_many(
        write.tx(),
        "insert into argument (id, feature_id, side, body, author, channel, created_at, published_at)",
        rows,
        "",
    )
    .await?;
    let mut features: Vec<i64> = new.iter().map(|argument| argument.feature.0).collect();
    features.sort_unstable();
    features.dedup();
    count(write, &features).await?;
    let said = ids.iter().zip(new).map(|(id, argument)| said_of(*id, argument));
    let said = said.collect::<Result<Vec<Said>>>()?;
    write.deposit(Act::ARGUED, said).await
}

/// Takes an argument back: its author's act.
///
/// # Errors
/// [`Error::NotFound`] where there is no such public argument of this author on this feature.
pub async fn withdraw(write: &mut Write, feature: FeatureId, id: ArgumentId, author: Visitor) -> Result<()> {
    let changed = write
        .tx()
        .run(
            "update argument set published_at = null, held = 'withdrawn'
             where id = $1 and feature_id = $2 and author = $3 and published_at is not null",
            (id, feature, author),
        )
        .await?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    count(write, &[feature.0]).await?;
    write.record_about(Act::ARGUMENT_WITHDRAWN, feature, id.to_string());
    Ok(())
}

/// Takes an argument off, and says why; `None` puts it back. The act says whose decision it is.
///
/// # Errors
/// [`Error::NotFound`] where there is no such argument.
pub async fn hold(write: &mut Write, id: ArgumentId, held: Option<Hold>, act: Act) -> Result<()> {
    let at = held.is_none().then_some(write.at());
    let changed: Option<(FeatureId,)> = write
        .tx()
        .optional(
            "update argument set held = $2, published_at = $3 where id = $1 returning feature_id",
            (id, held, at),
        )
        .await?;
    let (feature,) = changed.ok_or(Error::NotFound)?;
    count(write, &[feature.0]).await?;
    write.record_about(act, feature, id.to_string());
    Ok(())
}

/// Empties an argument for good, with what the register kept of it. The register is told.
///
/// # Errors
/// Where the database refuses.
pub async fn empty(write: &mut Write, feature: FeatureId, id: ArgumentId) -> Result<()> {
    let subject = id.to_string();
    let said: Option<(String,)> =
        write.tx().optional("select body from argument where id = $1", (id,)).await?;
    super::redactions::forget(write, Subject::argument(id)).await?;
    super::erasure::forget_letters(write, None, &[said.unwrap_or_default().0]).await?;
    let tx = write.tx();
    tx.run(
        "update argument set body = '', author = null, held = 'erased', published_at = null where id = $1",
        (id,),
    )
    .await?;
    tx.run("delete from deposit where subject_kind = 'argument' and subject_id = $1", (id,)).await?;
    for sql in [
        "update decision set title = '', body = '', note = '' where subject_kind = 'argument' and subject_id = $1",
        "update appeal set body = '', answer = '' where decision_id in
           (select id from decision where subject_kind = 'argument' and subject_id = $1)",
        "update flag set body = '' where subject_kind = 'argument' and subject_id = $1",
    ] {
        tx.run(sql, (id,)).await?;
    }
    count(write, &[feature.0]).await?;
    write.record_about(Act::ERASED, feature, subject);
    Ok(())
}

async fn count(write: &mut Write, features: &[i64]) -> Result<()> {
    macro_rules! recount {
        ($filter:literal) => {
            concat!(
                "update feature
                 set arguments_for = (select count(*) from argument a where a.feature_id = feature.id
                                      and a.side = 'for' and a.published_at is not null),
                     arguments_against = (select count(*) from argument a where a.feature_id = feature.id
                                          and a.side = 'against' and a.published_at is not null)
                 where ",
                $filter
            )
        };
    }
    let sql = by(recount!("id in (select value from json_each($1))"), recount!("id = any($1)"));
    write.tx().run(sql, (Ids(features),)).await?;
    Ok(())
}

/// The public arguments on a feature, the oldest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn of(db: impl Sql<'_>, feature: FeatureId) -> Result<Vec<Argument>> {
    db.all(
        "select id, side, body, author, created_at from argument
         where feature_id = $1 and published_at is not null order by created_at, id",
        (feature,),
    )
    .await
}
