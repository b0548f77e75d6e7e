//! The page of people and roles.

use super::store::Held;
use crate::base::config::LettersLack;
use crate::base::http::filters;
use crate::base::i18n::Lang;
use crate::base::ids::GrantId;
use crate::civic::accounts::{Account, Desk, Pages, Role};
use askama::Template;
use askama_web::WebTemplate;

/// `GET /admin/people`
#[derive(Template, WebTemplate)]
#[template(path = "accounts/templates/people.html")]
pub(super) struct PeoplePage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) held: Vec<Held>,
    pub(super) pages: Pages,
    /// What was looked for.
    pub(super) q: String,
    /// What was found.
    pub(super) found: Option<(Vec<Account>, Pages)>,
    /// The address that a role is to be given to.
    pub(super) email: String,
    pub(super) problem: Option<String>,
    /// Slug and title.
    pub(super) processes: Vec<(String, String)>,
    /// Slug and name.
    pub(super) areas: Vec<(String, String)>,
    /// The role that was just taken back.
    pub(super) undo: Option<GrantId>,
    pub(super) granted: bool,
    /// What keeps letters from leaving: who is given a role here signs in by one.
    pub(super) lack: Option<LettersLack>,
}

impl PeoplePage {
    fn lacking(&self) -> Option<String> {
        self.lack.map(|lack| self.lang.text(&format!("letters-lack-{}", lack.word())))
    }
    fn roles(&self) -> &'static [Role] {
        Role::ALL
    }
    fn role(&self, role: &Role) -> String {
        self.lang.text(&format!("role-{}", role.word()))
    }
    fn about(&self, role: &Role) -> String {
        self.lang.text(&format!("role-{}-does", role.word()))
    }
    /// Where a role holds.
    fn scope(&self, held: &Held) -> String {
        match (&held.process, &held.area) {
            (None, None) => self.lang.text("people-everywhere"),
            (process, area) => {
                [process, area].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
            }
        }
    }
    fn by(&self, held: &Held) -> String {
        held.granted_by.clone().unwrap_or_else(|| self.lang.text("process-by-nobody"))
    }
}
