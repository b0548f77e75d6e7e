//! The processes' pages: what everybody reads, and the desk.

use super::action::Action;
use super::documents;
use super::form::{PhaseForm, ProcessForm};
use super::local_time;
use super::model::{Ballot, Edits, Moderation, Opening, Ordering, Phase, Shape, State};
use super::plain::Rule;
use super::roll::Roll;
use super::{Document, ProcessRules, Version};
use crate::base::clock::Timestamp;
use crate::base::db::Answer;
use crate::base::error::{Error, Problem};
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::base::mail::Pasted;
use crate::base::prose;
use crate::civic::accounts::{Around, Desk, Level};
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
    pub(super) known: ProcessRules,
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
    /// The picture of a link to it.
    fn share_picture(&self) -> String {
        format!("/processes/{}/share.png", self.known.slug)
    }
    fn share_alt(&self) -> String {
        let message = Message::new("share-alt").with("title", self.known.title.as_str());
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
        let opened = Action::all().iter().filter(|action| phase.opens(**action));
        let said: Vec<String> = opened.map(|action| self.lang.text(&action.phase_key())).collect();
        if said.is_empty() { self.lang.text("phase-no-act") } else { said.join(", ") }
    }
    fn can_propose(&self) -> bool {
        matches!(self.known.opening(Action::PROPOSE, self.now), Opening::Open(_))
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

/// `GET /admin/processes`
#[derive(Template, WebTemplate)]
#[template(path = "processes/templates/all.html")]
pub(super) struct DeskPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) lines: Vec<ProcessLine>,
    /// Whether who reads it may make new ones.
    pub(super) may_create: bool,
    /// How a new one can begin: word, name, what it is.
    pub(super) templates: Vec<(&'static str, String, String)>,
    pub(super) problem: Option<String>,
}

impl DeskPage {
    fn state(&self, line: &ProcessLine) -> String {
        self.lang.text(&format!("process-state-{}", line.known.state.word()))
    }
}

/// `GET /admin/processes/{slug}`: everything about a process in one form.
#[derive(Template, WebTemplate)]
#[template(path = "processes/templates/edit.html")]
pub(super) struct EditPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) slug: String,
    pub(super) version: i64,
    pub(super) form: ProcessForm,
    pub(super) problems: Vec<Problem>,
    /// What somebody else changed meanwhile: field, how it was, how it is.
    pub(super) changes: Vec<(String, String, String)>,
    /// Those that are shared.
    pub(super) themes: Vec<Theme>,
    /// Those of this process only.
    pub(super) own_themes: Vec<Theme>,
    /// Slug and name.
    pub(super) areas: Vec<(String, String)>,
    pub(super) documents: Vec<Document>,
    pub(super) roll: Roll,
    /// Whether somebody else changed the roll after the form was opened.
    pub(super) is_other_roll: bool,
    /// What was pasted as the list of people, and how it was read, where something of it could not be.
    pub(super) pasted: Option<(String, Pasted)>,
    /// What has just been done.
    pub(super) saved: Option<String>,
    /// Whether a line was just added to the calendar.
    pub(super) is_longer: bool,
}

/// The most passages that are listed as unread.
const UNREAD: usize = 50;

