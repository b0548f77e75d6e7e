//! The pages of the form of a report.

use super::model::{BODY_MOST, Form};
use crate::base::clock::Timestamp;
use crate::base::error::Problem;
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::base::ids::FeatureId;
use crate::civic::placing::{FoundPlace, shape};
use crate::civic::processes::{ProcessRules, Refusal, local_time};
use crate::core::features::photos::Photo;
use crate::modules::reports::clock::{Target, Unit};
use crate::modules::reports::known::Known;
use crate::modules::reports::model::{Category, Datatype, Question, Sort};
use askama::Template;
use askama_web::WebTemplate;

/// A category to choose.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) hint: String,
    pub(super) color: String,
    pub(super) icon: String,
    pub(super) danger: String,
}

/// The first step: what is it?
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/categories.html")]
pub(super) struct CategoriesPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) form: Form,
    /// Found by the words that were typed; nothing where none were.
    pub(super) found: Option<Vec<Choice>>,
    /// What is reported most.
    pub(super) often: Vec<Choice>,
    /// Each type with what is below it.
    pub(super) types: Vec<(Choice, Vec<Choice>)>,
    /// Thanks and suggestions.
    pub(super) others: Vec<Choice>,
    /// What is wrong with what was chosen.
    pub(super) problem: Option<String>,
    /// The process that it is reported in, or the open square.
    pub(super) process: ProcessRules,
}

impl CategoriesPage {
    /// The next step with a category chosen; a place that is known stays.
    fn next(&self, choice: &Choice) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("category", &choice.slug);
        let form = &self.form;
        for (name, value) in
            [("process", &form.process), ("lon", &form.lon), ("lat", &form.lat), ("address", &form.address)]
        {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        format!("/reports/new?{}", query.finish())
    }
    fn is_empty(&self) -> bool {
        self.types.is_empty() && self.others.is_empty()
    }
}

/// Whom a report goes to, and by when it is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::modules::reports) struct Whom {
    /// The service's slug and name.
    pub(in crate::modules::reports) service: Option<(String, String)>,
    pub(in crate::modules::reports) target: Option<Target>,
    /// When that is, if it is sent now.
    pub(in crate::modules::reports) due: Option<Timestamp>,
    pub(in crate::modules::reports) is_outside: bool,
    pub(in crate::modules::reports) contact: String,
}

/// A number of hours or days in words.
pub(in crate::modules::reports) struct By(pub(in crate::modules::reports) Target);

impl By {
    /// `3 jours ouvrés`.
    pub(in crate::modules::reports) fn said(&self, lang: Lang) -> String {
        let key = match self.0.unit {
            Unit::Hours => "report-hours",
            Unit::Days => "report-days",
            Unit::WorkingDays => "report-working-days",
        };
        lang.say(&Message::new(key).with("n", self.0.n))
    }
}

impl Whom {
    /// « Ce signalement ira à … ; délai annoncé : … ».
    pub(in crate::modules::reports) fn said(&self, lang: Lang) -> String {
        let service = self.service.as_ref().map(|(_, name)| name.as_str());
        let message = match (service, self.target) {
            (None, _) => Message::new("report-goes-nowhere"),
            (Some(service), None) => Message::new("report-goes-to").with("service", service),
            (Some(service), Some(target)) => Message::new("report-goes-to-by")
                .with("service", service)
                .with("target", By(target).said(lang)),
        };
        lang.say(&message)
    }
}

/// What is said of a place before a report is sent, as a part of the form's page.
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/there.html")]
pub(super) struct There {
    pub(super) lang: Lang,
    /// One; or several, where it lies near the border between two: then it is asked whose it is.
    pub(super) whom: Vec<Whom>,
    pub(super) chosen: String,
    pub(super) known: Vec<Known>,
    pub(super) sort: Sort,
}

impl There {
    fn until(&self, due: &Timestamp) -> String {
        local_time::said_until(self.lang, *due)
    }
    fn is_asked(&self) -> bool {
        self.whom.len() > 1
    }
    fn whom_slug<'a>(&self, whom: &'a Whom) -> &'a str {
        whom.service.as_ref().map_or("", |(slug, _)| slug)
    }
    fn is_chosen(&self, whom: &Whom, first: &bool) -> bool {
        let slug = self.whom_slug(whom);
        if self.whom.iter().any(|one| self.whom_slug(one) == self.chosen) {
            slug == self.chosen
        } else {
            *first
        }
    }
    fn status(&self, known: &Known) -> String {
        known.card.status_said(self.lang)
    }
    fn since(&self, known: &Known) -> String {
        self.lang.day(known.report.ended_at.unwrap_or(known.card.created_at))
    }
}

