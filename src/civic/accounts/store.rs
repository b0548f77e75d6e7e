//! The accounts' SQL.

use super::kept_voices::{self, Proof};
use super::model::{Account, Grant, Role, Session};
use crate::base::clock::Timestamp;
use crate::base::db::{Answer, Sql};
use crate::base::error::{Error, Result};
use crate::base::i18n::Lang;
use crate::base::ids::{AccountId, AreaId, GrantId, ProcessId, SessionId, Visitor};
use crate::base::media::Digest;
use crate::core::journal::{Act, Write};
use crate::core::personal_data::{Fate, Person};

/// The columns of [`Account`], up to the filter.
macro_rules! account {
    ($filter:literal) => {
        concat!(
            "select a.id, a.voice, a.email, a.name, a.lang, a.capacity, a.area_id, a.verified_at, a.created_at from account a ",
            $filter
        )
    };
}

/// An account.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(db: impl Sql<'_>, id: AccountId) -> Result<Account> {
    db.one(account!("where a.id = $1"), (id,)).await
}

/// The account of an address, which must be in lower case.
///
/// # Errors
/// Where the database does not answer.
pub async fn of_email(db: impl Sql<'_>, email: &str) -> Result<Option<Account>> {
    db.optional(account!("where a.email = $1"), (email,)).await
}

/// Who speaks with this voice, if they have an account.
///
/// # Errors
/// Where the database does not answer.
pub async fn of_voice(db: impl Sql<'_>, voice: Visitor) -> Result<Option<Account>> {
    db.optional(account!("where a.voice = $1"), (voice,)).await
}

/// The account of an address (in lower case), made where there is none; with the voice that it had, where it was erased not long ago.
///
/// # Errors
/// [`Error::Conflict`] where that voice is another account's by now.
pub async fn ensure(write: &mut Write, email: &str) -> Result<Account> {
    if let Some(account) = of_email(write.tx(), email).await? {
        return Ok(account);
    }
    let at = write.at();
    let voice = kept_voices::of_new(write, &[Proof::Email(email)]).await?;
    write
        .tx()
        .run(
            "insert into account (voice, email, created_at, seen_at) values ($1, $2, $3, $4) on conflict do nothing",
            (voice, email, at, at),
        )
        .await?;
    of_email(write.tx(), email).await?.ok_or(Error::NotFound)
}

/// Sets somebody's public name.
///
/// # Errors
/// [`Error::NotFound`] where there is no such account.
pub async fn set_name(write: &mut Write, id: AccountId, name: &str) -> Result<()> {
    match write.tx().run("update account set name = $2 where id = $1", (id, name)).await? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

/// Keeps the language in which somebody reads: their letters are in it.
///
/// # Errors
/// Where the database refuses.
pub async fn set_language(write: &mut Write, id: AccountId, lang: Lang) -> Result<()> {
    write.tx().run("update account set lang = $2 where id = $1 and lang <> $2", (id, lang)).await?;
    Ok(())
}

/// The session of a cookie, by the digest of its value, if it has not ended; and whose it is.
///
/// # Errors
/// Where the database does not answer.
pub async fn signed_in(
    db: &crate::base::db::Db,
    digest: &[u8],
    now: Timestamp,
) -> Result<Option<(Session, Account)>> {
    let session: Option<Session> = db
        .optional(
            "select id, account_id, browser, created_at, seen_at, expires_at, strong_at
             from session where digest = $1 and expires_at > $2",
            (digest, now),
        )
        .await?;
    let Some(session) = session else { return Ok(None) };
    let account: Option<Account> =
        db.optional(account!("where a.id = $1 and a.erased_at is null"), (session.account_id,)).await?;
    Ok(account.map(|account| (session, account)))
}

/// Opens a session. The value of its cookie is the caller's secret: only `digest` is kept.
///
/// # Errors
/// Where the database refuses.
pub async fn open_session(
    write: &mut Write,
    digest: &[u8],
    account: AccountId,
    browser: &str,
    expires_at: Timestamp,
) -> Result<SessionId> {
    use rand::Rng as _;
    let mut random = [0u8; 8];
    rand::rng().fill_bytes(&mut random);
    // Below 2^53, as every id.
    let id = SessionId(i64::from_be_bytes(random) & ((1 << 53) - 1));
    let at = write.at();
    write
        .tx()
        .run(
            "insert into session (digest, id, account_id, browser, created_at, seen_at, expires_at)
             values ($1, $2, $3, $4, $5, $6, $7)",
            (digest, id, account, browser, at, at, expires_at),
        )
        .await?;
    Ok(id)
}

/// Says that a second factor was shown in a session.
///
/// # Errors
/// [`Error::NotFound`] where there is no such session.
pub async fn show_second_factor(write: &mut Write, digest: &[u8]) -> Result<()> {
    let at = write.at();
    match write.tx().run("update session set strong_at = $2 where digest = $1", (digest, at)).await? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

/// The roles that somebody has now.
///
/// # Errors
/// Where the database does not answer.
pub async fn grants(db: impl Sql<'_>, account: AccountId) -> Result<Vec<Grant>> {
    db.all(
        "select id, account_id, role, process_id, area_id, granted_at from role_grant
         where account_id = $1 and revoked_at is null order by id",
        (account,),
    )
    .await
}

/// Gives a role. The journal says so.
///
/// # Errors
/// Where the database refuses.
pub async fn grant(
    write: &mut Write,
    account: AccountId,
    role: Role,
    scope: (Option<ProcessId>, Option<AreaId>),
    by: Option<AccountId>,
) -> Result<GrantId> {
    let at = write.at();
    let (process, area) = scope;
    let (id,): (GrantId,) = write
        .tx()
        .one(
            "insert into role_grant (account_id, role, process_id, area_id, granted_by, granted_at)
             values ($1, $2, $3, $4, $5, $6) returning id",
            (account, role, process, area, by, at),
        )
        .await?;
    write.touch("role_grant", id.0);
    write.record_subject(Act::GRANTED, format!("{} {account}", role.word()));
    Ok(id)
}

/// Ends a session by its cookie's digest. One that has ended already is no error.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn close_session(db: impl Sql<'_>, digest: &[u8]) -> Result<()> {
    db.run("delete from session where digest = $1", (digest,)).await.map(|_| ())
}

/// Gives a session another cookie. Says when it ends.
///
/// # Errors
/// [`Error::NotFound`] where there is no such session.
pub(super) async fn renew_session(db: impl Sql<'_>, old: &[u8], new: &[u8]) -> Result<Timestamp> {
    let (ends,): (Timestamp,) =
        db.one("update session set digest = $2 where digest = $1 returning expires_at", (old, new)).await?;
    Ok(ends)
}

/// Says that a session was used, and its account with it.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn seen(
    db: &crate::base::db::Db,
    digest: &[u8],
    account: AccountId,
    now: Timestamp,
) -> Result<()> {
    db.run("update session set seen_at = $2 where digest = $1", (digest, now)).await?;
    db.run("update account set seen_at = $2 where id = $1", (account, now)).await?;
    Ok(())
}

