//! The page of `/delays`, and its table as a file.

use super::routes::{Delays, Wanted};
use super::table::{Line, Row, Table};
use crate::base::error::{Error, Result};
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::base::text::protected;
use crate::civic::processes::local_time;
use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;

/// From so many hours on, days are said.
const IN_DAYS: u32 = 48;

/// Something that the form offers.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) slug: String,
    pub(super) name: String,
}

impl Choice {
    pub(super) fn new(slug: &str, name: &str, before: &str) -> Choice {
        Choice { slug: slug.to_owned(), name: format!("{before}{name}") }
    }
}

/// The first day of a month such as 202611.
pub(super) fn first_of(month: i64) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(month / 100).ok()?, u32::try_from(month % 100).ok()?, 1)
}

/// `GET /delays`
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/delays.html")]
pub(super) struct DelaysPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) base: String,
    pub(super) categories: Vec<Choice>,
    pub(super) areas: Vec<Choice>,
    pub(super) services: Vec<Choice>,
    pub(super) wanted: Wanted,
    pub(super) delays: std::sync::Arc<Delays>,
}

impl DelaysPage {
    fn when(&self) -> String {
        let when = local_time::said(self.lang, self.delays.at);
        match self.delays.since {
            Some(since) => {
                let message = Message::new("delays-counted-since").with("when", when);
                self.lang.say(&message.with("since", self.lang.date(since)))
            }
            None => self.lang.say(&Message::new("delays-counted").with("when", when)),
        }
    }

    /// The selects of the form: parameter, name of what is chosen, its choices, and the word that is chosen.
    fn selects(&self) -> [(&'static str, &'static str, &[Choice], &str); 3] {
        [
            ("category", "delays-category", &self.categories, &self.wanted.category),
            ("area", "delays-area", &self.areas, &self.wanted.area),
            ("service", "delays-service", &self.services, &self.wanted.service),
        ]
    }

    fn is_filtered(&self) -> bool {
        self.wanted != Wanted::default()
    }

    fn title_of(&self, table: &Table) -> String {
        let message = Message::new(format!("delays-by-{}", table.axis)).with("level", &table.level);
        self.lang.say(&message)
    }

    /// The word of a table's addresses on its page.
    fn id_of(&self, table: &Table) -> String {
        match table.level.as_str() {
            "" => format!("by-{}", table.axis),
            level => format!("by-{}-{}", table.axis, crate::base::text::slug(level)),
        }
    }

    /// Where a row is looked at alone; nothing of what cannot be asked for, or is asked for already.
    fn link(&self, table: &Table, row: &Row) -> Option<String> {
        let is_chosen = [&self.wanted.category, &self.wanted.area, &self.wanted.service].contains(&&row.slug);
        let query = || self.wanted.query(Some((table.axis, &row.slug)));
        (!row.slug.is_empty() && !is_chosen).then(|| format!("/delays{}", query()))
    }

    /// What is overdue, on the list.
    fn overdue_list(&self) -> String {
        let of = Wanted { period: String::new(), ..self.wanted.clone() }.query(None);
        format!("/list?kind=report&clock=overdue{}", of.replacen('?', "&", 1))
    }

    /// What a column is called.
    fn text(&self, word: &str) -> String {
        self.lang.text(&format!("delays-{word}"))
    }

    /// What its numbers mean.
    fn means(&self, word: &str) -> String {
        self.lang.text(&format!("delays-{word}-means"))
    }

    fn number(&self, number: impl std::borrow::Borrow<u64>) -> String {
        said(self.lang, *number.borrow())
    }

    fn within(&self, line: &Line, tenths: u64) -> String {
        match line.within(tenths) {
            Some(hours) => time(self.lang, hours),
            None if line.repaired() + line.overdue > 0 => self.lang.text("delays-not-yet"),
            None => self.lang.text("delays-nothing"),
        }
    }

    fn percent(&self, line: &Line) -> String {
        let share = |percent: u64| Message::new("delays-percent").with("share", percent);
        line.percent()
            .map_or_else(|| self.lang.text("delays-nothing"), |percent| self.lang.say(&share(percent)))
    }
}

fn said(lang: Lang, number: u64) -> String {
    lang.count("delays-number", i64::try_from(number).unwrap_or(i64::MAX))
}

/// Hours as people say them: days from two days on.
fn time(lang: Lang, hours: u32) -> String {
    match hours {
        0 => lang.text("delays-less-than-an-hour"),
        hours if hours < IN_DAYS => lang.count("delays-hours", i64::from(hours)),
        hours => lang.count("delays-days", i64::from(hours / 24)),
    }
}

/// Every table as one, for programs: hours, a point, nothing where there is no number.
///
/// # Errors
/// [`Error::Internal`] where it cannot be written.
pub(super) fn csv(delays: &Delays, lang: Lang) -> Result<Vec<u8>> {
    let wrong = |error: csv::Error| Error::Internal(format!("csv: {error}"));
    let mut table = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let head = [
        "by",
        "level",
        "word",
        "name",
        "repaired",
        "median_hours",
        "p90_hours",
        "in_time",
        "with_promise",
        "share_in_time",
        "overdue",
        "open",
        "closed_without_repair",
    ];
    table.write_record(head).map_err(wrong)?;
    let whole = Row { name: lang.text("delays-all"), slug: String::new(), line: delays.whole.clone() };
    let rows = delays
        .tables
        .iter()
        .flat_map(|table| table.rows.iter().map(move |row| (table.axis, &*table.level, row)));
    for (axis, level, row) in [("all", "", &whole)].into_iter().chain(rows) {
        let (line, hours) =
            (&row.line, |hours: Option<u32>| hours.map(|hours| hours.to_string()).unwrap_or_default());
        let (in_time, of) = line.in_time();
        let share = line.percent().map(|percent| format!("{}.{:02}", percent / 100, percent % 100));
        let cells = [
            axis.to_owned(),
            protected(level).into_owned(),
            row.slug.clone(),
            protected(&row.name).into_owned(),
            line.repaired().to_string(),
            hours(line.within(5)),
            hours(line.within(9)),
            in_time.to_string(),
            of.to_string(),
            share.unwrap_or_default(),
            line.overdue.to_string(),
            line.open.to_string(),
            line.closed().to_string(),
        ];
        table.write_record(&cells).map_err(wrong)?;
    }
    table.into_inner().map_err(|error| Error::Internal(format!("csv: {error}")))
}
