//! What residents say is wrong with a contribution or anything that is said. It decides nothing: moderators look. One flag a person and
//! thing; a second one replaces the first's words, and is looked at again.

use super::decisions::Reason;
use super::things::{PerKind, Thing, among, list};
use crate::base::clock::Timestamp;
use crate::base::db::{Sql, by};
use crate::base::error::{Error, Result};
use crate::base::ids::{FeatureId, FlagId, Visitor};
use crate::core::journal::Write;
use crate::core::subject::Subject;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A flag.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Flag {
    /// Its id.
    pub id: FlagId,
    /// Which rule of the charter it is said to break.
    pub reason: Reason,
    /// In the resident's own words.
    pub body: String,
    /// When.
    pub flagged_at: Timestamp,
    /// When a moderator decided about the thing.
    pub settled_at: Option<Timestamp>,
}

/// Flags a public thing.
///
/// # Errors
/// [`Error::NotFound`] where it is not public.
pub async fn insert(
    write: &mut Write,
    thing: Thing,
    reason: Reason,
    body: &str,
    voice: Visitor,
) -> Result<()> {
    let (at, subject) = (write.at(), thing.subject);
    let feature = public(write.tx(), thing).await?;
    let tx = write.tx();
    tx.run(
        "insert into flag (subject_kind, subject_id, feature_id, reason, body, voice, flagged_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (subject_kind, subject_id, voice)
         do update set reason = excluded.reason, body = excluded.body, flagged_at = excluded.flagged_at, settled_at = null",
        (subject.kind, subject.id, feature, reason, body, voice, at),
    )
    .await?;
    Ok(())
}

/// The contribution on whose page a thing stands that everybody may read.
///
/// # Errors
/// [`Error::NotFound`] where not everybody may read it.
pub async fn public(db: impl Sql<'_>, thing: Thing) -> Result<Option<FeatureId>> {
    let row: Option<(Option<FeatureId>,)> =
        db.optional(PUBLIC.of(thing.subject)?, (thing.subject.id,)).await?;
    let (feature,) = row.ok_or(Error::NotFound)?;
    if thing.feature.is_some() && thing.feature != feature { Err(Error::NotFound) } else { Ok(feature) }
}

/// Where a thing stands that everybody may read.
static PUBLIC: LazyLock<PerKind> = LazyLock::new(|| {
    PerKind::new(|_, of| {
        format!(
            "select r.feature_id from ({}) r left join feature f on f.id = r.feature_id
             where r.id = $1 and r.published_at is not null and (f.id is null or f.published_at is not null)",
            of.rows
        )
    })
});

/// The flags on a thing, the latest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn of(db: impl Sql<'_>, thing: Thing) -> Result<Vec<Flag>> {
    let Subject { kind, id } = thing.subject;
    db.all(
        "select id, reason, body, flagged_at, settled_at from flag
         where subject_kind = $1 and subject_id = $2 order by id desc",
        (kind, id),
    )
    .await
}

/// A flag with what it is on.
#[derive(sqlx::FromRow)]
struct On {
    subject_kind: String,
    subject_id: i64,
    #[sqlx(flatten)]
    flag: Flag,
}

/// The flags on several things that no moderator has settled, the latest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn open(db: impl Sql<'_>, things: &[Thing]) -> Result<HashMap<Subject, Vec<Flag>>> {
    macro_rules! open {
        ($on:tt) => {
            concat!(
                "select subject_kind, subject_id, id, reason, body, flagged_at, settled_at from flag where settled_at is null and ",
                among!($on),
                " order by id desc"
            )
        };
    }
    let rows: Vec<On> = db.all(by(open!(sqlite), open!(postgres)), (list(things),)).await?;
    let mut flags: HashMap<Subject, Vec<Flag>> = HashMap::new();
    for On { subject_kind, subject_id, flag } in rows {
        flags.entry(Subject::of(&subject_kind, subject_id)).or_default().push(flag);
    }
    Ok(flags)
}
