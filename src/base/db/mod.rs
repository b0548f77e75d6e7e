//! One SQL for two databases: SQLite (embedded, the default) and PostgreSQL with PostGIS (what a city runs).
//!
//! What it is: two enums ([`Db`], [`Tx`]), a trait with the five verbs that stores use ([`Sql`]), and the only `match`es
//! on the database in the tree. What it is not: a query builder or an ORM; stores write their SQL out.
//!
//! Invariant: nothing above this room knows which database runs, apart from the second text given to [`by`].

mod args;
mod bulk;
#[cfg(test)]
pub(crate) mod counted;
mod fault;
mod file;
#[cfg(test)]
mod gis;
mod health;
pub mod held;
mod migrate;
mod neutral;
mod pools;
pub mod setting;
mod sql;
pub mod state;
#[cfg(test)]
mod tests;
mod tx;
mod wake;

pub use args::{Args, Argument, Ids, Row};
pub use bulk::{fresh_ids, insert_many};
pub use fault::Fault;
pub use health::Checkup;
#[cfg(test)]
pub(crate) use migrate::schema_mark;
pub use migrate::{Migration, migrate, migrate_to, pending, version};
pub use neutral::{Cells, Filling, Snapshot, Table};
pub use pools::{Pools, Use};
pub use sql::{Answer, Sql, Statement, by};
pub use tx::{Open, Tx};
pub use wake::Wakeups;

use crate::base::error::{Error, Result};
use health::Health;
use sqlx::{Postgres, Sqlite};
use std::sync::Arc;
use std::time::Duration;

/// Connections to either database. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Db {
    /// The embedded database: one file, one writer at a time.
    Sqlite(Arc<Pools<Sqlite>>),
    /// PostgreSQL 13 or later with PostGIS 3.
    Postgres(Arc<Pools<Postgres>>),
}

impl Db {
    /// Connects to `sqlite:PATH` (created where absent), `sqlite::memory:` or `postgres://…`, to serve requests.
    ///
    /// # Errors
    /// [`Error::Config`] for another scheme; [`Error::Sqlx`] where the database does not answer.
    pub async fn connect(url: &str, connections: u32) -> Result<Db> {
        Db::connect_for(url, connections, Use::Serving).await
    }

    /// The same, for what waits longer or not as long.
    ///
    /// # Errors
    /// Those of [`Db::connect`].
    pub async fn connect_for(url: &str, connections: u32, used: Use) -> Result<Db> {
        Db::open(url, connections, used).await.map_err(|error| match error {
            // Said where it can be put right: what the driver says alone helps nobody.
            Error::Sqlx(why) => unreachable_words(url, &why),
            other => other,
        })
    }

    async fn open(url: &str, connections: u32, used: Use) -> Result<Db> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Db::Postgres(Arc::new(Pools::postgres(url, connections, used).await?)));
        }
        if !url.starts_with("sqlite:") {
            return Err(Error::Config(format!(
                "database: « {} » n'est ni sqlite:CHEMIN ni postgres://… / neither sqlite:PATH nor postgres://…",
                url.split(':').next().unwrap_or_default()
            )));
        }
        Ok(Db::Sqlite(Arc::new(Pools::sqlite(url, connections, used).await?)))
    }

    /// Begins a write transaction, once it is this writer's turn.
    ///
    /// # Errors
    /// [`Error::Sqlx`] where no turn, connection or lock is to be had in time.
    pub async fn begin(&self) -> Result<Tx> {
        self.begin_at(true).await
    }

    /// The same, ahead of those who wait for their turn: for what speaks for many.
    ///
    /// # Errors
    /// Those of [`Db::begin`].
    pub async fn begin_ahead(&self) -> Result<Tx> {
        self.begin_at(false).await
    }

    /// How many may read row by row at once ([`Sql::each`]).
    pub fn long_readers(&self) -> u32 {
        match self {
            Db::Sqlite(held) => held.long.options().get_max_connections(),
            Db::Postgres(held) => held.long.options().get_max_connections(),
        }
    }

    /// The same as [`Db::begin`], for one whose statements go through whole tables.
    ///
    /// # Errors
    /// Those of [`Db::begin`].
    pub async fn begin_for_long(&self) -> Result<Tx> {
        let mut tx = self.begin().await?;
        if let Tx::Postgres(open) = &mut tx {
            open.may_take_long().await?;
        }
        Ok(tx)
    }

    async fn begin_at(&self, gate: bool) -> Result<Tx> {
        Ok(match self {
            Db::Sqlite(pools) => Tx::Sqlite(pools.begin("BEGIN IMMEDIATE", gate).await?),
            Db::Postgres(pools) => Tx::Postgres(pools.begin("BEGIN", gate).await?),
        })
    }

    /// Sees to it that what was erased is in no file any more: SQLite's write-ahead log is written back and emptied. Gives whether it
    /// could be: somebody who still reads an older state keeps it. PostgreSQL sees to its own (docs/OPERATIONS.md).
    ///
    /// # Errors
    /// [`Error::Sqlx`] where the database does not answer.
    pub async fn forget_log(&self) -> Result<bool> {
        let Db::Sqlite(pools) = self else { return Ok(true) };
        for pause in [0, 50, 200, 1_000] {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            let (busy, _, _): (i64, i64, i64) =
                sqlx::query_as("pragma wal_checkpoint(truncate)").fetch_one(&pools.write).await?;
            if busy == 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Closes every connection, once those in use are handed back.
    pub async fn close(&self) {
        match self {
            Db::Sqlite(pools) => pools.close().await,
            Db::Postgres(pools) => pools.close().await,
        }
    }

    /// Whether [`Db::close`] was called: nothing will answer any more, and nothing is wrong.
    pub fn is_closed(&self) -> bool {
        match self {
            Db::Sqlite(pools) => pools.read.is_closed(),
            Db::Postgres(pools) => pools.read.is_closed(),
        }
    }

    /// How many connections are open, and how many of them idle.
    pub fn connections(&self) -> (u32, u32) {
        match self {
            Db::Sqlite(pools) => pools.counts(),
            Db::Postgres(pools) => pools.counts(),
        }
    }

    /// The database's plain name, for logs and `/readyz`.
    pub fn name(&self) -> &'static str {
        match self {
            Db::Sqlite(_) => "sqlite",
            Db::Postgres(_) => "postgis",
        }
    }

    fn health(&self) -> &Health {
        match self {
            Db::Sqlite(pools) => &pools.health,
            Db::Postgres(pools) => &pools.health,
        }
    }
}

/// Why a database could not be opened. Its address may hold a password: only what stands behind it is named.
fn unreachable_words(url: &str, why: &sqlx::Error) -> Error {
    let place = url.rsplit_once('@').map_or(url, |(_, place)| place);
    let what = if url.starts_with("sqlite:") {
        "ce fichier ne s’ouvre pas comme une base SQLite : vérifiez le chemin, les droits et la place / \
         this file cannot be opened as a SQLite database: check the path, the rights and the room left"
    } else {
        "PostgreSQL ne répond pas à cette adresse : vérifiez l’hôte, le port, le nom de la base, le compte et son mot de passe / \
         PostgreSQL does not answer at this address: check host, port, database name, user and password"
    };
    Error::Config(format!("database = \"{place}\" : {what} ({why})"))
}
