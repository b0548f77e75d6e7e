//! The SQL of keys.

use super::model::{Key, KeyId, NewKey, Secret};
use super::{KEY_MADE, KEY_REVOKED};
use crate::base::db::{Db, Sql};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::AccountId;
use crate::core::journal::Write;

/// Makes a key. The journal says so; the key itself is in what is given back, and nowhere else.
///
/// # Errors
/// Where the database does not answer.
pub async fn make(write: &mut Write, new: NewKey<'_>) -> Result<(KeyId, Secret)> {
    let (at, secret) = (write.at(), Secret::draw());
    let (id,): (i64,) = write
        .tx()
        .one(
            "insert into api_key (name, scope, digest, per_hour, made_by, made_at) values ($1, $2, $3, $4, $5, $6) returning id",
            (new.name, new.scope, secret.digest().to_vec(), new.per_hour, new.by, at),
        )
        .await?;
    write.touch("api_key", id);
    write.record_subject(KEY_MADE, format!("{} {id}", new.scope.word()));
    Ok((KeyId(id), secret))
}

/// Every key, those that open something first, the newest first of each.
///
/// # Errors
/// Where the database does not answer.
pub async fn all(db: impl Sql<'_>) -> Result<Vec<Key>> {
    db.all(
        "select k.id, k.name, k.scope, k.per_hour, k.made_at, a.name as made_by, k.used_on, k.revoked_at
         from api_key k left join account a on a.id = k.made_by
         order by case when k.revoked_at is null then 0 else 1 end, k.id desc",
        (),
    )
    .await
}

/// The key of a digest.
pub(super) async fn of_digest(db: impl Sql<'_>, digest: &[u8; 32]) -> Result<Option<Key>> {
    db.optional(
        "select k.id, k.name, k.scope, k.per_hour, k.made_at, a.name as made_by, k.used_on, k.revoked_at
         from api_key k left join account a on a.id = k.made_by where k.digest = $1",
        (digest.to_vec(),),
    )
    .await
}

/// Says on which day a key was used. Once a day: no line of the journal, and nothing that the register holds.
pub(super) async fn used(db: &Db, id: KeyId, today: &str) -> Result<()> {
    let sql = "update api_key set used_on = $2 where id = $1 and (used_on is null or used_on < $2)";
    db.run(sql, (id, today)).await.map(|_| ())
}

/// Revokes a key, for good. The journal says so.
///
/// # Errors
/// [`Error::NotFound`] where there is none; [`Error::Conflict`] where it was revoked before.
pub async fn revoke(write: &mut Write, id: KeyId, by: AccountId) -> Result<()> {
    let at = write.at();
    let sql = "update api_key set revoked_at = $2, revoked_by = $3 where id = $1 and revoked_at is null returning scope";
    let row: Option<(String,)> = write.tx().optional(sql, (id, at, by)).await?;
    let Some((scope,)) = row else { return Err(done_already(write, id).await?) };
    write.touch("api_key", id.0);
    write.record_subject(KEY_REVOKED, format!("{scope} {id}"));
    Ok(())
}

async fn done_already(write: &mut Write, id: KeyId) -> Result<Error> {
    let row: Option<(i64,)> = write.tx().optional("select id from api_key where id = $1", (id,)).await?;
    Ok(row.map_or(Error::NotFound, |_| Error::Conflict(Message::new("keys-meanwhile"))))
}
