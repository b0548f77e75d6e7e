//! Tables as neither database writes them: every row of the schema, read in one state and written into another database.
//!
//! What it is: the schema as it is found (tables, columns, what each column holds), rows as JSON objects in one form for both
//! databases (instants as `chrono` writes them, UUIDs and bytes as lower-case hexadecimal), and their way back. What it is not: a
//! list of our tables; what a migration adds is in it. The migrator's own table is not, nor what the database computes by itself.
//!
//! Invariant: what is read is one state, however long it takes and whoever writes meanwhile.

use super::{Db, Open, Tx};
use crate::base::clock::Timestamp;
use crate::base::error::{Error, Result};
use futures_util::TryStreamExt;
use serde_json::{Map, Value};
use sqlx::{AssertSqlSafe, Column as _, Postgres, Row as _, Sqlite, TypeInfo as _, ValueRef as _};

/// A row: its columns by name.
pub type Cells = Map<String, Value>;

/// Rows that are written together.
const BATCH: usize = 500;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Bytes,
    Uuid,
    Instant,
}

#[derive(Debug, Clone)]
struct Column {
    name: String,
    kind: Kind,
    /// The type in PostgreSQL's words; empty on SQLite.
    declared: String,
}

/// A table of the schema.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name.
    pub name: String,
    columns: Vec<Column>,
}

/// One state of a database, to be read from.
#[derive(Debug)]
pub struct Snapshot(Tx);

impl Snapshot {
    /// Begins to read; holds no writer up.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn begin(db: &Db) -> Result<Snapshot> {
        let tx = match db {
            Db::Sqlite(pools) => Tx::Sqlite(pools.begin_to_read("BEGIN").await?),
            Db::Postgres(pools) => {
                let mut tx = pools.begin_to_read("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
                // A large table is read as slowly as the disk takes it.
                for setting in [
                    "set local timezone = 'UTC'",
                    "set local statement_timeout = 0",
                    "set local idle_in_transaction_session_timeout = 0",
                ] {
                    sqlx::query(setting).execute(&mut *tx).await?;
                }
                Tx::Postgres(tx)
            }
        };
        Ok(Snapshot(tx))
    }

    /// For the statements of a store, on the same state.
    pub fn tx(&mut self) -> &mut Tx {
        &mut self.0
    }

    /// Every table, in the order of their names.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn tables(&mut self) -> Result<Vec<Table>> {
        tables(&mut self.0).await
    }

    /// Each row of a table.
    ///
    /// # Errors
    /// Where the database does not answer, or `visit` fails.
    pub async fn each(&mut self, table: &Table, mut visit: impl FnMut(Cells) -> Result<()>) -> Result<()> {
        match &mut self.0 {
            Tx::Sqlite(tx) => {
                let names: Vec<String> = table.columns.iter().map(|c| quoted(&c.name)).collect();
                let sql = format!("select {} from {}", names.join(", "), quoted(&table.name));
                let mut rows = sqlx::query(AssertSqlSafe(sql)).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    visit(of_sqlite(&row)?)?;
                }
            }
            Tx::Postgres(tx) => {
                let sql = format!(
                    "select cast(row_to_json(r) as text) from (select {} from {}) r",
                    table.columns.iter().map(as_neutral).collect::<Vec<_>>().join(", "),
                    quoted(&table.name)
                );
                let mut rows = sqlx::query_scalar::<_, String>(AssertSqlSafe(sql)).fetch(&mut **tx);
                while let Some(text) = rows.try_next().await? {
                    let mut cells: Cells =
                        serde_json::from_str(&text).map_err(|e| broken(&table.name, &e))?;
                    for column in table.columns.iter().filter(|c| c.kind == Kind::Instant) {
                        in_one_form(&mut cells, &column.name)?;
                    }
                    visit(cells)?;
                }
            }
        }
        Ok(())
    }
}

/// A name as SQL takes it whatever it is.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn broken(table: &str, error: &dyn std::fmt::Display) -> Error {
    Error::Internal(format!("table {table}: {error}"))
}

/// PostgreSQL's expression that gives a column in the neutral form.
fn as_neutral(column: &Column) -> String {
    let name = quoted(&column.name);
    match column.kind {
        Kind::Plain | Kind::Instant => name,
        Kind::Bytes => format!("encode({name}, 'hex') as {name}"),
        Kind::Uuid => format!("replace(cast({name} as text), '-', '') as {name}"),
    }
}

/// PostgreSQL writes an instant's fraction as short as it can, `chrono` in threes; SQLite compares the text.
fn in_one_form(cells: &mut Cells, name: &str) -> Result<()> {
    let Some(Value::String(text)) = cells.get_mut(name) else { return Ok(()) };
    let instant: Timestamp = text.parse().map_err(|e| broken(name, &format!("« {text} »: {e}")))?;
    *text = instant.to_rfc3339();
    Ok(())
}

