//! Voices that become nobody's: they stay counted, and nothing says any more whose they were. Those of visitors after a time, those of
//! erased accounts once no open ballot needs to know that somebody has voted.
//!
//! What it is not: when that is done (`erasure`, `accounts::kept_voices`).

use crate::base::clock::Timestamp;
use crate::base::db::{Ids, Sql, Tx, by};
use crate::base::error::Result;
use crate::base::ids::{FeatureId, Visitor};

/// The processes whose ballots may still take a voice, at an instant. What belongs to no process is voted on without end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenBallots {
    /// Those that end at a date that has not come.
    pub dated: Vec<i64>,
    /// Those that have no end.
    pub endless: Vec<i64>,
}

/// How long an erased voice stays one person's where a ballot has no end: thirteen months, as long as a visitor's cookie.
const ENDLESS: chrono::TimeDelta = chrono::TimeDelta::days(395);

/// Whether the process of the ballot that counts the vote `v` is as said.
macro_rules! ballot {
    ($($is:expr),*) => {
        concat!(
            "exists (select 1 from (select case when f.merged_into is null then f.process_id else t.process_id end as process
               from feature f left join feature t on t.id = f.merged_into where f.id = v.feature_id) counts where ",
            $($is,)*
            ")"
        )
    };
}

/// The votes of visitors without an account that are older than `$1`, but for those of ballots that end at a date (`$2`).
macro_rules! old {
    ($is_nobody:literal, $dated:literal) => {
        concat!(
            "v.cast_at < $1 and not ",
            $is_nobody,
            " and v.voter not in (select voice from account)
             and v.voter not in (select voice from kept_voice) and not ",
            ballot!("process in ", $dated)
        )
    };
}

/// The votes of erased accounts that no open ballot counts: `$1` is when those without an end (`$3`) let go.
macro_rules! closed {
    ($dated:literal, $endless:literal) => {
        concat!(
            "v.voter in (select voice from kept_voice) and v.voter not in (select voice from account) and not ",
            ballot!("process in ", $dated),
            " and not (",
            ballot!("process is null or process in ", $endless),
            " and exists (select 1 from kept_voice k where k.voice = v.voter and k.kept_at > $1))"
        )
    };
}

/// Who voted more than once on a feature and what was merged into it, where all of these votes are as said.
macro_rules! together {
    ($which:expr) => {
        concat!(
            "select v.voter, coalesce(g.merged_into, g.id) as counts from vote v join feature g on g.id = v.feature_id
             where g.merged_into is not null or exists (select 1 from feature m where m.merged_into = g.id)
             group by v.voter, coalesce(g.merged_into, g.id)
             having count(*) > 1 and sum(case when ",
            $which,
            " then 0 else 1 end) = 0"
        )
    };
}

/// Gives the other votes that are as said a voter who is nobody.
macro_rules! each {
    ($fresh:literal, $which:expr) => {
        concat!(
            "update vote as v set voter = ",
            $fresh,
            " where ",
            $which,
            " and not exists (select 1 from vote o join feature g on g.id = o.feature_id
                join feature h on h.id = v.feature_id
                where o.voter = v.voter and o.feature_id <> v.feature_id
                  and coalesce(g.merged_into, g.id) = coalesce(h.merged_into, h.id))"
        )
    };
}

/// Of these texts the first finds votes that count together, the second unties all others.
macro_rules! untying {
    ($which_sqlite:expr, $which_postgres:expr) => {
        (
            by(together!($which_sqlite), together!($which_postgres)),
            by(
                each!("unhex(hex(randomblob(8)) || '0000000000000000')", $which_sqlite),
                each!(
                    "cast(left(replace(cast(gen_random_uuid() as text), '-', ''), 16) || repeat('0', 16) as uuid)",
                    $which_postgres
                ),
            ),
        )
    };
}

/// Gives each voice that was cast before an instant by a visitor without an account another voter, who is nobody: it stays counted.
/// Nobodies end in eight zero bytes, so that each voice is untied once. One person's voices on a feature and on what was merged into
/// it get one nobody, so that they still count once. Voices of a ballot that ends at a date wait for it. Gives how many.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn untie(tx: &mut Tx, before: Timestamp, open: &OpenBallots) -> Result<u64> {
    let (together, each) = untying!(
        old!("substr(v.voter, 9) = zeroblob(8)", "(select value from json_each($2))"),
        old!("cast(v.voter as text) like '%-0000-000000000000'", "(select unnest($2))")
    );
    let pairs = tx.all(together, (before, Ids(&open.dated))).await?;
    Ok(untie_together(tx, pairs).await? + tx.run(each, (before, Ids(&open.dated))).await?)
}

/// The same for the voices of erased accounts that no open ballot counts any more at an instant.
///
/// # Errors
/// Where the database refuses.
pub fn untie_kept<'a>(
    tx: &'a mut Tx,
    open: &'a OpenBallots,
    now: Timestamp,
) -> crate::base::db::Answer<'a, u64> {
    let (together, each) = untying!(
        closed!("(select value from json_each($2))", "(select value from json_each($3))"),
        closed!("(select unnest($2))", "(select unnest($3))")
    );
    Box::pin(async move {
        let since = now - ENDLESS;
        let pairs = tx.all(together, (since, Ids(&open.dated), Ids(&open.endless))).await?;
        let merged = untie_together(tx, pairs).await?;
        Ok(merged + tx.run(each, (since, Ids(&open.dated), Ids(&open.endless))).await?)
    })
}

async fn untie_together(tx: &mut Tx, pairs: Vec<(Visitor, FeatureId)>) -> Result<u64> {
    use rand::Rng as _;
    let mut untied = 0;
    for (voter, counts) in pairs {
        let mut nobody = [0u8; 16];
        rand::rng().fill_bytes(&mut nobody[..8]);
        untied += tx
            .run(
                "update vote set voter = $3 where voter = $1
                 and feature_id in (select id from feature where id = $2 or merged_into = $2)",
                (voter, counts, Visitor(uuid::Uuid::from_bytes(nobody))),
            )
            .await?;
    }
    Ok(untied)
}
