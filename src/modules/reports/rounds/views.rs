//! The pages of rounds.

use super::store::{Round, Stop};
use crate::base::http::filters;
use crate::base::i18n::Lang;
use crate::base::prose;
use crate::civic::accounts::Desk;
use crate::core::features::{Kind, Status};
use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;

/// A stop on a page.
pub(super) struct StopLine {
    pub(super) stop: Stop,
    /// Longitude and latitude.
    pub(super) at: Option<(f64, f64)>,
}

impl StopLine {
    fn is_public(&self) -> bool {
        self.stop.held.is_none()
    }
    fn is_ended(&self) -> bool {
        self.stop.status == Status::DONE || self.stop.status == Status::CLOSED
    }
    fn status(&self, lang: &Lang) -> String {
        self.stop.status.said(*lang, Kind::REPORT)
    }
    fn excerpt(&self) -> String {
        prose::excerpt(&self.stop.body, 400)
    }
    /// Latitude and longitude, as other maps want them.
    fn position(&self) -> Option<String> {
        self.at.map(|(lon, lat)| format!("{lat:.5},{lon:.5}"))
    }
}

fn day(lang: Lang, day: &str) -> String {
    day.parse::<NaiveDate>().map_or_else(|_| day.to_owned(), |day| lang.date(day))
}

/// `GET /admin/reports/rounds`
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/desk/rounds.html")]
pub(super) struct ListPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) rounds: Vec<Round>,
}

impl ListPage {
    fn day(&self, round: &Round) -> String {
        day(self.lang, &round.day)
    }
}

/// `GET /admin/reports/rounds/{id}`
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/desk/round.html")]
pub(super) struct RoundPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) round: Round,
    pub(super) lines: Vec<StopLine>,
    pub(super) done: Option<String>,
}

/// `GET /admin/reports/rounds/{id}/print`
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/desk/round_print.html")]
pub(super) struct PrintPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) round: Round,
    pub(super) lines: Vec<StopLine>,
}
