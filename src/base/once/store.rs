//! Keys that were used, and what was answered. Rows name nobody: the id is a digest of key, address and actor, the content's digest
//! is this instance's alone.

use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::Result;

/// A used key.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Used {
    /// The digest of what was sent; empty where that was not looked at.
    pub(super) content: String,
    pub(super) at: Timestamp,
    /// What was answered, as JSON, once that is known.
    pub(super) answer: Option<String>,
}

pub(super) async fn find(db: impl Sql<'_>, id: &str) -> Result<Option<Used>> {
    db.optional("select content, at, answer from done_once where id = $1", (id,)).await
}

/// Takes a key for good; `false` where another submission has it. Waits for one that is being committed.
pub(super) async fn take(db: impl Sql<'_>, id: &str, content: &str, at: Timestamp) -> Result<bool> {
    let sql = "insert into done_once (id, content, at) values ($1, $2, $3) on conflict (id) do nothing";
    Ok(db.run(sql, (id, content, at)).await? == 1)
}

/// The same, also where the key was used before an instant or for something else.
pub(super) async fn take_again(
    db: impl Sql<'_>,
    id: &str,
    content: &str,
    at: Timestamp,
    before: Timestamp,
) -> Result<bool> {
    let sql = "insert into done_once (id, content, at) values ($1, $2, $3) on conflict (id) do update
               set content = excluded.content, at = excluded.at, answer = null
               where done_once.content <> excluded.content or done_once.at < $4";
    Ok(db.run(sql, (id, content, at, before)).await? == 1)
}

pub(super) async fn answer(db: impl Sql<'_>, id: &str, answer: &str) -> Result<u64> {
    db.run("update done_once set answer = $2 where id = $1", (id, answer)).await
}

pub(super) async fn clear(db: impl Sql<'_>, before: Timestamp) -> Result<u64> {
    db.run("delete from done_once where at < $1", (before,)).await
}
