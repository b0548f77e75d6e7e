//! The connections to a database: those that read apart from those that write, so that no writer keeps a page from being shown.
//!
//! What it is: three pools and a gate. Pages and lists read through one pool; what may take long (everything of a table, row by row)
//! through another; writers wait at the gate, before they take a connection. What it is not: which statement is which (`sql.rs`).
//!
//! Invariant: a connection that reads cannot write, on either database. A connection that is left within a transaction, or that
//! failed to write, is closed and never used again.

use super::file::Watched;
use super::health::Health;
use super::tx::Open;
use crate::base::error::{Error, Result};
use log::LevelFilter;
use sqlx::pool::{PoolConnectionMetadata, PoolOptions};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Database, PgPool, Pool, Postgres, Sqlite, SqlitePool};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Slow statements are not logged: a bulk insert's text alone would fill a screen.
const SLOW: LevelFilter = LevelFilter::Off;
const QUIET: Duration = Duration::from_secs(1);

/// How long a page waits for a connection before it is shown with what the map knows, or refused.
const READER: Duration = Duration::from_secs(2);

/// How long a server waits for its database when it starts.
const START: Duration = Duration::from_secs(10);

/// What the connections that read from SQLite keep of its file together, in KiB.
const READERS_CACHE: u32 = 262_144;

/// What a connection is opened for: how long it may wait, and keep others waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Requests: nobody waits for long, and a server that is frozen lets go.
    Serving,
    /// The command line: an import or a migration takes as long as it takes.
    Work,
}

impl Use {
    /// How long a writer waits for its turn, and for locks of other programs.
    pub(super) fn patience(self) -> Duration {
        match self {
            Use::Serving => Duration::from_secs(5),
            Use::Work => Duration::from_secs(60),
        }
    }

    /// What PostgreSQL is asked to do by itself on each connection, in milliseconds and seconds: to end a statement, a wait for a lock
    /// and a transaction in which nothing happens; to notice that we are gone. A server whose process is frozen between two statements
    /// of a transaction holds its locks for two seconds, not for as long as it stays frozen.
    fn settings(self, statement_ms: u32) -> [(&'static str, String); 8] {
        let (idle_ms, lock_ms) = match self {
            // A test counts and draws between two statements, unoptimised and beside three others.
            Use::Serving => (if cfg!(test) { 30_000 } else { 2_000 }, 2_000),
            Use::Work => (600_000, 60_000),
        };
        [
            ("idle_in_transaction_session_timeout", format!("{idle_ms}")),
            ("lock_timeout", format!("{lock_ms}")),
            ("statement_timeout", format!("{statement_ms}")),
            // Compiling a statement takes longer than any of ours: a page of the desk took 0.4 s with it, 0.02 s without.
            ("jit", "off".into()),
            ("tcp_keepalives_idle", "10".into()),
            ("tcp_keepalives_interval", "5".into()),
            ("tcp_keepalives_count", "3".into()),
            ("tcp_user_timeout", "20000".into()),
        ]
    }
}

/// The longest that a statement of a page, of a write and of a long reading may take on PostgreSQL, in milliseconds. An answer
/// that does not come at all, over a network that was cut, is given up a little later.
const STATEMENT_MS: u32 = 15_000;
const LONG_STATEMENT_MS: u32 = 600_000;

/// The connections to one database.
#[derive(Debug)]
pub struct Pools<D: Database> {
    /// Reads, quickly.
    pub(crate) read: Pool<D>,
    /// Reads for as long as it takes.
    pub(crate) long: Pool<D>,
    /// Reads and writes.
    pub(crate) write: Pool<D>,
    /// Writers that hold, or are about to take, a connection.
    pub(super) gate: Arc<Semaphore>,
    pub(super) health: Arc<Health>,
    pub(super) used: Use,
    /// SQLite's file, where it is one.
    pub(super) file: Option<Watched>,
    /// How long an answer may take before it is given up: what the database is asked to do by itself, and a little more.
    pub(super) answer: Option<Duration>,
}

impl<D: Database> Pools<D> {
    /// The pool for a statement on its own.
    pub(super) fn of(&self, sql: &str) -> &Pool<D> {
        if reads(sql) { &self.read } else { &self.write }
    }

