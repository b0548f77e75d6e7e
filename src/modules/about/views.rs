//! The pages on which a city says who it is.

use super::guide::Part;
use super::model::{Audit, MOST, WriteForm};
use crate::base::error::Problem;
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::core::site::Site;
use askama::Template;
use askama_web::WebTemplate;
use std::sync::Arc;

/// `GET /legal`
#[derive(Template, WebTemplate)]
#[template(path = "about/templates/legal.html")]
pub(super) struct LegalPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) said: Arc<Site>,
    /// As HTML.
    pub(super) more: String,
}

/// `GET /accessibility`
#[derive(Template, WebTemplate)]
#[template(path = "about/templates/accessibility.html")]
pub(super) struct AccessibilityPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) base: String,
    pub(super) said: Arc<Site>,
    pub(super) audit: Option<Audit>,
    /// As HTML.
    pub(super) more: String,
}

impl AccessibilityPage {
    /// Who answers for the site.
    fn publisher(&self) -> &str {
        let publisher = [self.said.get("publisher"), self.said.get("territory"), &self.site];
        publisher.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
    }
    fn commits(&self) -> String {
        self.lang.say(
            &Message::new("about-accessibility-commits")
                .with("publisher", self.publisher())
                .with("address", &self.base),
        )
    }
    fn state(&self) -> String {
        let Some(audit) = &self.audit else { return self.lang.text("about-accessibility-unaudited") };
        self.lang.text(&format!("about-accessibility-{}", audit.word()))
    }
    fn audited(&self) -> Option<String> {
        let audit = self.audit.as_ref()?;
        let said = Message::new("about-accessibility-audited")
            .with("auditor", &audit.auditor)
            .with("day", self.lang.date(audit.day))
            .with("rate", audit.rate(self.lang));
        Some(self.lang.say(&said))
    }
}

/// `GET /terms`
#[derive(Template, WebTemplate)]
#[template(path = "about/templates/terms.html")]
pub(super) struct TermsPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    /// The city's own, as HTML; empty where it leaves it to those of every site.
    pub(super) own: String,
}

/// `GET /help`
#[derive(Template, WebTemplate)]
#[template(path = "about/templates/help.html")]
pub(super) struct HelpPage {
    pub(super) lang: Lang,
    pub(super) site: String,
}

impl HelpPage {
    /// The questions, by the words of their texts.
    fn questions(&self) -> Vec<(&'static str, String, String)> {
        let words = ["place", "account", "vote", "change", "become", "without-map", "words", "data"];
        let said = |word| {
            let (question, answer) = (format!("about-help-ask-{word}"), format!("about-help-say-{word}"));
            (word, self.lang.text(&question), self.lang.text(&answer))
        };
        words.map(said).into()
    }
}

/// `GET /help/agents`
#[derive(Template, WebTemplate)]
#[template(path = "about/templates/guide.html")]
pub(super) struct GuidePage {
    pub(super) lang: Lang,
    pub(super) site: String,
    /// What stands before the parts, as HTML.
    pub(super) first: String,
    pub(super) parts: Vec<Part>,
}

/// `GET /contact`
#[derive(Template, WebTemplate)]
#[template(path = "about/templates/contact.html")]
pub(super) struct ContactPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) said: Arc<Site>,
    /// Whether the form is there.
    pub(super) takes_letters: bool,
    pub(super) is_sent: bool,
    pub(super) form: WriteForm,
    pub(super) problems: Vec<Problem>,
}

impl ContactPage {
    fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|p| p.field == field).map(|p| self.lang.say(&p.message))
    }
    fn most(&self) -> usize {
        MOST
    }
    fn is_silent(&self) -> bool {
        ["contact_email", "contact_phone", "contact_address"]
            .iter()
            .all(|name| self.said.get(name).is_empty())
    }
    fn dialled(&self) -> String {
        self.said.get("contact_phone").chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}
