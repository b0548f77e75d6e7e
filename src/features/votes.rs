//! Voices on features: one a visitor and feature, counted on the feature's own row.

use super::{Voice, merges};
use crate::clock::Timestamp;
use crate::db::{Ids, Sql, by, insert_many};
use crate::error::{Error, Result};
use crate::ids::{FeatureId, Visitor};
use crate::journal::{Act, Write};

/// Sets the visitor's voice on a feature, or takes it back with `None`. Saying the same twice changes nothing.
///
/// # Errors
/// [`Error::NotFound`] where the feature is not public.
pub async fn set(write: &mut Write, feature: FeatureId, voter: Visitor, voice: Option<Voice>) -> Result<()> {
    let at = write.at();
    let tx = write.tx();
    // The feature's row is locked first: two clicks of one visitor then wait for each other, and count once.
    let locked = tx
        .run("update feature set updated_at = $2 where id = $1 and published_at is not null", (feature, at))
        .await?;
    if locked == 0 {
        return Err(Error::NotFound);
    }
    let own: Option<(i64,)> = tx
        .optional("delete from vote where feature_id = $1 and voter = $2 returning value", (feature, voter))
        .await?;
    // What they said on a feature that was merged into this one counts here, once; who takes their voice back takes back both.
    let before = match own {
        Some((value,)) => Some(value),
        None => merges::voice_on_merged(write.tx(), feature, voter).await?,
    };
    let before = before.and_then(Voice::of_value);
    if voice.is_none() {
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
    if before == voice {
        return Ok(());
    }
    let weight = |voice: Option<Voice>, sign: i64| voice.map_or(0, |voice| (voice.value() * sign).max(0));
    tx.run(
        "update feature set votes_for = votes_for + $2, votes_against = votes_against + $3 where id = $1",
        (feature, weight(voice, 1) - weight(before, 1), weight(voice, -1) - weight(before, -1)),
    )
    .await?;
    // One line is enough to have the row read again: many voices on one feature are often one write.
    if !write.tells_of(feature) {
        write.record(Act::Voted, feature);
    }
    Ok(())
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
    write
        .tx()
        .run(
            by(
                "update feature
                 set votes_for = (select coalesce(sum(value), 0) from vote where feature_id = feature.id and value > 0),
                     votes_against = (select coalesce(-sum(value), 0) from vote where feature_id = feature.id and value < 0)
                 where id in (select value from json_each($1))",
                "update feature
                 set votes_for = (select coalesce(sum(value), 0) from vote where feature_id = feature.id and value > 0),
                     votes_against = (select coalesce(-sum(value), 0) from vote where feature_id = feature.id and value < 0)
                 where id = any($1)",
            ),
            (Ids(&features),),
        )
        .await?;
    for feature in features {
        write.record(Act::Voted, FeatureId(feature));
    }
    Ok(())
}

/// The visitor's voice on a feature.
///
/// # Errors
/// Where the database does not answer.
pub async fn of(db: impl Sql<'_>, feature: FeatureId, voter: Visitor) -> Result<Option<Voice>> {
    let row: Option<(i64,)> = db
        .optional(
            "select v.value from vote v join feature f on f.id = v.feature_id
             where v.voter = $2 and (v.feature_id = $1 or f.merged_into = $1)
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
    db: &crate::db::Db,
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

/// Gives each voice that was cast before an instant by a visitor without an account another voter, who is nobody: it stays counted.
/// Nobodies end in eight zero bytes, so that each voice is untied once. Gives how many.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn untie(tx: &mut crate::db::Tx, before: Timestamp) -> Result<u64> {
    tx.run(
        by(
            "update vote set voter = unhex(hex(randomblob(8)) || '0000000000000000')
             where cast_at < $1 and substr(voter, 9) <> zeroblob(8) and voter not in (select voice from account)",
            "update vote
             set voter = cast(left(replace(cast(gen_random_uuid() as text), '-', ''), 16) || repeat('0', 16) as uuid)
             where cast_at < $1 and cast(voter as text) not like '%-0000-000000000000'
               and voter not in (select voice from account)",
        ),
        (before,),
    )
    .await
}
