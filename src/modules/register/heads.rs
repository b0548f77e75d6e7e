//! The daily publishing of the chain's head: at each midnight of the territory, the last line of the day that ended.
//!
//! Invariant: a day is published once, whichever server does it, and days on which no server ran are caught up with.

use super::model::{Head, day_of, end_of};
use super::{days, store};
use crate::base::clock::{self, Timestamp};
use crate::base::config::Config;
use crate::base::db::Db;
use crate::base::error::Result;
use crate::base::i18n::{Lang, Message};
use crate::base::jobs::{Done, Job};
use crate::base::mail::{self, Letter};
use crate::core::app::App;
use crate::core::journal::seal::hex;
use crate::core::journal::{Act, Write};
use chrono::{Days, NaiveDate, TimeDelta};
use std::time::Duration;

/// The most days that are caught up with at once.
const MOST: u64 = 400;

/// Who is sent each day's head: people and bodies that the authority cannot reach into, named by the operator.
#[derive(Debug, Clone, Default)]
pub struct Witnesses {
    /// Their addresses.
    pub addresses: Vec<String>,
    /// What is no address, as it was typed.
    pub refused: Vec<String>,
    /// The site's name.
    pub site: String,
    /// The address that people type, or nothing.
    pub base: String,
}

impl Witnesses {
    /// Those that the configuration names.
    pub fn of(config: &Config) -> Witnesses {
        let typed =
            config.register_witnesses.split([',', ';']).map(str::trim).filter(|typed| !typed.is_empty());
        let (mut addresses, mut refused) = (Vec::new(), Vec::new());
        for typed in typed {
            match mail::address(typed) {
                Some(address) => addresses.push(address),
                None => refused.push(typed.to_owned()),
            }
        }
        addresses.sort();
        addresses.dedup();
        Witnesses { addresses, refused, site: config.name.clone(), base: config.public_url.clone() }
    }

    /// The letters about a day's head. The line that has day, number and chain is what `parvis verify --head` reads.
    fn letters(&self, day: &str, number: i64, chain: &[u8]) -> Vec<Letter> {
        let lang = Lang::default();
        let say = |key| {
            let message = Message::new(key).with("site", self.site.as_str()).with("day", day);
            lang.say(&message)
        };
        let mut body = format!(
            "{}\n\n{day} {number}\n{}\n\n{}\n",
            say("letter-head-intro"),
            hex(chain),
            say("letter-head-keep")
        );
        if !self.base.is_empty() {
            body.push_str(&format!("\n{}/register\n", self.base));
        }
        let letter =
            |to: &String| Letter { to: to.clone(), subject: say("letter-head-subject"), body: body.clone() };
        self.addresses.iter().map(letter).collect()
    }
}

/// [`publish_to`] nobody.
///
/// # Errors
/// Where the database refuses.
pub async fn publish(db: &Db, now: Timestamp) -> Result<u64> {
    publish_to(db, now, &Witnesses::default()).await
}

/// Publishes the heads of all days that ended before `now` and have none, from the day after the last published one on; of
/// yesterday alone where none was published yet. Days before the register's first line have none. Gives how many. The lines that
/// are not civic are sealed first, so that the day's head attests the day's voices; witnesses are written to in the same
/// transaction.
///
/// # Errors
/// Where the database refuses.
pub async fn publish_to(db: &Db, now: Timestamp, witnesses: &Witnesses) -> Result<u64> {
    let today = day_of(now);
    let yesterday = today - Days::new(1);
    let last = store::heads(db, 1).await?.first().and_then(|head| head.day.parse::<NaiveDate>().ok());
    let earliest = today - Days::new(MOST);
    let mut day = last.map_or(yesterday, |last| (last + Days::new(1)).max(earliest));
    let mut published = 0;
    while day < today {
        published += publish_day(db, now, day, witnesses).await?;
        day = day + Days::new(1);
    }
    Ok(published)
}

async fn publish_day(db: &Db, now: Timestamp, day: NaiveDate, witnesses: &Witnesses) -> Result<u64> {
    let mut write = Write::begin(db, now).await?;
    let Some((number, chain)) = store::last_before(write.tx(), end_of(day)).await? else { return Ok(0) };
    let name = day.to_string();
    let head = Head { day: name.clone(), number, chain, made_at: now };
    // Who writes the row has the day; another server finds it there.
    if store::publish(write.tx(), &head).await? == 0 {
        return Ok(0);
    }
    match sealed(&mut write, day).await? {
        Some(subject) => {
            let at = write.recorded();
            write.record_subject(Act::DAY, subject);
            let own = name.clone();
            write.then_last(move |tx, given| {
                let given = given.get(at).copied().flatten();
                Box::pin(async move {
                    let Some((number, chain)) = given else { return Ok(()) };
                    store::attest(tx, &own, number, &chain).await
                })
            });
            let witnesses = witnesses.clone();
            write.then_post(move |given| {
                let given = given.get(at).copied().flatten();
                given.map_or_else(Vec::new, |(number, chain)| witnesses.letters(&name, number, &chain))
            });
        }
        None => {
            for letter in witnesses.letters(&name, head.number, &head.chain) {
                mail::post(write.tx(), &letter, now).await?;
            }
        }
    }
    write.commit().await?;
    Ok(1)
}

/// The digest of the lines that are not civic and were written up to the end of a day, since the last digest; none where there
/// are none.
async fn sealed(write: &mut Write, day: NaiveDate) -> Result<Option<String>> {
    let before = store::last_day(write.tx()).await?;
    let after = before.as_deref().and_then(days::upto).unwrap_or_default();
    let upto = store::last_seq_before(write.tx(), end_of(day)).await?;
    let mut sealed = days::Day::default();
    store::each_plain(write.tx(), (after, upto), |line| {
        sealed.take(&line);
        Ok(())
    })
    .await?;
    Ok((!sealed.is_empty()).then(|| sealed.subject(&day.to_string(), after, upto)))
}

/// Publishes when the server starts and after each midnight.
pub(super) const PUBLISH: Job<App> = Job {
    name: "heads",
    every: Duration::from_secs(24 * 60 * 60),
    look: None,
    run: |app| Box::pin(publish_now(app)),
};

async fn publish_now(app: &App) -> Result<Done> {
    let witnesses = Witnesses::of(&app.config);
    for typed in &witnesses.refused {
        // Not logged as it is typed: it may be somebody's address with a slip in it.
        tracing::warn!(
            address = mail::masked(typed),
            "register_witnesses: no e-mail address; no head is sent there"
        );
    }
    let now = clock::now();
    let count = publish_to(&app.db, now, &witnesses).await?;
    // A moment after midnight, so that writes that began before it are in.
    Ok(Done { count, next: Some(end_of(day_of(now)) + TimeDelta::seconds(20)) })
}
