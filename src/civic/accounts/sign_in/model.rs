//! Links and where they lead to. No SQL, no HTTP.

use crate::base::clock::Timestamp;
use crate::base::http;
use crate::base::i18n::{Lang, Message};
use crate::base::mail::Letter;
use chrono::TimeDelta;
use serde::Deserialize;

/// How long a link is good: the time that a slow mail server takes, not that of a mailbox left open.
pub(super) const LASTS: TimeDelta = TimeDelta::minutes(15);

/// The most letters to one address in that time: nobody's mailbox is filled through us.
pub(super) const MOST: i64 = 5;

/// Where to go once signed in, where nothing else was said.
const HOME: &str = "/account";

/// The longest path that is kept.
const LONGEST: usize = 500;

/// A path of ours, or [`HOME`] where a text is none. Browsers read `//host`, `/\host` and what hides a tab or line break in it
/// as another site's address.
pub(in crate::civic::accounts) fn local_path(to: &str) -> String {
    let ours = http::is_own_path(to) && to.len() <= LONGEST && to.is_ascii() && !to.starts_with("/sign-");
    if ours { to.to_owned() } else { HOME.to_owned() }
}

/// Where to go, as an address says it.
#[derive(Debug, Default, Deserialize)]
pub(in crate::civic::accounts) struct Destination {
    /// A path, perhaps of ours.
    #[serde(default)]
    pub(in crate::civic::accounts) to: String,
}

/// The form.
#[derive(Debug, Deserialize)]
pub(super) struct AskForm {
    /// As it was typed.
    #[serde(default)]
    pub(super) email: String,
    /// Where to go afterwards.
    #[serde(default)]
    pub(super) to: String,
}

/// A link as it is kept.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Link {
    pub(super) email: String,
    pub(super) destination: String,
    /// The digest of what the cookie of the browser that asked says.
    pub(super) browser: Vec<u8>,
    pub(super) expires_at: Timestamp,
    pub(super) used_at: Option<Timestamp>,
}

/// Why a link signs nobody in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It was used, or one that was sent with it.
    Used,
    /// Its time is over.
    Expired,
    /// There is none: cut in two by a mail program, or cleared away.
    Unknown,
}

impl Refusal {
    /// Its word in the keys of the locale files.
    pub(super) fn word(self) -> &'static str {
        match self {
            Refusal::Used => "used",
            Refusal::Expired => "expired",
            Refusal::Unknown => "unknown",
        }
    }
}

impl Link {
    /// Whether it still signs somebody in.
    pub(super) fn check(&self, now: Timestamp) -> Result<(), Refusal> {
        if self.used_at.is_some() {
            Err(Refusal::Used)
        } else if self.expires_at <= now {
            Err(Refusal::Expired)
        } else {
            Ok(())
        }
    }
}

/// The letter with a link.
pub(super) fn letter(lang: Lang, site: &str, to: &str, link: &str) -> Letter {
    let subject = lang.say(&Message::new("letter-sign-in-subject").with("site", site));
    let body = Message::new("letter-sign-in-body").with("site", site).with("link", link);
    Letter { to: to.to_owned(), subject, body: lang.say(&body) }
}
