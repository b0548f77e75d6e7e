//! What a city says of itself, as it is in force, and what a value must be.

use super::{Field, Section, Sort};
use crate::base::error::Problem;
use crate::base::i18n::{Lang, Message};
use crate::base::{mail, text};
use chrono::NaiveDate;
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// The settings in force, or those of a version. Names that this program does not know are kept: a newer one wrote them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// Which version; 0 where nobody wrote one.
    pub version: i64,
    values: BTreeMap<String, String>,
}

/// The most pages elsewhere that are named.
const LINKS: usize = 8;

impl Site {
    /// Reads what is kept.
    ///
    /// # Errors
    /// Where it is no JSON object of texts.
    pub fn read(version: i64, said: &str) -> serde_json::Result<Site> {
        Ok(Site { version, values: serde_json::from_str(said)? })
    }

    /// What is kept.
    pub fn said(&self) -> String {
        serde_json::json!(self.values).to_string()
    }

    /// A setting; empty where nobody said anything.
    pub fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// Within how many days everybody is answered; nothing where the city promises nothing.
    pub fn answer_days(&self) -> Option<u64> {
        let said = Some(self.get("answer_days")).filter(|said| !said.is_empty());
        said.or(super::ANSWER_DAYS.first().copied())?.parse().ok().filter(|days| *days > 0)
    }

    /// A text in the reader's language; in French where it was written in French only.
    pub fn text(&self, name: &str, lang: Lang) -> &str {
        let english = if lang == Lang::En { self.get(&format!("{name}_en")) } else { "" };
        if english.is_empty() { self.get(name) } else { english }
    }

    /// Sets a value; an empty one is as if nobody had said anything.
    pub fn set(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            self.values.remove(name);
        } else {
            self.values.insert(name.to_owned(), value.to_owned());
        }
    }

    /// Takes over from another what no version brings back: how far the first set-up is, how letters leave.
    pub fn keep_from(&mut self, current: &Site) {
        let stays = |name: &str| name == "setup" || name.starts_with("mail_");
        self.values.retain(|name, _| !stays(name));
        let kept = current.values.iter().filter(|(name, _)| stays(name));
        self.values.extend(kept.map(|(name, value)| (name.clone(), value.clone())));
    }

    /// The language of a text, where it is not the reader's.
    pub fn other_language(&self, name: &str, lang: Lang) -> Option<&'static str> {
        (lang == Lang::En && self.get(&format!("{name}_en")).is_empty()).then_some("fr")
    }

    /// Where the territory's clock is.
    pub fn zone(&self) -> Tz {
        self.get("zone").parse().unwrap_or(Tz::Europe__Paris)
    }

    /// Pages elsewhere.
    pub fn links(&self) -> Vec<&str> {
        self.get("links").lines().collect()
    }

    /// The settings that differ from those of another version.
    pub fn changed_from<'a>(&'a self, other: &'a Site) -> impl Iterator<Item = &'static Field> + 'a {
        super::FIELDS.iter().filter(|field| self.get(field.name) != other.get(field.name))
    }

    /// Takes the values of a section's form. Pictures are none of it: they come by files.
    ///
    /// # Errors
    /// What is wrong with each field; what was typed is in it all the same.
    pub fn take(
        &mut self,
        section: Section,
        said: impl Fn(&str) -> Option<String>,
    ) -> Result<(), Vec<Problem>> {
        let mut problems = Vec::new();
        for field in section.fields().filter(|field| field.sort != Sort::Picture) {
            let Some(typed) = said(field.name) else { continue };
            match field.sort.check(&typed) {
                Ok(value) => self.set(field.name, &value),
                Err(message) => {
                    self.set(field.name, &typed);
                    problems.push(Problem { field: field.name.into(), message });
                }
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}

impl Sort {
    /// A value as it is kept.
    ///
    /// # Errors
    /// What it must be.
    fn check(self, typed: &str) -> Result<String, Message> {
        let line = text::line(typed, usize::MAX);
        match self {
            Sort::Line(most) => within(line, most),
            Sort::Prose(most) => within(text::clean(typed).trim().to_owned(), most),
            Sort::Picture => Ok(line),
            _ if line.is_empty() => Ok(line),
            Sort::Color => color(&line),
            Sort::Email => mail::address(&line).ok_or_else(|| Message::new("site-bad-email")),
            Sort::Links => links(typed),
            Sort::Choice(words) => {
                let known = words.contains(&line.as_str());
                if known { Ok(line) } else { Err(Message::new("site-bad-choice")) }
            }
            Sort::Day => {
                let day = NaiveDate::parse_from_str(&line, "%Y-%m-%d");
                day.map(|_| line).map_err(|_no_day| Message::new("site-bad-day"))
            }
            Sort::Address => address(&line),
            Sort::Percent => percent(&line),
            Sort::Host => host(&line),
        }
    }
}

fn within(value: String, most: usize) -> Result<String, Message> {
    let found = value.chars().count();
    let long = || Message::new("site-too-long").with("most", most).with("found", found);
    if found <= most { Ok(value) } else { Err(long()) }
}

fn color(line: &str) -> Result<String, Message> {
    let hex = line.strip_prefix('#').unwrap_or(line);
    if hex.len() != 6 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Message::new("site-bad-color"));
    }
    let color = format!("#{}", hex.to_ascii_lowercase());
    // A picker of colours sends one always: the house's own is as if none had been chosen.
    Ok(if color == super::Look::HOUSE { String::new() } else { color })
}

