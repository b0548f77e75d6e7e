//! The pages of the desk of the catalogue.

use super::category_form::{CategoryForm, DAYS, LABEL, METRES, TEXT};
use super::rules::{Choices, RuleForm};
use super::service::{NAME, ServiceForm, TEXT as SERVICE_TEXT};
use super::store::Agent;
use crate::base::clock::Timestamp;
use crate::base::error::Problem;
use crate::base::http::filters;
use crate::base::i18n::Lang;
use crate::civic::accounts::Desk;
use crate::civic::placing::FoundPlace;
use crate::core::features::vocabulary::PALETTE;
use crate::modules::reports::clock::Unit;
use crate::modules::reports::model::{Category, Datatype, Service, Sort};
use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;

/// What is wrong with the rules, in words, and where that is put right.
pub(super) struct FaultLine {
    pub(super) said: String,
    pub(super) links: Vec<(String, String)>,
}

/// A category in the table.
pub(super) struct CategoryLine {
    pub(super) category: Category,
    /// Its own promise.
    pub(super) target: Option<String>,
    /// How many reports it has.
    pub(super) count: i64,
    pub(super) is_first: bool,
    pub(super) is_last: bool,
}

/// A service in the table.
pub(super) struct ServiceLine {
    pub(super) service: Service,
    /// How many reports it has that have not ended.
    pub(super) open: i64,
}

/// Whom, why, by when.
pub(super) struct Answered {
    pub(super) service: String,
    pub(super) level: String,
    pub(super) rule: String,
    pub(super) rule_id: i64,
    pub(super) target: Option<String>,
    pub(super) due: Option<String>,
}

/// What was tried, and what came of it.
#[derive(Default)]
pub(super) struct Tried {
    pub(super) category: String,
    pub(super) place: String,
    /// The addresses that are like what was typed.
    pub(super) found: Vec<FoundPlace>,
    /// The point that was asked about.
    pub(super) at: Option<String>,
    pub(super) is_nowhere: bool,
    pub(super) is_nobody: bool,
    /// The first is who gets it; the others would, a few metres off.
    pub(super) answers: Vec<Answered>,
}

/// `GET /admin/reports/catalogue`
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/desk/catalogue.html")]
pub(super) struct CataloguePage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) done: Option<String>,
    pub(super) faults: Vec<FaultLine>,
    pub(super) categories: Vec<CategoryLine>,
    pub(super) services: Vec<ServiceLine>,
    pub(super) rules: i64,
    /// What can be tried: number and name of each.
    pub(super) choices: Vec<(String, String)>,
    pub(super) tried: Tried,
}

impl CataloguePage {
    fn is_empty(&self) -> bool {
        self.categories.is_empty() && self.services.is_empty()
    }
    fn sort(&self, category: &Category) -> String {
        self.lang.text(&format!("report-desk-sort-{}", category.sort.word()))
    }
}

fn problem(problems: &[Problem], lang: Lang, field: &str) -> Option<String> {
    problems.iter().find(|problem| problem.field == field).map(|problem| lang.say(&problem.message))
}

fn units(lang: Lang, chosen: &str) -> Vec<(&'static str, String, bool)> {
    let named = |unit: &Unit| {
        let key = format!("report-desk-unit-{}", unit.word().replace('_', "-"));
        (unit.word(), lang.text(&key), unit.word() == chosen)
    };
    [Unit::WorkingDays, Unit::Days, Unit::Hours].iter().map(named).collect()
}

/// `GET /admin/reports/catalogue/categories/{id}`
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/desk/category.html")]
pub(super) struct CategoryPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) now: Option<Category>,
    /// What it can stand below.
    pub(super) types: Vec<Category>,
    pub(super) has_below: bool,
    pub(super) uses: i64,
    pub(super) icons: Vec<String>,
    pub(super) form: CategoryForm,
    pub(super) problems: Vec<Problem>,
}

