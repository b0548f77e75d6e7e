//! What the page of a hand-over shows.

use super::routes::NOTE_MOST;
use super::sending::Parcel;
use super::store::Handover;
use super::{State, Way};
use crate::base::config::LettersLack;
use crate::base::http::filters;
use crate::base::i18n::Lang;
use crate::civic::accounts::Desk;
use askama::Template;
use askama_web::WebTemplate;

/// An authority that it may be handed to.
pub(super) struct Choice {
    pub(super) id: i64,
    pub(super) name: String,
    /// How it takes it; nothing: it cannot.
    pub(super) way: Option<Way>,
    /// Whether the rules name it.
    pub(super) is_now: bool,
}

/// Who has it, and how far that is.
pub(super) struct Now {
    pub(super) name: String,
    pub(super) handover: Handover,
}

/// `GET /admin/reports/{id}/hand-over`
#[derive(Template, WebTemplate)]
#[template(path = "reports/templates/handover.html")]
pub(super) struct HandoverPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    /// The word of what was just done.
    pub(super) done: Option<String>,
    pub(super) now: Option<Now>,
    /// What keeps letters from leaving.
    pub(super) lack: Option<LettersLack>,
    pub(super) choices: Vec<Choice>,
    /// What leaves.
    pub(super) parcel: Parcel,
}

impl HandoverPage {
    fn done_said(&self) -> String {
        self.done.as_deref().map(|done| self.lang.text(&format!("handover-done-{done}"))).unwrap_or_default()
    }
    fn lacking(&self) -> Option<String> {
        let by_letter = self.choices.iter().any(|choice| choice.way == Some(Way::Letter));
        self.lack.filter(|_| by_letter).map(|lack| self.lang.text(&format!("letters-lack-{}", lack.word())))
    }
    fn is_ended(&self) -> bool {
        self.parcel.report.ended_at.is_some()
    }
    fn way(&self, choice: &Choice) -> String {
        let word = choice.way.map_or("none", Way::word);
        self.lang.text(&format!("handover-way-{word}"))
    }
    fn place(&self) -> String {
        self.parcel.place.map(|(lon, lat)| format!("{lat:.6}, {lon:.6}")).unwrap_or_default()
    }
    fn text(&self) -> String {
        self.parcel.card.body.clone()
    }
    fn state(&self, now: &Now) -> String {
        self.lang.text(&format!("handover-state-{}", now.handover.state.word()))
    }
    fn is_failed(&self, now: &Now) -> bool {
        now.handover.state == State::Failed
    }
    fn since(&self, now: &Now) -> String {
        self.lang.day(now.handover.sent_at.unwrap_or(now.handover.made_at))
    }
    /// Its number there, once it has one.
    fn reference<'a>(&self, now: &'a Now) -> Option<&'a str> {
        let reference = now.handover.reference.as_str();
        (!reference.is_empty() && !reference.starts_with("token:")).then_some(reference)
    }
    /// What went wrong last, and what was answered.
    fn problem(&self, now: &Now) -> Option<String> {
        let (word, said) = now.handover.problem.split_once('\n')?;
        let what = self.lang.text(&format!("handover-problem-{word}"));
        Some(if said.is_empty() { what } else { format!("{what} {}", self.lang.quoted(said)) })
    }
    /// What was said there last.
    fn remote(&self, now: &Now) -> Option<String> {
        let mut parts = now.handover.remote.splitn(3, '\n');
        let (status, notes) = (parts.next()?, parts.next()?);
        let word = if status == "closed" { "closed" } else { "open" };
        let what = self.lang.text(&format!("handover-remote-{word}"));
        Some(if notes.is_empty() { what } else { format!("{what} {}", self.lang.quoted(notes)) })
    }
    fn note_most(&self) -> usize {
        NOTE_MOST
    }
}
