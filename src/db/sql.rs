//! The five verbs of a store, on a pool or in a transaction, on either database.

use super::args::{self, Args, Row};
use super::{Db, Tx};
use crate::error::{Error, Result};
use futures_util::TryStreamExt;
use std::future::Future;
use std::pin::Pin;

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

/// Writes `Sql` out for something that yields a SQLite and a PostgreSQL executor.
macro_rules! verbs {
    ($target:ty, $self:ident, $sqlite:pat => $on_sqlite:expr, $postgres:pat => $on_postgres:expr) => {
        impl<'c> Sql<'c> for $target {
            fn all<'q, R: Row + 'c>(
                $self,
                sql: impl Into<Statement>,
                args: impl Args<'q>,
            ) -> Answer<'c, Vec<R>> {
                let sql = sql.into();
                match $self {
                    $sqlite => {
                        let args = args::sqlite(args);
                        Box::pin(async move {
                            Ok(sqlx::query_as_with(sql.sqlite, args?).fetch_all($on_sqlite).await?)
                        })
                    }
                    $postgres => {
                        let args = args::postgres(args);
                        Box::pin(async move {
                            Ok(sqlx::query_as_with(sql.postgres, args?).fetch_all($on_postgres).await?)
                        })
                    }
                }
            }

            fn optional<'q, R: Row + 'c>(
                $self,
                sql: impl Into<Statement>,
                args: impl Args<'q>,
            ) -> Answer<'c, Option<R>> {
                let sql = sql.into();
                match $self {
                    $sqlite => {
                        let args = args::sqlite(args);
                        Box::pin(async move {
                            Ok(sqlx::query_as_with(sql.sqlite, args?).fetch_optional($on_sqlite).await?)
                        })
                    }
                    $postgres => {
                        let args = args::postgres(args);
                        Box::pin(async move {
                            Ok(sqlx::query_as_with(sql.postgres, args?).fetch_optional($on_postgres).await?)
                        })
                    }
                }
            }

            fn each<'q, R: Row + 'c>(
                $self,
                sql: impl Into<Statement>,
                args: impl Args<'q>,
                mut visit: impl FnMut(R) -> Result<()> + Send + 'c,
            ) -> Answer<'c, ()> {
                let sql = sql.into();
                match $self {
                    $sqlite => {
                        let args = args::sqlite(args);
                        Box::pin(async move {
                            let mut rows = sqlx::query_as_with(sql.sqlite, args?).fetch($on_sqlite);
                            while let Some(row) = rows.try_next().await? {
                                visit(row)?;
                            }
                            Ok(())
                        })
                    }
                    $postgres => {
                        let args = args::postgres(args);
                        Box::pin(async move {
                            let mut rows = sqlx::query_as_with(sql.postgres, args?).fetch($on_postgres);
                            while let Some(row) = rows.try_next().await? {
                                visit(row)?;
                            }
                            Ok(())
                        })
                    }
                }
            }

            fn run<'q>($self, sql: impl Into<Statement>, args: impl Args<'q>) -> Answer<'c, u64> {
                let sql = sql.into();
                match $self {
                    $sqlite => {
                        let args = args::sqlite(args);
                        Box::pin(async move {
                            let done = sqlx::query_with(sql.sqlite, args?).execute($on_sqlite).await?;
                            Ok(done.rows_affected())
                        })
                    }
                    $postgres => {
                        let args = args::postgres(args);
                        Box::pin(async move {
                            let done = sqlx::query_with(sql.postgres, args?).execute($on_postgres).await?;
                            Ok(done.rows_affected())
                        })
                    }
                }
            }
        }
    };
}

verbs!(&'c Db, self, Db::Sqlite(pool) => pool, Db::Postgres(pool) => pool);
verbs!(&'c mut Tx, self, Tx::Sqlite(tx) => &mut **tx, Tx::Postgres(tx) => &mut **tx);
