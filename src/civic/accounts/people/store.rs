//! The SQL of roles as a list, and of taking one back.

use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{AccountId, AreaId, GrantId, ProcessId};
use crate::civic::accounts::model::{Account, Role};
use crate::core::journal::{Act, Write};

/// A role that somebody has, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Held {
    /// Its id.
    pub id: GrantId,
    /// Whose.
    pub account_id: AccountId,
    /// Their address, if they have one.
    pub email: Option<String>,
    /// Their public name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The one process that it holds in.
    pub process_id: Option<ProcessId>,
    /// Its title.
    pub process: Option<String>,
    /// The name of the one area that it holds in.
    pub area: Option<String>,
    /// Since when.
    pub granted_at: Timestamp,
    /// Who gave it; nobody at the command line.
    pub granted_by: Option<String>,
}

/// How many roles are held now.
pub(super) async fn count_holders(db: impl Sql<'_>) -> Result<i64> {
    let (count,): (i64,) = db.one("select count(*) from role_grant where revoked_at is null", ()).await?;
    Ok(count)
}

/// The roles that somebody has now, by person: at most so many, after so many.
///
/// # Errors
/// Where the database does not answer.
pub async fn holders(db: impl Sql<'_>, offset: i64, most: i64) -> Result<Vec<Held>> {
    db.all(
        "select g.id, g.account_id, a.email, a.name, g.role, g.process_id, p.title as process, r.name as area, g.granted_at,
                b.email as granted_by
         from role_grant g
         join account a on a.id = g.account_id
         left join process p on p.id = g.process_id
         left join area r on r.id = g.area_id
         left join account b on b.id = g.granted_by
         where g.revoked_at is null
         order by a.email, g.id limit $1 offset $2",
        (most, offset),
    )
    .await
}

fn pattern(words: &str) -> String {
    let escaped = words.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

/// How many accounts [`search`] finds.
pub(super) async fn count_found(db: impl Sql<'_>, words: &str) -> Result<i64> {
    let (count,): (i64,) = db
        .one(
            "select count(*) from account a
             where a.erased_at is null and (a.email like $1 escape '\\' or lower(a.name) like $1 escape '\\')",
            (pattern(words),),
        )
        .await?;
    Ok(count)
}

/// Accounts whose address or name holds these words, which are compared as they are typed: at most so many, after so many.
pub(super) async fn search(db: impl Sql<'_>, words: &str, offset: i64, most: i64) -> Result<Vec<Account>> {
    db.all(
        "select a.id, a.voice, a.email, a.name, a.lang, a.capacity, a.area_id, a.verified_at, a.created_at from account a
         where a.erased_at is null and (a.email like $1 escape '\\' or lower(a.name) like $1 escape '\\')
         order by a.email, a.id limit $2 offset $3",
        (pattern(words), most, offset),
    )
    .await
}

/// Takes a role back. The journal says so.
///
/// # Errors
/// [`Error::NotFound`] where nobody has it; [`Error::Conflict`] where it is the last that administers everything.
pub async fn revoke(write: &mut Write, id: GrantId) -> Result<AccountId> {
    let at = write.at();
    lock_administrators(write).await?;
    let row: Option<(AccountId, Role)> = write
        .tx()
        .optional(
            "update role_grant set revoked_at = $2 where id = $1 and revoked_at is null returning account_id, role",
            (id, at),
        )
        .await?;
    let Some((account, role)) = row else { return Err(done_already(write, id).await?) };
    if role == Role::Administrator && !has_administrator(write).await? {
        return Err(Error::Conflict(Message::new("people-last")));
    }
    write.touch("role_grant", id.0);
    write.record_subject(Act::REVOKED, format!("{} {account}", role.word()));
    Ok(account)
}

/// Locks every administrator's role: two of them who go at once, or take each other's role back, wait for each other.
async fn lock_administrators(write: &mut Write) -> Result<()> {
    let sql = "update role_grant set role = role where role = 'administrator' and revoked_at is null";
    write.tx().run(sql, ()).await.map(|_| ())
}

/// Whether somebody administers everything.
async fn has_administrator(write: &mut Write) -> Result<bool> {
    let (left,): (i64,) = write
        .tx()
        .one(
            "select count(*) from role_grant
             where role = 'administrator' and revoked_at is null and process_id is null and area_id is null",
            (),
        )
        .await?;
    Ok(left > 0)
}

/// Takes all of an account's roles back, because the account goes. The journal says so.
///
/// # Errors
/// [`Error::Conflict`] where nobody would administer everything any more.
pub async fn revoke_all(write: &mut Write, account: AccountId) -> Result<()> {
    let at = write.at();
    lock_administrators(write).await?;
    let was_administered = has_administrator(write).await?;
    let roles: Vec<(GrantId, Role)> = write
        .tx()
        .all(
            "update role_grant set revoked_at = $2 where account_id = $1 and revoked_at is null returning id, role",
            (account, at),
        )
        .await?;
    if was_administered && !roles.is_empty() && !has_administrator(write).await? {
        return Err(Error::Conflict(Message::new("erase-last-administrator")));
    }
    for (grant, role) in roles {
        write.touch("role_grant", grant.0);
        write.record_subject(Act::REVOKED, format!("{} {account}", role.word()));
    }
    Ok(())
}

/// Whether an account is the only one that administers everything; locks who does until the end of the write.
///
/// # Errors
/// Where the database does not answer.
pub(in crate::civic::accounts) async fn is_last(write: &mut Write, account: AccountId) -> Result<bool> {
    lock_administrators(write).await?;
    let held: Vec<(AccountId,)> = write
        .tx()
        .all(
            "select distinct account_id from role_grant
             where role = 'administrator' and revoked_at is null and process_id is null and area_id is null",
            (),
        )
        .await?;
    Ok(held == [(account,)])
}

/// What is said where nothing was left to be done: somebody else did it meanwhile, or there is no such role.
async fn done_already(write: &mut Write, id: GrantId) -> Result<Error> {
    let row: Option<(i64,)> = write.tx().optional("select id from role_grant where id = $1", (id,)).await?;
    Ok(row.map_or(Error::NotFound, |_| Error::Conflict(Message::new("people-meanwhile"))))
}

/// Whether somebody has this very role now.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn has(
    write: &mut Write,
    account: AccountId,
    role: Role,
    (process, area): (Option<ProcessId>, Option<AreaId>),
) -> Result<bool> {
    let row: Option<(i64,)> = write
        .tx()
        .optional(
            "select id from role_grant where account_id = $1 and role = $2 and revoked_at is null
               and coalesce(process_id, 0) = $3 and coalesce(area_id, 0) = $4 limit 1",
            (account, role, process.map_or(0, |id| id.0), area.map_or(0, |id| id.0)),
        )
        .await?;
    Ok(row.is_some())
}

/// Gives a role back that was taken by mistake.
///
/// # Errors
/// [`Error::NotFound`] where it was not taken.
pub(super) async fn restore(write: &mut Write, id: GrantId) -> Result<()> {
    let row: Option<(AccountId, Role)> = write
        .tx()
        .optional(
            "update role_grant set revoked_at = null where id = $1 and revoked_at is not null
             returning account_id, role",
            (id,),
        )
        .await?;
    let Some((account, role)) = row else { return Err(done_already(write, id).await?) };
    write.touch("role_grant", id.0);
    write.record_subject(Act::GRANTED, format!("{} {account}", role.word()));
    Ok(())
}
