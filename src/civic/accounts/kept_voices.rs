//! The voices of people whose accounts were erased: who signs in anew with the same address or identity has the same voice again, and
//! the key of the table of votes counts it once.
//!
//! What it is not: a list of addresses. Invariants: a person is a keyed digest here; a row goes once no ballot counts its voice any
//! more ([`settle`]); two proofs of one person never lead to two voices.

use crate::base::clock::Timestamp;
use crate::base::db::{Sql as _, Tx};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{AccountId, Visitor};
use crate::core::features::claim;
use crate::core::features::untying::{self, OpenBallots};
use crate::core::journal::Write;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// By what a person proves who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof<'a> {
    /// An address, in lower case, whose letters they read.
    Email(&'a str),
    /// Issuer and subject of an identity provider.
    Identity(&'a str, &'a str),
}

/// How long a row is kept where nothing was voted: an act that was under way while the account was erased may still come.
const LATE: chrono::TimeDelta = chrono::TimeDelta::days(1);

/// What stands for a proof, here and nowhere else: of no use without the key, which each installation draws for itself.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn digest(tx: &mut Tx, proof: &Proof<'_>) -> Result<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key(tx).await?.as_bytes())
        .map_err(|e| Error::Internal(format!("person key: {e}")))?;
    // Each part with its length: no two proofs read the same.
    let parts = match proof {
        Proof::Email(email) => vec!["email", email],
        Proof::Identity(issuer, subject) => vec!["identity", issuer, subject],
    };
    for part in parts {
        mac.update(&part.len().to_be_bytes());
        mac.update(part.as_bytes());
    }
    Ok(mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect())
}

async fn key(tx: &mut Tx) -> Result<String> {
    const FIND: &str = "select value from setting where name = 'person_key'";
    let known: Option<(String,)> = tx.optional(FIND, ()).await?;
    if let Some((key,)) = known {
        return Ok(key);
    }
    let new = super::session::secret();
    tx.run(
        "insert into setting (name, value) values ('person_key', $1) on conflict (name) do nothing",
        (new,),
    )
    .await?;
    Ok(tx.one::<(String,)>(FIND, ()).await?.0)
}

/// Keeps an account's voice under each of its proofs. To be called before the account is emptied; does nothing for one that is.
///
/// # Errors
/// Where the database refuses.
pub async fn keep(write: &mut Write, account: AccountId) -> Result<()> {
    let at = write.at();
    let tx = write.tx();
    // The row is locked: of two that erase at once, the second finds an account that is empty.
    let row: Option<(Visitor, Option<String>)> = tx
        .optional(
            "update account set seen_at = seen_at where id = $1 and erased_at is null returning voice, email",
            (account,),
        )
        .await?;
    let Some((voice, email)) = row else { return Ok(()) };
    let identities: Vec<(String, String)> =
        tx.all("select issuer, subject from outside_identity where account_id = $1", (account,)).await?;
    let mut proofs: Vec<Proof<'_>> = email.iter().map(|email| Proof::Email(email)).collect();
    proofs.extend(identities.iter().map(|(issuer, subject)| Proof::Identity(issuer, subject)));
    for proof in proofs {
        let person = digest(tx, &proof).await?;
        tx.run(
            "insert into kept_voice (person, voice, kept_at) values ($1, $2, $3)
             on conflict (person) do update set voice = excluded.voice, kept_at = excluded.kept_at",
            (person, voice, at),
        )
        .await?;
    }
    Ok(())
}

/// Takes a kept voice out: whoever proves this is with us again.
async fn take(tx: &mut Tx, proof: &Proof<'_>) -> Result<Option<Visitor>> {
    let person = digest(tx, proof).await?;
    let row: Option<(Visitor,)> =
        tx.optional("delete from kept_voice where person = $1 returning voice", (person,)).await?;
    Ok(row.map(|(voice,)| voice))
}

/// The voice of a new account of somebody who proves this: the one that they had, or a new one.
///
/// # Errors
/// [`Error::Conflict`] where another account has that voice already: they came back by another of their proofs before.
pub(super) async fn of_new(write: &mut Write, proofs: &[Proof<'_>]) -> Result<Visitor> {
    let mut voice = None;
    for proof in proofs {
        let Some(kept) = take(write.tx(), proof).await? else { continue };
        must_be_free(write.tx(), kept).await?;
        match voice {
            None => voice = Some(kept),
            Some(voice) => join(write, kept, voice).await?,
        }
    }
    Ok(voice.unwrap_or_else(|| Visitor(uuid::Uuid::new_v4())))
}

/// Gives an account's voice what was kept under a proof that is linked with it now.
///
/// # Errors
/// As [`of_new`].
pub(super) async fn take_up(write: &mut Write, proof: &Proof<'_>, voice: Visitor) -> Result<()> {
    match take(write.tx(), proof).await? {
        Some(kept) if kept != voice => {
            must_be_free(write.tx(), kept).await?;
            join(write, kept, voice).await
        }
        _ => Ok(()),
    }
}

async fn must_be_free(tx: &mut Tx, voice: Visitor) -> Result<()> {
    match super::store::of_voice(tx, voice).await? {
        Some(_) => Err(Error::Conflict(Message::new("account-voice-held"))),
        None => Ok(()),
    }
}

async fn join(write: &mut Write, kept: Visitor, voice: Visitor) -> Result<()> {
    claim::claim(write, kept, voice).await?;
    let sql = "update kept_voice set voice = $2 where voice = $1";
    write.tx().run(sql, (kept, voice)).await.map(|_| ())
}

/// Unties the kept voices that no open ballot counts any more, and forgets whose they were. Gives how many voices.
///
/// # Errors
/// Where the database refuses.
pub async fn settle(write: &mut Write, open: &OpenBallots) -> Result<u64> {
    let at: Timestamp = write.at();
    let untied = untying::untie_kept(write.tx(), open, at).await?;
    write
        .tx()
        .run(
            "delete from kept_voice where kept_at < $1 and voice not in (select voice from account)
             and not exists (select 1 from vote where voter = kept_voice.voice)",
            (at - LATE,),
        )
        .await?;
    Ok(untied)
}
