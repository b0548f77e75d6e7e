//! How long things are kept: once a day, what is older than the operator's days goes, or is nobody's from then on.
//!
//! Invariant: a dry run and the run itself are the same statements in the same transaction; the one is not committed. Of several
//! servers on one database one applies the rules in a day. No page runs them: the desk shows what the last run did.

use super::{erase, store};
use crate::base::clock::{self, Timestamp};
use crate::base::config::Retention;
use crate::base::db::Db;
use crate::base::error::{Error, Result};
use crate::base::jobs::{Done, Job};
use crate::base::media::{Digest, Store};
use crate::civic::accounts::kept_voices;
use crate::civic::processes;
use crate::civic::work::notes;
use crate::core::app::App;
use crate::core::features::{arguments, erasure};
use crate::core::journal::Write;
use crate::core::personal_data::{Fate, Person};
use crate::core::subject::Subject;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// How often the rules are applied.
const A_DAY: TimeDelta = TimeDelta::hours(24);

/// What is kept for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The link between visitors' browsers and what they did.
    Visitors,
    /// Accounts that nobody signs in to.
    Accounts,
    /// Sessions that ended.
    Sessions,
    /// Letters that were sent.
    Letters,
    /// What was withdrawn or hidden.
    Withheld,
    /// The rolls of processes that are over.
    Rolls,
    /// The audience's counts.
    Audience,
}

impl Rule {
    /// Every rule, in the order in which they are applied.
    pub const ALL: [Rule; 7] = [
        Rule::Withheld,
        Rule::Accounts,
        Rule::Visitors,
        Rule::Sessions,
        Rule::Letters,
        Rule::Rolls,
        Rule::Audience,
    ];

    /// The word in the configuration and the locale files.
    pub fn word(self) -> &'static str {
        match self {
            Rule::Visitors => "visitors",
            Rule::Accounts => "accounts",
            Rule::Sessions => "sessions",
            Rule::Letters => "letters",
            Rule::Withheld => "withheld",
            Rule::Rolls => "rolls",
            Rule::Audience => "audience",
        }
    }

    /// For how many days.
    pub fn days(self, retention: &Retention) -> u32 {
        match self {
            Rule::Visitors => retention.visitors,
            Rule::Accounts => retention.accounts,
            Rule::Sessions => retention.sessions,
            Rule::Letters => retention.letters,
            Rule::Withheld => retention.withheld,
            Rule::Rolls => retention.rolls,
            Rule::Audience => retention.audience,
        }
    }

    async fn apply(self, write: &mut Write, before: Timestamp, free: &mut Vec<Digest>) -> Result<u64> {
        match self {
            Rule::Letters => store::delete_letters(write.tx(), before).await,
            Rule::Sessions => store::delete_sessions(write.tx(), before).await,
            Rule::Audience => {
                let day = before.with_timezone(&crate::base::clock::zone()).date_naive().to_string();
                store::delete_audience(write.tx(), &day).await
            }
            Rule::Visitors => {
                let open = processes::store::ballots(write).await?;
                let kept = kept_voices::settle(write, &open).await?;
                Ok(kept + erasure::untie_visitors(write, before, &open).await?)
            }
            Rule::Accounts => accounts(write, before, free).await,
            Rule::Rolls => processes::roll::forget_old(write, before).await,
            Rule::Withheld => withheld(write, before, free).await,
        }
    }
}

async fn accounts(write: &mut Write, before: Timestamp, free: &mut Vec<Digest>) -> Result<u64> {
    let idle = store::idle_accounts(write.tx(), before).await?;
    let count = u64::try_from(idle.len()).unwrap_or(u64::MAX);
    for (account, voice, email) in idle {
        let person = Person { voice: Some(voice), account: Some(account), email };
        free.extend(erase::person(write, &person, Fate::Anonymous).await?);
    }
    Ok(count)
}

async fn withheld(write: &mut Write, before: Timestamp, free: &mut Vec<Digest>) -> Result<u64> {
    let features = erasure::withheld_features(write.tx(), before).await?;
    let said = erasure::withheld_arguments(write.tx(), before).await?;
    let count = u64::try_from(features.len() + said.len()).unwrap_or(u64::MAX);
    for (id,) in features {
        free.extend(erasure::empty(write, id).await?);
        notes::forget(write, Subject::feature(id)).await?;
    }
    for (id, feature) in said {
        arguments::empty(write, feature, id).await?;
        notes::forget(write, Subject::argument(id)).await?;
    }
    Ok(count)
}

