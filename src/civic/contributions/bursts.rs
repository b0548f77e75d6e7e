//! Bursts of voices or of contributions, as moderators are told of them: a contribution, a number, from when to when. Where they came
//! from is nowhere.

use crate::base::clock::Timestamp;
use crate::base::db::{Db, Ids, Sql, by};
use crate::base::error::Result;
use crate::base::ids::FeatureId;
use crate::base::words::words;
use crate::core::journal::Write;
use chrono::TimeDelta;
use std::collections::HashMap;

/// How long one is told of that nobody looked at.
const KEPT: TimeDelta = TimeDelta::days(90);

words! {
    /// Of what there were many.
    pub Sort {
        /// Voices on the contribution.
        Voices = "voices",
        /// Contributions, of which this is the last.
        Contributions = "contributions",
    }
}

/// A burst.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Burst {
    /// Of what.
    pub sort: Sort,
    /// How many.
    pub count: i64,
    /// From when.
    pub since: Timestamp,
    /// To when.
    pub until: Timestamp,
}

impl Burst {
    /// In how many minutes, at least one.
    pub fn minutes(&self) -> i64 {
        (self.until - self.since).num_minutes().max(0) + 1
    }
}

/// Keeps a burst for moderators; one that goes on is the same.
///
/// # Errors
/// Where the database refuses.
pub async fn tell(db: &Db, feature: FeatureId, burst: &Burst) -> Result<()> {
    db.run("delete from burst where until < $1", (burst.until - KEPT,)).await?;
    db.run(
        "insert into burst (subject_kind, subject_id, sort, count, since, until) values ('feature', $1, $2, $3, $4, $5)
         on conflict (subject_kind, subject_id, sort, since)
         do update set count = excluded.count, until = excluded.until, settled_at = null",
        (feature, burst.sort, burst.count, burst.since, burst.until),
    )
    .await?;
    Ok(())
}

/// A burst with what it is on.
#[derive(sqlx::FromRow)]
struct On {
    subject_id: FeatureId,
    #[sqlx(flatten)]
    burst: Burst,
}

/// The bursts on several contributions that no moderator has looked at.
///
/// # Errors
/// Where the database does not answer.
pub async fn open(db: impl Sql<'_>, features: &[i64]) -> Result<HashMap<FeatureId, Vec<Burst>>> {
    macro_rules! open {
        ($filter:literal) => {
            concat!(
                "select subject_id, sort, count, since, until from burst
                 where subject_kind = 'feature' and settled_at is null and subject_id ",
                $filter,
                " order by id"
            )
        };
    }
    let sql = by(open!("in (select value from json_each($1))"), open!("= any($1)"));
    let mut bursts: HashMap<FeatureId, Vec<Burst>> = HashMap::new();
    for On { subject_id, burst } in db.all(sql, (Ids(features),)).await? {
        bursts.entry(subject_id).or_default().push(burst);
    }
    Ok(bursts)
}

/// Says that a moderator looked at a feature.
pub(super) async fn settle(write: &mut Write, feature: FeatureId) -> Result<()> {
    let at = write.at();
    write
        .tx()
        .run(
            "update burst set settled_at = $2 where subject_kind = 'feature' and subject_id = $1 and settled_at is null",
            (feature, at),
        )
        .await?;
    Ok(())
}