fn links(typed: &str) -> Result<String, Message> {
    let lines: Vec<String> =
        typed.lines().map(|line| text::line(line, usize::MAX)).filter(|line| !line.is_empty()).collect();
    let is_page = |line: &&String| {
        let rest = line.strip_prefix("https://").or_else(|| line.strip_prefix("http://"));
        rest.is_some_and(|rest| {
            rest.contains('.') && !rest.contains([' ', '"', '<', '>']) && line.len() <= 300
        })
    };
    match lines.iter().find(|line| !is_page(line)) {
        Some(wrong) => Err(Message::new("site-bad-link").with("link", wrong)),
        None if lines.len() > LINKS => Err(Message::new("site-many-links").with("most", LINKS)),
        None => Ok(lines.join("\n")),
    }
}

/// One address on `https`; on `http` only where it is this machine's.
fn address(line: &str) -> Result<String, Message> {
    // Scheme and host are the same in whatever letters; a path is not.
    let head = line.match_indices('/').nth(2).map_or(line.len(), |(at, _)| at);
    let line = format!("{}{}", line[..head].to_ascii_lowercase(), &line[head..]);
    let parsed = line.parse::<axum::http::Uri>().ok();
    let host = parsed.as_ref().and_then(axum::http::Uri::host).unwrap_or_default();
    let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    let is_known = line.starts_with("https://") || (is_here && line.starts_with("http://"));
    let is_whole = !host.is_empty() && line.len() <= 300 && !line.contains(['"', '<', '>', '@']);
    if is_known && is_whole { Ok(line) } else { Err(Message::new("site-bad-address")) }
}

fn host(line: &str) -> Result<String, Message> {
    let (name, port) = line.rsplit_once(':').map_or((line, None), |(name, port)| (name, Some(port)));
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let is_name = !name.is_empty() && name.len() <= 253 && name.chars().all(plain);
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    if is_name && is_port { Ok(line.to_ascii_lowercase()) } else { Err(Message::new("site-bad-host")) }
}

fn percent(line: &str) -> Result<String, Message> {
    let plain = line.trim_end_matches('%').trim().replace(',', ".");
    match plain.parse::<f64>() {
        Ok(share) if (0.0..=100.0).contains(&share) => Ok(plain),
        _ => Err(Message::new("site-bad-percent")),
    }
}
