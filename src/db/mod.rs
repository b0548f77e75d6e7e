//! One SQL for two databases: SQLite (embedded, the default) and PostgreSQL with PostGIS (what a city runs).
//!
//! What it is: two enums ([`Db`], [`Tx`]), a trait with the five verbs that stores use ([`Sql`]), and the only `match`es
//! on the database in the tree. What it is not: a query builder or an ORM; stores write their SQL out.
//!
//! Invariant: nothing above this room knows which database runs, apart from the second text given to [`by`].

mod args;
mod bulk;
#[cfg(test)]
mod gis;
pub mod held;
mod migrate;
mod neutral;
pub mod setting;
mod sql;
pub mod state;
mod wake;

pub use args::{Args, Argument, Ids, Row};
pub use bulk::insert_many;
pub use migrate::{Migration, migrate, migrate_to, pending, version};
pub use neutral::{Cells, Filling, Snapshot, Table};
pub use sql::{Answer, Sql, Statement, by};
pub use wake::Wakeups;

use crate::error::{Error, Result};
use log::LevelFilter;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, PgPool, Postgres, Sqlite, SqlitePool, Transaction};
use std::str::FromStr;
use std::time::Duration;

/// Slow statements are not logged: a bulk insert's text alone would fill a screen.
const SLOW: LevelFilter = LevelFilter::Off;
const QUIET: Duration = Duration::from_secs(1);

/// A pool of connections to either database. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Db {
    /// The embedded database: one file, one writer at a time.
    Sqlite(SqlitePool),
    /// PostgreSQL 13 or later with PostGIS 3.
    Postgres(PgPool),
}

/// A write transaction on either database. Dropped without [`Tx::commit`], it rolls back.
#[derive(Debug)]
pub enum Tx {
    /// Begun with `BEGIN IMMEDIATE`: a deferred one fails under concurrent writers instead of waiting.
    Sqlite(Transaction<'static, Sqlite>),
    /// Begun at READ COMMITTED, PostgreSQL's default.
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// Connects to `sqlite:PATH` (created where absent), `sqlite::memory:` or `postgres://…`.
    ///
    /// # Errors
    /// [`Error::Config`] for another scheme; [`Error::Sqlx`] where the database does not answer.
    pub async fn connect(url: &str, connections: u32) -> Result<Db> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options =
                PgConnectOptions::from_str(url)?.application_name("parvis").log_slow_statements(SLOW, QUIET);
            let pool = PgPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(Duration::from_secs(10))
                .connect_with(options)
                .await?;
            return Ok(Db::Postgres(pool));
        }
        if !url.starts_with("sqlite:") {
            return Err(Error::Config(format!(
                "database: « {} » n'est ni sqlite:CHEMIN ni postgres://… / neither sqlite:PATH nor postgres://…",
                url.split(':').next().unwrap_or_default()
            )));
        }
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: a commit that was acknowledged survives a power cut, not only a crash of the process.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(20))
            // What is deleted or written over is overwritten in the file, not only let go of: it may be somebody's words.
            .pragma("secure_delete", "on")
            .pragma("cache_size", "-65536")
            .pragma("mmap_size", "268435456")
            .log_slow_statements(SLOW, QUIET)
            .optimize_on_close(true, 400);
        // Every connection to `:memory:` is a database of its own: there, the pool must be one connection.
        let connections = if url.contains(":memory:") { 1 } else { connections };
        let pool = SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(20))
            .connect_with(options)
            .await?;
        Ok(Db::Sqlite(pool))
    }

    /// Begins a write transaction.
    ///
    /// # Errors
    /// [`Error::Sqlx`] where no connection or lock is to be had in time.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            Db::Sqlite(pool) => Tx::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Db::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Sees to it that what was erased is in no file any more: SQLite's write-ahead log is written back and emptied. Gives whether it
    /// could be: somebody who still reads an older state keeps it. PostgreSQL sees to its own (docs/OPERATIONS.md).
    ///
    /// # Errors
    /// [`Error::Sqlx`] where the database does not answer.
    pub async fn forget_log(&self) -> Result<bool> {
        let Db::Sqlite(pool) = self else { return Ok(true) };
        for pause in [0, 50, 200, 1_000] {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            let (busy, _, _): (i64, i64, i64) =
                sqlx::query_as("pragma wal_checkpoint(truncate)").fetch_one(pool).await?;
            if busy == 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Closes every connection, once those in use are handed back.
    pub async fn close(&self) {
        match self {
            Db::Sqlite(pool) => pool.close().await,
            Db::Postgres(pool) => pool.close().await,
        }
    }

    /// Whether [`Db::close`] was called: nothing will answer any more, and nothing is wrong.
    pub fn is_closed(&self) -> bool {
        match self {
            Db::Sqlite(pool) => pool.is_closed(),
            Db::Postgres(pool) => pool.is_closed(),
        }
    }

    /// How many connections are open, and how many of them idle.
    pub fn connections(&self) -> (u32, u32) {
        let count = |idle: usize| u32::try_from(idle).unwrap_or(u32::MAX);
        match self {
            Db::Sqlite(pool) => (pool.size(), count(pool.num_idle())),
            Db::Postgres(pool) => (pool.size(), count(pool.num_idle())),
        }
    }

    /// The database's plain name, for logs and `/readyz`.
    pub fn name(&self) -> &'static str {
        match self {
            Db::Sqlite(_) => "sqlite",
            Db::Postgres(_) => "postgis",
        }
    }
}

impl Tx {
    /// Makes the transaction durable.
    ///
    /// # Errors
    /// [`Error::Sqlx`]; the transaction is then rolled back.
    pub async fn commit(self) -> Result<()> {
        match self {
            Tx::Sqlite(tx) => tx.commit().await?,
            Tx::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
