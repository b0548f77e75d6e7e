//! Who of the authority's people wants to be told what arrived where they act, how often, and who is told instead while they are away.
//!
//! Invariant: who has no role is told nothing.

use crate::base::clock::{Timestamp, zone};
use crate::base::db::Sql;
use crate::base::error::Result;
use crate::base::i18n::Lang;
use crate::base::ids::AccountId;
use crate::base::words::words;
use crate::civic::processes::local_time::morning;
use crate::core::journal::Write;
use chrono::{Datelike as _, TimeDelta};

words! {
    /// How often somebody is told.
    pub Pace {
        /// As soon as something arrives.
        Now = "now",
        /// Each morning.
        Daily = "daily",
        /// On Monday mornings.
        Weekly = "weekly",
        /// Not at all.
        Never = "never",
    }
}

/// What somebody chose.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Watch {
    /// Whose choice it is.
    pub account_id: AccountId,
    /// How often.
    pub pace: Pace,
    /// From which day on they are away, `2026-07-14`.
    pub absent_from: Option<String>,
    /// Until which day, that day too.
    pub absent_until: Option<String>,
    /// Who is told instead.
    pub substitute_id: Option<AccountId>,
    /// Until when they were told of everything.
    pub told_until: Timestamp,
    /// Until when who stands in for them was told of what both look after.
    pub passed_until: Option<Timestamp>,
}

/// Somebody who has a role.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Holder {
    /// Their account.
    pub id: AccountId,
    /// Their address.
    pub email: String,
    /// What they are called at the desk.
    pub name: String,
    /// The language in which they read.
    pub lang: Lang,
}

impl Watch {
    /// What holds for who has chosen nothing: each morning, from now on.
    pub fn new(account_id: AccountId, now: Timestamp) -> Watch {
        let pace = Pace::Daily;
        Watch {
            account_id,
            pace,
            absent_from: None,
            absent_until: None,
            substitute_id: None,
            told_until: now,
            passed_until: None,
        }
    }

    /// Whether they are away on the day of an instant, by the territory's clock.
    pub fn is_absent(&self, now: Timestamp) -> bool {
        let today = now.with_timezone(&zone()).date_naive().to_string();
        let (Some(from), Some(until)) = (&self.absent_from, &self.absent_until) else { return false };
        *from <= today && today <= *until
    }

    /// From when on there is news: for who stands in, since they were told; for who is back, since they left.
    pub fn since(&self, now: Timestamp) -> Timestamp {
        let passed = self.passed_until.filter(|_| self.is_absent(now));
        passed.map_or(self.told_until, |passed| passed.max(self.told_until))
    }

    /// Whether it is their turn.
    pub fn is_due(&self, now: Timestamp) -> bool {
        let last = self.since(now);
        let since = |then: Timestamp| last < then && then <= now;
        match self.pace {
            Pace::Now => true,
            Pace::Daily => since(morning(now, 0)),
            Pace::Weekly => {
                let days = i64::from(now.with_timezone(&zone()).weekday().num_days_from_monday());
                since(morning(now - TimeDelta::days(days), 0))
            }
            Pace::Never => false,
        }
    }
}

/// Everybody who has a role and an address.
///
/// # Errors
/// Where the database does not answer.
pub async fn holders(db: impl Sql<'_>) -> Result<Vec<Holder>> {
    db.all(
        "select a.id, a.email, coalesce(nullif(a.name, ''), a.email) as name, a.lang from account a
         where a.email is not null
           and exists (select 1 from role_grant g where g.account_id = a.id and g.revoked_at is null)
         order by lower(coalesce(nullif(a.name, ''), a.email)), a.id",
        (),
    )
    .await
}

/// What everybody chose who chose something.
///
/// # Errors
/// Where the database does not answer.
pub async fn all(db: impl Sql<'_>) -> Result<Vec<Watch>> {
    db.all(
        "select account_id, pace, absent_from, absent_until, substitute_id, told_until, passed_until from work_letters
         order by account_id",
        (),
    )
    .await
}

/// Keeps what somebody chose: they are told from now on, also where they were told nothing until now.
///
/// # Errors
/// Where the database refuses.
pub async fn set(write: &mut Write, watch: &Watch) -> Result<()> {
    write
        .tx()
        .run(
            "insert into work_letters (account_id, pace, absent_from, absent_until, substitute_id, told_until)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (account_id) do update
             set pace = excluded.pace, absent_from = excluded.absent_from, absent_until = excluded.absent_until,
                 substitute_id = excluded.substitute_id, told_until = excluded.told_until, passed_until = null",
            (
                watch.account_id,
                watch.pace,
                watch.absent_from.as_deref(),
                watch.absent_until.as_deref(),
                watch.substitute_id,
                watch.told_until,
            ),
        )
        .await
        .map(drop)
}

/// Says until when somebody was told, or who stands in for them while they are away. Gives whether nobody else said it meanwhile.
///
/// # Errors
/// Where the database refuses.
pub async fn told(write: &mut Write, watch: &Watch, now: Timestamp) -> Result<bool> {
    let sql = if watch.is_absent(now) {
        "update work_letters set passed_until = $4
         where account_id = $1 and told_until = $2 and coalesce(passed_until, told_until) = $3"
    } else {
        "update work_letters set told_until = $4, passed_until = null
         where account_id = $1 and told_until = $2 and coalesce(passed_until, told_until) = $3"
    };
    let passed = watch.passed_until.unwrap_or(watch.told_until);
    let changed = write.tx().run(sql, (watch.account_id, watch.told_until, passed, now)).await?;
    Ok(changed > 0)
}

/// Forgets the choices of who has no role any more.
pub(super) async fn clear(write: &mut Write) -> Result<u64> {
    let sql = "delete from work_letters where account_id not in (select account_id from role_grant where revoked_at is null)";
    write.tx().run(sql, ()).await
}

#[cfg(test)]
mod unit {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_digest_is_due_once_after_eight_in_the_morning_by_the_territory_s_clock() {
        // Paris in winter: eight is seven in UTC. 2026-01-05 is a Monday.
        let told = |told: &str, pace| Watch { pace, ..Watch::new(AccountId(1), at(told)) };
        let daily = told("2026-01-05T09:00:00Z", Pace::Daily);
        assert!(!daily.is_due(at("2026-01-05T20:00:00Z")) && !daily.is_due(at("2026-01-06T06:59:00Z")));
        assert!(daily.is_due(at("2026-01-06T07:00:00Z")) && !daily.is_due(at("2026-01-09T03:00:00Z")));
        let weekly = told("2026-01-05T09:00:00Z", Pace::Weekly);
        assert!(!weekly.is_due(at("2026-01-11T20:00:00Z")) && weekly.is_due(at("2026-01-12T07:00:00Z")));
        assert!(!told("2026-01-05T09:00:00Z", Pace::Never).is_due(at("2026-02-12T07:00:00Z")));
    }

    #[test]
    fn who_is_away_is_away_on_the_first_and_on_the_last_day() {
        let days = (Some("2026-07-14".to_owned()), Some("2026-07-15".to_owned()));
        let watch = Watch {
            absent_from: days.0,
            absent_until: days.1,
            ..Watch::new(AccountId(1), at("2026-01-01T00:00:00Z"))
        };
        // Midnight in Paris is ten in the evening in UTC.
        for (now, is_away) in [
            ("2026-07-13T21:59:00Z", false),
            ("2026-07-13T22:00:00Z", true),
            ("2026-07-15T21:59:00Z", true),
            ("2026-07-15T22:00:00Z", false),
        ] {
            assert_eq!(watch.is_absent(at(now)), is_away, "{now}");
        }
    }
}
