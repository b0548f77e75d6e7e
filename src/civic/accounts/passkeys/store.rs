//! The passkeys' SQL.

use super::model::{Content, PATIENCE, Passkey};
use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::ids::{AccountId, PasskeyId};
use crate::civic::accounts::session::Digest;
use crate::core::journal::Write;

/// The two ceremonies, by their words in the database.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    New,
    Use,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Kind::New => "passkey_new",
            Kind::Use => "passkey",
        }
    }
}

fn unreadable(error: &serde_json::Error) -> Error {
    Error::Internal(format!("passkey: {error}"))
}

/// Keeps what a challenge was asked for.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn begin(
    write: &mut Write,
    kind: Kind,
    digest: &Digest,
    account: Option<AccountId>,
    state: &[u8],
) -> Result<()> {
    let ends = write.at() + PATIENCE;
    let content = serde_json::to_string(state).map_err(|e| unreadable(&e))?;
    let sql =
        "insert into ceremony (digest, kind, account_id, content, expires_at) values ($1, $2, $3, $4, $5)";
    write.tx().run(sql, (digest.as_slice(), kind.word(), account, content, ends)).await.map(|_| ())
}

/// Takes what a challenge was asked for, once; nothing where it was taken, is too old, or was somebody else's.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn take(
    write: &mut Write,
    kind: Kind,
    digest: &Digest,
    account: Option<AccountId>,
) -> Result<Option<Vec<u8>>> {
    let at = write.at();
    let row: Option<(Option<AccountId>, String)> = write
        .tx()
        .optional(
            "delete from ceremony where digest = $1 and kind = $2 and expires_at > $3 returning account_id, content",
            (digest.as_slice(), kind.word(), at),
        )
        .await?;
    let Some((_, content)) = row.filter(|(asked, _)| *asked == account) else { return Ok(None) };
    serde_json::from_str(&content).map(Some).map_err(|e| unreadable(&e))
}

/// Somebody's passkeys, the oldest first.
///
/// # Errors
/// Where the database does not answer.
pub(in crate::civic::accounts) async fn list(db: impl Sql<'_>, account: AccountId) -> Result<Vec<Passkey>> {
    let sql = "select id, name, created_at, used_at from passkey where account_id = $1 order by id";
    db.all(sql, (account,)).await
}

/// How many passkeys somebody has.
///
/// # Errors
/// Where the database does not answer.
pub async fn count(db: impl Sql<'_>, account: AccountId) -> Result<i64> {
    let (count,): (i64,) = db.one("select count(*) from passkey where account_id = $1", (account,)).await?;
    Ok(count)
}

/// Somebody's passkeys as devices know them.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn credentials(db: impl Sql<'_>, account: AccountId) -> Result<Vec<(Vec<u8>, Content)>> {
    let sql = "select credential, content from passkey where account_id = $1 order by id";
    let rows: Vec<(Vec<u8>, String)> = db.all(sql, (account,)).await?;
    let read = |(id, content): (Vec<u8>, String)| {
        serde_json::from_str(&content).map(|content| (id, content)).map_err(|e| unreadable(&e))
    };
    rows.into_iter().map(read).collect()
}

/// Keeps a new passkey.
///
/// # Errors
/// Where the database refuses; a unique violation where the credential is known.
pub(super) async fn insert(
    write: &mut Write,
    account: AccountId,
    (credential, content): &(Vec<u8>, Content),
    name: &str,
) -> Result<()> {
    let at = write.at();
    let content = serde_json::to_string(content).map_err(|e| unreadable(&e))?;
    write
        .tx()
        .run(
            "insert into passkey (account_id, credential, content, name, created_at) values ($1, $2, $3, $4, $5)",
            (account, credential.as_slice(), content, name, at),
        )
        .await
        .map(|_| ())
}

/// A passkey by its credential's id, whose it is, and what is kept of it.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn find(
    write: &mut Write,
    credential: &[u8],
) -> Result<Option<(PasskeyId, AccountId, Content)>> {
    let sql = "select id, account_id, content from passkey where credential = $1";
    let row: Option<(PasskeyId, AccountId, String)> = write.tx().optional(sql, (credential,)).await?;
    let Some((id, account, content)) = row else { return Ok(None) };
    let content = serde_json::from_str(&content).map_err(|e| unreadable(&e))?;
    Ok(Some((id, account, content)))
}

/// Says that a passkey was used, and keeps what changed of it.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn used(write: &mut Write, id: PasskeyId, content: &Content) -> Result<()> {
    let at = write.at();
    let content = serde_json::to_string(content).map_err(|e| unreadable(&e))?;
    let sql = "update passkey set content = $2, used_at = $3 where id = $1";
    write.tx().run(sql, (id, content, at)).await.map(|_| ())
}

/// Whether a passkey is the only one of its account, whose row is locked: of two that are removed at once, the second is asked again.
pub(super) async fn is_last(write: &mut Write, account: AccountId, id: PasskeyId) -> Result<bool> {
    write.tx().run("update account set seen_at = seen_at where id = $1", (account,)).await?;
    let all: Vec<(PasskeyId,)> =
        write.tx().all("select id from passkey where account_id = $1", (account,)).await?;
    Ok(all == [(id,)])
}

/// Removes one of somebody's passkeys.
///
/// # Errors
/// [`Error::NotFound`] where they have no such passkey.
pub(super) async fn remove(write: &mut Write, account: AccountId, id: PasskeyId) -> Result<()> {
    match write.tx().run("delete from passkey where account_id = $1 and id = $2", (account, id)).await? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}
