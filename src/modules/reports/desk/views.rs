//! The pages of the desk of reports.

use super::acts::{ActForm, NOTE, Stopped};
use super::order::{self, Look, Order, Shown};
use super::store::Listed;
use super::{ROOM, acts};
use crate::base::error::Problem;
use crate::base::http::filters;
use crate::base::i18n::Lang;
use crate::base::ids::{AreaId, FeatureId};
use crate::base::prose;
use crate::civic::accounts::{Desk, Pages};
use crate::civic::processes::local_time;
use crate::core::atlas::{Filter, World};
use crate::core::features::photos::Photo;
use crate::core::features::{Card, Hold, Kind, Status};
use crate::core::territory::Territory;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::letters::reason_key;
use crate::modules::reports::model::{
    CLOCK_WORDS, Category, Clock, EndReason, PauseReason, Report, Service, ServiceId,
};
use crate::modules::reports::panel::{Line, clock_said};
use crate::modules::reports::rounds::MOST_STOPS;
use askama::Template;
use askama_web::WebTemplate;
use std::sync::Arc;

/// What a form of acts offers: value and name of each.
pub(super) struct Choices {
    pub(super) services: Vec<(String, String)>,
    /// By their types.
    pub(super) categories: Vec<(String, Vec<(String, String)>)>,
}

/// What can be chosen now.
pub(super) fn choices(catalogue: &Catalogue, lang: Lang) -> Choices {
    let services = catalogue.services.iter().filter(|service| service.removed_at.is_none());
    let named = |category: &Category| (category.id.0.to_string(), category.name(lang).to_owned());
    let of_type = |kind: &Category| {
        let below: Vec<_> = catalogue.below(Some(kind.id)).map(named).collect();
        (kind.name(lang).to_owned(), if below.is_empty() { vec![named(kind)] } else { below })
    };
    Choices {
        services: services.map(|one| (one.id.0.to_string(), one.name(lang).to_owned())).collect(),
        categories: catalogue.below(None).map(of_type).collect(),
    }
}

fn problem(problems: &[Problem], lang: Lang, field: &str) -> Option<String> {
    problems.iter().find(|problem| problem.field == field).map(|problem| lang.say(&problem.message))
}

fn statuses(lang: Lang, chosen: &str) -> Vec<(&'static str, String, bool)> {
    let named = |status: &Status| (status.word(), status.said(lang, Kind::REPORT), status.word() == chosen);
    Kind::REPORT.0.statuses.iter().map(named).collect()
}

fn reasons(lang: Lang, chosen: &str) -> Vec<(&'static str, String, bool)> {
    let named =
        |reason: &EndReason| (reason.word(), lang.text(&reason_key(*reason)), reason.word() == chosen);
    EndReason::ALL.iter().map(named).collect()
}

/// Why a clock can be stopped by hand.
fn pauses(lang: Lang, chosen: &str) -> Vec<(&'static str, String, bool)> {
    let named = |why: &PauseReason| {
        let name = lang.text(&format!("report-pause-{}", why.word().replace('_', "-")));
        (why.word(), name, why.word() == chosen)
    };
    PauseReason::ALL.iter().filter(|why| **why != PauseReason::HandedOver).map(named).collect()
}

/// How a report's clock stands, in a word.
pub(super) fn clock(report: &Report, lang: Lang) -> String {
    lang.text(&format!("facet-clock-{}", report.clock().word()))
}

/// The day on which it ended, or until when it is due.
pub(super) fn clock_day(report: &Report, lang: Lang) -> Option<String> {
    let due = || report.due_at.map(|due| local_time::said_until(lang, due));
    report.ended_at.map(|at| lang.day(at)).or_else(due)
}

/// The key of why a report is not public, in a word or two.
pub(super) fn held_word(held: Hold) -> &'static str {
    match held {
        Hold::Waiting => "report-desk-held",
        Hold::Hidden => "report-desk-hidden",
        Hold::Withdrawn | Hold::Merged | Hold::Erased => "report-desk-not-public",
    }
}

/// The key of why nothing public can be done with a report.
pub(super) fn held_why(held: Hold) -> &'static str {
    match held {
        Hold::Waiting => "report-desk-waits-to-be-read",
        Hold::Hidden => "report-desk-is-hidden",
        Hold::Withdrawn | Hold::Merged | Hold::Erased => "report-desk-is-no-more-public",
    }
}

/// A report in the list.
pub(super) struct Row {
    pub(super) listed: Listed,
    pub(super) report: Report,
    pub(super) category: Option<Category>,
    pub(super) service: Option<Service>,
    pub(super) checked: bool,
    /// Who of the desk looks after it.
    pub(super) assigned: Option<String>,
}

/// A service above the list, with how many of its reports are open.
struct Tab {
    path: String,
    name: String,
    count: i64,
    is_here: bool,
}

