//! How the site is, for who administers everything: letters, jobs, and the room on the disks.
//!
//! What it is not: the log, which says why, nor the measurements for a machine that watches (`server/cli/watch.rs`).

use super::jobs::Line;
use crate::base::db::Fault;
use crate::base::error::Result;
use crate::base::i18n::{Lang, Message};
use crate::base::mail;
use crate::core::app::App;
use chrono::TimeDelta;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long it is remembered how much the pictures take: every folder is looked through for it.
const FRESH: Duration = Duration::from_secs(600);

/// Of how many bytes the disk should have more.
const LITTLE: u64 = 1 << 30;

/// How the site is.
pub(super) struct State {
    /// What keeps the site from taking what people send, as far as is known.
    pub(super) troubles: Vec<String>,
    pub(super) letters: mail::Unsent,
    /// The jobs that failed or did not get their turn, each with what is wrong with it.
    pub(super) jobs: Vec<(Line, String)>,
    /// How many jobs there are.
    pub(super) all_jobs: usize,
    /// Bytes of the database.
    pub(super) database: u64,
    /// Bytes of what people sent, and those that are free beside it; nothing where the disk does not say.
    pub(super) media: Option<(u64, u64)>,
}

impl State {
    pub(super) async fn read(app: &App, lang: Lang) -> Result<State> {
        let all = Line::all(app, lang).await?;
        let all_jobs = all.len();
        let in_trouble = |line: Line| line.trouble(lang).map(|said| (line, said));
        Ok(State {
            troubles: troubles(app, lang),
            letters: mail::unsent(&app.db).await?,
            jobs: all.into_iter().filter_map(in_trouble).collect(),
            all_jobs,
            database: app.db.size().await?.unsigned_abs(),
            media: media(app).await,
        })
    }

    /// Whether the disk is nearly full.
    pub(super) fn is_narrow(&self) -> bool {
        self.media.is_some_and(|(_, free)| free < LITTLE)
    }
}

/// How much the pictures take and how much is free, remembered for a while.
async fn media(app: &App) -> Option<(u64, u64)> {
    static KEPT: Mutex<Option<(Instant, (u64, u64))>> = Mutex::new(None);
    let kept = *KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((at, room)) = kept.filter(|(at, _)| at.elapsed() < FRESH) {
        tracing::trace!(age = at.elapsed().as_secs(), "the room of pictures is known");
        return Some(room);
    }
    match app.media.room().await {
        Ok(room) => {
            *KEPT.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), room));
            Some(room)
        }
        Err(error) => {
            tracing::warn!(%error, "how much room there is for pictures is not known");
            None
        }
    }
}

/// What is in the way of writing, of pictures and of letters, for whoever can call the person who runs the server.
pub(super) fn troubles(app: &App, lang: Lang) -> Vec<String> {
    let why = |fault: Fault| lang.text(&format!("trouble-why-{}", fault.word()));
    let said = |key, fault| lang.say(&Message::new(key).with("why", why(fault)));
    let database = app.db.trouble().map(|fault| said("trouble-database", fault));
    let pictures = app.media.trouble().map(|fault| said("trouble-pictures", fault));
    let letters = app.letters_lack().map(|lack| lang.text(&format!("letters-lack-{}", lack.word())));
    [database, pictures, letters].into_iter().flatten().collect()
}

/// A length of time as people say it: in days, in hours within two days, in minutes within two hours.
pub(super) fn age(lang: Lang, length: TimeDelta) -> String {
    let (days, hours, minutes) = (length.num_days(), length.num_hours(), length.num_minutes());
    match (days, hours) {
        (2.., _) => lang.count("age-days", days),
        (_, 2..) => lang.count("age-hours", hours),
        _ => lang.count("age-minutes", minutes.max(1)),
    }
}

/// A number of bytes as people say it: `3,4 Go`.
pub fn bytes(lang: Lang, bytes: u64) -> String {
    let steps = ["bytes-kilo", "bytes-mega", "bytes-giga", "bytes-tera"];
    let (mut tenths, mut at) = (bytes.saturating_mul(10) / 1_000, 0);
    while tenths >= 10_000 && at + 1 < steps.len() {
        (tenths, at) = (tenths / 1_000, at + 1);
    }
    let point = if lang == Lang::Fr { ',' } else { '.' };
    let (whole, part) = (tenths / 10, tenths % 10);
    let number = if whole >= 100 || part == 0 { whole.to_string() } else { format!("{whole}{point}{part}") };
    lang.say(&Message::new(steps.get(at).copied().unwrap_or("bytes-kilo")).with("number", number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_ages_are_said_in_words_that_fit_their_size() {
        let said = |number| bytes(Lang::Fr, number).replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(
            (said(0), said(4_096), said(3_450_000_000)),
            ("0 ko".into(), "4 ko".into(), "3,4 Go".into())
        );
        assert_eq!((said(999_999), said(1_500_000)), ("999 ko".into(), "1,5 Mo".into()));
        assert_eq!(age(Lang::Fr, TimeDelta::hours(47)), age(Lang::Fr, TimeDelta::minutes(47 * 60 + 3)));
        assert!(age(Lang::Fr, TimeDelta::days(3)).contains("3 jours"));
        assert!(age(Lang::Fr, TimeDelta::seconds(3)).contains('1'), "never nothing");
    }
}
