//! The page of keys.

use super::model::{Key, MOST_PER_HOUR, NAME_MOST, Scope};
use super::routes::{KeyForm, Made};
use crate::base::error::Problem;
use crate::base::http::filters;
use crate::base::i18n::Lang;
use crate::civic::accounts::Desk;
use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;

/// `GET /admin/keys`
#[derive(Template, WebTemplate)]
#[template(path = "keys/templates/keys.html")]
pub(super) struct KeysPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    /// Those that open something.
    pub(super) keys: Vec<Key>,
    /// Those that were revoked.
    pub(super) gone: Vec<Key>,
    pub(super) form: KeyForm,
    pub(super) problems: Vec<Problem>,
    /// The key that was just made.
    pub(super) made: Option<Made>,
    /// Whether one was just revoked.
    pub(super) is_revoked: bool,
}

impl KeysPage {
    fn problem(&self, field: &str) -> Option<String> {
        let problem = self.problems.iter().find(|problem| problem.field == field)?;
        Some(self.lang.say(&problem.message))
    }
    fn scopes(&self) -> &'static [Scope] {
        Scope::ALL
    }
    fn scope(&self, scope: &Scope) -> String {
        self.lang.text(&format!("keys-scope-{}", scope.word()))
    }
    fn by(&self, key: &Key) -> String {
        key.made_by.clone().unwrap_or_else(|| self.lang.text("process-by-nobody"))
    }
    fn used(&self, key: &Key) -> String {
        let day = key.used_on.as_deref().and_then(|day| day.parse::<NaiveDate>().ok());
        day.map_or_else(|| self.lang.text("keys-unused"), |day| self.lang.date(day))
    }
    fn revoked(&self, key: &Key) -> String {
        key.revoked_at.map(|at| self.lang.day(at)).unwrap_or_default()
    }
    fn name_most(&self) -> usize {
        NAME_MOST
    }
    fn quota_most(&self) -> i64 {
        MOST_PER_HOUR
    }
}
