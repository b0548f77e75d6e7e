//! Who wants to be told what becomes of a feature: people with an account. Its author follows without asking, until they stop.
//!
//! Invariant: who stopped stays stopped, be they the author or not, until they follow again.

use crate::base::db::{Sql, Tx};
use crate::base::error::Result;
use crate::base::i18n::Lang;
use crate::base::ids::{AccountId, FeatureId, Visitor};
use crate::core::journal::Write;

/// Who is told by letters: who that is, where the letters go, and in which language they read.
pub type Told<Id> = (Id, String, Lang);

/// What an unfollowing link is a key to (see [`crate::core::app::App::key_to`]).
pub fn stop_key(feature: FeatureId, account: AccountId) -> String {
    format!("unfollow feature {feature} account {account}")
}

/// Begins or ends following.
///
/// # Errors
/// Where the database refuses, for instance for a feature that is not there.
pub async fn set(write: &mut Write, feature: FeatureId, account: AccountId, follows: bool) -> Result<()> {
    let at = write.at();
    write
        .tx()
        .run(
            "insert into follow (subject_kind, subject_id, account_id, since, ended_at) values ('feature', $1, $2, $3, $4)
             on conflict (subject_kind, subject_id, account_id) do update set ended_at = excluded.ended_at",
            (feature, account, at, (!follows).then_some(at)),
        )
        .await?;
    Ok(())
}

/// Whether somebody is told of a feature.
///
/// # Errors
/// Where the database does not answer.
pub async fn is_following(db: impl Sql<'_>, feature: FeatureId, account: AccountId) -> Result<bool> {
    let row: Option<(bool,)> = db
        .optional(
            "select case when w.account_id is not null then w.ended_at is null
                         else coalesce(f.author = a.voice, 1 = 0) end
             from account a join feature f on f.id = $1
             left join follow w on w.subject_kind = 'feature' and w.subject_id = f.id and w.account_id = a.id
             where a.id = $2",
            (feature, account),
        )
        .await?;
    Ok(row.is_some_and(|(follows,)| follows))
}

/// Who is to be told of a feature, with their addresses: those who follow it or what was merged into it. What somebody chose about
/// each of these holds for it alone: who stopped following one is not told by way of it, though they placed it.
///
/// # Errors
/// Where the database does not answer.
pub async fn readers(db: impl Sql<'_>, feature: FeatureId) -> Result<Vec<Told<AccountId>>> {
    db.all(
        "select a.id, a.email, a.lang from account a
         where a.email is not null
           and not exists (select 1 from follow w
                           where w.subject_kind = 'feature' and w.subject_id = $1 and w.account_id = a.id and w.ended_at is not null)
           and (exists (select 1 from follow w join feature f on w.subject_kind = 'feature' and f.id = w.subject_id
                        where w.account_id = a.id and w.ended_at is null and (f.id = $1 or f.merged_into = $1))
                or exists (select 1 from feature f
                           where f.author = a.voice and (f.id = $1 or f.merged_into = $1)
                             and not exists (select 1 from follow w
                                             where w.subject_kind = 'feature' and w.subject_id = f.id and w.account_id = a.id)))
         order by a.id",
        (feature,),
    )
    .await
}

/// Who is to be told that a feature says something else than what they gave their voice to: its readers, and people with an account
/// who gave it a voice; not its author.
///
/// # Errors
/// Where the database does not answer.
pub async fn concerned(
    write: &mut Tx,
    feature: FeatureId,
    author: Option<Visitor>,
) -> Result<Vec<Told<AccountId>>> {
    let mut people = readers(&mut *write, feature).await?;
    let voters: Vec<Told<AccountId>> = (&mut *write)
        .all(
            "select a.id, a.email, a.lang from account a
             where a.email is not null and exists (select 1 from vote v where v.feature_id = $1 and v.voter = a.voice)
               and not exists (select 1 from follow w
                               where w.subject_kind = 'feature' and w.subject_id = $1 and w.account_id = a.id and w.ended_at is not null)
             order by a.id",
            (feature,),
        )
        .await?;
    people.extend(voters);
    people.sort_by_key(|(account, ..)| *account);
    people.dedup_by_key(|(account, ..)| *account);
    let own: Option<(AccountId,)> =
        write.optional("select id from account where voice = $1", (author,)).await?;
    people.retain(|(account, ..)| own.is_none_or(|(own,)| own != *account));
    Ok(people)
}
