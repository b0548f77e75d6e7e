//! The desk's pages of processes: the list, a process's first page and its sections, its history.

use super::action::Action;
use super::calendar::{PHASES, PhaseForm};
use super::documents;
use super::form::ProcessForm;
use super::languages;
use super::local_time;
use super::model::{Ballot, Edits, Moderation, Ordering, Shape, State};
use super::needs::{self, Need};
use super::roll::Roll;
use super::sections::Section;
use super::views::ProcessLine;
use super::{Document, ProcessRules, Version};
use crate::base::clock::Timestamp;
use crate::base::error::Problem;
use crate::base::http::{self, filters};
use crate::base::i18n::{Lang, Message};
use crate::base::mail::Pasted;
use crate::civic::accounts::{Desk, Level};
use crate::core::features::vocabulary::Theme;
use askama::Template;
use askama_web::WebTemplate;

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

/// `GET /admin/processes/{slug}`, `…/edit/{section}`, `…/edit/all`
#[derive(Template, WebTemplate)]
#[template(path = "processes/templates/edit.html")]
pub(super) struct EditPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    /// Its address, without a path.
    pub(super) base: String,
    /// What is decided.
    pub(super) known: ProcessRules,
    pub(super) now: Timestamp,
    /// Which part of it the page is.
    pub(super) shown: Shown,
    /// Of what is shown.
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
    /// What a document was to be called whose file was refused.
    pub(super) document_title: String,
    pub(super) documents: Vec<Document>,
    pub(super) roll: Roll,
    /// Whether somebody else changed the roll after the form was opened.
    pub(super) is_other_roll: bool,
    /// What was pasted as the list of people, and how it was read, where something of it could not be.
    pub(super) pasted: Option<(String, Pasted)>,
    /// What has just been done.
    pub(super) saved: Option<String>,
    /// The line of the calendar that was just added or moved.
    pub(super) goes_on: Option<usize>,
    /// What was just done to it, in words.
    pub(super) arranged: Option<String>,
}

/// The lines of its calendar alone, for our own script, which puts them where they were.
#[derive(Template, WebTemplate)]
#[template(path = "processes/templates/calendar.html")]
pub(super) struct CalendarPart {
    pub(super) page: EditPage,
}

impl std::ops::Deref for CalendarPart {
    type Target = EditPage;

    fn deref(&self) -> &EditPage {
        &self.page
    }
}

/// Which part of a process a page of the desk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Its first page.
    Overview,
    /// The form of a section, or of all of them.
    Form(Option<Section>),
}

/// A section on the first page.
pub(super) struct Part {
    pub(super) word: &'static str,
    pub(super) name: String,
    pub(super) is_filled: bool,
}

