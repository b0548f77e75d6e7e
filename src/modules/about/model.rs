//! What a letter to the authority must be, and what an audit says of a site. No SQL, no HTTP.

use crate::base::error::Problem;
use crate::base::i18n::{Lang, Message};
use crate::base::mail::{self, Letter};
use crate::base::text;
use crate::core::site::Site;
use chrono::NaiveDate;
use serde::Deserialize;

/// The longest message, in characters.
pub(super) const MOST: usize = 5_000;

/// A letter to the authority, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct WriteForm {
    pub(super) email: String,
    pub(super) subject: String,
    pub(super) message: String,
}

impl WriteForm {
    /// The letter, to `to`.
    ///
    /// # Errors
    /// What is wrong with each field.
    pub(super) fn letter(&self, lang: Lang, site: &str, to: &str) -> Result<Letter, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, key: &'static str| {
            problems.push(Problem { field: field.into(), message: Message::new(key).with("most", MOST) });
        };
        let (subject, message) = (text::line(&self.subject, 120), text::clean(&self.message));
        let from = mail::address(&self.email);
        if from.is_none() {
            wrong("email", "about-contact-bad-email");
        }
        if text::seen(&message) < 10 {
            wrong("message", "about-contact-short");
        } else if message.chars().count() > MOST {
            wrong("message", "about-contact-long");
        }
        match from {
            Some(from) if problems.is_empty() => {
                let subject =
                    if subject.is_empty() { lang.text("about-contact-no-subject") } else { subject };
                let body = Message::new("about-contact-letter")
                    .with("site", site)
                    .with("from", from)
                    .with("message", message);
                let head =
                    Message::new("about-contact-letter-subject").with("site", site).with("subject", subject);
                Ok(Letter { to: to.to_owned(), subject: lang.say(&head), body: lang.say(&body) })
            }
            _ => Err(problems),
        }
    }
}

/// What an audit of accessibility found; only whole is it named.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Audit {
    pub(super) day: NaiveDate,
    pub(super) auditor: String,
    /// In percent.
    pub(super) rate: f64,
}

impl Audit {
    pub(super) fn of(site: &Site) -> Option<Audit> {
        let day = NaiveDate::parse_from_str(site.get("audit_day"), "%Y-%m-%d").ok()?;
        let rate = site.get("audit_rate").parse().ok()?;
        let auditor = site.get("auditor").to_owned();
        (!auditor.is_empty()).then_some(Audit { day, auditor, rate })
    }

    /// The word of what the law calls the site: whole, partly or not.
    pub(super) fn word(&self) -> &'static str {
        match self.rate {
            rate if rate >= 100.0 => "whole",
            rate if rate >= 50.0 => "partly",
            _ => "not",
        }
    }

    /// The rate as people write it.
    pub(super) fn rate(&self, lang: Lang) -> String {
        let rate = self.rate.to_string();
        if lang == Lang::Fr { rate.replace('.', ",") } else { rate }
    }
}
