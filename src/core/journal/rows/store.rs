//! The SQL of sealed rows.

use super::{Batch, CIVIC, Civic, gone, state};
use crate::base::db::{Db, Ids, Sql, Tx, by, insert_many};
use crate::base::error::{Error, Result};
use crate::base::ids::FeatureId;
use crate::core::journal::{Act, Write, seal};
use rand::{Rng as _, RngExt as _};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many rows are sealed with one statement each.
const AT_ONCE: usize = 2_000;

/// The subject of the line that says that older rows are held from here on.
pub(crate) const OLDER: &str = "older-rows";

/// Rows that a write touched, by table and id.
pub(crate) type Sealing = BTreeSet<(&'static str, i64)>;

/// Seals these rows as the transaction leaves them. Gives the subject of the line that holds them.
///
/// # Errors
/// Where the database refuses.
pub(crate) async fn seal_all(tx: &mut Tx, touched: &Sealing) -> Result<Option<String>> {
    let number = rand::rng().random_range(1..1i64 << 52);
    let mut batch = Batch::default();
    // By name: the order in which a check reads them.
    let mut tables: Vec<&Civic> = CIVIC.iter().collect();
    tables.sort_by_key(|civic| civic.table);
    for civic in tables {
        let ids: Vec<i64> =
            touched.range((civic.table, i64::MIN)..=(civic.table, i64::MAX)).map(|(_, id)| *id).collect();
        for part in ids.chunks(AT_ONCE) {
            seal_some(tx, civic, part, number, &mut batch).await?;
        }
    }
    Ok((batch.rows > 0).then(|| batch.subject(number)))
}

async fn seal_some(tx: &mut Tx, civic: &Civic, ids: &[i64], number: i64, batch: &mut Batch) -> Result<()> {
    let table = civic.table;
    // Locked until the commit: nobody changes and seals one of them between this reading and our line.
    let _: Vec<(i64,)> = tx.all(civic.lock, (Ids(ids),)).await?;
    let now = states(tx, civic, ids).await?;
    let turns: HashMap<i64, i64> = turns(tx, table, ids).await?;
    if !turns.is_empty() {
        forget(tx, table, ids).await?;
    }
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let turn = turns.get(id).copied().unwrap_or_default() + 1;
        let (digest, kept) = match now.get(id) {
            None => (gone(), None),
            Some(state) => {
                let mut salt = [0u8; 16];
                rand::rng().fill_bytes(&mut salt);
                let text = Value::Object(state.clone()).to_string();
                (seal::digest(&salt, &text), Some((salt, text)))
            }
        };
        batch.take(table, *id, turn, &digest);
        rows.push((*id, turn, digest, kept));
    }
    let rows = rows.iter().map(|(id, turn, digest, kept)| {
        let salt = kept.as_ref().map(|(salt, _)| salt.as_slice());
        let text = kept.as_ref().map(|(_, text)| text.as_str());
        (table, *id, *turn, number, digest.as_slice(), salt, text)
    });
    let head = "insert into sealed_row (subject_kind, subject_id, turn, batch, digest, salt, state)";
    insert_many(tx, head, rows, "").await?;
    Ok(())
}

/// The last turn of each of these rows that has one.
async fn turns(tx: &mut Tx, table: &'static str, ids: &[i64]) -> Result<HashMap<i64, i64>> {
    let rows: Vec<(i64, i64)> = tx
        .all(
            by(
                "select subject_id, max(turn) from sealed_row
                 where subject_kind = $2 and subject_id in (select value from json_each($1)) group by subject_id",
                "select subject_id, max(turn) from sealed_row where subject_kind = $2 and subject_id = any($1)
                 group by subject_id",
            ),
            (Ids(ids), table),
        )
        .await?;
    Ok(rows.into_iter().collect())
}

/// Takes salt and state of the turns before: from now on nobody can try anything against their digests.
async fn forget(tx: &mut Tx, table: &'static str, ids: &[i64]) -> Result<()> {
    tx.run(
        by(
            "update sealed_row set salt = null, state = null
             where subject_kind = $2 and subject_id in (select value from json_each($1)) and state is not null",
            "update sealed_row set salt = null, state = null
             where subject_kind = $2 and subject_id = any($1) and state is not null",
        ),
        (Ids(ids), table),
    )
    .await?;
    Ok(())
}

/// The states of these rows, those that are not there missing.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn states(
    tx: &mut Tx,
    civic: &Civic,
    ids: &[i64],
) -> Result<BTreeMap<i64, Map<String, Value>>> {
    let rows: Vec<(i64, String)> = tx.all(civic.some, (Ids(ids),)).await?;
    let mut states = BTreeMap::new();
    for (id, row) in rows {
        let state = state(&civic.columns, &row);
        states.insert(id, state.ok_or_else(|| Error::Internal(format!("state of {}", civic.table)))?);
    }
    for (table, columns, some) in &civic.with {
        let rows: Vec<(i64, String)> = tx.all(*some, (Ids(ids),)).await?;
        super::add(&mut states, table, columns, rows);
    }
    Ok(states)
}

/// Seals every row of each table of which nothing was sealed yet, and tells what the voices come to where no line does: once,
/// where rows are older than their sealing.
///
/// # Errors
/// Where the database refuses.
pub async fn baseline(db: &Db) -> Result<u64> {
    if !is_due(db).await? {
        return Ok(0);
    }
    let mut write = Write::begin(db, crate::base::clock::now()).await?;
    // Nobody else writes meanwhile, and of two servers that start at once the second finds it done.
    write.tx().run("update journal_head set seq = seq where id = 1", ()).await?;
    let mut rows = 0;
    for civic in CIVIC.iter() {
        let ids: Vec<(i64,)> = write.tx().all(civic.never_sealed, ()).await?;
        rows += ids.len() as u64;
        ids.into_iter().for_each(|(id,)| write.touch(civic.table, id));
    }
    write.record_subject(Act::SEALED, OLDER);
    for (id,) in untold(write.tx()).await? {
        write.record_voices(id);
    }
    write.commit().await?;
    Ok(rows)
}

async fn is_due(db: &Db) -> Result<bool> {
    for civic in CIVIC.iter() {
        let first: Option<(i64,)> = db.optional(civic.never_sealed, ()).await?;
        if first.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Features with voices of which no line says what they come to.
async fn untold(db: impl Sql<'_>) -> Result<Vec<(FeatureId,)>> {
    db.all(
        "select f.id from feature f
         where exists (select 1 from vote v where v.feature_id = f.id)
           and not exists (select 1 from journal j where j.feature_id = f.id and j.act = $1 and j.subject like '%steps=%')
         order by f.id",
        (Act::VOTED,),
    )
    .await
}