/// The second step: where, and what else there is to say.
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/new.html")]
pub(super) struct NewPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) form: Form,
    pub(super) category: Category,
    /// The name of its type, if it has one.
    pub(super) type_name: Option<String>,
    pub(super) problems: Vec<Problem>,
    /// West, south, east, north of the territory in degrees.
    pub(super) bounds: String,
    pub(super) photos: Vec<Photo>,
    /// What an address search found, where one was asked for.
    pub(super) found: Option<Vec<FoundPlace>>,
    /// What is said of the place, where there is one.
    pub(super) there: Option<There>,
    /// The report that is changed.
    pub(super) editing: Option<FeatureId>,
    /// Other categories that it may be, where it is changed.
    pub(super) others: Vec<Choice>,
    /// The process that it is reported in, or the open square.
    pub(super) process: ProcessRules,
    /// The processes that it may be reported in, where none was chosen.
    pub(super) processes: Vec<ProcessRules>,
    /// Why nothing can be reported there now.
    pub(super) refusal: Option<Refusal>,
}

impl NewPage {
    fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|p| p.field == field).map(|p| self.lang.say(&p.message))
    }
    fn refused(&self, refusal: &Refusal) -> String {
        self.lang.say(&refusal.why)
    }
    /// The first step, in the same process.
    fn categories(&self) -> String {
        first(&self.process)
    }
    /// Where who signs in comes back to.
    fn back(&self) -> String {
        let way = format!("{}&category={}", first(&self.process), self.category.slug);
        form_urlencoded::byte_serialize(way.as_bytes()).collect()
    }
    fn answer_problem(&self, question: &Question) -> Option<String> {
        self.problem(&format!("answer-{}", question.code))
    }
    fn action(&self) -> String {
        action(self.editing)
    }
    fn heading(&self) -> String {
        self.category.name(self.lang).to_owned()
    }
    fn hint(&self) -> &str {
        &self.category.hint
    }
    fn is_list(&self, question: &Question) -> bool {
        matches!(question.datatype, Datatype::One | Datatype::Several)
    }
    fn is_several(&self, question: &Question) -> bool {
        question.datatype == Datatype::Several
    }
    fn is_text(&self, question: &Question) -> bool {
        question.datatype == Datatype::Text
    }
    fn input_type(&self, question: &Question) -> &'static str {
        if question.datatype == Datatype::Datetime { "date" } else { "text" }
    }
    fn input_mode(&self, question: &Question) -> &'static str {
        if question.datatype == Datatype::Number { "decimal" } else { "text" }
    }
    fn answer(&self, question: &Question) -> String {
        self.form.answered(&question.code).first().copied().unwrap_or_default().to_owned()
    }
    fn body_most(&self) -> usize {
        BODY_MOST
    }
    // What the shared part of the form asks: a report lies at a point.
    fn takes(&self, shape: &str) -> bool {
        shape == "point"
    }
    fn areas(&self) -> &[Choice] {
        &[]
    }
    fn limits(&self) -> String {
        format!("{},{},{}", shape::LINE_METRES, shape::AREA_SQUARE_METRES, shape::VERTICES)
    }
}

fn first(process: &ProcessRules) -> String {
    let within = if process.slug.is_empty() { String::new() } else { format!("?process={}", process.slug) };
    format!("/reports/new{within}")
}

fn action(editing: Option<FeatureId>) -> String {
    editing.map_or_else(|| "/reports".to_owned(), |id| format!("/reports/{id}/edit"))
}

/// The third step: whom it goes to, by when, what is known there.
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/preview.html")]
pub(super) struct PreviewPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) form: Form,
    pub(super) category: Category,
    /// Safe HTML.
    pub(super) body: String,
    pub(super) photos: Vec<Photo>,
    pub(super) areas: Vec<String>,
    /// Longitude and latitude of its place.
    pub(super) at: (f64, f64),
    /// Question and answer, in words.
    pub(super) answers: Vec<(String, String)>,
    pub(super) there: There,
    pub(super) editing: Option<FeatureId>,
    /// The process that it is reported in, or the open square.
    pub(super) process: ProcessRules,
}

impl PreviewPage {
    fn action(&self) -> String {
        action(self.editing)
    }
    fn heading(&self) -> String {
        self.category.name(self.lang).to_owned()
    }
}
