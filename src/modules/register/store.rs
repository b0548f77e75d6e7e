//! The register's SQL: its heads, and the rows that a check goes through as they are.

use super::check::{AnswerRow, ArgumentRow, FeatureRow, LineRow, PhotosSaid};
use super::days::Plain;
use super::model::Head;
use super::outside;
use super::rows::VoicesRow;
use crate::base::clock::Timestamp;
use crate::base::db::{Db, Ids, Sql, Statement, Tx, by};
use crate::base::error::Result;
use crate::base::ids::PhotoId;
use crate::base::media::Digest;
use crate::core::features::photos::Photo;
use crate::core::journal::Act;
use crate::core::journal::rows::{self, Civic};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};

/// What the counter says.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Counter {
    pub(super) seq: i64,
    pub(super) number: i64,
    pub(super) chain: Option<Vec<u8>>,
    pub(super) sealed_from: i64,
}

pub(super) async fn counter(db: impl Sql<'_>) -> Result<Counter> {
    db.one("select seq, number, chain, sealed_from from journal_head where id = 1", ()).await
}

/// The columns of [`LineRow`], up to the filter. `at` is text whatever is in it.
macro_rules! line {
    (sqlite, $filter:literal) => {
        line!("j.at", $filter)
    };
    (postgres, $filter:literal) => {
        line!("to_char(j.at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')", $filter)
    };
    ($at:literal, $filter:literal) => {
        concat!(
            "select j.seq, ",
            $at,
            " as at, j.act, j.feature_id, j.subject, j.number, j.channel, j.content, j.chain, d.salt,
             d.content as said
             from journal j left join deposit d on d.digest = j.content
             where j.number is not null ",
            $filter
        )
    };
}

/// Visits every line of the register, by number.
pub(super) async fn each_line(db: &Db, visit: impl FnMut(LineRow) -> Result<()> + Send) -> Result<()> {
    let sql = by(line!(sqlite, "order by j.number"), line!(postgres, "order by j.number"));
    db.each(sql, (), visit).await
}

/// At most `most` lines after a number, in order.
pub(super) async fn lines(db: impl Sql<'_>, after: i64, most: i64) -> Result<Vec<LineRow>> {
    let sql = by(
        line!(sqlite, "and j.number > $1 order by j.number limit $2"),
        line!(postgres, "and j.number > $1 order by j.number limit $2"),
    );
    db.all(sql, (after, most)).await
}

/// The chain at a line.
pub(super) async fn chain_at(db: impl Sql<'_>, number: i64) -> Result<Option<Vec<u8>>> {
    let row: Option<(Vec<u8>,)> =
        db.optional("select chain from journal where number = $1 and chain is not null", (number,)).await?;
    Ok(row.map(|(chain,)| chain))
}

/// Lines of the journal that are civic and have no number. An act that this program does not know is civic where it has one.
pub(super) async fn unsealed(db: &Db, sealed_from: i64) -> Result<Vec<(i64,)>> {
    let acts: Vec<(Act,)> =
        db.all("select distinct act from journal where number is null and seq > $1", (sealed_from,)).await?;
    let mut lines = Vec::new();
    for (act,) in acts.into_iter().filter(|(act,)| act.is_civic()) {
        let sql =
            "select seq from journal where number is null and seq > $1 and act = $2 order by seq limit 1000";
        let found: Vec<(i64,)> = db.all(sql, (sealed_from, act)).await?;
        lines.extend(found);
    }
    lines.sort_unstable();
    Ok(lines)
}

/// How many lines the journal has more than were numbered. One statement: servers may write meanwhile.
pub(super) async fn surplus(db: impl Sql<'_>) -> Result<i64> {
    let (more,): (i64,) = db
        .one("select (select count(*) from journal) - (select seq from journal_head where id = 1)", ())
        .await?;
    Ok(more)
}

