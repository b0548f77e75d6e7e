//! The desk's page of the basemap.

use super::desk::MOST;
use super::presets::Preset;
use crate::base::error::Problem;
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::base::media::Named;
use crate::civic::accounts::{Desk, bytes};
use crate::core::site::{BASEMAPS, Site};
use askama::Template;
use askama_web::WebTemplate;

/// `GET /admin/site/basemap`
#[derive(Template, WebTemplate)]
#[template(path = "basemap/templates/basemap.html")]
pub(super) struct BasemapPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    /// What the form holds.
    pub(super) edited: Site,
    /// The files that may be chosen.
    pub(super) files: Vec<Named>,
    /// The file that the map shows now, whatever the form holds.
    pub(super) used: Option<String>,
    /// What the operator's file says.
    pub(super) operators: Option<String>,
    /// Why what is chosen is not shown.
    pub(super) fault: Option<String>,
    pub(super) is_setup: bool,
    pub(super) done: Option<String>,
    pub(super) problems: Vec<Problem>,
}

impl BasemapPage {
    fn words(&self) -> &'static [&'static str] {
        BASEMAPS
    }
    fn chosen(&self) -> &str {
        Some(self.edited.get("basemap")).filter(|word| !word.is_empty()).unwrap_or(BASEMAPS[0])
    }
    fn name(&self, word: &str) -> String {
        self.lang.text(&format!("basemap-name-{word}"))
    }
    fn what(&self, word: &str) -> String {
        self.lang.text(&format!("basemap-what-{word}"))
    }
    /// What visitors' browsers tell whom; nothing where they ask this server alone.
    fn told(&self, word: &str) -> Option<String> {
        let preset = Preset::of_word(word)?;
        let said = Message::new("basemap-told").with("by", preset.by).with("hosts", preset.hosts.join(", "));
        Some(self.lang.say(&said))
    }
    fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|p| p.field == field).map(|p| self.lang.say(&p.message))
    }
    fn is_used(&self, file: &Named) -> bool {
        self.used.as_ref() == Some(&file.name)
    }
    fn size(&self, file: &Named) -> String {
        bytes(self.lang, file.size)
    }
    fn file_hint(&self) -> String {
        self.lang.say(&Message::new("basemap-file-hint").with("most", MOST >> 20))
    }
    fn value(&self, field: &str) -> &str {
        self.edited.get(field)
    }
}
