//! Pages of reports that are no part of the form or of the desk.

use super::model::Outcome;
use crate::base::db::Answer;
use crate::base::error::Error;
use crate::base::http::filters;
use crate::base::i18n::Lang;
use crate::base::ids::FeatureId;
use crate::civic::accounts::Around;
use askama::Template;
use askama_web::WebTemplate;

/// What who sent a report says of its end.
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/after.html")]
pub(super) struct AfterPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) id: FeatureId,
    pub(super) title: String,
    pub(super) status: String,
    /// Why it ended without a repair.
    pub(super) reason: Option<String>,
    pub(super) is_author: bool,
    pub(super) is_ended: bool,
    pub(super) reopens: bool,
    pub(super) rating: Option<(Outcome, Option<i64>)>,
    /// Of the link that led here, or empty.
    pub(super) key: String,
    pub(super) done: Option<String>,
    /// As it was typed.
    pub(super) note: String,
    pub(super) problem: Option<String>,
}

#[derive(Template)]
#[template(path = "reports/templates/unsent.html")]
struct Unsent {
    lang: Lang,
}

/// The card of the front page: a report that waits on this device, of which only scripts know.
pub(super) fn unsent<'a>(around: &'a Around<'a>) -> Answer<'a, String> {
    let card = Unsent { lang: around.reader.lang };
    Box::pin(async move { card.render().map_err(|error| Error::Internal(error.to_string())) })
}

impl AfterPage {
    fn outcomes(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.rating.map(|(outcome, _)| outcome);
        let name = |outcome: &Outcome| self.lang.text(&format!("report-outcome-{}", outcome.word()));
        Outcome::ALL.iter().map(|outcome| (outcome.word(), name(outcome), chosen == Some(*outcome))).collect()
    }
    fn has_grade(&self, grade: &i64) -> bool {
        self.rating.is_some_and(|(_, given)| given == Some(*grade))
    }
}
