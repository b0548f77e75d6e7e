//! One feature that is the same as another: it is merged into it, and its voices count there. Every voice stays a row where it was
//! given; what is counted on the target is each person once, their own voice on the target before one on what was merged into it.
//!
//! Invariant: the counters of a target are those of [`recount`], after any merge, separation or vote. Depth is one: what others
//! were merged into is not merged itself.

use super::{Ballot, Hold, Tally};
use crate::base::db::{Ids, Sql, by};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{FeatureId, Visitor};
use crate::core::journal::{Act, Write};

/// Merges a feature into another, which must be public. It leaves the map and stays readable at its address.
///
/// # Errors
/// [`Error::Conflict`] where one of them cannot be merged, with why.
pub async fn merge(write: &mut Write, id: FeatureId, into: FeatureId) -> Result<()> {
    let at = write.at();
    let conflict = |key| Err(Error::Conflict(Message::new(key)));
    if id == into {
        return conflict("merge-itself");
    }
    let tx = write.tx();
    // The target's row is locked first, as a vote on it does: no voice falls between the count and the merge.
    let locked = tx
        .run(
            "update feature set updated_at = $2
             where id = $1 and published_at is not null and withdrawn_at is null",
            (into, at),
        )
        .await?;
    if locked == 0 {
        return conflict("merge-target-not-public");
    }
    if has_merged(write.tx(), id).await? {
        return conflict("merge-has-merged");
    }
    let changed = write
        .tx()
        .run(
            "update feature set held = $2, merged_into = $3, published_at = null, updated_at = $4
             where id = $1 and held is null and withdrawn_at is null",
            (id, Hold::Merged, into, at),
        )
        .await?;
    if changed == 0 {
        return conflict("merge-not-public");
    }
    recount(write, into).await?;
    write.record_about(Act::MERGED, id, into.to_string());
    write.record_voices(into);
    write.record_voices(id);
    Ok(())
}

/// Takes a merge back: the feature is public again with its own voices, or held for another reason.
///
/// # Errors
/// [`Error::Conflict`] where it is not merged.
pub async fn separate(write: &mut Write, id: FeatureId, held: Option<Hold>) -> Result<()> {
    let at = write.at();
    let row: Option<(Option<FeatureId>,)> = write
        .tx()
        .optional("select merged_into from feature where id = $1 and held = 'merged'", (id,))
        .await?;
    let Some((Some(from),)) = row else {
        return Err(Error::Conflict(Message::new("merge-not-merged")));
    };
    write
        .tx()
        .run(
            "update feature set held = $2, merged_into = null, published_at = $3, updated_at = $4 where id = $1",
            (id, held, held.is_none().then_some(at), at),
        )
        .await?;
    // What was set apart for the other's rules counts again under its own.
    write.tx().run("update vote set apart = null where feature_id = $1 and apart = 'merged'", (id,)).await?;
    recount(write, from).await?;
    recount(write, id).await?;
    write.record_about(Act::SEPARATED, id, from.to_string());
    write.record_voices(from);
    write.record_voices(id);
    Ok(())
}

/// Ends every merge into a feature that goes off the public map: what was merged stands alone again, with its own voices. Gives
/// what does.
///
/// # Errors
/// Where the database refuses.
pub async fn end(write: &mut Write, into: FeatureId) -> Result<Vec<FeatureId>> {
    let sources: Vec<(FeatureId,)> = write
        .tx()
        .all("select id from feature where merged_into = $1 and held = 'merged' order by id", (into,))
        .await?;
    let sources: Vec<FeatureId> = sources.into_iter().map(|(id,)| id).collect();
    for id in &sources {
        separate(write, *id, None).await?;
    }
    // What was erased meanwhile says nothing that could stand alone.
    let erased: Vec<(FeatureId,)> = write
        .tx()
        .all("update feature set merged_into = null where merged_into = $1 returning id", (into,))
        .await?;
    erased.into_iter().for_each(|(id,)| write.touch("feature", id.0));
    if !sources.is_empty() {
        recount(write, into).await?;
    }
    Ok(sources)
}

/// Whether anything was merged into a feature.
///
/// # Errors
/// Where the database does not answer.
pub async fn has_merged(db: impl Sql<'_>, id: FeatureId) -> Result<bool> {
    let row: Option<(i64,)> =
        db.optional("select id from feature where merged_into = $1 limit 1", (id,)).await?;
    Ok(row.is_some())
}

/// The features that were merged into one, with their titles.
///
/// # Errors
/// Where the database does not answer.
pub async fn merged(db: impl Sql<'_>, into: FeatureId) -> Result<Vec<(FeatureId, String)>> {
    db.all("select id, title from feature where merged_into = $1 and held = 'merged' order by id", (into,))
        .await
}

/// The voice of somebody on what was merged into a feature: it counts where they gave none on the feature itself.
///
/// # Errors
/// Where the database does not answer.
pub async fn voice_on_merged(db: impl Sql<'_>, into: FeatureId, voter: Visitor) -> Result<Option<i64>> {
    let row: Option<(i64,)> = db
        .optional(
            "select v.value from vote v join feature f on f.id = v.feature_id
             where f.merged_into = $1 and v.voter = $2 and v.apart is null order by v.cast_at desc, v.feature_id limit 1",
            (into, voter),
        )
        .await?;
    Ok(row.map(|(value,)| value))
}