/// `GET /admin/reports`
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/desk/list.html")]
pub(super) struct ListPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) rows: Vec<Row>,
    pub(super) pages: Pages,
    /// How many were just changed, and how many were so already.
    pub(super) done: Option<i64>,
    pub(super) same: Option<i64>,
    /// What was just done and can be taken back still, as forms name it.
    pub(super) undo: Vec<String>,
    /// How many were just taken back.
    pub(super) undone: Option<i64>,
    /// The services with which this desk begins.
    pub(super) mine: Vec<ServiceId>,
    pub(super) by_service: Vec<(Option<ServiceId>, i64)>,
    /// Whether who reads it may change the catalogue.
    pub(super) may_change: bool,
    /// Slug and name of each.
    pub(super) areas: Vec<(String, String)>,
    pub(super) choices: Choices,
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) world: Arc<World>,
    /// What was chosen and is on another page of the list.
    pub(super) elsewhere: Vec<Row>,
    /// Where the map begins.
    pub(super) bounds: String,
    /// The filter and the look as a query.
    pub(super) query: String,
    pub(super) look: Look,
    pub(super) filter: Filter,
    pub(super) form: ActForm,
    pub(super) problems: Vec<Problem>,
    /// What stopped the act that was sent.
    pub(super) stopped: Vec<Stopped>,
}

impl ListPage {
    fn problem(&self, field: &str) -> Option<String> {
        problem(&self.problems, self.lang, field)
    }
    /// The ways into the list: one's own services, all, each service, none.
    fn tabs(&self) -> Vec<Tab> {
        let open = order::OPEN;
        let count =
            |of: Option<ServiceId>| self.by_service.iter().find(|(id, _)| *id == of).map_or(0, |(_, n)| *n);
        let shown: Vec<&str> = self.filter.words("service").collect();
        let tab = |slugs: Vec<&str>, name: String, count: i64| {
            let service =
                if slugs.is_empty() { String::new() } else { format!("&service={}", slugs.join(",")) };
            let mut sorted = slugs;
            sorted.sort_unstable();
            Tab { path: format!("{ROOM}?{open}{service}"), name, count, is_here: shown == sorted }
        };
        let own = self.catalogue.services.iter().filter(|service| self.mine.contains(&service.id));
        let own: Vec<&str> = own.map(|service| service.slug.as_str()).collect();
        let own_count = self.mine.iter().map(|id| count(Some(*id))).sum();
        let mut tabs = Vec::new();
        if !own.is_empty() {
            tabs.push(tab(own, self.lang.text("report-desk-mine"), own_count));
        }
        let all = self.by_service.iter().map(|(_, n)| n).sum();
        tabs.push(tab(Vec::new(), self.lang.text("report-desk-all"), all));
        for service in &self.catalogue.services {
            let n = count(Some(service.id));
            if service.removed_at.is_none() || n > 0 {
                tabs.push(tab(vec![service.slug.as_str()], service.name(self.lang).to_owned(), n));
            }
        }
        if count(None) > 0 {
            tabs.push(tab(vec!["none"], self.lang.text("facet-service-none"), count(None)));
        }
        tabs
    }
    /// Of the filter: word, name, whether it is chosen.
    fn statuses(&self) -> Vec<(&'static str, String, bool)> {
        let named = |status: &Status| {
            let name = status.said(self.lang, Kind::REPORT);
            (status.word(), name, self.filter.has("status", status.word()))
        };
        Kind::REPORT.0.statuses.iter().map(named).collect()
    }
    fn clocks(&self) -> Vec<(&'static str, String, bool)> {
        let named = |word: &&'static str| {
            (*word, self.lang.text(&format!("facet-clock-{word}")), self.filter.has("clock", word))
        };
        CLOCK_WORDS.iter().map(named).collect()
    }
    /// Categories of the filter by their types: slug, name, whether it is chosen.
    fn categories(&self) -> Vec<(String, String, bool)> {
        let types = self.catalogue.below(None);
        let all = types.flat_map(|kind| std::iter::once(kind).chain(self.catalogue.below(Some(kind.id))));
        let named = |category: &Category| {
            let indent = if category.parent.is_some() { "\u{a0}\u{a0}" } else { "" };
            let name = format!("{indent}{}", category.name(self.lang));
            (category.slug.clone(), name, self.filter.has("category", &category.slug))
        };
        all.map(named).collect()
    }
    fn is_area(&self, slug: &str) -> bool {
        self.filter.has("area", slug)
    }
    /// What the filter says of services, where the tabs say it: the form keeps it.
    fn service_words(&self) -> String {
        self.filter.words("service").collect::<Vec<_>>().join(",")
    }
    /// All that is open, as the form's filter of the status says it.
    fn is_open_only(&self) -> bool {
        let open: Vec<&str> = order::OPEN.trim_start_matches("status=").split(',').collect();
        self.filter.words("status").eq(open.iter().copied())
    }
    fn open_words(&self) -> &'static str {
        order::OPEN.trim_start_matches("status=")
    }
    fn map(&self) -> String {
        order::on_map(&self.filter)
    }
    fn counted(&self) -> String {
        self.lang.count("report-desk-reports", self.pages.total)
    }
    fn sort(&self, column: &str) -> (Option<&'static str>, String) {
        let (said, next) = self.look.head(column);
        (said, format!("{ROOM}?{}", next.query(&self.filter.canonical())))
    }
    fn sort_word(&self) -> Option<&'static str> {
        (self.look.order != Order::default()).then(|| self.look.order.word())
    }
    /// What can be shown: word, name, whether it is.
    fn shown(&self) -> [(&'static str, String, bool); 3] {
        Shown::ALL.map(|shown| {
            let key = match shown {
                Shown::Usual => "report-desk-shown-usual",
                Shown::Waiting => "report-desk-shown-waiting",
                Shown::Hidden => "report-desk-shown-hidden",
            };
            (shown.word(), self.lang.text(key), shown == self.look.shown)
        })
    }
    /// Whether what is shown is on everybody's map, too.
    fn is_usual(&self) -> bool {
        self.look.shown == Shown::Usual
    }
    /// The filter as tiles are asked by it.
    fn tiles(&self) -> String {
        order::of_map(&self.filter)
    }
    fn held(&self, held: &Hold) -> String {
        self.lang.text(held_word(*held))
    }
    fn round_most(&self) -> usize {
        MOST_STOPS
    }
    fn clock(&self, report: &Report) -> String {
        clock(report, self.lang)
    }
    fn clock_day(&self, report: &Report) -> Option<String> {
        clock_day(report, self.lang)
    }
    fn is_late(&self, report: &Report) -> bool {
        report.clock() == Clock::Overdue
    }
    fn status(&self, report: &Report) -> String {
        report.status.said(self.lang, Kind::REPORT)
    }
    /// The smallest area that it lies in.
    fn area(&self, listed: &Listed) -> Option<String> {
        let ids: Vec<AreaId> =
            listed.areas.as_deref().unwrap_or_default().split(',').filter_map(AreaId::of_text).collect();
        let within = self.world.territory().areas().iter().filter(|area| ids.contains(&area.id));
        Territory::innermost(within).map(|area| area.name.clone())
    }
    fn excerpt(&self, listed: &Listed) -> String {
        prose::excerpt(&listed.body, 160)
    }
    fn act_statuses(&self) -> Vec<(&'static str, String, bool)> {
        statuses(self.lang, &self.form.status)
    }
    fn reasons(&self) -> Vec<(&'static str, String, bool)> {
        reasons(self.lang, &self.form.reason)
    }
    fn pauses(&self) -> Vec<(&'static str, String, bool)> {
        pauses(self.lang, &self.form.why)
    }
    fn note_most(&self) -> usize {
        NOTE
    }
}

