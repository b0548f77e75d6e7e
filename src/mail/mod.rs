//! Letters to people: written into the outbox in the transaction that they tell of, sent afterwards by a task of its own.
//!
//! What it is not: the texts, which each room says in its reader's language. Invariant: what was not committed is not sent, and
//! a server that is away delays a letter, never an act.

mod address;
mod pasted;
mod send;
mod store;
#[cfg(test)]
mod tests;

pub use address::{address, masked};
pub use pasted::{Pasted, canonical, pasted};
pub use send::{Post, deliver};

use crate::db::Tx;
use crate::error::Result;

/// A letter in plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// An e-mail address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The text; lines of about 72 characters read best.
    pub body: String,
}

/// A letter of the outbox, as a list shows it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Posted {
    /// To whom.
    pub recipient: String,
    /// One line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// When it was written.
    pub created_at: crate::clock::Timestamp,
}

/// Letters that have not left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Unsent {
    /// Those that will be tried.
    pub waiting: i64,
    /// Those that will not.
    pub given_up: i64,
}

/// How many letters have not left.
///
/// # Errors
/// Where the database does not answer.
pub async fn unsent(db: &crate::db::Db) -> crate::error::Result<Unsent> {
    store::unsent(db).await
}

/// The letters that were written last, the newest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn latest(db: &crate::db::Db, most: i64) -> Result<Vec<Posted>> {
    store::latest(db, most).await
}

/// Puts a letter into the outbox.
///
/// # Errors
/// Where the database refuses.
pub async fn post(tx: &mut Tx, letter: &Letter, at: crate::clock::Timestamp) -> Result<()> {
    store::insert(tx, letter, at).await
}