impl EditPage {
    fn people(&self) -> &str {
        self.pasted.as_ref().map_or("", |(text, _)| text)
    }
    /// What became of the list: how many were read, and how many passages were not.
    fn unread_said(&self) -> Option<String> {
        let (_, read) = self.pasted.as_ref()?;
        if self.is_other_roll {
            let said = Message::new("process-roll-meanwhile").with("count", self.roll.size);
            return Some(self.lang.say(&said));
        }
        if read.addresses.is_empty() {
            return Some(self.lang.text("process-roll-none-read"));
        }
        let count = |key, many: usize| self.lang.count(key, i64::try_from(many).unwrap_or(i64::MAX));
        let taken = count("process-roll-part-read", read.addresses.len());
        Some(format!("{taken} {}", count("process-roll-part-unread", read.unread.len())))
    }
    /// Each passage that was not read: its line, and what stands there.
    fn unread(&self) -> Vec<String> {
        let Some((_, read)) = &self.pasted else { return Vec::new() };
        let said = |(line, text): &(usize, String)| {
            let text: String = text.chars().take(120).collect();
            self.lang.say(&Message::new("process-roll-unread").with("line", line).with("text", text))
        };
        read.unread.iter().take(UNREAD).map(said).collect()
    }
    fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|p| p.field == field).map(|p| self.lang.say(&p.message))
    }
    fn phase_problem(&self, at: &usize) -> Option<String> {
        self.problem(&format!("phase-{at}"))
    }
    fn is_theme(&self, theme: &Theme) -> bool {
        self.form.themes.contains(&theme.slug)
    }
    fn is_shape(&self, word: &str) -> bool {
        self.form.shapes.iter().any(|shape| shape == word)
    }
    /// The lines of the calendar, and an empty one to go on with.
    /// Where the calendar's next line will be.
    fn next_phase(&self) -> usize {
        self.lines().len()
    }
    /// Whether somebody goes on writing in this line: the new one, or the first that is wrong.
    fn begins(&self, at: &usize) -> bool {
        let wrong = (0..self.lines().len()).find(|n| self.phase_problem(n).is_some());
        wrong.map_or(self.is_longer && at + 1 == self.lines().len(), |first| first == *at)
    }
    fn lines(&self) -> Vec<PhaseForm> {
        self.form.phases.iter().cloned().chain([PhaseForm::default()]).collect()
    }
    fn of(&self, stem: &str, word: &str) -> String {
        self.lang.text(&format!("{stem}-{word}"))
    }
    fn levels(&self) -> Vec<&'static str> {
        Level::ALL.iter().map(|level| level.word()).collect()
    }
    fn shapes(&self) -> Vec<&'static str> {
        Shape::ALL.iter().map(|shape| shape.word()).collect()
    }
    fn moderations(&self) -> Vec<&'static str> {
        Moderation::ALL.iter().map(|m| m.word()).collect()
    }
    fn ballots(&self) -> Vec<&'static str> {
        Ballot::ALL.iter().map(|b| b.word()).collect()
    }
    fn edits(&self) -> Vec<&'static str> {
        Edits::ALL.iter().map(|edits| edits.word()).collect()
    }
    fn orders(&self) -> Vec<&'static str> {
        Ordering::ALL.iter().map(|o| o.word()).collect()
    }
    fn states(&self) -> Vec<&'static str> {
        State::ALL.iter().map(|s| s.word()).collect()
    }
    fn acts(&self) -> Vec<(&'static str, String)> {
        Action::all().iter().map(|action| (action.word(), self.lang.text(&action.phase_key()))).collect()
    }
    /// Each action's field, and what its rule is about.
    fn actions(&self) -> Vec<(String, String)> {
        Action::all().iter().map(|action| (action.field(), self.lang.text(&action.rule_key()))).collect()
    }
    fn accepted(&self) -> String {
        documents::accepted()
    }
}

/// `GET /admin/processes/{slug}/history`
#[derive(Template, WebTemplate)]
#[template(path = "processes/templates/history.html")]
pub(super) struct HistoryPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) known: ProcessRules,
    pub(super) versions: Vec<Version>,
    pub(super) current: i64,
}

impl HistoryPage {
    fn said(&self, at: &Timestamp) -> String {
        local_time::said(self.lang, *at)
    }
    fn by(&self, version: &Version) -> String {
        match (version.name.as_str(), version.email.as_str()) {
            ("", "") => self.lang.text("process-by-nobody"),
            ("", email) => email.to_owned(),
            (name, _) => name.to_owned(),
        }
    }
    fn state(&self, version: &Version) -> String {
        self.lang.text(&format!("process-state-{}", version.state))
    }
}
