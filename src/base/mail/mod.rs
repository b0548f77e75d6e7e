//! Letters to people: written into the outbox in the transaction that they tell of, sent afterwards by a task of its own.
//!
//! What it is not: the texts, which each room says in its reader's language. Invariant: what was not committed is not sent, and
//! a server that is away delays a letter, never an act.

mod address;
mod names;
mod pasted;
mod send;
mod store;
#[cfg(test)]
mod tests;

pub use address::{address, masked};
pub use names::{NAME, Naming};
pub use pasted::{Pasted, canonical, pasted};
pub use send::{Post, Posting, deliver};

use crate::base::db::Tx;
use crate::base::error::Result;
use store::Terms;

/// How long a letter waits that tells of what can be taken back: as long as the button stands under the mouse that pressed wrongly.
pub const UNDO: chrono::TimeDelta = chrono::TimeDelta::seconds(10);

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
    pub created_at: crate::base::clock::Timestamp,
    subject_kind: Option<String>,
    subject_id: Option<i64>,
}

/// Letters that have not left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Unsent {
    /// Those that will be tried.
    pub waiting: i64,
    /// Those that will not.
    pub given_up: i64,
    /// Since when the oldest of those waits that will be tried.
    pub since: Option<crate::base::clock::Timestamp>,
}

/// A letter that will not be tried any more, without its text: that may hold a way in, which is its reader's alone.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct GivenUp {
    /// Its number.
    pub id: i64,
    /// To whom.
    pub recipient: String,
    /// One line.
    pub subject: String,
    /// When it was written.
    pub created_at: crate::base::clock::Timestamp,
    /// When it was tried last.
    pub given_up_at: crate::base::clock::Timestamp,
    /// How often it was tried.
    pub tries: i64,
    /// What the mail server said.
    pub problem: Option<String>,
    subject_id: Option<i64>,
}

/// The letters that will not be tried any more, those given up last first: at most so many, after so many. What a letter is about is said
/// by its number.
///
/// # Errors
/// Where the database does not answer.
pub async fn given_up(db: &crate::base::db::Db, offset: i64, most: i64) -> Result<Vec<GivenUp>> {
    let mut letters = store::given_up(db, offset, most).await?;
    for letter in &mut letters {
        letter.subject = names::named(&letter.subject, None, letter.subject_id.unwrap_or_default());
    }
    Ok(letters)
}

/// Lets a letter that was given up be tried again from the beginning, or all of them; gives how many.
///
/// # Errors
/// Where the database refuses.
pub async fn try_again(tx: &mut Tx, id: Option<i64>) -> Result<u64> {
    store::try_again(tx, id).await
}

/// How many letters have not left.
///
/// # Errors
/// Where the database does not answer.
pub async fn unsent(db: &crate::base::db::Db) -> crate::base::error::Result<Unsent> {
    store::unsent(db).await
}

/// Sends the letters whose turn it is once nothing can be taken back any more.
#[cfg(test)]
pub(crate) async fn drain_now(db: &crate::base::db::Db, post: &Post) -> Result<usize> {
    send::drain(db, post, crate::base::clock::now() + UNDO).await
}

/// How many letters the outbox holds, sent or not.
///
/// # Errors
/// Where the database does not answer.
pub async fn count(db: &crate::base::db::Db) -> Result<i64> {
    store::count(db).await
}

/// The letters that were written last, the newest first: at most so many, after so many.
///
/// # Errors
/// Where the database does not answer.
pub async fn latest(db: &crate::base::db::Db, offset: i64, most: i64, naming: Naming) -> Result<Vec<Posted>> {
    let mut letters = store::latest(db, offset, most).await?;
    for letter in &mut letters {
        if let (Some(kind), Some(id)) = (&letter.subject_kind, letter.subject_id) {
            let name = naming(db, kind, id).await?;
            letter.subject = names::named(&letter.subject, name.as_deref(), id);
            letter.body = names::named(&letter.body, name.as_deref(), id);
        }
    }
    Ok(letters)
}

/// Puts a letter into the outbox.
///
/// # Errors
/// Where the database refuses.
pub async fn post(tx: &mut Tx, letter: &Letter, at: crate::base::clock::Timestamp) -> Result<()> {
    store::insert(tx, letter, Terms::default(), at).await
}

/// Puts a letter into the outbox for which somebody waits, beside the page that asked for it: it leaves before all others.
///
/// # Errors
/// Where the database refuses.
pub async fn post_first(tx: &mut Tx, letter: &Letter, at: crate::base::clock::Timestamp) -> Result<()> {
    store::insert(tx, letter, Terms { urgent: true, ..Terms::default() }, at).await
}

/// Puts a letter into the outbox that is about something (its kind and number): [`NAME`] in it is the thing's name, which is put in
/// when the letter leaves, and only where everybody may read it then. With a `cause`, which may be taken back, it leaves [`UNDO`] later,
/// and never if [`call_back`] names its cause before.
///
/// # Errors
/// Where the database refuses.
pub async fn post_about(
    tx: &mut Tx,
    letter: &Letter,
    about: (&'static str, i64),
    cause: Option<&str>,
    at: crate::base::clock::Timestamp,
) -> Result<()> {
    let cause = cause.map(|cause| (cause, at + UNDO));
    store::insert(tx, letter, Terms { about: Some(about), cause, ..Terms::default() }, at).await
}

/// Takes back the letters of a cause that have not left. Gives to whom nothing was said: where one was tried, it may have arrived.
///
/// # Errors
/// Where the database refuses.
pub async fn call_back(tx: &mut Tx, cause: &str) -> Result<Vec<String>> {
    store::call_back(tx, cause).await
}
