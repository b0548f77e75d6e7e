//! The proposals' pages.

use super::form_page::Editing;
use super::model::Form;
use super::similar::Similar;
use crate::base::db::Answer;
use crate::base::error::{Error, Problem, Result};
use crate::base::http::filters;
use crate::base::i18n::Lang;
use crate::base::ids::FeatureId;
use crate::civic::accounts::Around;
use crate::civic::placing::{FoundPlace, shape};
use crate::civic::processes::{Action, Moderation, Opening, ProcessRules, Refusal};
use crate::core::features::photos::Photo;
use crate::core::features::vocabulary::Theme;
use askama::Template;
use askama_web::WebTemplate;

/// An area that an idea may be about.
pub(super) struct AreaChoice {
    pub(super) slug: String,
    pub(super) name: String,
}

/// The form for an idea; again with what was typed, where something is wrong.
#[derive(Template, WebTemplate)]
#[template(path = "proposals/templates/new.html")]
pub(super) struct NewPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) form: Form,
    pub(super) themes: Vec<Theme>,
    pub(super) areas: Vec<AreaChoice>,
    pub(super) problems: Vec<Problem>,
    /// West, south, east, north of the territory in degrees.
    pub(super) bounds: String,
    pub(super) photos: Vec<Photo>,
    /// What an address search found, where one was asked for.
    pub(super) found: Option<Vec<FoundPlace>>,
    pub(super) editing: Option<Editing>,
    /// The process that it is placed in, or the open square.
    pub(super) process: ProcessRules,
    /// Those to choose from, where none was.
    pub(super) processes: Vec<ProcessRules>,
    /// Why it cannot be placed now.
    pub(super) refusal: Option<Refusal>,
    /// The page that says why it was hidden, and where its author appeals.
    pub(super) hidden: Option<String>,
}

impl NewPage {
    /// What is wrong with a field, in the reader's language.
    fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|p| p.field == field).map(|p| self.lang.say(&p.message))
    }
    fn action(&self) -> String {
        action(self.editing.as_ref())
    }
    fn heading(&self) -> String {
        self.lang.text(if self.editing.is_some() { "proposal-edit" } else { "proposal-new" })
    }
    /// Whether the process takes ideas placed so.
    fn takes(&self, shape: &str) -> bool {
        self.process.settings.rules.shapes.iter().any(|taken| taken.word() == shape)
    }
    fn refused(&self, refusal: &Refusal) -> String {
        self.lang.say(&refusal.why)
    }
    /// The bounds of what is drawn, for scripts: metres, square metres, vertices.
    fn limits(&self) -> String {
        format!("{},{},{}", shape::LINE_METRES, shape::AREA_SQUARE_METRES, shape::VERTICES)
    }
}

fn action(editing: Option<&Editing>) -> String {
    editing.map_or_else(|| "/proposals".to_owned(), |editing| format!("/features/{}/edit", editing.id))
}

/// What an idea will look like, and those that are perhaps the same.
#[derive(Template, WebTemplate)]
#[template(path = "proposals/templates/preview.html")]
pub(super) struct PreviewPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) form: Form,
    pub(super) title: String,
    /// Safe HTML.
    pub(super) body: String,
    pub(super) photos: Vec<Photo>,
    pub(super) theme: Option<Theme>,
    pub(super) areas: Vec<String>,
    /// Longitude and latitude of its place, or of the middle of it.
    pub(super) at: Option<(f64, f64)>,
    /// Its place as GeoJSON.
    pub(super) drawn: Option<String>,
    pub(super) similar: Vec<Similar>,
    pub(super) editing: Option<Editing>,
    /// The process that it is placed in, or the open square.
    pub(super) process: ProcessRules,
}

impl PreviewPage {
    fn waits(&self) -> bool {
        self.process.settings.rules.moderation == Moderation::Before
    }
    fn action(&self) -> String {
        action(self.editing.as_ref())
    }
}

/// Ideas that are perhaps the same, as a part of a page.
#[derive(Template, WebTemplate)]
#[template(path = "proposals/templates/similar.html")]
pub(super) struct SimilarList {
    pub(super) lang: Lang,
    pub(super) similar: Vec<Similar>,
}

/// What an author sees who has taken their idea back.
#[derive(Template, WebTemplate)]
#[template(path = "proposals/templates/withdrawn.html")]
pub(super) struct WithdrawnPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) id: FeatureId,
    pub(super) key: String,
    pub(super) title: String,
    /// Whether a shell of it stays public, for what others said.
    pub(super) is_shell: bool,
}

#[derive(Template)]
#[template(path = "proposals/templates/unsent.html")]
struct Unsent {
    lang: Lang,
}

/// The card of the front page: an idea that waits on this device, of which only scripts know.
pub(super) fn unsent<'a>(around: &'a Around<'a>) -> Answer<'a, String> {
    let card = Unsent { lang: around.reader.lang };
    Box::pin(async move { card.render().map_err(|error| Error::Internal(error.to_string())) })
}

/// Whether ideas can be placed now: in the one process that the page is of, or on the open square.
pub(super) fn takes_ideas(around: &Around<'_>) -> Result<bool> {
    if !around.app.config.participation {
        return Ok(false);
    }
    let Some(process) = around.process else { return Ok(true) };
    let all = ProcessRules::all(&around.app.atlas.world())?;
    let known = all.iter().find(|known| known.process() == Some(process));
    let opening = known.map(|known| known.opening(Action::PROPOSE, crate::base::clock::now()));
    Ok(matches!(opening, Some(Opening::Open(_))))
}
