//! Texts that the authority's people answer with: named, written once, filled in for each contribution.
//!
//! Invariant: two that are in use have two names; one that was removed can be put back.

use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::AccountId;
use crate::core::features::Card;
use crate::core::journal::Write;

/// A text to answer with.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Reply {
    /// Its id.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// Markdown-light, with [`PLACES`].
    pub body: String,
    /// The code of the language that it is in.
    pub lang: String,
    /// How often it was written: what a form says that it saw.
    pub version: i64,
}

/// What is filled in: words in braces. Never what a resident wrote: it would stay in the answer where it is blacked out or erased later.
pub const PLACES: [&str; 2] = ["{reference}", "{process}"];

/// What is written of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReply {
    /// What it is called.
    pub name: String,
    /// Markdown-light.
    pub body: String,
    /// The code of its language.
    pub lang: String,
}

/// A text with what is the contribution's in its places; `process` is what its process is called. A text that has none is as it was.
pub fn filled(body: &str, card: &Card, process: &str) -> String {
    let id = card.id.to_string();
    let values = [id.as_str(), process];
    let (mut said, mut rest) = (String::with_capacity(body.len()), body);
    // One walk: what a name says in braces is nobody's place.
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        said.push_str(before);
        let found = PLACES.iter().zip(values).find(|(place, _)| from.starts_with(**place));
        let taken = match found {
            Some((place, value)) => {
                said.push_str(value);
                place.len()
            }
            None => {
                said.push('{');
                1
            }
        };
        rest = &from[taken..];
    }
    said.push_str(rest);
    said
}

/// Those that are in use, by name.
///
/// # Errors
/// Where the database does not answer.
pub async fn all(db: impl Sql<'_>) -> Result<Vec<Reply>> {
    db.all(
        "select id, name, body, lang, version from reply_template where removed_at is null order by lower(name), id",
        (),
    )
    .await
}

/// Those that were removed, the last one first.
///
/// # Errors
/// Where the database does not answer.
pub async fn removed(db: impl Sql<'_>) -> Result<Vec<Reply>> {
    db.all(
        "select id, name, body, lang, version from reply_template where removed_at is not null
         order by removed_at desc, id desc limit 20",
        (),
    )
    .await
}

/// One that is in use.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(db: impl Sql<'_>, id: i64) -> Result<Reply> {
    let row = db
        .optional(
            "select id, name, body, lang, version from reply_template where id = $1 and removed_at is null",
            (id,),
        )
        .await?;
    row.ok_or(Error::NotFound)
}

/// Holds a name to be nobody else's.
async fn must_be_free(write: &mut Write, name: &str, but: i64) -> Result<()> {
    let row: Option<(i64,)> = write
        .tx()
        .optional(
            "select id from reply_template where name = $1 and removed_at is null and id <> $2",
            (name, but),
        )
        .await?;
    match row {
        Some(_) => Err(Error::invalid("name", Message::new("reply-name-taken"))),
        None => Ok(()),
    }
}

/// Writes a new one.
///
/// # Errors
/// [`Error::Invalid`] where its name is another's.
pub async fn insert(write: &mut Write, new: &NewReply, by: AccountId) -> Result<i64> {
    must_be_free(write, &new.name, 0).await?;
    let at = write.at();
    let (id,): (i64,) = write
        .tx()
        .one(
            "insert into reply_template (name, body, lang, changed_by, changed_at) values ($1, $2, $3, $4, $5)
             returning id",
            (new.name.as_str(), new.body.as_str(), new.lang.as_str(), by, at),
        )
        .await?;
    Ok(id)
}

/// Changes one of which `saw` is the version that the form saw.
///
/// # Errors
/// [`Error::Invalid`] where its name is another's; [`Error::Conflict`] where somebody else changed or removed it meanwhile.
pub async fn change(write: &mut Write, id: i64, saw: i64, new: &NewReply, by: AccountId) -> Result<()> {
    must_be_free(write, &new.name, id).await?;
    let at = write.at();
    let changed = write
        .tx()
        .run(
            "update reply_template set name = $3, body = $4, lang = $5, version = version + 1, changed_by = $6, changed_at = $7
             where id = $1 and version = $2 and removed_at is null",
            (id, saw, new.name.as_str(), new.body.as_str(), new.lang.as_str(), by, at),
        )
        .await?;
    if changed == 0 { Err(Error::Conflict(Message::new("reply-changed-now"))) } else { Ok(()) }
}

/// Removes one, or puts it back.
///
/// # Errors
/// [`Error::NotFound`] where there is none to be removed or put back; [`Error::Invalid`] where another has its name by now.
pub async fn keep(write: &mut Write, id: i64, kept: bool, by: AccountId) -> Result<()> {
    if kept {
        let row: Option<(String,)> =
            write.tx().optional("select name from reply_template where id = $1", (id,)).await?;
        let (name,) = row.ok_or(Error::NotFound)?;
        must_be_free(write, &name, id).await?;
    }
    let at = write.at();
    let changed = write
        .tx()
        .run(
            "update reply_template set removed_at = $3, changed_by = $4, changed_at = $5, version = version + 1
             where id = $1 and (removed_at is null) <> $2",
            (id, kept, (!kept).then_some(at), by, at),
        )
        .await?;
    if changed == 0 { Err(Error::NotFound) } else { Ok(()) }
}