/// What a process that is not public yet lacks: where that is written, what is said of it, and whether it stays a draft without.
pub(super) struct Lack {
    pub(super) path: String,
    pub(super) says: String,
    pub(super) is_must: bool,
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
    /// What is wrong with a line of the calendar.
    fn phase_problems(&self, at: &usize) -> Vec<String> {
        let stem = format!("phase-{at}-");
        let of = self.problems.iter().filter(|problem| problem.field.starts_with(&stem));
        of.map(|problem| self.lang.say(&problem.message)).collect()
    }
    fn is_wrong(&self, field: &str) -> bool {
        self.problem(field).is_some()
    }
    fn is_wrong_at(&self, at: &usize, field: &str) -> bool {
        self.is_wrong(&format!("phase-{at}-{field}"))
    }
    /// What is wrong: the way to its field, on this page or on its section's, and what is said of it.
    fn wrong(&self) -> Vec<(String, String)> {
        let is_field = |problem: &&Problem| problem.field != "version";
        let way = |field: &str| match Section::of_field(field) {
            Some(section) if !self.shows(section.word()) => self.way(section, field),
            _ => format!("#{}", self.id(field)),
        };
        let said = |problem: &Problem| (way(&problem.field), self.lang.say(&problem.message));
        self.problems.iter().filter(is_field).map(said).collect()
    }
    /// The id of a field in the page: choices have one of their own.
    fn id(&self, field: &str) -> String {
        let is_choice = ["state", "votes"].contains(&field);
        if is_choice { format!("field-{field}") } else { field.to_owned() }
    }
    fn is_overview(&self) -> bool {
        self.shown == Shown::Overview
    }
    /// Whether a section's fields are on this page.
    fn shows(&self, word: &str) -> bool {
        match self.shown {
            Shown::Overview => word == Section::State.word(),
            Shown::Form(None) => true,
            Shown::Form(Some(section)) => section.word() == word,
        }
    }
    /// The section that the form says it is; nothing for all of them.
    fn section(&self) -> &'static str {
        match self.shown {
            Shown::Overview => Section::State.word(),
            Shown::Form(section) => section.map_or("", Section::word),
        }
    }
    /// The name of a text's field.
    fn label(&self, field: &str) -> String {
        self.lang.text(&format!("process-{}", field.replace('_', "-")))
    }
    /// The languages beside French: code and name.
    fn languages(&self) -> Vec<(&'static str, String)> {
        languages::OTHERS.iter().map(|lang| (lang.code(), self.of("language", lang.code()))).collect()
    }
    fn in_language(&self, field: &str, code: &str) -> String {
        format!("{field}-{code}")
    }
    /// Whether a field of another language is open: where something is written in it, or is wrong.
    fn is_translated(&self, field: &str) -> bool {
        !self.form.said(field).is_empty() || self.is_wrong(field)
    }
    fn heading(&self) -> String {
        match self.shown {
            Shown::Form(Some(section)) => self.of("process-section", section.word()),
            _ => self.lang.text("process-section-all"),
        }
    }
    fn parts(&self) -> Vec<Part> {
        let part = |section: Section| Part {
            word: section.word(),
            name: self.of("process-section", section.word()),
            is_filled: section.is_filled(&self.known),
        };
        Section::forms().map(part).collect()
    }
    fn lacks(&self) -> Vec<Lack> {
        let lack = |need: &Need| Lack {
            path: self.way(need.section, need.field),
            says: self.lang.text(need.key),
            is_must: need.is_must,
        };
        needs::missing(&self.known, self.now).into_iter().map(lack).collect()
    }
    /// Those without which it stays a draft, or the others.
    fn lacks_that<'a>(&self, lacks: &'a [Lack], is_must: &bool) -> Vec<&'a Lack> {
        lacks.iter().filter(|lack| lack.is_must == *is_must).collect()
    }
    /// The way to a field of a section's own page.
    fn way(&self, section: Section, field: &str) -> String {
        let page = format!("{}/{}/edit/{}", super::admin::HERE, self.known.slug, section.word());
        format!("{page}#{}", self.id(field))
    }
    /// The page to give to somebody with a role.
    fn preview(&self) -> String {
        format!("{}{}", self.base, http::url(format!("{}/{}/preview", super::admin::HERE, self.known.slug)))
    }
    fn is_result(&self, document: &Document) -> bool {
        self.form.results.contains(&document.id.to_string())
    }
    fn is_theme(&self, theme: &Theme) -> bool {
        self.form.themes.contains(&theme.slug)
    }
    fn is_shape(&self, word: &str) -> bool {
        self.form.shapes.iter().any(|shape| shape == word)
    }
    /// Where the calendar's next line will be.
    fn next_phase(&self) -> usize {
        self.lines().len()
    }
    /// Whether somebody goes on writing in this line: the one just added or moved, or the first that is wrong.
    fn begins(&self, at: &usize) -> bool {
        let wrong = (0..self.lines().len()).find(|n| !self.phase_problems(n).is_empty());
        wrong.map_or(self.goes_on.is_some_and(|line| line.min(self.lines().len() - 1) == *at), |first| {
            first == *at
        })
    }
    /// Whether a line can change places with one before it, or after it.
    fn moves(&self, at: &usize, is_up: bool) -> bool {
        let stays = |line: &PhaseForm| !line.removed && !line.is_blank();
        let (before, rest) = self.form.phases.split_at((*at).min(self.form.phases.len()));
        let others = if is_up { before } else { rest.get(1..).unwrap_or_default() };
        rest.first().is_some_and(stays) && others.iter().any(stays)
    }
    /// The lines of the calendar, and an empty one to go on with.
    fn lines(&self) -> Vec<PhaseForm> {
        let more = (self.form.phases.len() < PHASES).then(PhaseForm::default);
        self.form.phases.iter().cloned().chain(more).collect()
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
