//! The processes' pages that everybody reads.

use super::documents;
use super::hero::{self, Hero};
use super::languages::{self, Told};
use super::local_time;
use super::model::{HeadPicture, Phase};
use super::plain::Rule;
use super::{Document, ProcessRules};
use crate::base::clock::Timestamp;
use crate::base::db::Answer;
use crate::base::error::Error;
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::base::prose;
use crate::civic::accounts::Around;
use crate::core::features::vocabulary::Theme;
use askama::Template;
use askama_web::WebTemplate;

/// What a process is to the list of them.
pub(super) struct ProcessLine {
    pub(super) known: ProcessRules,
    /// How many contributions it has.
    pub(super) count: u64,
    /// Where its calendar stands, in words.
    pub(super) stands: String,
}

/// `GET /processes`
#[derive(Template, WebTemplate)]
#[template(path = "processes/templates/index.html")]
pub(super) struct IndexPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) lines: Vec<ProcessLine>,
}

/// A process's public page; also its preview.
#[derive(Template, WebTemplate)]
#[template(path = "processes/templates/page.html")]
pub(super) struct ProcessPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) base: String,
    /// The process, told in the reader's language.
    pub(super) told: Told,
    pub(super) hero: Hero,
    pub(super) rules: Vec<Rule>,
    pub(super) area: Option<String>,
    /// Those that it offers; none where that is simply all that are shared.
    pub(super) themes: Vec<Theme>,
    pub(super) documents: Vec<Document>,
    pub(super) count: u64,
    pub(super) now: Timestamp,
    /// What the page is, where it is not the public one.
    pub(super) notice: Option<String>,
    /// Links of modules: address and name; none on what is not the public page.
    pub(super) ways: Vec<(String, String)>,
    /// Figures of modules, as HTML.
    pub(super) figures: Vec<String>,
    /// Whether who reads it may change it.
    pub(super) may_edit: bool,
}

impl ProcessPage {
    fn known(&self) -> &ProcessRules {
        &self.told.rules
    }
    /// The language of a field's text, where it is not the reader's.
    fn other(&self, field: &str) -> Option<&'static str> {
        self.told.other_language(field)
    }
    fn other_phase(&self, phase: &Phase) -> Option<&'static str> {
        self.other(&languages::phase(&phase.key))
    }
    /// The texts of the authority that there are: the id of the section, which is its field, and the text.
    fn texts(&self) -> Vec<(&'static str, &str)> {
        let settings = &self.known().settings;
        let all = [("why", &settings.why), ("asked", &settings.asked), ("effect", &settings.effect)];
        all.into_iter().filter(|(_, text)| !text.is_empty()).map(|(id, text)| (id, text.as_str())).collect()
    }
    fn has_results(&self) -> bool {
        !self.known().settings.results.is_empty() || !self.documents(true).is_empty()
    }
    /// The documents that stand with the results, or all the others.
    fn documents(&self, of_results: bool) -> Vec<&Document> {
        let results = &self.known().settings.result_documents;
        self.documents.iter().filter(|document| results.contains(&document.id) == of_results).collect()
    }
    /// The sections that the page has: id and name.
    fn contents(&self) -> Vec<(&'static str, String)> {
        let settings = &self.known().settings;
        let texts = self.texts().into_iter().map(|(id, _)| (id, true));
        let others = [
            ("calendar", !settings.phases.is_empty()),
            ("figures", !self.figures.is_empty()),
            ("rules", true),
            ("themes", !self.themes.is_empty()),
            ("documents", !self.documents(false).is_empty()),
            ("team", !settings.team.is_empty()),
            ("biases", !settings.biases.is_empty()),
            ("machines", true),
        ];
        let first = std::iter::once(("results", self.has_results()));
        let there = first.chain(texts).chain(others).filter(|(_, is_there)| *is_there);
        there.map(|(id, _)| (id, self.lang.text(&format!("process-{id}")))).collect()
    }
    fn name(&self, id: &str) -> String {
        self.lang.text(&format!("process-{id}"))
    }
    /// The address of a size of its picture.
    fn picture_path(&self, digest: &str) -> String {
        format!("/processes/{}/picture/{digest}.jpg", self.known().slug)
    }
    /// How wide the small size is.
    fn small_width(&self, picture: &HeadPicture) -> u32 {
        let (width, height) = (picture.width.max(1), picture.height.max(1));
        let most = crate::base::media::SMALL;
        if width >= height { width.min(most) } else { (width * most / height).clamp(1, width) }
    }
    fn map_alt(&self) -> String {
        let place = self.area.clone().unwrap_or_else(|| self.lang.text("process-area-all"));
        let message = Message::new("process-map-alt").with("n", self.count).with("area", place);
        self.lang.say(&message)
    }
    /// The picture of a link to it.
    fn share_picture(&self) -> String {
        format!("/processes/{}/share.png", self.known().slug)
    }
    fn share_alt(&self) -> String {
        let message = Message::new("share-alt").with("title", self.known().title.as_str());
        self.lang.say(&message.with("site", self.site.as_str()))
    }
    fn html(&self, text: &str) -> String {
        prose::html(text)
    }
    fn said(&self, at: &Timestamp) -> String {
        local_time::said(self.lang, *at)
    }
    fn is_now(&self, phase: &Phase) -> bool {
        phase.opens <= self.now && self.now < phase.closes
    }
    fn is_over(&self, phase: &Phase) -> bool {
        phase.closes <= self.now
    }
    fn acts(&self, phase: &Phase) -> String {
        hero::acts(self.lang, phase)
    }
    fn ending(&self, document: &Document) -> String {
        documents::ending(&document.kind).to_uppercase()
    }
    fn kilobytes(&self, document: &Document) -> i64 {
        (document.size + 1023) / 1024
    }
}

#[derive(Template)]
#[template(path = "processes/templates/of_map.html")]
struct OfMap {
    lang: Lang,
    known: ProcessRules,
}

/// The card of the map that shows one process: which, and where it is described.
pub(super) fn of_map<'a>(around: &'a Around<'a>) -> Answer<'a, String> {
    Box::pin(async move {
        let world = around.app.atlas.world();
        let process = around.process.and_then(|id| world.shown_processes().find(|process| process.id == id));
        let Some(process) = process else { return Ok(String::new()) };
        let card = OfMap { lang: around.reader.lang, known: ProcessRules::of(process)? };
        card.render().map_err(|error| Error::Internal(error.to_string()))
    })
}
