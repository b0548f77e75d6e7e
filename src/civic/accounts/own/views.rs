//! The page of one's own account.

use super::model::{CAPACITIES, ProfileForm};
use crate::base::error::Problem;
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::base::ids::{AreaId, SessionId};
use crate::civic::accounts::passkeys::Passkey;
use crate::civic::accounts::{Grant, Session};
use askama::Template;
use askama_web::WebTemplate;

/// The page.
#[derive(Template, WebTemplate)]
#[template(path = "accounts/templates/own.html")]
pub(super) struct OwnPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) email: String,
    pub(super) form: ProfileForm,
    pub(super) problem: Option<Problem>,
    /// Communes that can be chosen.
    pub(super) areas: Vec<(AreaId, String)>,
    pub(super) grants: Vec<Grant>,
    pub(super) sessions: Vec<Session>,
    pub(super) here: SessionId,
    pub(super) passkeys: Vec<Passkey>,
    /// Whether one of them must be shown before they are changed.
    pub(super) must_show: bool,
    /// The identity provider's name, where the account is not linked with an identity yet.
    pub(super) outside: Option<String>,
    /// What has just been done, in words.
    pub(super) said: Option<String>,
    /// Where they came from to add a passkey.
    pub(super) back: Option<String>,
    /// What was refused about passkeys, in words.
    pub(super) refused: Option<String>,
}

impl OwnPage {
    fn capacities(&self) -> [&'static str; 5] {
        CAPACITIES
    }
    fn signed_in_as(&self) -> String {
        self.lang.say(&Message::new("account-signed-in-as").with("email", &self.email))
    }
    fn wrong(&self, field: &str) -> Option<String> {
        let problem = self.problem.as_ref().filter(|problem| problem.field == field)?;
        Some(self.lang.say(&problem.message))
    }
    fn named(&self, stem: &str, word: &str) -> String {
        self.lang.text(&format!("{stem}-{word}"))
    }
    fn outside_said(&self, key: &'static str, label: &str) -> String {
        self.lang.say(&Message::new(key).with("label", label))
    }
    /// Where to go with a new passkey.
    fn with_passkey(&self) -> &str {
        self.back.as_deref().unwrap_or("/account?done=passkey")
    }
    fn is_here(&self, session: &Session) -> bool {
        session.id == self.here
    }
    fn is_area(&self, id: &AreaId) -> bool {
        self.form.area == id.to_string()
    }
}
