//! Voices on features: one a visitor and feature, counted on the feature's own row.

use super::{Ballot, Tally, Voice, merges};
use crate::base::clock::Timestamp;
use crate::base::db::{Ids, Sql, Statement, by, insert_many};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{FeatureId, ProcessId, Visitor};
use crate::core::journal::Write;
use crate::core::journal::tally::{self, Change, Steps, Totals};
use std::collections::{HashMap, HashSet};

/// What the last line of voices of a feature says, beside its row under this name.
macro_rules! last_line {
    ($feature:literal) => {
        concat!(
            "(select j.subject from journal j where j.feature_id = ",
            $feature,
            ".id and j.act = 'voted' order by j.seq desc limit 1)"
        )
    };
}

macro_rules! locked {
    ($lock:literal) => {
        concat!(
            "select process_id,
                    coalesce(feature.ballot, (select p.ballot from process p where p.id = feature.process_id), 'for_against') as ballot,
                    withdrawn_at is not null as is_shell,
                    exists (select 1 from feature m where m.merged_into = feature.id) as has_merged
             from feature where id = $1 and published_at is not null",
            $lock
        )
    };
}

/// What a voice on a feature has to know of it, and nobody else changes it meanwhile: SQLite has one writer. Read, not written: the row is
/// written once a voice, when it is counted. Not `for update`: that would wait for who places an argument, whose row points at this one.
const LOCKED: Statement = by(locked!(""), locked!(" for no key update"));

/// Sets the visitor's voice on a feature, or takes it back with `None`. Saying the same twice changes nothing. Gives the process
/// in which it counts.
///
/// # Errors
/// [`Error::NotFound`] where the feature is not public; [`Error::Conflict`] where its author took it back, and a voice is given.
pub async fn set(
    write: &mut Write,
    feature: FeatureId,
    voter: Visitor,
    voice: Option<Voice>,
) -> Result<Option<ProcessId>> {
    let at = write.at();
    let tx = write.tx();
    // The feature's row is locked first: two clicks of one visitor then wait for each other, and count once.
    let locked: Option<(Option<ProcessId>, Ballot, bool, bool)> = tx.optional(LOCKED, (feature,)).await?;
    let (process, ballot, is_shell, mut has_merged) = locked.ok_or(Error::NotFound)?;
    if is_shell && voice.is_some() {
        return Err(Error::Conflict(Message::new("feature-withdrawn-closed")));
    }
    // Who waited for the row read beside it what was there before: who takes their voice back would leave what was merged meanwhile.
    if voice.is_none() && !has_merged {
        has_merged = merges::has_merged(&mut *tx, feature).await?;
    }
    let own: Option<(i64, Option<String>)> = tx
        .optional(
            "delete from vote where feature_id = $1 and voter = $2 returning value, apart",
            (feature, voter),
        )
        .await?;
    // What they said on a feature that was merged into this one counts here, once; who takes their voice back takes back both.
    let before = match own {
        Some((value, None)) => Some(value),
        // What is set apart counts nothing: what they say now is the first that does.
        _ if has_merged => merges::voice_on_merged(write.tx(), feature, voter).await?,
        _ => None,
    };
    if voice.is_none() && has_merged {
        merges::forget_voice(write, feature, voter).await?;
    }
    let tx = write.tx();
    if let Some(voice) = voice {
        tx.run(
            "insert into vote (feature_id, voter, value, cast_at) values ($1, $2, $3, $4)",
            (feature, voter, voice.value(), at),
        )
        .await?;
    }
    // Also where nothing changes for the count: a voice that counted from what was merged into this has a row here from now on.
    let own = own.map(|(value, _)| value);
    if own != voice.map(Voice::value) {
        write.record_voice(feature, own, voice.map(Voice::value));
    }
    if before == voice.map(Voice::value) {
        return Ok(process);
    }
    let counts = |value: Option<i64>| value.map_or(Tally::default(), |value| Tally::of(ballot, value));
    let change = counts(voice.map(Voice::value)).plus(counts(before).times(-1));
    let counted: Counted = write
        .tx()
        .one(
            COUNTED,
            (feature, change.votes_for, change.votes_against, change.votes_neutral, change.points, at),
        )
        .await?;
    // Where they took back what was said on a merged feature alone, there is no own voice that moved.
    write.record_voice(feature, None, None);
    if counted.has_merged && !has_merged {
        // Merged while this waited for the row: they may have a voice there.
        merges::recount(write, feature).await?;
        write.record_voices(feature);
        return Ok(process);
    }
    let Counted { votes_for, votes_against, votes_neutral, points, ref before, .. } = counted;
    let row = Totals { votes_for, votes_against, votes_neutral, points, ..Totals::default() };
    write.tell_voices_of(feature, row, last(before.as_deref()));
    Ok(process)
}

