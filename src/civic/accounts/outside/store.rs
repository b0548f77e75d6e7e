//! The SQL of identity providers: ways out that were begun, and who is who.

use super::provider::{Identity, Pending};
use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::AccountId;
use crate::civic::accounts::kept_voices::{self, Proof};
use crate::civic::accounts::model::Account;
use crate::civic::accounts::session::Digest;
use crate::civic::accounts::store as accounts;
use crate::core::journal::Write;

/// Keeps what was begun.
pub(super) async fn begin(
    write: &mut Write,
    state: &Digest,
    account: Option<AccountId>,
    pending: &Pending,
    expires_at: Timestamp,
) -> Result<()> {
    let content = serde_json::to_string(pending).map_err(|e| Error::Internal(format!("ceremony: {e}")))?;
    write
        .tx()
        .run(
            "insert into ceremony (digest, kind, account_id, content, expires_at) values ($1, 'outside', $2, $3, $4)",
            (state.as_slice(), account, content, expires_at),
        )
        .await?;
    Ok(())
}

/// Takes what was begun, once; nothing where it was taken, or is too old.
pub(super) async fn take(write: &mut Write, state: &Digest) -> Result<Option<(Option<AccountId>, Pending)>> {
    let at = write.at();
    let row: Option<(Option<AccountId>, String, Timestamp)> = write
        .tx()
        .optional(
            "delete from ceremony where digest = $1 and kind = 'outside' returning account_id, content, expires_at",
            (state.as_slice(),),
        )
        .await?;
    let Some((account, content, _)) = row.filter(|(.., expires_at)| *expires_at > at) else {
        return Ok(None);
    };
    let pending = serde_json::from_str(&content).map_err(|e| Error::Internal(format!("ceremony: {e}")))?;
    Ok(Some((account, pending)))
}

/// The account of an identity: the one that it is linked with; else `signed_in`, which is linked now; else a new one.
///
/// # Errors
/// [`Error::Conflict`] where it is linked with another account than the one signed in, or its address is another account's.
pub(super) async fn account(
    write: &mut Write,
    identity: &Identity,
    signed_in: Option<AccountId>,
) -> Result<Account> {
    let at = write.at();
    let known: Option<(AccountId,)> = write
        .tx()
        .optional(
            "select account_id from outside_identity where issuer = $1 and subject = $2",
            (identity.issuer.as_str(), identity.subject.as_str()),
        )
        .await?;
    let id = match (known, signed_in) {
        (Some((known,)), Some(signed_in)) if known != signed_in => {
            return Err(Error::Conflict(Message::new("outside-other-account")));
        }
        (Some((known,)), _) => known,
        (None, Some(signed_in)) => {
            let voice = accounts::find(write.tx(), signed_in).await?.voice;
            kept_voices::take_up(write, &identity.proof(), voice).await?;
            link(write, identity, signed_in).await?
        }
        (None, None) => {
            let new = insert(write, identity).await?;
            link(write, identity, new).await?
        }
    };
    write.tx().run("update account set verified_at = $2 where id = $1", (id, at)).await?;
    accounts::find(write.tx(), id).await
}

async fn link(write: &mut Write, identity: &Identity, account: AccountId) -> Result<AccountId> {
    let at = write.at();
    write
        .tx()
        .run(
            "insert into outside_identity (issuer, subject, account_id, created_at) values ($1, $2, $3, $4)",
            (identity.issuer.as_str(), identity.subject.as_str(), account, at),
        )
        .await?;
    Ok(account)
}

async fn insert(write: &mut Write, identity: &Identity) -> Result<AccountId> {
    let at = write.at();
    let email = identity.email.as_deref();
    if let Some(email) = email
        && accounts::of_email(write.tx(), email).await?.is_some()
    {
        return Err(Error::Conflict(Message::new("outside-address-taken")));
    }
    let mut proofs = vec![identity.proof()];
    proofs.extend(email.map(Proof::Email));
    let voice = kept_voices::of_new(write, &proofs).await?;
    let (id,) = write
        .tx()
        .one(
            "insert into account (voice, email, created_at, seen_at) values ($1, $2, $3, $4) returning id",
            (voice, email, at, at),
        )
        .await?;
    Ok(id)
}
