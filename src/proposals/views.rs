//! The proposals' pages.

use super::model::Form;
use crate::error::Problem;
use crate::features::vocabulary::Theme;
use crate::features::{Card, Voice};
use crate::i18n::Lang;
use crate::ids::Seq;
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

/// A feature's own page.
#[derive(Template, WebTemplate)]
#[template(path = "proposals/feature.html")]
pub(super) struct FeaturePage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) card: Card,
    /// The journal line up to which the page is known to be true: where its live updates begin.
    pub(super) seq: Seq,
    /// Longitude and latitude of its place, or of the middle of it.
    pub(super) at: Option<(f64, f64)>,
    pub(super) areas: Vec<String>,
    pub(super) voice: Option<Voice>,
    pub(super) mine: bool,
    pub(super) participation: bool,
}

impl FeaturePage {
    fn kind(&self) -> String {
        self.lang.text(&format!("kind-one-{}", self.card.kind.word()))
    }
    fn status(&self) -> String {
        self.lang.text(&format!("status-{}", self.card.status.word().replace('_', "-")))
    }
    fn is_for(&self) -> bool {
        self.voice == Some(Voice::For)
    }
    fn is_against(&self) -> bool {
        self.voice == Some(Voice::Against)
    }
}
