//! Many rows in few statements. Not for one row: that is [`super::Sql::run`].

use super::sql::Answer;
use super::{Args, Tx};
use crate::base::error::{Error, Result};
use sqlx::error::BoxDynError;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Postgres, Sqlite};

/// SQLite binds at most 32,766 values a statement, PostgreSQL 65,535.
const MOST_VALUES: usize = 30_000;

/// Inserts every row with as few statements as the databases' limits allow.
///
/// `head` is `insert into t (a, b)`, `tail` what follows the values (`on conflict …`, or nothing); both are literals,
/// so that the text sent holds nothing but them and placeholders. Gives the number of rows inserted or updated.
///
/// # Errors
/// [`Error::Sqlx`] of the first statement that fails.
pub fn insert_many<'c, 'q, A: Args<'q>>(
    tx: &'c mut Tx,
    head: &'static str,
    rows: impl IntoIterator<Item = A>,
    tail: &'static str,
) -> Answer<'c, u64> {
    // Encoded before the first await, for the reason given at `Sql`.
    match tx {
        Tx::Sqlite(tx) => {
            let statements = statements(head, tail, |_| "?".into(), rows, A::add_to_sqlite);
            Box::pin(async move {
                let mut changed = 0;
                for (sql, args) in statements? {
                    let done = sqlx::query_with::<Sqlite, SqliteArguments>(AssertSqlSafe(sql), args);
                    changed += done.execute(&mut **tx).await?.rows_affected();
                }
                Ok(changed)
            })
        }
        Tx::Postgres(tx) => {
            let statements = statements(head, tail, |n| format!("${n}"), rows, A::add_to_postgres);
            Box::pin(async move {
                let mut changed = 0;
                for (sql, args) in statements? {
                    let done = sqlx::query_with::<Postgres, PgArguments>(AssertSqlSafe(sql), args);
                    changed += done.execute(&mut **tx).await?.rows_affected();
                }
                Ok(changed)
            })
        }
    }
}

/// Takes fresh ids of a table (a literal), in order: what is written many at once is named before it is there.
///
/// # Errors
/// Where the database does not answer.
pub async fn fresh_ids(tx: &mut Tx, table: &'static str, count: usize) -> Result<Vec<i64>> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let ids: Vec<(i64,)> = match tx {
        // The one writer of SQLite holds the database: the next ids are ours.
        Tx::Sqlite(tx) => {
            let sql = format!(
                "with recursive step (n) as (select 1 union all select n + 1 from step where n < ?)
                 select (select coalesce(max(id), 0) from {table}) + n from step where ? > 0"
            );
            sqlx::query_as(AssertSqlSafe(sql)).bind(count).bind(count).fetch_all(&mut **tx).await?
        }
        Tx::Postgres(tx) => {
            let sql = format!(
                "select nextval(pg_get_serial_sequence('{table}', 'id')) from generate_series(1, $1)"
            );
            sqlx::query_as(AssertSqlSafe(sql)).bind(count).fetch_all(&mut **tx).await?
        }
    };
    Ok(ids.into_iter().map(|(id,)| id).collect())
}

/// Texts with their arguments, each within the databases' limits.
fn statements<'q, A: Args<'q>, To: Default>(
    head: &str,
    tail: &str,
    placeholder: impl Fn(u32) -> String,
    rows: impl IntoIterator<Item = A>,
    bind: impl Fn(A, &mut To) -> Result<(), BoxDynError>,
) -> Result<Vec<(String, To)>> {
    let most_rows = MOST_VALUES / A::LEN.max(1);
    let mut rows = rows.into_iter().peekable();
    let mut statements = Vec::new();
    while rows.peek().is_some() {
        let mut args = To::default();
        let batch = rows.by_ref().take(most_rows);
        let sql = text(head, tail, &placeholder, batch, |row| bind(row, &mut args))?;
        statements.push((sql, args));
    }
    Ok(statements)
}

/// Binds each row and writes the text that goes with it. SQLite keeps numbered placeholders in a list that each
/// binding walks, so that twenty thousand of them take seconds; a bare `?` is in no list.
fn text<'q, A: Args<'q>>(
    head: &str,
    tail: &str,
    placeholder: impl Fn(u32) -> String,
    rows: impl Iterator<Item = A>,
    mut bind: impl FnMut(A) -> Result<(), BoxDynError>,
) -> Result<String> {
    let mut sql = String::with_capacity(head.len() + tail.len() + 4096);
    sql.push_str(head);
    sql.push_str(" values ");
    let mut number = 0;
    for (at, row) in rows.enumerate() {
        bind(row).map_err(|e| Error::from(sqlx::Error::Encode(e)))?;
        sql.push_str(if at == 0 { "(" } else { ", (" });
        for column in 0..A::LEN {
            number += 1;
            sql.push_str(if column == 0 { "" } else { "," });
            sql.push_str(&placeholder(number));
        }
        sql.push(')');
    }
    sql.push(' ');
    sql.push_str(tail);
    Ok(sql)
}