/// What the last line of a feature's voices says: a feature without a line has no voice yet. Nothing where it is older than totals.
fn last(line: Option<&str>) -> Option<Totals> {
    line.map_or(Some(Totals::default()), Totals::read)
}

/// Counts a voice, and gives what the commit's line of voices needs. What is read beside the row is of now: the row was locked before.
const COUNTED: &str = concat!(
    "update feature set votes_for = votes_for + $2, votes_against = votes_against + $3,
                        votes_neutral = votes_neutral + $4, points = points + $5, updated_at = $6
     where id = $1
     returning votes_for, votes_against, votes_neutral, points, ",
    last_line!("feature"),
    " as before, exists (select 1 from feature m where m.merged_into = feature.id) as has_merged"
);

#[derive(sqlx::FromRow)]
struct Counted {
    votes_for: i64,
    votes_against: i64,
    votes_neutral: i64,
    points: i64,
    before: Option<String>,
    has_merged: bool,
}

/// Locks these features for this write without waiting for anybody, and gives those that another write holds.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn held_by_others(
    write: &mut Write,
    features: impl IntoIterator<Item = FeatureId>,
) -> Result<HashSet<FeatureId>> {
    let mut ids: Vec<i64> = features.into_iter().map(|id| id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    // SQLite has one writer at a time: who writes holds everything.
    let lock = by(
        "select id from feature where id in (select value from json_each($1)) order by id",
        "select id from feature where id = any($1) order by id for no key update skip locked",
    );
    let free: Vec<(i64,)> = write.tx().all(lock, (Ids(&ids),)).await?;
    let free: HashSet<i64> = free.into_iter().map(|(id,)| id).collect();
    ids.retain(|id| !free.contains(id));
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    // What is not there at all is held by nobody.
    let there = by(
        "select id from feature where id in (select value from json_each($1))",
        "select id from feature where id = any($1)",
    );
    let held: Vec<(FeatureId,)> = write.tx().all(there, (Ids(&ids),)).await?;
    Ok(held.into_iter().map(|(id,)| id).collect())
}

/// A voice that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cast {
    /// On what.
    pub feature: FeatureId,
    /// By whom.
    pub voter: Visitor,
    /// For or against.
    pub voice: Voice,
    /// When.
    pub at: Timestamp,
}

/// Writes many voices at once and counts those of each feature again.
///
/// # Errors
/// Where the database refuses, for instance a second voice of one visitor on one feature.
pub async fn insert_all(write: &mut Write, casts: &[Cast]) -> Result<()> {
    let rows = casts.iter().map(|cast| (cast.feature, cast.voter, cast.voice.value(), cast.at));
    insert_many(write.tx(), "insert into vote (feature_id, voter, value, cast_at)", rows, "").await?;
    let mut features: Vec<i64> = casts.iter().map(|cast| cast.feature.0).collect();
    features.sort_unstable();
    features.dedup();
    // What was merged into another counts there, too.
    let counted = merges::recount_all(write, &features).await?;
    for feature in features.into_iter().map(FeatureId).chain(counted) {
        write.record_voices(feature);
    }
    Ok(())
}

/// The columns of [`Told`], up to the filter.
macro_rules! told {
    ($filter:literal) => {
        concat!(
            "select f.id, f.votes_for, f.votes_against, f.votes_neutral, f.points, ",
            last_line!("f"),
            " as before from feature f where ",
            $filter,
            " order by f.id"
        )
    };
}

#[derive(sqlx::FromRow)]
struct Told {
    id: FeatureId,
    votes_for: i64,
    votes_against: i64,
    votes_neutral: i64,
    points: i64,
    before: Option<String>,
}

