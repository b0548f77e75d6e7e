//! What a process needs before everybody sees it, one table: what people cannot do without stops its publication, the rest is advice.
//!
//! What it is not: whether what was typed can be read at all; that the form says, whoever sees the process.

use super::ProcessRules;
use super::action::Action;
use super::model::State;
use super::sections::Section;
use crate::base::clock::Timestamp;
use crate::base::error::Problem;
use crate::base::i18n::Message;
use crate::base::text::seen;

/// Something that a process needs.
pub(super) struct Need {
    /// Where it is written.
    pub(super) section: Section,
    /// Its field there.
    pub(super) field: &'static str,
    /// The key of what is said where it is missing.
    pub(super) key: &'static str,
    /// Whether a process that lacks it stays a draft.
    pub(super) is_must: bool,
    /// Whether it cannot lose it later, either.
    stays: bool,
    /// Whether a process lacks it at an instant.
    lacks: fn(&ProcessRules, Timestamp) -> bool,
}

const fn must(section: Section, field: &'static str, key: &'static str, lacks: Lacks) -> Need {
    Need { section, field, key, is_must: true, stays: true, lacks }
}

const fn advice(section: Section, field: &'static str, key: &'static str, lacks: Lacks) -> Need {
    Need { section, field, key, is_must: false, stays: false, lacks }
}

type Lacks = fn(&ProcessRules, Timestamp) -> bool;

/// Everything that a process needs, in the order in which it is written.
pub(super) const NEEDS: [Need; 11] = [
    must(Section::Head, "title", "process-lacks-title", |known, _| seen(&known.title) < 3),
    must(Section::Head, "summary", "process-lacks-summary", |known, _| known.settings.summary.is_empty()),
    must(Section::Calendar, "phases", "process-lacks-calendar", |known, _| known.settings.phases.is_empty()),
    must(Section::Calendar, "phases", "process-lacks-order", |known, _| {
        known.settings.phases.iter().any(|phase| phase.closes <= phase.opens)
    }),
    Need {
        // What is over opens nothing any more.
        stays: false,
        ..must(Section::Calendar, "phases", "process-lacks-act", |known, _| {
            let phases = &known.settings.phases;
            let opens = |action: &Action| phases.iter().any(|phase| phase.opens(*action));
            !phases.is_empty() && !Action::all().iter().any(opens)
        })
    },
    advice(Section::Calendar, "phases", "process-lacks-future", |known, now| {
        let phases = &known.settings.phases;
        !phases.is_empty() && phases.iter().all(|phase| phase.closes <= now)
    }),
    advice(Section::Texts, "why", "process-lacks-why", |known, _| known.settings.why.is_empty()),
    advice(Section::Texts, "asked", "process-lacks-asked", |known, _| known.settings.asked.is_empty()),
    advice(Section::Texts, "effect", "process-lacks-effect", |known, _| known.settings.effect.is_empty()),
    advice(Section::Team, "team", "process-lacks-team", |known, _| known.settings.team.is_empty()),
    advice(Section::Picture, "picture_alt", "process-lacks-alt", |known, _| {
        known.settings.picture.is_some() && known.settings.picture_alt.is_empty()
    }),
];

/// What a process that is not public yet still lacks.
pub(super) fn missing(known: &ProcessRules, now: Timestamp) -> Vec<&'static Need> {
    let is_draft = known.state == State::Draft;
    NEEDS.iter().filter(|need| is_draft && (need.lacks)(known, now)).collect()
}

/// What keeps a draft from being seen by everybody: field by field, and that it stays a draft; nothing where nothing does.
pub(super) fn refusals(draft: &ProcessRules, now: Timestamp) -> Vec<Problem> {
    let musts = NEEDS.iter().filter(|need| need.is_must && (need.lacks)(draft, now));
    let problem = |field: &str, key| Problem { field: field.into(), message: Message::new(key) };
    let mut all: Vec<Problem> = musts.map(|need| problem(need.field, need.key)).collect();
    if !all.is_empty() {
        all.insert(0, problem("state", "process-stays-draft"));
    }
    all
}

/// What a process that everybody sees would lose that they cannot do without: field by field, and that it stays as it is. What it lacked before
/// keeps nobody from writing something else.
pub(super) fn losses(known: &ProcessRules, next: &ProcessRules, now: Timestamp) -> Vec<Problem> {
    let lost = NEEDS.iter().filter(|need| need.stays && (need.lacks)(next, now) && !(need.lacks)(known, now));
    let problem = |field: &str, key| Problem { field: field.into(), message: Message::new(key) };
    let mut all: Vec<Problem> = lost.map(|need| problem(need.field, need.key)).collect();
    if !all.is_empty() {
        all.insert(0, problem("state", "process-stays-public"));
    }
    all
}
