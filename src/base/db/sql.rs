//! The five verbs of a store, on a pool or in a transaction, on either database.

use super::args::{self, Args, Row};
use super::health::Health;
use super::pools::reads;
use super::tx::within;
use super::{Db, Tx};
use crate::base::error::{Error, Result};
use futures_util::TryStreamExt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// The text of a statement for each database; one text serves both unless [`by`] says otherwise.
#[derive(Debug, Clone, Copy)]
pub struct Statement {
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
}

impl From<&'static str> for Statement {
    fn from(sql: &'static str) -> Self {
        Statement { sqlite: sql, postgres: sql }
    }
}

/// Two texts, where the dialects truly differ. More than a dozen uses in the tree mean that the schema is wrong.
pub const fn by(sqlite: &'static str, postgres: &'static str) -> Statement {
    Statement { sqlite, postgres }
}

/// What a store asks of a database. Implemented for `&Db` (reads) and `&mut Tx` (reads and writes).
///
/// The arguments are encoded at once, so that a future holds on to the connection only; it is boxed because the
/// compiler cannot yet prove an unnamed one `Send` through a generic argument (rust-lang/rust#100013).
pub trait Sql<'c>: Send + Sized + 'c {
    /// Every row.
    fn all<'q, R: Row + 'c>(self, sql: impl Into<Statement>, args: impl Args<'q>) -> Answer<'c, Vec<R>>;

    /// The first row, if there is one.
    fn optional<'q, R: Row + 'c>(
        self,
        sql: impl Into<Statement>,
        args: impl Args<'q>,
    ) -> Answer<'c, Option<R>>;

    /// Each row as it arrives, without holding all of them: for what may be larger than memory.
    fn each<'q, R: Row + 'c>(
        self,
        sql: impl Into<Statement>,
        args: impl Args<'q>,
        visit: impl FnMut(R) -> Result<()> + Send + 'c,
    ) -> Answer<'c, ()>;

    /// Runs a statement; gives the number of rows that it changed.
    fn run<'q>(self, sql: impl Into<Statement>, args: impl Args<'q>) -> Answer<'c, u64>;

