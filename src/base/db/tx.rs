//! A write transaction on either database.

use super::health::Health;
use crate::base::error::Result;
use sqlx::{Database, Postgres, Sqlite, Transaction};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;

/// A write transaction on either database. Dropped without [`Tx::commit`], it rolls back.
#[derive(Debug)]
pub enum Tx {
    /// Begun with `BEGIN IMMEDIATE`: a deferred one fails under concurrent writers instead of waiting.
    Sqlite(Open<Sqlite>),
    /// Begun at READ COMMITTED, PostgreSQL's default.
    Postgres(Open<Postgres>),
}

/// A driver's transaction, with what goes along.
#[derive(Debug)]
pub struct Open<D: Database> {
    tx: Transaction<'static, D>,
    pub(super) health: Arc<Health>,
    pub(super) answer: Option<Duration>,
    /// Given back when the connection is.
    _turn: Option<OwnedSemaphorePermit>,
}

impl<D: Database> Open<D> {
    pub(super) fn new(
        tx: Transaction<'static, D>,
        health: Arc<Health>,
        answer: Option<Duration>,
        turn: Option<OwnedSemaphorePermit>,
    ) -> Open<D> {
        Open { tx, health, answer, _turn: turn }
    }

    async fn commit(self) -> Result<()> {
        let (health, answer) = (Arc::clone(&self.health), self.answer);
        let done = within(answer, self.tx.commit()).await;
        match &done {
            Ok(()) => health.well(),
            Err(error) => health.note(error),
        }
        done
    }
}

impl<D: Database> Deref for Open<D> {
    type Target = D::Connection;
    fn deref(&self) -> &D::Connection {
        &self.tx
    }
}

impl<D: Database> DerefMut for Open<D> {
    fn deref_mut(&mut self) -> &mut D::Connection {
        &mut self.tx
    }
}

impl Open<Postgres> {
    /// Lifts the bounds on how long a statement may take, up to the commit.
    pub(super) async fn may_take_long(&mut self) -> Result<()> {
        let sql = "set local statement_timeout = 0";
        sqlx::query(sql).execute(&mut **self).await?;
        self.answer = None;
        Ok(())
    }
}

/// An answer, or that it did not come in time.
pub(super) async fn within<T>(
    patience: Option<Duration>,
    answer: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T> {
    let answer = match patience {
        None => answer.await,
        Some(patience) => {
            tokio::time::timeout(patience, answer).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
        }
    };
    Ok(answer?)
}

impl Tx {
    /// Makes the transaction durable.
    ///
    /// # Errors
    /// [`Error::Sqlx`]; the transaction is then rolled back.
    pub async fn commit(self) -> Result<()> {
        match self {
            Tx::Sqlite(tx) => tx.commit().await,
            Tx::Postgres(tx) => tx.commit().await,
        }
    }
}