/// What something is kept for that no line speaks of, or a line that is about something else. What a line calls each subject is
/// what `docs/REGISTER.md` says.
pub(super) async fn strays(db: impl Sql<'_>) -> Result<Vec<(String, i64, Option<i64>)>> {
    db.all(
        "select d.subject_kind, d.subject_id, j.number from deposit d left join journal j on j.content = d.digest
         where j.seq is null
            or not coalesce(case d.subject_kind
                   when 'feature' then j.feature_id = d.subject_id
                        and (j.subject is null or j.subject = 'photos' or j.subject like 'revision %')
                   when 'argument' then j.act in ('argued', 'argument_redacted', 'argument_redaction_ended')
                        and j.subject = cast(d.subject_id as text)
                   when 'answer' then j.act = 'answered'
                        and j.feature_id = coalesce((select a.feature_id from answer a where a.id = d.subject_id), j.feature_id)
                   else j.subject = d.subject_kind || ':' || cast(d.subject_id as text) end, 1 = 0)
         order by d.subject_kind, d.subject_id limit 1000",
        (),
    )
    .await
}

/// Visits every feature's row, with what was deposited of it last.
pub(super) async fn each_feature(db: &Db, visit: impl FnMut(FeatureRow) -> Result<()> + Send) -> Result<()> {
    db.each(
        "select f.id, f.kind, f.title, f.body, f.wkb, f.area_id, j.number, d.content as said, f.status,
                (select s.subject from journal s
                 where s.feature_id = f.id and s.act = 'status' and s.seq > coalesce(j.seq, 0)
                 order by s.seq desc limit 1) as told,
                case when j.number is null
                     then (select min(l.seq) from journal l where l.feature_id = f.id) end as first
         from feature f
         left join journal j on j.seq =
             (select max(l.seq) from journal l
              where l.feature_id = f.id and l.content is not null and l.subject is null)
         left join deposit d on d.digest = j.content
         order by f.id",
        (),
        visit,
    )
    .await
}

/// Visits every argument's row, with what was deposited of it.
pub(super) async fn each_argument(
    db: &Db,
    visit: impl FnMut(ArgumentRow) -> Result<()> + Send,
) -> Result<()> {
    db.each(
        "select a.id, a.side, a.body, j.number, d.content as said
         from argument a
         left join journal j on j.seq =
             (select max(l.seq) from journal l
              where l.feature_id = a.feature_id and l.content is not null
                and l.act in ('argued', 'argument_redacted', 'argument_redaction_ended')
                and l.subject = cast(a.id as text))
         left join deposit d on d.digest = j.content
         order by a.id",
        (),
        visit,
    )
    .await
}

/// Visits every version of every official answer beside its line of the register.
pub(super) async fn each_answer(db: &Db, visit: impl FnMut(AnswerRow) -> Result<()> + Send) -> Result<()> {
    db.each(
        "select coalesce(a.feature_id, l.feature_id) as feature_id, l.number, d.content as said, a.id,
                coalesce(a.verdict, '') as verdict, coalesce(a.body, '') as body, coalesce(a.motive, '') as motive,
                coalesce(a.link, '') as link, coalesce(a.authority, '') as authority
         from (select *, row_number() over (partition by feature_id order by id) as turn from answer) a
         full join (select feature_id, number, content,
                           row_number() over (partition by feature_id order by seq) as turn
                    from journal where act = 'answered') l
           on l.feature_id = a.feature_id and l.turn = a.turn
         left join deposit d on d.digest = l.content
         order by l.number",
        (),
        visit,
    )
    .await
}

/// The largest number of a feature that has photos, or had them; 0 where none has.
pub(super) async fn last_with_photos(db: &Db) -> Result<i64> {
    let (last,): (Option<i64>,) = db
        .one(
            "select max(feature_id) from (select max(feature_id) as feature_id from photo
                                          union all select max(feature_id) from journal where subject = 'photos') l",
            (),
        )
        .await?;
    Ok(last.unwrap_or_default())
}