/// What each rule did, or would do.
pub type Kept = Vec<(Rule, u32, u64)>;

/// Applies the rules as of `now`; `dry` keeps nothing of it. Gives each rule with its days and how much it concerned.
///
/// # Errors
/// Where the database or the disk refuses.
pub async fn run(db: &Db, media: &Store, retention: &Retention, now: Timestamp, dry: Dry) -> Result<Kept> {
    let mut write = Write::on(db.begin_for_long().await?, now);
    let (kept, free) = apply(&mut write, retention, now).await?;
    if dry == Dry::No {
        keep(write, db, media, &kept, &free).await?;
    }
    Ok(kept)
}

/// Applies the rules where nobody has since a day: another server on the same database may have. `None` then.
///
/// # Errors
/// Where the database or the disk refuses.
pub async fn daily(db: &Db, media: &Store, retention: &Retention, now: Timestamp) -> Result<Option<Kept>> {
    let mut write = Write::on(db.begin_for_long().await?, now);
    // Its row is locked until the commit: a second server waits here, and then sees that it is done.
    let last = store::last_run(write.tx()).await?.and_then(|last| LastRun::of_text(&last));
    if last.is_some_and(|last| now - last.at < A_DAY) {
        return Ok(None);
    }
    let (kept, free) = apply(&mut write, retention, now).await?;
    keep(write, db, media, &kept, &free).await?;
    Ok(Some(kept))
}

async fn apply(write: &mut Write, retention: &Retention, now: Timestamp) -> Result<(Kept, Vec<Digest>)> {
    let (mut kept, mut free) = (Vec::new(), Vec::new());
    for rule in Rule::ALL {
        let days = rule.days(retention);
        let count = rule.apply(write, now - TimeDelta::days(days.into()), &mut free).await?;
        kept.push((rule, days, count));
    }
    Ok((kept, free))
}

async fn keep(mut write: Write, db: &Db, media: &Store, kept: &Kept, free: &[Digest]) -> Result<()> {
    let counts = kept.iter().map(|(rule, _, count)| (rule.word().to_owned(), *count)).collect();
    let last = LastRun { at: write.at(), counts };
    let text = serde_json::to_string(&last).map_err(|e| Error::Internal(format!("retention: {e}")))?;
    store::remember_run(write.tx(), &text).await?;
    store::must_go(&mut write, free).await?;
    write.commit().await?;
    erase::finish(db, media).await;
    Ok(())
}

/// When the rules were applied last, and how much each concerned, by its word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastRun {
    /// When.
    pub at: Timestamp,
    /// How much.
    pub counts: BTreeMap<String, u64>,
}

impl LastRun {
    /// The one that is kept; `None` before the first.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn find(db: &Db) -> Result<Option<LastRun>> {
        Ok(store::kept_run(db).await?.and_then(|text| LastRun::of_text(&text)))
    }

    fn of_text(text: &str) -> Option<LastRun> {
        serde_json::from_str(text).ok()
    }
}

/// Whether a run only says what it would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dry {
    /// It does.
    Yes,
    /// It does what it says.
    No,
}

/// Applies the rules once a day.
pub(super) const RETENTION: Job<App> = Job {
    name: "retention",
    every: Duration::from_secs(24 * 60 * 60),
    look: None,
    run: |app| Box::pin(apply_today(app)),
};

async fn apply_today(app: &App) -> Result<Done> {
    let Some(kept) = daily(&app.db, &app.media, &app.config.retention, clock::now()).await? else {
        // Somebody ran it by hand meanwhile: a day after that.
        let next = LastRun::find(&app.db).await?.map(|last| last.at + A_DAY);
        return Ok(Done { count: 0, next });
    };
    for (rule, _, count) in kept.iter().filter(|(_, _, count)| *count > 0) {
        tracing::info!(rule = rule.word(), count, "retention");
    }
    Ok(Done::of(kept.iter().map(|(_, _, count)| count).sum()))
}
