//! The pages of signing in.

use super::model::Refusal;
use crate::base::config::LettersLack;
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use askama::Template;
use askama_web::WebTemplate;

/// The form.
#[derive(Template, WebTemplate)]
#[template(path = "accounts/templates/sign_in.html")]
pub(super) struct SignInPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    /// Where to go afterwards.
    pub(super) to: String,
    /// What was typed.
    pub(super) email: String,
    /// What is wrong with it.
    pub(super) problem: Option<String>,
    /// The identity provider's name.
    pub(super) outside: Option<String>,
    /// What keeps letters from leaving: then nobody is asked for an address.
    pub(super) lack: Option<LettersLack>,
    /// The address of the demonstration's letters, where there is one.
    pub(super) inbox: bool,
}

/// "A letter is on its way."
#[derive(Template, WebTemplate)]
#[template(path = "accounts/templates/sent.html")]
pub(super) struct SentPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) to: String,
    pub(super) email: String,
    pub(super) inbox: bool,
}

impl SentPage {
    fn said(&self) -> String {
        self.lang.say(&Message::new("sign-in-sent").with("email", &self.email))
    }
}

/// "You asked in another browser: sign in here?"
#[derive(Template, WebTemplate)]
#[template(path = "accounts/templates/elsewhere.html")]
pub(super) struct ElsewherePage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) token: String,
    /// The address, masked.
    pub(super) email: String,
}

impl ElsewherePage {
    fn said(&self) -> String {
        self.lang.say(&Message::new("sign-in-elsewhere").with("email", &self.email))
    }
}

/// A link that signs nobody in, and what to do.
#[derive(Template, WebTemplate)]
#[template(path = "accounts/templates/refused.html")]
pub(super) struct RefusedPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) why: Refusal,
    pub(super) to: String,
}

impl RefusedPage {
    fn text(&self, stem: &str) -> String {
        self.lang.text(&format!("{stem}-{}", self.why.word()))
    }
}