/// The photos of the features between two numbers, both included, as they are, and as they were deposited last.
pub(super) async fn photos(
    db: &Db,
    (from, to): (i64, i64),
) -> Result<(HashMap<i64, Vec<Photo>>, HashMap<i64, PhotosSaid>)> {
    let rows: Vec<(i64, PhotoId, Digest, i64, i64, String)> = db
        .all(
            "select feature_id, id, digest, width, height, alt from photo where feature_id between $1 and $2
             order by feature_id, position, id",
            (from, to),
        )
        .await?;
    let mut now: HashMap<i64, Vec<Photo>> = HashMap::new();
    for (feature, id, digest, width, height, alt) in rows {
        now.entry(feature).or_default().push(Photo { id, digest, width, height, alt });
    }
    let said: Vec<(i64, i64, Option<String>)> = db
        .all(
            "select j.feature_id, j.number, d.content from journal j
             left join deposit d on d.digest = j.content
             where j.feature_id between $1 and $2
               and j.subject = 'photos' and j.number is not null and j.content is not null order by j.seq",
            (from, to),
        )
        .await?;
    // The last one of each feature stays.
    Ok((now, said.into_iter().map(|(feature, number, said)| (feature, (number, said))).collect()))
}

/// The published heads, the latest first.
pub(super) async fn heads(db: impl Sql<'_>, most: i64) -> Result<Vec<Head>> {
    db.all("select day, number, chain, made_at from register_head order by day desc limit $1", (most,)).await
}

/// The last line that was written before an instant, and the chain at it.
pub(super) async fn last_before(db: impl Sql<'_>, before: Timestamp) -> Result<Option<(i64, Vec<u8>)>> {
    db.optional(
        "select number, chain from journal where number is not null and at < $1 order by number desc limit 1",
        (before,),
    )
    .await
}

/// Publishes a head, unless another server did.
pub(super) async fn publish(tx: &mut Tx, head: &Head) -> Result<u64> {
    tx.run(
        "insert into register_head (day, number, chain, made_at) values ($1, $2, $3, $4) on conflict (day) do nothing",
        (head.day.as_str(), head.number, head.chain.as_slice(), head.made_at),
    )
    .await
}

/// A sealed row: batch, table, id, turn, digest.
pub(super) type SealRow = (i64, String, i64, i64, Vec<u8>);

/// Visits every seal, batch by batch, in the order in which its line holds them.
pub(super) async fn each_seal(db: &Db, visit: impl FnMut(SealRow) -> Result<()> + Send) -> Result<()> {
    db.each(
        "select batch, subject_kind, subject_id, turn, digest from sealed_row order by batch, subject_kind, subject_id",
        (),
        visit,
    )
    .await
}

/// Whether a line after a number sealed this batch.
pub(super) async fn is_batch(db: impl Sql<'_>, after: i64, batch: i64) -> Result<bool> {
    let row: Option<(i64,)> = db
        .optional(
            "select number from journal where number > $1 and act = 'sealed' and subject like $2 limit 1",
            (after, format!("batch={batch} %")),
        )
        .await?;
    Ok(row.is_some())
}

/// A row, and what is sealed of it last.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Beside {
    pub(super) id: i64,
    pub(super) now: String,
    pub(super) batch: Option<i64>,
    pub(super) digest: Option<Vec<u8>>,
    pub(super) salt: Option<Vec<u8>>,
    pub(super) state: Option<String>,
}

/// At most `most` rows after an id, with their seals.
pub(super) async fn beside(db: impl Sql<'_>, civic: &Civic, after: i64, most: i64) -> Result<Vec<Beside>> {
    db.all(civic.beside_seals, (civic.table, after, most)).await
}

/// Adds what belongs to these rows.
pub(super) async fn belonging(
    db: &Db,
    civic: &Civic,
    ids: &[i64],
    states: &mut BTreeMap<i64, Map<String, Value>>,
) -> Result<()> {
    for (table, columns, some) in &civic.with {
        let rows: Vec<(i64, String)> = db.all(*some, (Ids(ids),)).await?;
        rows::add(states, table, columns, rows);
    }
    Ok(())
}

