//! The proposals' pages.

use super::model::Form;
use crate::error::Problem;
use crate::features::vocabulary::Theme;
use crate::i18n::Lang;
use askama::Template;
use askama_web::WebTemplate;

/// An area that an idea may be about.
pub(super) struct AreaChoice {
    pub(super) slug: String,
    pub(super) name: String,
}

/// The form for a new idea; again with what was typed, where something is wrong.
#[derive(Template, WebTemplate)]
#[template(path = "proposals/new.html")]
pub(super) struct NewPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) form: Form,
    pub(super) themes: Vec<Theme>,
    pub(super) areas: Vec<AreaChoice>,
    pub(super) problems: Vec<Problem>,
    pub(super) bounds: String,
}

impl NewPage {
    /// What is wrong with a field, in the reader's language.
    fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|p| p.field == field).map(|p| self.lang.say(&p.message))
    }
}
