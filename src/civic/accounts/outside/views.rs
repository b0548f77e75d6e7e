//! The page between us and the identity provider.

use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use askama::Template;
use askama_web::WebTemplate;

/// "You are about to continue at …": goes on by itself, and by a link.
#[derive(Template, WebTemplate)]
#[template(path = "accounts/templates/leaving.html")]
pub(super) struct LeavingPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    /// The provider's name.
    pub(super) label: String,
    /// The way there.
    pub(super) url: String,
}

impl LeavingPage {
    fn said(&self, key: &'static str) -> String {
        self.lang.say(&Message::new(key).with("label", &self.label))
    }
}
