//! What figures are made of, counted and grouped by the database: one statement on contributions, one on people, whatever there is; and the
//! columns of exports that anybody can count it again from.
//!
//! What it is not: what is shown of it (`tell`). Invariant: only what is published is counted, and nothing of a draft.

use crate::base::clock::Timestamp;
use crate::base::db::{Ids, Sql, by};
use crate::base::error::Result;
use crate::base::ids::FeatureId;
use crate::base::words::Read;
use crate::core::features::Channel;

/// How many there are of one sort.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Group {
    /// What is grouped.
    pub(super) sort: String,
    /// What this is of it, as a word…
    pub(super) word: String,
    /// … or as a number; 0 for none.
    pub(super) code: i64,
    /// How many.
    pub(super) n: i64,
    /// Voices on these.
    pub(super) voices: i64,
}

/// Whether the feature `f` of the process `p` is counted: published, in no draft, and of the process `$1` where that is not 0.
macro_rules! counted {
    () => {
        "f.published_at is not null and coalesce(p.state, 'public') <> 'draft' and ($1 = 0 or f.process_id = $1)"
    };
}

macro_rules! contributions {
    ($month:literal, $delay:literal) => {
        concat!(
            "with answered (feature_id, at) as (select feature_id, min(answered_at) from answer where undone_at is null group by feature_id),
             shown (id, kind, outcome, channel, theme, process, month, delay, voices) as (
               select f.id, f.kind, case when f.withdrawn_at is null then f.status else 'withdrawn' end, f.channel,
                      coalesce(f.theme_id, 0), coalesce(f.process_id, 0), ",
            $month,
            ", ",
            $delay,
            ", f.votes_for + f.votes_against + f.votes_neutral
               from feature f left join answered w on w.feature_id = f.id left join process p on p.id = f.process_id
               where ",
            counted!(),
            "),
             lies (feature_id, level, area, n) as (
               select x.feature_id, a.level, min(a.id), count(*)
               from shown s join feature_area x on x.feature_id = s.id join area a on a.id = x.area_id
               group by x.feature_id, a.level)
             select 'kind' as sort, kind as word, cast(0 as bigint) as code, count(*) as n, cast(0 as bigint) as voices
             from shown group by kind
             union all select 'outcome', outcome, 0, count(*), 0 from shown group by outcome
             union all select 'channel', channel, 0, count(*), 0 from shown group by channel
             union all select 'month', month, 0, count(*), 0 from shown group by month
             union all select 'theme', '', theme, count(*), 0 from shown group by theme
             union all select 'process', '', process, count(*), cast(sum(voices) as bigint) from shown group by process
             union all select 'delay', kind, coalesce(delay, -1), count(*), 0 from shown
             where outcome <> 'withdrawn' group by kind, coalesce(delay, -1)
             union all select 'alone', level, case when n = 1 then area else 0 end, count(*), 0 from lies
             group by level, case when n = 1 then area else 0 end
             union all select 'area', '', x.area_id, count(*), 0
             from shown s join feature_area x on x.feature_id = s.id group by x.area_id"
        )
    };
}

/// Contributions by kind, outcome (a status, or `withdrawn`), channel, month, theme, process (with voices), days until the first answer
/// (−1: none), by level and the one area of it that they lie in (0: several), and by area.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn contributions(db: impl Sql<'_>, process: i64) -> Result<Vec<Group>> {
    let sql = by(
        contributions!(
            "substr(f.created_at, 1, 7)",
            "max((unixepoch(w.at) - unixepoch(f.created_at)) / 86400, 0)"
        ),
        contributions!(
            "to_char(f.created_at at time zone 'UTC', 'YYYY-MM')",
            "case when w.at is not null then greatest(0,
               cast(floor((floor(extract(epoch from w.at)) - floor(extract(epoch from f.created_at))) / 86400) as bigint)) end"
        ),
    );
    db.all(sql, (process,)).await
}

macro_rules! people {
    ($is_nobody:literal) => {
        concat!(
            "with voice (person, process, is_nobody) as (
               select v.voter, coalesce(f.process_id, 0), ",
            $is_nobody,
            "  from vote v join feature s on s.id = v.feature_id join feature f on f.id = coalesce(s.merged_into, s.id)
               left join process p on p.id = f.process_id
               where v.apart is null and ",
            counted!(),
            "    and case coalesce(f.ballot, p.ballot, 'for_against') when 'none' then 1 = 0 when 'scale' then 1 = 1
                      when 'for_only' then v.value > 0 else v.value <> 0 end),
             said (person, process, act) as (
               select f.author, coalesce(f.process_id, 0), 1 from feature f left join process p on p.id = f.process_id
               where f.author is not null and f.withdrawn_at is null and ",
            counted!(),
            "  union all
               select g.author, coalesce(f.process_id, 0), 2 from argument g join feature f on f.id = g.feature_id
               left join process p on p.id = f.process_id
               where g.author is not null and g.published_at is not null and ",
            counted!(),
            "  union all
               select person, process, 3 from voice where not is_nobody),
             people (person, process, act) as (select person, process, min(act) from said group by person, process)
             select 'act' as sort, '' as word, cast(act as bigint) as code, count(*) as n, cast(0 as bigint) as voices
             from (select min(act) as act from people group by person) each group by act
             union all select 'in', '', process, count(*), 0 from people group by process
             union all select 'nobody', '', 0, count(*), 0 from voice where is_nobody"
        )
    };
}

/// Different people, as far as they can be told apart: by what they did (1 proposed, 2 argued and did not propose, 3 voted only), by
/// process; and the voices that are nobody's any more.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn people(db: impl Sql<'_>, process: i64) -> Result<Vec<Group>> {
    let sql = by(
        people!("substr(v.voter, 9) = zeroblob(8)"),
        people!("cast(v.voter as text) like '%-0000-000000000000'"),
    );
    db.all(sql, (process,)).await
}

/// How many voices a process's contributions have, and how many of them are answered.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn brief(db: impl Sql<'_>, process: i64) -> Result<(u64, u64)> {
    let sql = concat!(
        "select cast(coalesce(sum(f.votes_for + f.votes_against + f.votes_neutral), 0) as bigint) as voices,
                cast(coalesce(sum(case when exists (select 1 from answer w where w.feature_id = f.id and w.undone_at is null) then 1 else 0 end), 0)
                  as bigint) as answered
         from feature f left join process p on p.id = f.process_id where ",
        counted!()
    );
    let (voices, answered): (i64, i64) = db.one(sql, (process,)).await?;
    Ok((voices.unsigned_abs(), answered.unsigned_abs()))
}

/// What files say of a contribution for who counts again.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Countable {
    pub(super) id: FeatureId,
    pub(super) channel: Read<Channel>,
    /// When it was answered first.
    pub(super) answered: Option<Timestamp>,
}

/// The channels and first answers of these contributions.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn countable(db: impl Sql<'_>, ids: &[i64]) -> Result<Vec<Countable>> {
    macro_rules! countable {
        ($from:literal) => {
            concat!(
                "select f.id, f.channel, (select min(w.answered_at) from answer w where w.feature_id = f.id and w.undone_at is null) as answered ",
                $from
            )
        };
    }
    let sql = by(
        countable!("from json_each($1) w cross join feature f where f.id = w.value"),
        countable!("from feature f where f.id = any($1)"),
    );
    db.all(sql, (Ids(ids),)).await
}
