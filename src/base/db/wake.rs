//! Hearing that another server committed. A convenience: what is missed here is found by the follower's slow poll.

use super::Db;
use crate::base::error::Result;
use sqlx::postgres::PgListener;

/// A stream of "somebody committed" from the other servers on the same database.
#[derive(Debug)]
pub enum Wakeups {
    /// SQLite tells nobody; other processes on the file are found by polling.
    Silent,
    /// `LISTEN parvis_journal`, filled by a trigger on the journal.
    Listening(Box<PgListener>),
}

impl Db {
    /// Starts to listen.
    ///
    /// # Errors
    /// [`crate::base::error::Error::Sqlx`] where the database refuses.
    pub async fn wakeups(&self) -> Result<Wakeups> {
        Ok(match self {
            Db::Sqlite(_) => Wakeups::Silent,
            Db::Postgres(pools) => {
                let mut listener = PgListener::connect_with(&pools.long).await?;
                listener.listen("parvis_journal").await?;
                Wakeups::Listening(Box::new(listener))
            }
        })
    }
}

impl Wakeups {
    /// Waits for the next commit elsewhere, or for a reconnection (during which some may have been missed).
    ///
    /// # Errors
    /// [`crate::base::error::Error::Sqlx`] where the connection is lost and cannot be made again.
    pub async fn next(&mut self) -> Result<()> {
        match self {
            Wakeups::Silent => std::future::pending().await,
            // `try_recv` gives `None` after a reconnection: a reason to look, too.
            Wakeups::Listening(listener) => {
                listener.try_recv().await?;
                Ok(())
            }
        }
    }
}