impl CategoryPage {
    fn problem(&self, field: &str) -> Option<String> {
        problem(&self.problems, self.lang, field)
    }
    fn heading(&self) -> String {
        let name = |now: &Category| now.name(self.lang).to_owned();
        self.now.as_ref().map_or_else(|| self.lang.text("report-desk-category-new"), name)
    }
    fn action(&self) -> String {
        let own = |now: &Category| format!("/admin/reports/catalogue/categories/{}", now.id.0);
        self.now.as_ref().map_or_else(|| "/admin/reports/catalogue/categories".to_owned(), own)
    }
    fn sorts(&self) -> Vec<(&'static str, String, bool)> {
        let named = |sort: &Sort| {
            let name = self.lang.text(&format!("report-desk-sort-{}", sort.word()));
            (sort.word(), name, sort.word() == self.form.sort)
        };
        Sort::ALL.iter().map(named).collect()
    }
    fn units(&self) -> Vec<(&'static str, String, bool)> {
        units(self.lang, &self.form.target_unit)
    }
    fn datatypes(&self, chosen: &str) -> Vec<(&'static str, String, bool)> {
        let named = |sort: &Datatype| {
            let name = self.lang.text(&format!("report-desk-datatype-{}", sort.word()));
            (sort.word(), name, sort.word() == chosen)
        };
        Datatype::ALL.iter().map(named).collect()
    }
    /// The palette, and the colour that it has where that is none of it.
    fn colors(&self) -> Vec<(String, String)> {
        let own = (!PALETTE.contains(&self.form.color.as_str()) && self.form.color.starts_with('#'))
            .then(|| (self.form.color.clone(), self.form.color.clone()));
        let named = |color: &&str| {
            let name = self.lang.text(&format!("theme-color-{}", color.trim_start_matches('#')));
            ((*color).to_owned(), name)
        };
        PALETTE.iter().map(named).chain(own).collect()
    }
    fn icon_name(&self, icon: &str) -> String {
        self.lang.text(&format!("icon-{icon}"))
    }
    fn is_parent(&self, id: &i64) -> bool {
        self.form.parent == id.to_string()
    }
    fn label_most(&self) -> usize {
        LABEL
    }
    fn text_most(&self) -> usize {
        TEXT
    }
    fn metres_most(&self) -> i64 {
        METRES
    }
    fn days_most(&self) -> i64 {
        DAYS
    }
}

/// `GET /admin/reports/catalogue/services/{id}`
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/desk/service.html")]
pub(super) struct ServicePage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) now: Option<Service>,
    /// How many reports it has that have not ended.
    pub(super) open: i64,
    /// Whose desk begins with it.
    pub(super) of_it: Vec<Agent>,
    /// Who else may treat reports.
    pub(super) others: Vec<Agent>,
    pub(super) form: ServiceForm,
    pub(super) problems: Vec<Problem>,
}

impl ServicePage {
    fn problem(&self, field: &str) -> Option<String> {
        problem(&self.problems, self.lang, field)
    }
    fn heading(&self) -> String {
        let name = |now: &Service| now.name(self.lang).to_owned();
        self.now.as_ref().map_or_else(|| self.lang.text("report-desk-service-new"), name)
    }
    fn action(&self) -> String {
        let own = |now: &Service| format!("/admin/reports/catalogue/services/{}", now.id.0);
        self.now.as_ref().map_or_else(|| "/admin/reports/catalogue/services".to_owned(), own)
    }
    fn has_key(&self) -> bool {
        self.now.as_ref().is_some_and(|now| now.open311_key.is_some())
    }
    fn opens(&self) -> String {
        self.lang.count("report-desk-open-reports", self.open)
    }
    fn name_most(&self) -> usize {
        NAME
    }
    fn text_most(&self) -> usize {
        SERVICE_TEXT
    }
}

/// A rule in the table.
pub(super) struct RuleLine {
    pub(super) id: i64,
    pub(super) what: String,
    pub(super) place: String,
    pub(super) service: String,
    pub(super) target: Option<String>,
}

/// A rule that was.
pub(super) struct PastRule {
    pub(super) what: String,
    pub(super) place: String,
    pub(super) service: String,
    pub(super) target: Option<String>,
    pub(super) from: Timestamp,
    pub(super) until: Timestamp,
}

/// `GET /admin/reports/catalogue/rules`
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/desk/rules.html")]
pub(super) struct RulesPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) lines: Vec<RuleLine>,
    pub(super) past: Vec<PastRule>,
    pub(super) choices: Choices,
    pub(super) form: RuleForm,
    pub(super) problems: Vec<Problem>,
}

impl RulesPage {
    fn problem(&self, field: &str) -> Option<String> {
        problem(&self.problems, self.lang, field)
    }
    fn units(&self) -> Vec<(&'static str, String, bool)> {
        units(self.lang, &self.form.target_unit)
    }
}

/// `GET /admin/reports/catalogue/rules/{id}`
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/desk/rule.html")]
pub(super) struct RulePage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) choices: Choices,
    pub(super) form: RuleForm,
    pub(super) problems: Vec<Problem>,
}

impl RulePage {
    fn problem(&self, field: &str) -> Option<String> {
        problem(&self.problems, self.lang, field)
    }
    fn units(&self) -> Vec<(&'static str, String, bool)> {
        units(self.lang, &self.form.target_unit)
    }
}

/// `GET /admin/reports/catalogue/days`
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/desk/days.html")]
pub(super) struct DaysPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) days: Vec<(NaiveDate, String)>,
    pub(super) this_year: i32,
    /// Day and name as they were typed.
    pub(super) typed: (String, String),
    pub(super) problems: Vec<Problem>,
}

impl DaysPage {
    fn problem(&self, field: &str) -> Option<String> {
        problem(&self.problems, self.lang, field)
    }
    fn years(&self) -> String {
        format!("{}, {}", self.this_year, self.this_year + 1)
    }
}
