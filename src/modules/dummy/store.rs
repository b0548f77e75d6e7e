//! Pledges' SQL.

use super::{PLEDGE_HIDDEN, PLEDGE_RESTORED, PLEDGED};
use crate::base::db::{Db, Ids, Sql as _, by};
use crate::base::error::{Error, Result};
use crate::base::ids::{FeatureId, ProcessId, Visitor};
use crate::core::features::Hold;
use crate::core::journal::{Act, Said, Write};
use crate::core::subject::Subject;

fn subject(id: i64) -> Subject {
    Subject::of("pledge", id)
}

pub(super) async fn insert(
    write: &mut Write,
    feature: Option<FeatureId>,
    body: &str,
    author: Visitor,
) -> Result<i64> {
    let at = write.at();
    if let Some(id) = feature {
        let there: Option<(i64,)> = write
            .tx()
            .optional("select id from feature where id = $1 and published_at is not null", (id,))
            .await?;
        there.ok_or(Error::NotFound)?;
    }
    let (id,): (i64,) = write
        .tx()
        .one(
            "insert into pledge (feature_id, body, author, created_at, published_at) values ($1, $2, $3, $4, $4) returning id",
            (feature, body, author, at),
        )
        .await?;
    let content = serde_json::json!({ "body": body }).to_string();
    let said = Said { of: subject(id), feature, subject: Some(subject(id).line()), channel: None, content };
    write.deposit(PLEDGED, vec![said]).await?;
    Ok(id)
}

pub(super) async fn lay_ground(write: &mut Write, slug: &str, label: &str, color: &str) -> Result<i64> {
    let (id,): (i64,) = write
        .tx()
        .one("insert into ground (slug, label, color) values ($1, $2, $3) returning id", (slug, label, color))
        .await?;
    write.record_subject(super::GROUND_LAID, slug);
    Ok(id)
}

pub(super) async fn hold(write: &mut Write, id: i64, held: Option<Hold>) -> Result<()> {
    let at = held.is_none().then_some(write.at());
    let row: Option<(Option<FeatureId>,)> = write
        .tx()
        .optional(
            "update pledge set held = $2, published_at = $3 where id = $1 returning feature_id",
            (id, held, at),
        )
        .await?;
    let (feature,) = row.ok_or(Error::NotFound)?;
    record(write, if held.is_none() { PLEDGE_RESTORED } else { PLEDGE_HIDDEN }, feature, id);
    Ok(())
}

fn record(write: &mut Write, act: Act, feature: Option<FeatureId>, id: i64) {
    match feature {
        Some(feature) => write.record_about(act, feature, subject(id).line()),
        None => write.record_subject(act, subject(id).line()),
    }
}

pub(super) async fn of(db: &Db, feature: FeatureId) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db
        .all(
            "select body from pledge where feature_id = $1 and published_at is not null order by id",
            (feature,),
        )
        .await?;
    Ok(rows.into_iter().map(|(body,)| body).collect())
}

/// How many come along on these walks: of each that anybody does.
pub(super) async fn walkers(db: &Db, ids: &[i64]) -> Result<Vec<(FeatureId, i64)>> {
    let sql = by(
        "select feature_id, count(*) from pledge
         where published_at is not null and feature_id in (select value from json_each($1)) group by feature_id",
        "select feature_id, count(*) from pledge
         where published_at is not null and feature_id = any($1) group by feature_id",
    );
    db.all(sql, (Ids(ids),)).await
}

/// The walks of a process, and how many come along on each.
pub(super) async fn walkers_of(db: &Db, process: ProcessId) -> Result<Vec<(String, u64)>> {
    let rows: Vec<(String, i64)> = db
        .all(
            "select f.title, count(*) from pledge p join feature f on f.id = p.feature_id
             where f.process_id = $1 and f.published_at is not null and p.published_at is not null
             group by f.id, f.title order by f.id",
            (process,),
        )
        .await?;
    Ok(rows.into_iter().map(|(title, count)| (title, count.unsigned_abs())).collect())
}

pub(super) async fn find(db: &Db, id: i64) -> Result<String> {
    let (body,) = db
        .one(
            "select p.body from pledge p left join feature f on f.id = p.feature_id
             where p.id = $1 and p.published_at is not null and (f.id is null or f.published_at is not null)",
            (id,),
        )
        .await?;
    Ok(body)
}

pub(super) async fn count(db: &Db) -> Result<i64> {
    let (count,) = db.one("select count(*) from pledge", ()).await?;
    Ok(count)
}

/// The pledges of a voice.
pub(super) async fn of_author(write: &mut Write, author: Visitor) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> =
        write.tx().all("select id from pledge where author = $1 order by id", (author,)).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Empties a pledge, with what the register kept of it.
pub(super) async fn empty(write: &mut Write, id: i64) -> Result<()> {
    let row: Option<(Option<FeatureId>,)> = write
        .tx()
        .optional(
            "update pledge set body = '', author = null, held = 'erased', published_at = null where id = $1 returning feature_id",
            (id,),
        )
        .await?;
    let (feature,) = row.ok_or(Error::NotFound)?;
    write.tx().run("delete from deposit where subject_kind = 'pledge' and subject_id = $1", (id,)).await?;
    crate::civic::contributions::decisions::forget(write, subject(id)).await?;
    record(write, Act::ERASED, feature, id);
    Ok(())
}