/// The browsers in which somebody is signed in, the last used first.
///
/// # Errors
/// Where the database does not answer.
pub async fn sessions(db: impl Sql<'_>, account: AccountId, now: Timestamp) -> Result<Vec<Session>> {
    db.all(
        "select id, account_id, browser, created_at, seen_at, expires_at, strong_at
         from session where account_id = $1 and expires_at > $2 order by seen_at desc, id",
        (account, now),
    )
    .await
}

/// Ends one of somebody's sessions, in another browser: from its next request on, nobody is signed in there.
///
/// # Errors
/// [`Error::NotFound`] where they have no such session.
pub(super) async fn end_session(db: impl Sql<'_>, account: AccountId, id: SessionId) -> Result<()> {
    match db.run("delete from session where account_id = $1 and id = $2", (account, id)).await? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

/// Ends all of somebody's sessions but one.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn end_others(db: impl Sql<'_>, account: AccountId, but: SessionId) -> Result<()> {
    db.run("delete from session where account_id = $1 and id <> $2", (account, but)).await.map(|_| ())
}

/// Forgets somebody's passkeys, which they lost, and signs them out everywhere: who has the device now is out. Says how many there were.
///
/// # Errors
/// Where the database refuses.
pub async fn forget_passkeys(write: &mut Write, account: AccountId) -> Result<u64> {
    write.tx().run("delete from session where account_id = $1", (account,)).await?;
    write.tx().run("delete from passkey where account_id = $1", (account,)).await
}

/// Clears away what has ended. Links stay a day, so that who opens an old one reads why it is refused.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn clear(db: &crate::base::db::Db, now: Timestamp) -> Result<()> {
    db.run("delete from session where expires_at < $1", (now,)).await?;
    db.run("delete from ceremony where expires_at < $1", (now,)).await?;
    let yesterday = now - chrono::TimeDelta::days(1);
    db.run("delete from sign_in_link where expires_at < $1", (yesterday,)).await?;
    Ok(())
}

/// Empties an account, ends its roles, and leaves its number: what names it leads to nobody.
pub(super) fn erase<'a>(write: &'a mut Write, person: &'a Person, _: Fate) -> Answer<'a, Vec<Digest>> {
    Box::pin(async move {
        let Some(id) = person.account else { return Ok(Vec::new()) };
        let at = write.at();
        super::people::revoke_all(write, id).await?;
        write
            .tx()
            .run(
                "update account set voice = $2, email = null, name = '', capacity = 'resident', area_id = null,
                        verified_at = null, erased_at = $3
                 where id = $1",
                (id, Visitor(uuid::Uuid::new_v4()), at),
            )
            .await?;
        Ok(Vec::new())
    })
}