/// Takes back what somebody said on what was merged into a feature. That is counted there, too: it may stand alone again.
///
/// # Errors
/// Where the database refuses.
pub async fn forget_voice(write: &mut Write, into: FeatureId, voter: Visitor) -> Result<()> {
    let gone: Vec<(FeatureId, i64)> = write
        .tx()
        .all(
            "delete from vote where voter = $2 and feature_id in (select id from feature where merged_into = $1)
             returning feature_id, value",
            (into, voter),
        )
        .await?;
    for (source, value) in gone {
        recount(write, source).await?;
        write.record_voice(source, Some(value), None);
    }
    Ok(())
}

/// A query over `said`: the voices on a feature (`$1`) and on what was merged into it, each person's once.
macro_rules! over_voices {
    ($select:literal, $then:literal) => {
        concat!(
            "select ",
            $select,
            " from (select v.value, row_number() over (partition by v.voter order by
                          case when v.feature_id = $1 then 0 else 1 end, v.cast_at desc, v.feature_id) as turn
                    from vote v
                    where v.apart is null
                      and (v.feature_id = $1 or v.feature_id in (select m.id from feature m where m.merged_into = $1))) said
              where turn = 1 ",
            $then
        )
    };
}

/// How many people chose each step of a scale, from −2 to +2, on a feature and on what was merged into it.
///
/// # Errors
/// Where the database does not answer.
pub async fn steps(db: impl Sql<'_>, id: FeatureId) -> Result<[i64; 5]> {
    let chosen = chosen(db, id).await?;
    let of = |step: i64| chosen.iter().find(|(value, _)| *value == step).map_or(0, |(_, people)| *people);
    Ok([of(-2), of(-1), of(0), of(1), of(2)])
}

async fn chosen(db: impl Sql<'_>, id: FeatureId) -> Result<Vec<(i64, i64)>> {
    db.all(over_voices!("value, count(*)", "group by value"), (id,)).await
}

/// Counts the voices on a feature and on what was merged into it again, each person once, as its process counts them.
///
/// # Errors
/// Where the database refuses.
pub async fn recount(write: &mut Write, id: FeatureId) -> Result<()> {
    let tx = write.tx();
    // Locked before the voices are read: whoever votes meanwhile is counted before, or counts themselves after. SQLite has one writer.
    let lock =
        by("select id from feature where id = $1", "select id from feature where id = $1 for no key update");
    tx.one::<(FeatureId,)>(lock, (id,)).await?;
    let (ballot,): (Ballot,) = tx
        .one(
            "select coalesce(f.ballot, p.ballot, 'for_against') from feature f left join process p on p.id = f.process_id
             where f.id = $1",
            (id,),
        )
        .await?;
    let chosen = chosen(&mut *tx, id).await?;
    let counted =
        |sum: Tally, (value, people): &(i64, i64)| sum.plus(Tally::of(ballot, *value).times(*people));
    let Tally { votes_for, votes_against, votes_neutral, points } =
        chosen.iter().fold(Tally::default(), counted);
    tx.run(
        "update feature set votes_for = $2, votes_against = $3, votes_neutral = $4, points = $5 where id = $1",
        (id, votes_for, votes_against, votes_neutral, points),
    )
    .await?;
    Ok(())
}

/// Counts the voices of many features again, each where it counts: what was merged, on what it was merged into. Gives what was
/// counted.
///
/// # Errors
/// Where the database refuses.
pub async fn recount_all(write: &mut Write, features: &[i64]) -> Result<Vec<FeatureId>> {
    // The same as `recount`, and as `Tally::of`, in one statement: an import brings a hundred thousand voices.
    macro_rules! recount {
        ($filter:literal) => {
            concat!(
                "update feature
                 set votes_for = counted.votes_for, votes_against = counted.votes_against,
                     votes_neutral = counted.votes_neutral, points = counted.points
                 from (select target,
                         cast(sum(case when value > 0 and ballot <> 'none' then 1 else 0 end) as bigint) as votes_for,
                         cast(sum(case when value < 0 and ballot in ('for_against', 'scale') then 1 else 0 end) as bigint)
                             as votes_against,
                         cast(sum(case when value = 0 and ballot = 'scale' then 1 else 0 end) as bigint) as votes_neutral,
                         cast(sum(case when ballot = 'scale' then value
                                       when value > 0 and ballot <> 'none' then 1
                                       when value < 0 and ballot = 'for_against' then -1
                                       else 0 end) as bigint) as points
                       from (select t.id as target, coalesce(t.ballot, p.ballot, 'for_against') as ballot, v.value,
                                    row_number() over (partition by t.id, v.voter
                                        order by case when v.feature_id = t.id then 0 else 1 end, v.cast_at desc,
                                                 v.feature_id) as turn
                             from (with target (id) as (select distinct coalesce(c.merged_into, c.id) from feature c where c.",
                $filter,
                ")
                                   select id, id as source from target
                                   union all
                                   select m.merged_into, m.id from target
                                   join feature m on m.merged_into = target.id and m.merged_into is not null) s
                             join feature t on t.id = s.id
                             join vote v on v.feature_id = s.source and v.apart is null
                             left join process p on p.id = t.process_id) said
                       where turn = 1 group by target) counted
                 where feature.id = counted.target returning feature.id"
            )
        };
    }
    let sql = by(recount!("id in (select value from json_each($1))"), recount!("id = any($1)"));
    let counted: Vec<(FeatureId,)> = write.tx().all(sql, (Ids(features),)).await?;
    let mut counted: Vec<FeatureId> = counted.into_iter().map(|(id,)| id).collect();
    counted.sort_unstable();
    Ok(counted)
}