/// A report that may be the same.
pub(super) struct Double {
    pub(super) card: Card,
    pub(super) report: Report,
    pub(super) metres: i64,
    /// Words that both texts have.
    pub(super) shared: Vec<String>,
}

/// `GET /admin/reports/{id}`
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/desk/one.html")]
pub(super) struct OnePage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) listed: Listed,
    pub(super) report: Report,
    pub(super) category: Category,
    pub(super) service: Option<Service>,
    pub(super) answers: Vec<(String, String)>,
    pub(super) photos: Vec<Photo>,
    pub(super) history: Vec<Line>,
    pub(super) doubles: Vec<Double>,
    /// What was merged into it.
    pub(super) merged: Vec<(FeatureId, String)>,
    pub(super) choices: Choices,
    pub(super) done: Option<String>,
    pub(super) undo: Vec<String>,
    pub(super) form: ActForm,
    pub(super) problems: Vec<Problem>,
    pub(super) stopped: Vec<Stopped>,
}

impl OnePage {
    fn problem(&self, field: &str) -> Option<String> {
        problem(&self.problems, self.lang, field)
    }
    fn text(&self) -> String {
        prose::html(&self.listed.body)
    }
    fn clock(&self) -> String {
        clock_said(&self.report, self.lang)
    }
    fn is_late(&self) -> bool {
        self.report.clock() == Clock::Overdue
    }
    fn status(&self, report: &Report) -> String {
        report.status.said(self.lang, Kind::REPORT)
    }
    fn is_public(&self) -> bool {
        self.listed.held.is_none()
    }
    fn held(&self) -> String {
        self.listed.held.map(|held| self.lang.text(held_why(held))).unwrap_or_default()
    }
    fn supporters(&self) -> String {
        self.lang.count("report-desk-supporters", self.listed.votes_for)
    }
    fn metres(&self, double: &Double) -> String {
        self.lang.count("report-desk-metres-away", double.metres)
    }
    fn shared(&self, double: &Double) -> String {
        double.shared.iter().take(5).cloned().collect::<Vec<_>>().join(", ")
    }
    fn act_statuses(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = if self.form.status.is_empty() { self.report.status.word() } else { &self.form.status };
        statuses(self.lang, chosen)
    }
    fn reasons(&self) -> Vec<(&'static str, String, bool)> {
        reasons(self.lang, &self.form.reason)
    }
    fn pauses(&self) -> Vec<(&'static str, String, bool)> {
        pauses(self.lang, &self.form.why)
    }
    fn note_most(&self) -> usize {
        acts::NOTE
    }
}