fn of_sqlite(row: &sqlx::sqlite::SqliteRow) -> Result<Cells> {
    let mut cells = Cells::new();
    for (at, column) in row.columns().iter().enumerate() {
        let raw = row.try_get_raw(at)?;
        let value = if raw.is_null() {
            Value::Null
        } else {
            match raw.type_info().name() {
                "INTEGER" | "BOOLEAN" => row.try_get_unchecked::<i64, _>(at)?.into(),
                "REAL" => row.try_get_unchecked::<f64, _>(at)?.into(),
                "BLOB" => hexadecimal(row.try_get_unchecked::<&[u8], _>(at)?).into(),
                _ => row.try_get_unchecked::<String, _>(at)?.into(),
            }
        };
        cells.insert(column.name().to_owned(), value);
    }
    Ok(cells)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn of_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

async fn tables(tx: &mut Tx) -> Result<Vec<Table>> {
    let columns: Vec<(String, String, String)> = match tx {
        // Hidden columns 2 and 3 are computed ones.
        Tx::Sqlite(tx) => {
            sqlx::query_as(
                "select t.name, c.name, lower(c.type) from sqlite_schema t join pragma_table_xinfo(t.name) c
                 where t.type = 'table' and t.name not like 'sqlite\\_%' escape '\\' and t.name <> '_sqlx_migrations'
                   and c.hidden = 0
                 order by t.name, c.cid",
            )
            .fetch_all(&mut **tx)
            .await?
        }
        Tx::Postgres(tx) => {
            sqlx::query_as(
                "select cast(c.table_name as text), cast(c.column_name as text), cast(c.udt_name as text)
                 from information_schema.columns c
                 join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
                 where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
                   and c.table_name not in ('_sqlx_migrations', 'spatial_ref_sys')
                 order by c.table_name collate \"C\", c.ordinal_position",
            )
            .fetch_all(&mut **tx)
            .await?
        }
    };
    let mut tables: Vec<Table> = Vec::new();
    for (table, name, declared) in columns {
        let kind = match declared.as_str() {
            "blob" | "bytea" => Kind::Bytes,
            "uuid" => Kind::Uuid,
            "timestamptz" => Kind::Instant,
            _ => Kind::Plain,
        };
        if tables.last().is_none_or(|last| last.name != table) {
            tables.push(Table { name: table, columns: Vec::new() });
        }
        if let Some(last) = tables.last_mut() {
            last.columns.push(Column { name, kind, declared });
        }
    }
    Ok(tables)
}

/// A database that is being filled from outside: in one transaction, in which rows may come before those that they refer to.
#[derive(Debug)]
pub struct Filling {
    tx: Tx,
    /// Every table.
    pub tables: Vec<Table>,
}

impl Filling {
    /// Begins, and empties every table: migrations put rows of their own into some.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn begin(db: &Db) -> Result<Filling> {
        let mut tx = db.begin_for_long().await?;
        match &mut tx {
            Tx::Sqlite(tx) => {
                sqlx::query("pragma defer_foreign_keys = on").execute(&mut **tx).await?;
            }
            Tx::Postgres(tx) => {
                for setting in ["set local statement_timeout = 0", "set local lock_timeout = 0"] {
                    sqlx::query(setting).execute(&mut **tx).await?;
                }
                each_reference(tx, "deferrable initially deferred").await?;
            }
        }
        let tables = tables(&mut tx).await?;
        for table in &tables {
            let sql = format!("delete from {}", quoted(&table.name));
            execute(&mut tx, sql).await?;
        }
        Ok(Filling { tx, tables })
    }

    /// Writes rows into a table; a cell that the table has no column for is an error, a column without a cell takes its default.
    ///
    /// # Errors
    /// Where the database refuses, or a row does not fit the table.
    pub async fn insert(&mut self, table: &str, rows: &[Cells]) -> Result<()> {
        let known = self.tables.iter().find(|known| known.name == table);
        let known = known.ok_or_else(|| broken(table, &"unknown"))?;
        for part in rows.chunks(BATCH) {
            let Some(first) = part.first() else { continue };
            let columns = first.keys().map(|name| {
                let column = known.columns.iter().find(|column| column.name == *name);
                column.ok_or_else(|| broken(table, &format!("no column {name}")))
            });
            let columns: Vec<&Column> = columns.collect::<Result<_>>()?;
            match &mut self.tx {
                Tx::Sqlite(tx) => insert_sqlite(tx, table, &columns, part).await?,
                Tx::Postgres(tx) => insert_postgres(tx, table, &columns, part).await?,
            }
        }
        Ok(())
    }

    /// Checks what rows refer to, lets numbers go on after the largest, and keeps everything.
    ///
    /// # Errors
    /// Where a row refers to one that is not there; nothing is kept then.
    pub async fn commit(mut self) -> Result<()> {
        if let Tx::Postgres(tx) = &mut self.tx {
            sqlx::query("set constraints all immediate").execute(&mut **tx).await?;
            each_reference(tx, "not deferrable").await?;
            let counted: Vec<(String, String)> = sqlx::query_as(
                "select cast(table_name as text), cast(column_name as text) from information_schema.columns
                 where table_schema = current_schema() and is_identity = 'YES'",
            )
            .fetch_all(&mut **tx)
            .await?;
            for (table, column) in counted {
                let (table, column) = (quoted(&table), quoted(&column));
                let sql = format!(
                    "select setval(pg_get_serial_sequence('{table}', {}), coalesce(max({column}), 0) + 1, false) from {table}",
                    column.replace('"', "'")
                );
                sqlx::query(AssertSqlSafe(sql)).execute(&mut **tx).await?;
            }
        }
        self.tx.commit().await
    }
}

