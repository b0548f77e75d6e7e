//! A person's rows in a table that is declared, not written out: what the rooms' declarations are read, emptied and deleted with.
//!
//! Invariant: table and column names are literals of our own manifests (`&'static str`), values are bound. Not for anything that a
//! store can say in a statement of its own.

use super::{Db, Tx};
use crate::base::error::Result;
use crate::base::ids::{AccountId, Visitor};
use serde_json::{Map, Value};
use sqlx::{AssertSqlSafe, Row as _};

/// What names a person in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// The voice that their acts carry.
    Voice(Visitor),
    /// Their account.
    Account(AccountId),
    /// Their address.
    Email(String),
}

macro_rules! bound {
    ($query:expr, $key:expr) => {
        match $key {
            Key::Voice(voice) => $query.bind(*voice),
            Key::Account(account) => $query.bind(*account),
            Key::Email(email) => $query.bind(email.clone()),
        }
    };
}

/// Each row that a condition names, in which `$1` is the key, as an object of texts; nothing where a value is null.
///
/// # Errors
/// Where the database does not answer, or the names are not its own.
pub async fn rows(
    db: &Db,
    table: &'static str,
    columns: &[&'static str],
    condition: &str,
    key: &Key,
) -> Result<Vec<Map<String, Value>>> {
    let cell = |column: &&'static str| match db {
        Db::Sqlite(_) => format!(
            "case typeof({column}) when 'blob' then lower(hex({column})) else cast({column} as text) end"
        ),
        Db::Postgres(_) => format!("cast({column} as text)"),
    };
    let cells: Vec<String> = columns.iter().map(cell).collect();
    let sql = format!("select {} from {table} where {condition}", cells.join(", "));
    let object = |texts: Vec<Option<String>>| -> Map<String, Value> {
        let pairs = columns.iter().zip(texts);
        pairs.map(|(name, text)| ((*name).to_owned(), text.map_or(Value::Null, Value::String))).collect()
    };
    let mut found = Vec::new();
    match db {
        Db::Sqlite(pools) => {
            for row in bound!(sqlx::query(AssertSqlSafe(sql)), key).fetch_all(&pools.read).await? {
                let texts = (0..columns.len()).map(|at| row.try_get(at));
                found.push(object(texts.collect::<Result<_, sqlx::Error>>()?));
            }
        }
        Db::Postgres(pools) => {
            for row in bound!(sqlx::query(AssertSqlSafe(sql)), key).fetch_all(&pools.read).await? {
                let texts = (0..columns.len()).map(|at| row.try_get(at));
                found.push(object(texts.collect::<Result<_, sqlx::Error>>()?));
            }
        }
    }
    Ok(found)
}

/// Every voice that a column names, once each.
///
/// # Errors
/// Where the database does not answer, or the names are not its own.
pub async fn voices(db: &Db, table: &'static str, column: &'static str) -> Result<Vec<Visitor>> {
    let sql = AssertSqlSafe(format!("select distinct {column} from {table} where {column} is not null"));
    Ok(match db {
        Db::Sqlite(pools) => sqlx::query_scalar(sql).fetch_all(&pools.read).await?,
        Db::Postgres(pools) => sqlx::query_scalar(sql).fetch_all(&pools.read).await?,
    })
}

/// The ids (`by`) that a person's rows of a table belong to, as read from the table and what leads from it there.
///
/// # Errors
/// Where the database does not answer.
pub async fn ids(
    tx: &mut Tx,
    from: &'static str,
    by: &str,
    table: &'static str,
    column: &'static str,
    key: &Key,
) -> Result<Vec<i64>> {
    let sql = format!("select distinct {by} from {from} where {table}.{column} = $1 and {by} is not null");
    Ok(match tx {
        Tx::Sqlite(tx) => bound!(sqlx::query_scalar(AssertSqlSafe(sql)), key).fetch_all(&mut **tx).await?,
        Tx::Postgres(tx) => bound!(sqlx::query_scalar(AssertSqlSafe(sql)), key).fetch_all(&mut **tx).await?,
    })
}

async fn run(tx: &mut Tx, sql: String, key: &Key) -> Result<u64> {
    Ok(match tx {
        Tx::Sqlite(tx) => {
            bound!(sqlx::query(AssertSqlSafe(sql)), key).execute(&mut **tx).await?.rows_affected()
        }
        Tx::Postgres(tx) => {
            bound!(sqlx::query(AssertSqlSafe(sql)), key).execute(&mut **tx).await?.rows_affected()
        }
    })
}

/// Deletes a person's rows. Gives how many.
///
/// # Errors
/// Where the database refuses.
pub async fn delete(tx: &mut Tx, table: &'static str, column: &'static str, key: &Key) -> Result<u64> {
    run(tx, format!("delete from {table} where {column} = $1"), key).await
}

/// Empties the column that names a person. Gives in how many rows.
///
/// # Errors
/// Where the database refuses, for instance because the column must not be empty.
pub async fn cut(tx: &mut Tx, table: &'static str, column: &'static str, key: &Key) -> Result<u64> {
    run(tx, format!("update {table} set {column} = null where {column} = $1"), key).await
}

/// Gives each of a person's rows a voice of nobody, another one each; nobodies end in eight zero bytes. Gives how many.
///
/// # Errors
/// Where the database refuses.
pub async fn untie(tx: &mut Tx, table: &'static str, column: &'static str, key: &Key) -> Result<u64> {
    let fresh = match tx {
        Tx::Sqlite(_) => "unhex(hex(randomblob(8)) || '0000000000000000')",
        Tx::Postgres(_) => {
            "cast(left(replace(cast(gen_random_uuid() as text), '-', ''), 16) || repeat('0', 16) as uuid)"
        }
    };
    run(tx, format!("update {table} set {column} = {fresh} where {column} = $1"), key).await
}

/// Gives a voice's rows to another voice. Where `once` names columns, one voice has one row of the same values in them: of two, who gives
/// loses theirs.
///
/// # Errors
/// Where the database refuses.
pub async fn give(
    tx: &mut Tx,
    table: &'static str,
    column: &'static str,
    once: &[&'static str],
    [from, to]: [Visitor; 2],
) -> Result<()> {
    let mut sql = format!("update {table} set {column} = $2 where {column} = $1");
    if !once.is_empty() {
        let same: Vec<String> = once.iter().map(|of| format!("held.{of} = {table}.{of}")).collect();
        let same = same.join(" and ");
        sql =
            format!("{sql} and not exists (select 1 from {table} held where held.{column} = $2 and {same})");
    }
    match &mut *tx {
        Tx::Sqlite(tx) => {
            sqlx::query(AssertSqlSafe(sql)).bind(from).bind(to).execute(&mut **tx).await?;
        }
        Tx::Postgres(tx) => {
            sqlx::query(AssertSqlSafe(sql)).bind(from).bind(to).execute(&mut **tx).await?;
        }
    }
    if !once.is_empty() {
        delete(tx, table, column, &Key::Voice(from)).await?;
    }
    Ok(())
}
