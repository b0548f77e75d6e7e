//! What a program asks: its format, its language, its parameters, and for which jurisdiction.

use super::doc::{Format, Node, answer};
use super::refused::Refusal;
use crate::base::clock::Timestamp;
use crate::base::error::{Error, Result};
use crate::base::http::Reader;
use crate::base::i18n::Message;
use crate::core::app::App;
use axum::extract::{FromRequestParts, RawQuery};
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, TimeDelta, Utc};

/// The longest span that is answered at once.
const SPAN: TimeDelta = TimeDelta::days(90);

/// The most that is answered at once.
pub(super) const MOST: i64 = 1_000;

/// What is asked.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) app: App,
    pub(super) reader: Reader,
    pub(super) format: Format,
    /// What the path names: a code or a number, without its format.
    pub(super) name: String,
    query: Vec<(String, String)>,
}

impl FromRequestParts<App> for Asked {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Asked> {
        let path = parts.uri.path();
        let last = path.rsplit_once('/').map_or(path, |(_, last)| last);
        let format = Format::of_path(last).ok_or(Error::NotFound)?;
        let name = last.rsplit_once('.').map_or(last, |(name, _)| name);
        // What means something in a form means itself in a path.
        let name = name.replace('+', "%2B").replace('=', "%3D").replace('&', "%26");
        let name = form_urlencoded::parse(name.as_bytes()).next().map(|(name, _)| name.into_owned());
        let name = name.unwrap_or_default();
        let Ok(reader) = Reader::from_request_parts(parts, app).await;
        let Ok(RawQuery(query)) = RawQuery::from_request_parts(parts, app).await;
        let query = form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
        Ok(Asked { app: app.clone(), reader, format, name, query })
    }
}

/// What a door makes of it: the root's name in XML, and the document.
pub(super) type Said = Result<(StatusCode, &'static str, Node), Refusal>;

impl Asked {
    /// What was said, or why not, in the format that was asked for.
    pub(super) fn answered(&self, said: Said) -> Response {
        match said {
            Ok((status, root, node)) => answer(self.format, status, root, node),
            Err(refusal) => refusal.told(self.format, self.reader.lang),
        }
    }

    /// A parameter; an empty one is none.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(known, value)| known == name && !value.trim().is_empty());
        found.map(|(_, value)| value.trim())
    }

    /// The parts of a parameter that is a list, said in one or several times.
    pub(super) fn list(&self, name: &str) -> Vec<&str> {
        let values = self.query.iter().filter(|(known, _)| known == name);
        values
            .flat_map(|(_, value)| value.split(','))
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect()
    }

    /// What our jurisdiction is called: the host that people reach us by.
    pub(super) fn jurisdiction(&self) -> String {
        let base = self.app.base(&self.reader);
        let uri: Option<Uri> = base.parse().ok();
        uri.and_then(|uri| uri.host().map(str::to_lowercase)).unwrap_or_default()
    }

    /// Refuses what is asked of another jurisdiction.
    pub(super) fn must_be_ours(&self, of_form: Option<&str>) -> Result<(), Refusal> {
        let asked = of_form.or_else(|| self.parameter("jurisdiction_id")).unwrap_or_default();
        let is_ours = asked.trim().is_empty() || asked.trim().to_lowercase() == self.jurisdiction();
        if is_ours { Ok(()) } else { Err(Refusal::missing("open311-no-jurisdiction")) }
    }

    /// From when until when: the last ninety days, or so many of those that are named.
    pub(super) fn span(&self, now: Timestamp) -> Result<(Timestamp, Timestamp), Refusal> {
        let read = |name: &str| match self.parameter(name) {
            None => Ok(None),
            Some(text) => instant(text)
                .map(Some)
                .ok_or_else(|| Refusal::Wrong(vec![Message::new("open311-no-date").with("field", name)])),
        };
        let (from, until) = match (read("start_date")?, read("end_date")?) {
            (Some(from), Some(until)) => (from, until),
            (Some(from), None) => (from, add(from, SPAN).min(now.max(from))),
            (None, until) => {
                let until = until.unwrap_or(now);
                (add(until, -SPAN), until)
            }
        };
        if until < from {
            return Err(Refusal::wrong("open311-end-before-start"));
        }
        // A day of summer time's end is an hour longer than its dates say.
        if until - from > SPAN + TimeDelta::days(1) {
            return Err(Refusal::wrong("open311-too-long"));
        }
        Ok((from, until))
    }

    /// How many, and after how many.
    pub(super) fn page(&self) -> Result<(i64, i64), Refusal> {
        let number = |name: &str, most: i64| match self.parameter(name) {
            None => Ok(None),
            Some(text) => {
                text.parse::<i64>().ok().filter(|n| (1..=most).contains(n)).map(Some).ok_or_else(|| {
                    Refusal::Wrong(vec![
                        Message::new("open311-no-number").with("field", name).with("most", most),
                    ])
                })
            }
        };
        let size = number("page_size", MOST)?.unwrap_or(MOST);
        let page = number("page", 100_000)?.unwrap_or(1);
        Ok((size, (page - 1) * size))
    }

    /// Whether more than the specification says is wanted.
    pub(super) fn wants_more(&self) -> bool {
        self.parameter("extensions").is_some_and(|said| said.eq_ignore_ascii_case("true"))
    }
}

/// An instant that both databases can keep and that a span can be added to.
fn add(at: Timestamp, span: TimeDelta) -> Timestamp {
    at.checked_add_signed(span).unwrap_or(at)
}

/// An instant of the W3C's format: with its offset, or a day or a local time as UTC.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    // Who forgets to encode a plus sends a space.
    let text = text.trim().replace(' ', "+");
    let at = DateTime::parse_from_rfc3339(&text).map(|at| at.with_timezone(&Utc)).ok().or_else(|| {
        let local = NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f").ok();
        let day =
            || NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().and_then(|day| day.and_hms_opt(0, 0, 0));
        local.or_else(day).map(|at| at.and_utc())
    })?;
    (1900..2200).contains(&at.year()).then_some(at)
}