/// What is sealed last of rows that are not there: id, batch, digest.
pub(super) async fn alone(db: impl Sql<'_>, civic: &Civic) -> Result<Vec<(i64, i64, Vec<u8>)>> {
    db.all(civic.seals_alone, (civic.table,)).await
}

/// The ids that a statement without arguments gives.
pub(super) async fn ids(db: impl Sql<'_>, sql: Statement) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> = db.all(sql, ()).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Visits every feature's voices: what its row counts, what its votes come to, what their last line says.
pub(super) async fn each_voices(db: &Db, visit: impl FnMut(VoicesRow) -> Result<()> + Send) -> Result<()> {
    db.each(
        "select f.id, f.votes_for, f.votes_against, f.votes_neutral, f.points,
                coalesce(f.ballot, (select p.ballot from process p where p.id = f.process_id), 'for_against') as ballot,
                (f.merged_into is not null or exists (select 1 from feature m where m.merged_into = f.id)) as joined,
                coalesce(v.a, 0) as a, coalesce(v.b, 0) as b, coalesce(v.c, 0) as c, coalesce(v.d, 0) as d,
                coalesce(v.e, 0) as e, coalesce(v.apart, 0) as apart,
                (select j.subject from journal j where j.feature_id = f.id and j.act = 'voted'
                 order by j.seq desc limit 1) as told
         from feature f
         left join (select feature_id, count(case when value = -2 then 1 end) as a,
                           count(case when value = -1 then 1 end) as b, count(case when value = 0 then 1 end) as c,
                           count(case when value = 1 then 1 end) as d, count(case when value = 2 then 1 end) as e,
                           count(apart) as apart
                    from vote group by feature_id) v on v.feature_id = f.id
         order by f.id",
        (),
        visit,
    )
    .await
}

/// The columns of [`Plain`], of lines after a number up to another.
macro_rules! plain {
    ($at:literal) => {
        concat!(
            "select j.seq, ",
            $at,
            " as at, j.act, j.feature_id, j.subject from journal j
             where j.number is null and j.seq > $1 and j.seq <= $2 order by j.seq"
        )
    };
}

/// Visits every line that is not civic after a number up to another, in order.
pub(super) async fn each_plain<'a>(
    db: impl Sql<'a>,
    (after, upto): (i64, i64),
    visit: impl FnMut(Plain) -> Result<()> + Send + 'a,
) -> Result<()> {
    let sql =
        by(plain!("j.at"), plain!("to_char(j.at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
    db.each(sql, (after, upto), visit).await
}

/// The last line of the journal that was written before an instant.
pub(super) async fn last_seq_before(db: impl Sql<'_>, before: Timestamp) -> Result<i64> {
    let row: Option<(i64,)> =
        db.optional("select seq from journal where at < $1 order by seq desc limit 1", (before,)).await?;
    Ok(row.map_or(0, |(seq,)| seq))
}

/// The subject of the last line that sealed a day.
pub(super) async fn last_day(db: impl Sql<'_>) -> Result<Option<String>> {
    let row: Option<(String,)> = db
        .optional(
            "select subject from journal where act = 'day' and number is not null order by number desc limit 1",
            (),
        )
        .await?;
    Ok(row.map(|(subject,)| subject))
}

/// Has a published head attest another line than it did: that of its own day, in the transaction that writes both.
pub(super) async fn attest(tx: &mut Tx, day: &str, number: i64, chain: &[u8]) -> Result<()> {
    tx.run("update register_head set number = $2, chain = $3 where day = $1", (day, number, chain))
        .await
        .map(|_| ())
}

/// A line as it is compared with what others kept of it.
pub(super) async fn attested(db: impl Sql<'_>, number: i64) -> Result<Option<outside::Now>> {
    db.optional("select chain, content from journal where number = $1 and chain is not null", (number,)).await
}
