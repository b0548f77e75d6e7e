//! Who of the authority's people looks after a subject: one at a time.
//!
//! Invariant: who is assigned could act on it then; who lost the role since counts as nobody.

use crate::base::clock::Timestamp;
use crate::base::db::{Ids, Sql, by};
use crate::base::error::Result;
use crate::base::ids::{AccountId, AreaId, FeatureId, GrantId, ProcessId};
use crate::civic::accounts::{Grant, Jurisdiction, Role};
use crate::core::journal::Write;
use crate::core::subject::Subject;
use std::collections::HashMap;

/// Who looks after something.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Assigned {
    /// Their account.
    pub account_id: AccountId,
    /// What they are called at the desk.
    pub name: String,
    /// Since when.
    pub assigned_at: Timestamp,
}

/// Somebody to whom something can be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// Their account.
    pub id: AccountId,
    /// What they are called at the desk.
    pub name: String,
}

#[derive(sqlx::FromRow)]
struct ColleagueRow {
    id: GrantId,
    account_id: AccountId,
    role: Role,
    process_id: Option<ProcessId>,
    area_id: Option<AreaId>,
    granted_at: Timestamp,
    name: String,
}

/// The condition that the contribution `f` is looked after by somebody: by anybody where the argument is empty, by nobody who still
/// has a role where it is `nobody`, else by the account of this number.
macro_rules! assigned {
    ($who:literal) => {
        concat!(
            " ($", $who, " = '' or ($", $who, " = 'nobody' and not exists (
                 select 1 from subject_assignment n join role_grant g on g.account_id = n.account_id and g.revoked_at is null
                 where n.subject_kind = 'feature' and n.subject_id = f.id and n.ended_at is null))
               or exists (select 1 from subject_assignment m
                          where m.subject_kind = 'feature' and m.subject_id = f.id and m.ended_at is null
                            and cast(m.account_id as text) = $", $who, ")) "
        )
    };
}
pub(crate) use assigned;

/// Who looks after a subject now.
///
/// # Errors
/// Where the database does not answer.
pub async fn now(db: impl Sql<'_>, of: Subject) -> Result<Option<Assigned>> {
    db.optional(
        "select n.account_id, coalesce(nullif(a.name, ''), a.email, '') as name, n.assigned_at
         from subject_assignment n join account a on a.id = n.account_id
         where n.subject_kind = $1 and n.subject_id = $2 and n.ended_at is null
           and exists (select 1 from role_grant g where g.account_id = n.account_id and g.revoked_at is null)",
        (of.kind, of.id),
    )
    .await
}

/// Who looks after each of these contributions, by their name; in one statement.
///
/// # Errors
/// Where the database does not answer.
pub async fn of_features(db: impl Sql<'_>, ids: &[i64]) -> Result<HashMap<FeatureId, String>> {
    macro_rules! looked_after {
        ($among:literal) => {
            concat!(
                "select n.subject_id, coalesce(nullif(a.name, ''), a.email, '') as name
                 from subject_assignment n join account a on a.id = n.account_id
                 where n.subject_kind = 'feature' and n.ended_at is null
                   and exists (select 1 from role_grant g where g.account_id = n.account_id and g.revoked_at is null)
                   and n.subject_id ",
                $among
            )
        };
    }
    let sql = by(looked_after!("in (select value from json_each($1))"), looked_after!("= any($1)"));
    let rows: Vec<(FeatureId, String)> = db.all(sql, (Ids(ids),)).await?;
    Ok(rows.into_iter().collect())
}

/// Everybody who may answer for the authority there, by name.
///
/// # Errors
/// Where the database does not answer.
pub async fn colleagues(db: impl Sql<'_>, place: &Jurisdiction) -> Result<Vec<Colleague>> {
    let rows: Vec<ColleagueRow> = db
        .all(
            "select g.id, g.account_id, g.role, g.process_id, g.area_id, g.granted_at,
                    coalesce(nullif(a.name, ''), a.email, '') as name
             from role_grant g join account a on a.id = g.account_id
             where g.revoked_at is null and a.email is not null order by lower(coalesce(nullif(a.name, ''), a.email, '')), g.id",
            (),
        )
        .await?;
    let mut all: Vec<Colleague> = Vec::new();
    for row in rows {
        let ColleagueRow { id, account_id, role, process_id, area_id, granted_at, name } = row;
        let grant = Grant { id, account_id, role, process_id, area_id, granted_at };
        if grant.lets(Role::Agent, place) && !all.iter().any(|known| known.id == account_id) {
            all.push(Colleague { id: account_id, name });
        }
    }
    Ok(all)
}

/// Gives a subject to somebody, or to nobody. The caller holds the subject's row, and knows that they may act on it.
///
/// # Errors
/// Where the database refuses.
pub async fn assign(write: &mut Write, of: Subject, to: Option<AccountId>, by: AccountId) -> Result<()> {
    let at = write.at();
    let tx = write.tx();
    tx.run(
        "update subject_assignment set ended_at = $4
         where subject_kind = $1 and subject_id = $2 and ended_at is null and ($3 = 0 or account_id <> $3)",
        (of.kind, of.id, to.map_or(0, |to| to.0), at),
    )
    .await?;
    if let Some(to) = to {
        tx.run(
            "insert into subject_assignment (subject_kind, subject_id, account_id, assigned_by, assigned_at)
             select $1, $2, $3, $4, $5
             where not exists (select 1 from subject_assignment n
                               where n.subject_kind = $1 and n.subject_id = $2 and n.ended_at is null)",
            (of.kind, of.id, to, by, at),
        )
        .await?;
    }
    Ok(())
}

/// Clears what is kept no longer.
pub(super) async fn clear(write: &mut Write, now: Timestamp) -> Result<u64> {
    write.tx().run("delete from subject_assignment where ended_at < $1", (now - super::KEPT,)).await
}