    /// A write transaction, begun with `statement`. `at_gate`: whether to wait for one's turn, or to go ahead of those who do.
    pub(super) async fn begin(&self, statement: &'static str, at_gate: bool) -> Result<Open<D>>
    where
        for<'c> &'c mut D::Connection: sqlx::Executor<'c, Database = D>,
    {
        let begun = async {
            let turn = match at_gate {
                true => Some(
                    Arc::clone(&self.gate)
                        .acquire_owned()
                        .await
                        .map_err(|_closed| sqlx::Error::PoolClosed)?,
                ),
                false => None,
            };
            let tx = self.write.begin_with(statement).await?;
            Ok(Open::new(tx, Arc::clone(&self.health), self.answer, turn))
        };
        match tokio::time::timeout(self.used.patience(), begun).await {
            Ok(begun) => begun.inspect_err(|error| self.health.note(error)),
            Err(_) => Err(sqlx::Error::PoolTimedOut.into()),
        }
    }

    /// A transaction that reads one state for as long as it takes, begun with `statement`.
    pub(super) async fn begin_to_read(&self, statement: &'static str) -> Result<Open<D>> {
        let tx = self.long.begin_with(statement).await?;
        Ok(Open::new(tx, Arc::clone(&self.health), None, None))
    }

    /// How many connections are open, and how many of them idle.
    pub(super) fn counts(&self) -> (u32, u32) {
        let pools = [&self.read, &self.long, &self.write];
        let idle: usize = pools.iter().map(|pool| pool.num_idle()).sum();
        (pools.iter().map(|pool| pool.size()).sum(), u32::try_from(idle).unwrap_or(u32::MAX))
    }

    /// Closes every connection, once those in use are handed back.
    pub(super) async fn close(&self) {
        tokio::join!(self.read.close(), self.long.close());
        // Last: SQLite then finds nobody else at the file, and puts the log of writes away.
        self.write.close().await;
    }
}

/// Whether a statement only reads. All of ours say in their first word what they do.
pub(super) fn reads(sql: &str) -> bool {
    let sql = sql.trim_start();
    ["select", "with", "values", "pragma", "explain"]
        .iter()
        .any(|word| sql.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
}

/// How the configured number of connections is shared out: reading, reading for long, writing.
fn shares(connections: u32) -> (u32, u32, u32) {
    let (long, write) = ((connections / 6).max(1), (connections / 3).max(2));
    (connections.saturating_sub(long + write).max(1), long, write)
}

impl Pools<Sqlite> {
    pub(super) async fn sqlite(url: &str, connections: u32, used: Use) -> Result<Pools<Sqlite>> {
        let health = Arc::new(Health::default());
        let plain = SqliteConnectOptions::from_str(url)?
            .foreign_keys(true)
            // No `mmap_size`: a reader unmaps the whole file whenever another connection wrote, which stops every processor for a moment.
            .pragma("cache_size", "-65536")
            .log_slow_statements(SLOW, QUIET);
        let writing = plain
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: a commit that was acknowledged survives a power cut, not only a crash of the process.
            .synchronous(SqliteSynchronous::Full)
            // What is deleted or written over is overwritten in the file, not only let go of: it may be somebody's words.
            .pragma("secure_delete", "on")
            // A little less than the wait at the gate: what is told is then that the database is busy.
            .busy_timeout(used.patience().saturating_sub(Duration::from_millis(500)))
            .optimize_on_close(true, 400);
        // SQLite has one writer at a time: a second connection would only wait within SQLite, where nobody is served in order.
        let write = Pools::handed_back_whole(SqlitePoolOptions::new(), &health)
            .max_connections(1)
            .acquire_timeout(used.patience())
            .connect_with(writing)
            .await?;
        let gate = Arc::new(Semaphore::new(1));
        let file = Watched::new(plain.get_filename());
        // Every connection to `:memory:` is a database of its own: there, all is one connection.
        if url.contains(":memory:") {
            return Ok(Pools {
                read: write.clone(),
                long: write.clone(),
                write,
                gate,
                health,
                used,
                file: None,
                answer: None,
            });
        }
        // Each connection has a cache of its own, and a file of everything goes through all of them in turn: together they stay bounded.
        let cache = format!("-{}", READERS_CACHE / connections.max(1));
        let reading = plain.pragma("cache_size", cache).pragma("query_only", "on").busy_timeout(READER);
        let pool = |most: u32| -> SqlitePool {
            Pools::handed_back_whole(SqlitePoolOptions::new(), &health)
                .max_connections(most.max(1))
                .acquire_timeout(if used == Use::Serving { READER } else { used.patience() })
                .connect_lazy_with(reading.clone())
        };
        let (read, long) = (pool(connections), pool(connections / 4));
        Ok(Pools { read, long, write, gate, health, used, file: Some(file), answer: None })
    }

    /// A connection is closed instead of used again where SQLite rolled back by itself (the driver then takes it for being within a
    /// transaction for ever), where it failed to write (one that was opened while the file could only be read stays so), and where
    /// another file lies in the place of its own.
    fn handed_back_whole(options: PoolOptions<Sqlite>, health: &Arc<Health>) -> PoolOptions<Sqlite> {
        let (kept, taken) = (Arc::clone(health), Arc::clone(health));
        options
            .after_release(move |connection, meta: PoolConnectionMetadata| {
                let health = Arc::clone(&kept);
                Box::pin(async move {
                    // Whatever is still to be done on it is done first: a rollback, for instance.
                    connection.ping().await?;
                    Ok(!connection.is_in_transaction() && health.is_current(meta.age))
                })
            })
            .before_acquire(move |_, meta| {
                let is_current = taken.is_current(meta.age);
                Box::pin(async move { Ok(is_current) })
            })
    }
}

impl Pools<Postgres> {
    pub(super) async fn postgres(url: &str, connections: u32, used: Use) -> Result<Pools<Postgres>> {
        let options =
            PgConnectOptions::from_str(url)?.application_name("parvis").log_slow_statements(SLOW, QUIET);
        let (read, long, write) = shares(connections);
        let statement = if used == Use::Serving { STATEMENT_MS } else { 0 };
        let long_statement = if used == Use::Serving { LONG_STATEMENT_MS } else { 0 };
        let reads_only = [("default_transaction_read_only", "on")];
        let reading = options.clone().options(used.settings(statement)).options(reads_only);
        let reading_long = options.clone().options(used.settings(long_statement)).options(reads_only);
        let writing = options.options(used.settings(statement));
        let pool = |most: u32, options: PgConnectOptions| -> PgPool {
            PgPoolOptions::new()
                .max_connections(most)
                .acquire_timeout(if used == Use::Serving { READER } else { START })
                // A connection whose other side says nothing any more is not waited for.
                .after_release(|connection, _| {
                    Box::pin(async move {
                        let ping = tokio::time::timeout(READER, connection.ping()).await;
                        ping.map_err(|_late| sqlx::Error::PoolTimedOut)?.map(|()| true)
                    })
                })
                .connect_lazy_with(options)
        };
        let write_pool = pool(write, writing);
        // Whether there is a database at all is found out now, and waited for: both may start at once.
        let first = tokio::time::timeout(START, async {
            loop {
                match write_pool.acquire().await {
                    Err(sqlx::Error::PoolTimedOut) => {}
                    other => return other,
                }
            }
        });
        first.await.map_err(|_late| Error::from(sqlx::Error::PoolTimedOut))??;
        Ok(Pools {
            read: pool(read, reading),
            long: pool(long, reading_long),
            write: write_pool,
            // The last connection is for those who go ahead: voices, and the trial of `/readyz`.
            gate: Arc::new(Semaphore::new(write as usize - 1)),
            health: Arc::new(Health::default()),
            used,
            file: None,
            answer: (used == Use::Serving).then(|| Duration::from_millis(u64::from(STATEMENT_MS) + 2_000)),
        })
    }
}