async fn execute(tx: &mut Tx, sql: String) -> Result<()> {
    match tx {
        Tx::Sqlite(tx) => {
            sqlx::query(AssertSqlSafe(sql)).execute(&mut **tx).await?;
        }
        Tx::Postgres(tx) => {
            sqlx::query(AssertSqlSafe(sql)).execute(&mut **tx).await?;
        }
    }
    Ok(())
}

/// Changes when PostgreSQL checks each foreign key of ours.
async fn each_reference(tx: &mut Open<Postgres>, when: &str) -> Result<()> {
    let keys: Vec<(String, String)> = sqlx::query_as(
        "select cast(c.relname as text), cast(k.conname as text) from pg_constraint k join pg_class c on c.oid = k.conrelid
         where k.contype = 'f' and c.relnamespace = cast(cast(current_schema() as text) as regnamespace)",
    )
    .fetch_all(&mut **tx)
    .await?;
    for (table, key) in keys {
        let sql = format!("alter table {} alter constraint {} {when}", quoted(&table), quoted(&key));
        sqlx::query(AssertSqlSafe(sql)).execute(&mut **tx).await?;
    }
    Ok(())
}

async fn insert_sqlite(
    tx: &mut Open<Sqlite>,
    table: &str,
    columns: &[&Column],
    rows: &[Cells],
) -> Result<()> {
    let names: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
    let places = vec!["?"; columns.len()].join(", ");
    let sql = format!("insert into {} ({}) values ({places})", quoted(table), names.join(", "));
    for row in rows {
        let mut query = sqlx::query(AssertSqlSafe(sql.clone()));
        for column in columns {
            query = match row.get(&column.name) {
                None | Some(Value::Null) => query.bind(None::<String>),
                Some(Value::String(text)) if column.kind == Kind::Bytes => {
                    query.bind(of_hexadecimal(text).ok_or_else(|| broken(table, &column.name))?)
                }
                Some(Value::String(text)) => query.bind(text.clone()),
                Some(Value::Bool(flag)) => query.bind(*flag),
                Some(Value::Number(number)) => match number.as_i64() {
                    Some(whole) => query.bind(whole),
                    None => query.bind(number.as_f64()),
                },
                Some(_) => return Err(broken(table, &column.name)),
            };
        }
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

async fn insert_postgres(
    tx: &mut Open<Postgres>,
    table: &str,
    columns: &[&Column],
    rows: &[Cells],
) -> Result<()> {
    let names: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
    // Types are the table's own; bytes come as text, and a whole number fits a column of fractions.
    let typed = columns.iter().map(|column| {
        let declared = if column.kind == Kind::Bytes { "text" } else { column.declared.as_str() };
        format!("{} {declared}", quoted(&column.name))
    });
    let values = columns.iter().map(|column| match column.kind {
        Kind::Bytes => format!("decode({}, 'hex')", quoted(&column.name)),
        _ => quoted(&column.name),
    });
    let sql = format!(
        "insert into {} ({}) overriding system value select {} from json_to_recordset(cast($1 as json)) as r({})",
        quoted(table),
        names.join(", "),
        values.collect::<Vec<_>>().join(", "),
        typed.collect::<Vec<_>>().join(", "),
    );
    let json = serde_json::to_string(rows).map_err(|e| broken(table, &e))?;
    sqlx::query(AssertSqlSafe(sql)).bind(json).execute(&mut **tx).await?;
    Ok(())
}