    /// The one row that must be there.
    ///
    /// # Errors
    /// [`Error::NotFound`] where it is not.
    fn one<'q, R: Row + 'c>(self, sql: impl Into<Statement>, args: impl Args<'q>) -> Answer<'c, R> {
        let row = self.optional(sql, args);
        Box::pin(async move { row.await?.ok_or(Error::NotFound) })
    }
}

/// What a verb gives.
pub type Answer<'c, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'c>>;

/// A statement that is about to be sent.
fn sent(sql: impl Into<Statement>) -> Statement {
    let sql = sql.into();
    #[cfg(test)]
    super::counted::note(sql.sqlite);
    sql
}

/// Takes note of what a statement met: trouble always, that a write went through where it stood alone.
fn noted<T>(health: &Health, is_kept: bool, done: Result<T>) -> Result<T> {
    match &done {
        Ok(_) if is_kept => health.well(),
        Ok(_) => {}
        Err(error) => health.note(error),
    }
    done
}

/// Writes `Sql` out for something that yields a SQLite and a PostgreSQL executor for a text (`$sql`): one for most verbs, one for
/// reading row by row; and of what both hold: the health, how long an answer may take, whether a statement is kept at once.
macro_rules! verbs {
    ($target:ty, $self:ident, $sql:ident,
     $sqlite:pat => $on_sqlite:expr, $long_on_sqlite:expr;
     $postgres:pat => $on_postgres:expr, $long_on_postgres:expr;
     $health:expr, $answer:expr, $is_kept:expr) => {
        impl<'c> Sql<'c> for $target {
            fn all<'q, R: Row + 'c>(
                $self,
                $sql: impl Into<Statement>,
                args: impl Args<'q>,
            ) -> Answer<'c, Vec<R>> {
                let $sql = sent($sql);
                let is_kept = $is_kept;
                match $self {
                    $sqlite => {
                        let (args, health) = (args::sqlite(args), $health);
                        Box::pin(async move {
                            let found = sqlx::query_as_with($sql.sqlite, args?).fetch_all($on_sqlite).await;
                            noted(&health, is_kept, found.map_err(Error::from))
                        })
                    }
                    $postgres => {
                        let (args, health, answer) = (args::postgres(args), $health, $answer);
                        Box::pin(async move {
                            let query = sqlx::query_as_with($sql.postgres, args?);
                            let found = within(answer, query.fetch_all($on_postgres)).await;
                            noted(&health, is_kept, found)
                        })
                    }
                }
            }

            fn optional<'q, R: Row + 'c>(
                $self,
                $sql: impl Into<Statement>,
                args: impl Args<'q>,
            ) -> Answer<'c, Option<R>> {
                let $sql = sent($sql);
                let is_kept = $is_kept;
                match $self {
                    $sqlite => {
                        let (args, health) = (args::sqlite(args), $health);
                        Box::pin(async move {
                            let found = sqlx::query_as_with($sql.sqlite, args?).fetch_optional($on_sqlite).await;
                            noted(&health, is_kept, found.map_err(Error::from))
                        })
                    }
                    $postgres => {
                        let (args, health, answer) = (args::postgres(args), $health, $answer);
                        Box::pin(async move {
                            let query = sqlx::query_as_with($sql.postgres, args?);
                            let found = within(answer, query.fetch_optional($on_postgres)).await;
                            noted(&health, is_kept, found)
                        })
                    }
                }
            }

            fn each<'q, R: Row + 'c>(
                $self,
                $sql: impl Into<Statement>,
                args: impl Args<'q>,
                mut visit: impl FnMut(R) -> Result<()> + Send + 'c,
            ) -> Answer<'c, ()> {
                let $sql = sent($sql);
                match $self {
                    $sqlite => {
                        let args = args::sqlite(args);
                        Box::pin(async move {
                            let mut rows = sqlx::query_as_with($sql.sqlite, args?).fetch($long_on_sqlite);
                            while let Some(row) = rows.try_next().await? {
                                visit(row)?;
                            }
                            Ok(())
                        })
                    }
                    $postgres => {
                        let args = args::postgres(args);
                        Box::pin(async move {
                            let mut rows = sqlx::query_as_with($sql.postgres, args?).fetch($long_on_postgres);
                            while let Some(row) = rows.try_next().await? {
                                visit(row)?;
                            }
                            Ok(())
                        })
                    }
                }
            }

            fn run<'q>($self, $sql: impl Into<Statement>, args: impl Args<'q>) -> Answer<'c, u64> {
                let $sql = sent($sql);
                let is_kept = $is_kept;
                match $self {
                    $sqlite => {
                        let (args, health) = (args::sqlite(args), $health);
                        Box::pin(async move {
                            let done = sqlx::query_with($sql.sqlite, args?).execute($on_sqlite).await;
                            noted(&health, is_kept, done.map(|d| d.rows_affected()).map_err(Error::from))
                        })
                    }
                    $postgres => {
                        let (args, health, answer) = (args::postgres(args), $health, $answer);
                        Box::pin(async move {
                            let query = sqlx::query_with($sql.postgres, args?);
                            let done = within(answer, query.execute($on_postgres)).await;
                            noted(&health, is_kept, done.map(|d| d.rows_affected()))
                        })
                    }
                }
            }
        }
    };
}

verbs!(
    &'c Db, self, sql,
    Db::Sqlite(held) => held.of(sql.sqlite), &held.long;
    Db::Postgres(held) => held.of(sql.postgres), &held.long;
    Arc::clone(&held.health), held.answer, !reads(sql.sqlite)
);
verbs!(
    &'c mut Tx, self, sql,
    Tx::Sqlite(tx) => &mut **tx, &mut **tx;
    Tx::Postgres(tx) => &mut **tx, &mut **tx;
    Arc::clone(&tx.health), tx.answer, false
);