/// What the voices on each of these features come to after a write, for its line in the journal. The features' rows must be
/// locked, as everything that changes a voice does.
///
/// # Errors
/// Where the database does not answer.
pub(crate) async fn totals(
    tx: &mut crate::base::db::Tx,
    changes: &[(FeatureId, Change)],
) -> Result<Vec<(FeatureId, Totals)>> {
    let (mut known, mut ids) = (Vec::new(), Vec::new());
    for (id, change) in changes {
        match change {
            Change::Told(_, totals) => known.push((*id, *totals)),
            Change::By(_) | Change::Anew => ids.push(id.0),
        }
    }
    if ids.is_empty() {
        return Ok(known);
    }
    let sql = by(told!("f.id in (select value from json_each($1))"), told!("f.id = any($1)"));
    let told: Vec<Told> = tx.all(sql, (Ids(&ids),)).await?;
    let changed: HashMap<FeatureId, Change> = changes.iter().copied().collect();
    let before = |row: &Told| last(row.before.as_deref());
    // Voices that are apart come back, or go, by ways of their own: they are few, and counted.
    let is_counted = |row: &Told| {
        changed.get(&row.id) == Some(&Change::Anew) || before(row).is_none_or(|before| before.apart > 0)
    };
    let anew: Vec<i64> = told.iter().filter(|row| is_counted(row)).map(|row| row.id.0).collect();
    let counted = if anew.is_empty() { HashMap::new() } else { steps(&mut *tx, &anew).await? };
    let each = told.iter().map(|row| {
        let (steps, apart) = match (changed.get(&row.id), before(row)) {
            (Some(Change::By(by)), Some(before)) if before.apart == 0 => (tally::sum(before.steps, *by), 0),
            _ => counted.get(&row.id).copied().unwrap_or_default(),
        };
        let Told { votes_for, votes_against, votes_neutral, points, .. } = *row;
        (row.id, Totals { votes_for, votes_against, votes_neutral, points, steps, apart })
    });
    known.extend(each);
    Ok(known)
}

/// How many of their own voices chose each step, from −2 to +2, on these features, and how many of them are apart; those without
/// voices are missing.
async fn steps(db: impl Sql<'_>, features: &[i64]) -> Result<HashMap<FeatureId, (Steps, i64)>> {
    let rows: Vec<(FeatureId, i64, i64, i64)> = db
        .all(
            by(
                "select feature_id, value, count(*), count(apart) from vote where feature_id in (select value from json_each($1))
                 group by feature_id, value",
                "select feature_id, value, count(*), count(apart) from vote where feature_id = any($1)
                 group by feature_id, value",
            ),
            (Ids(features),),
        )
        .await?;
    let mut counted: HashMap<FeatureId, (Steps, i64)> = HashMap::new();
    for (feature, value, voices, parted) in rows {
        let (steps, apart) = counted.entry(feature).or_default();
        *apart += parted;
        if let Some(step) = usize::try_from(value + 2).ok().and_then(|at| steps.get_mut(at)) {
            *step = voices;
        }
    }
    Ok(counted)
}

/// The visitor's voice on a feature.
///
/// # Errors
/// Where the database does not answer.
pub async fn of(db: impl Sql<'_>, feature: FeatureId, voter: Visitor) -> Result<Option<Voice>> {
    let row: Option<(i64,)> = db
        .optional(
            "select v.value from vote v join feature f on f.id = v.feature_id
             where v.voter = $2 and v.apart is null and (v.feature_id = $1 or f.merged_into = $1)
             order by case when v.feature_id = $1 then 0 else 1 end, v.cast_at desc limit 1",
            (feature, voter),
        )
        .await?;
    Ok(row.and_then(|(value,)| Voice::of_value(value)))
}

/// The voices for and against on these features, counted from the votes themselves.
///
/// # Errors
/// Where the database does not answer.
#[cfg(test)]
pub(crate) async fn counted(
    db: &crate::base::db::Db,
    features: &[FeatureId],
) -> Result<std::collections::HashMap<FeatureId, (i64, i64)>> {
    let mut counted = std::collections::HashMap::new();
    for feature in features {
        let row: (i64, i64) = db
            .one(
                "select cast(coalesce(sum(case when value > 0 then 1 else 0 end), 0) as bigint),
                        cast(coalesce(sum(case when value < 0 then 1 else 0 end), 0) as bigint)
                 from vote where feature_id = $1",
                (*feature,),
            )
            .await?;
        counted.insert(*feature, row);
    }
    Ok(counted)
}
