//! What a process is: its page, its calendar and its rules. No SQL, no HTTP.
//!
//! Settings are kept as one JSON object. What it lacks has its default, so that an older one stays readable.

use super::action::Action;
use crate::base::clock::Timestamp;
use crate::base::words::words;
use crate::civic::accounts::Level;
pub use crate::core::features::Ballot;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

words! {
    /// How a contribution says where it is.
    pub Shape {
        /// A point.
        Point = "point",
        /// A line.
        Line = "line",
        /// An area drawn by hand.
        Area = "area",
        /// A whole area of the territory.
        Territory = "territory",
    }
}

words! {
    /// Whether ideas are read by a moderator before they are public.
    pub Moderation {
        /// Public at once, looked at afterwards.
        After = "after",
        /// Looked at first.
        Before = "before",
    }
}

words! {
    /// What an author may change of their idea once others gave it a voice or an argument.
    pub Edits {
        /// Little: as much as leaves it what people gave their voice to (`features::edits`).
        Small = "small",
        /// Anything; who follows it or gave it a voice is told of what is more than little.
        Told = "told",
    }
}

words! {
    /// In which order a process's ideas are listed where the reader chose none.
    pub Ordering {
        /// The latest first.
        Recent = "recent",
        /// At random, otherwise for each visit.
        Random = "random",
        /// The most supported first.
        Supported = "supported",
    }
}

words! {
    /// Whether a process can be seen.
    pub State {
        /// Being written: its team sees it.
        Draft = "draft",
        /// Seen by everybody.
        Public = "public",
        /// Seen by everybody, closed for good.
        Archived = "archived",
    }
}

/// A part of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// What the journal knows it by: stays where its title changes.
    pub key: String,
    /// Its name.
    pub title: String,
    /// From this instant on.
    pub opens: Timestamp,
    /// Until just before this instant.
    pub closes: Timestamp,
    /// The words of what it opens ([`Action`]), those of another version of the program among them; nothing: a time for the authority
    /// alone.
    pub acts: Vec<String>,
}

impl Phase {
    /// Whether it opens an action.
    pub fn opens(&self, action: Action) -> bool {
        self.acts.iter().any(|word| word == action.word())
    }
}

/// Who may do what, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// How well known one must be for each action, by its word; beside them, as it is, what another version of the program wrote.
    #[serde(flatten)]
    pub levels: BTreeMap<String, Value>,
    /// How ideas may say where they are.
    pub shapes: Vec<Shape>,
    /// Whether ideas are looked at before they are public.
    pub moderation: Moderation,
    /// What voices there are.
    pub votes: Ballot,
    /// The longest title, in characters.
    pub title_most: usize,
    /// The longest text, in characters.
    pub body_most: usize,
    /// In which order ideas are listed.
    pub order: Ordering,
    /// What authors may change once others had their say.
    pub edits: Edits,
}

impl Rules {
    /// The longest title that a process may allow, in characters: what a list has room for.
    pub const TITLE_MOST: usize = 120;
    /// The longest text that a process may allow, in characters.
    pub const BODY_MOST: usize = 10_000;

    /// How well known one must be for an action. A level that is not known here lets in who was named only.
    pub fn level(&self, action: Action) -> Level {
        match self.levels.get(action.word()) {
            None => action.0.least,
            Some(word) => word.as_str().and_then(Level::of_word).unwrap_or(Level::Roll),
        }
    }

    /// The same rules, with another level for an action.
    #[must_use]
    pub fn with_level(mut self, action: Action, level: Level) -> Rules {
        self.levels.insert(action.word().to_owned(), level.word().into());
        self
    }
}

impl Default for Rules {
    fn default() -> Self {
        Rules {
            levels: BTreeMap::new(),
            shapes: Shape::ALL.to_vec(),
            moderation: Moderation::After,
            votes: Ballot::ForAgainst,
            title_most: Rules::TITLE_MOST,
            body_most: 4_000,
            order: Ordering::Recent,
            edits: Edits::Small,
        }
    }
}

/// Everything that an agent decides about a process, its title and state aside.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// One sentence for lists.
    pub summary: String,
    /// Why it is held. Markdown-light, as the two that follow.
    pub why: String,
    /// What is asked.
    pub asked: String,
    /// What contributions can change.
    pub effect: String,
    /// Who runs it and how to reach them.
    pub team: String,
    /// The slug of the area that it is about; empty: the whole territory.
    pub area: String,
    /// The slugs of the shared themes that it offers beside its own; none: all of them.
    pub themes: Vec<String>,
    /// Whether it offers its own themes only, and none that is shared.
    pub own_themes_only: bool,
    /// Its calendar, in order of beginning; empty: always open.
    pub phases: Vec<Phase>,
    /// Its rules.
    pub rules: Rules,
    /// Who was not heard, as far as the authority knows.
    pub biases: String,
    /// What came of it.
    pub results: String,
    /// The ids of the documents that stand with the results.
    pub result_documents: Vec<i64>,
    /// What stands at the head of its page.
    pub picture: Option<HeadPicture>,
    /// What can be seen in it, for who does not see it.
    pub picture_alt: String,
    /// Texts in other languages than French: by the language's code, then by field (`languages`).
    pub translations: BTreeMap<String, BTreeMap<String, String>>,
}

/// A picture in two sizes, each kept by the digest of its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadPicture {
    /// Of the large file.
    pub large: String,
    /// Of the small file.
    pub small: String,
    /// Pixels from left to right, of the large one.
    pub width: u32,
    /// Pixels from top to bottom, of the large one.
    pub height: u32,
}

/// Whether an act can be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// It can, until then where that is known.
    Open(Option<Timestamp>),
    /// It cannot yet.
    Opens(Timestamp),
    /// It cannot any more.
    Closed(Timestamp),
    /// It never can.
    Never,
}

impl Settings {
    /// Whether an act can be done at an instant, by the calendar alone.
    pub fn opening(&self, action: Action, now: Timestamp) -> Opening {
        if action.0.needs_ballot && self.rules.votes == Ballot::None {
            return Opening::Never;
        }
        if self.phases.is_empty() {
            return Opening::Open(None);
        }
        let allows = || self.phases.iter().filter(|phase| phase.opens(action));
        // Of phases that meet or overlap, the one that lasts longest.
        if let Some(closes) = allows().filter(|p| p.opens <= now && now < p.closes).map(|p| p.closes).max() {
            return Opening::Open(Some(closes));
        }
        if let Some(opens) = allows().map(|p| p.opens).filter(|opens| *opens > now).min() {
            return Opening::Opens(opens);
        }
        allows().map(|p| p.closes).max().map_or(Opening::Never, Opening::Closed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn phase(key: &str, opens: &str, closes: &str, acts: &[Action]) -> Phase {
        Phase {
            key: key.into(),
            title: key.into(),
            opens: at(opens),
            closes: at(closes),
            acts: Action::words(acts),
        }
    }

    #[test]
    fn a_phase_opens_at_its_instant_and_closes_at_its_instant() {
        let settings = Settings {
            phases: vec![
                phase(
                    "ideas",
                    "2026-03-01T08:00:00Z",
                    "2026-04-01T08:00:00Z",
                    &[Action::PROPOSE, Action::ARGUE],
                ),
                phase(
                    "votes",
                    "2026-05-01T08:00:00Z",
                    "2026-06-01T08:00:00Z",
                    &[Action::VOTE, Action::ARGUE],
                ),
            ],
            ..Settings::default()
        };
        let opening = |action, now| settings.opening(action, at(now));
        assert_eq!(
            opening(Action::PROPOSE, "2026-03-01T07:59:59.999999Z"),
            Opening::Opens(at("2026-03-01T08:00:00Z"))
        );
        assert_eq!(
            opening(Action::PROPOSE, "2026-03-01T08:00:00Z"),
            Opening::Open(Some(at("2026-04-01T08:00:00Z")))
        );
        assert_eq!(
            opening(Action::PROPOSE, "2026-04-01T08:00:00Z"),
            Opening::Closed(at("2026-04-01T08:00:00Z"))
        );
        assert_eq!(
            opening(Action::ARGUE, "2026-04-15T08:00:00Z"),
            Opening::Opens(at("2026-05-01T08:00:00Z")),
            "between two"
        );
        assert_eq!(
            opening(Action::VOTE, "2026-07-01T00:00:00Z"),
            Opening::Closed(at("2026-06-01T08:00:00Z"))
        );
    }

    #[test]
    fn without_a_calendar_everything_is_open_but_votes_that_there_are_none_of() {
        let mut settings = Settings::default();
        assert_eq!(settings.opening(Action::VOTE, at("2026-03-01T00:00:00Z")), Opening::Open(None));
        settings.rules.votes = Ballot::None;
        assert_eq!(settings.opening(Action::VOTE, at("2026-03-01T00:00:00Z")), Opening::Never);
    }

    #[test]
    fn settings_that_lack_something_have_its_default() {
        let settings: Settings = serde_json::from_str(r#"{"rules":{"vote":"email"}}"#).unwrap();
        let level = |action| settings.rules.level(action);
        assert_eq!((level(Action::VOTE), level(Action::PROPOSE)), (Level::Email, Level::Visitor));
        assert_eq!(settings.rules.shapes.len(), 4);
    }

    #[test]
    fn what_another_version_of_the_program_wrote_is_read_opens_nothing_and_is_written_again() {
        let stored = serde_json::json!({
            "phases": [{ "key": "a", "title": "A", "opens": "2026-03-01T08:00:00Z", "closes": "2026-04-01T08:00:00Z", "acts": ["dance"] }],
            "rules": { "propose": "email", "argue": "visitor", "vote": "unheard", "dance": "verified", "quorum": { "least": 5 } },
        });
        let settings: Settings = serde_json::from_value(stored.clone()).unwrap();
        for action in Action::all() {
            assert_eq!(settings.opening(*action, at("2026-03-02T00:00:00Z")), Opening::Never, "{action:?}");
        }
        assert_eq!(settings.rules.level(Action::PROPOSE), Level::Email);
        assert_eq!(settings.rules.level(Action::VOTE), Level::Roll, "who is known best only");
        let written = serde_json::to_value(&settings).unwrap();
        assert_eq!(written["phases"], stored["phases"]);
        for (name, said) in stored["rules"].as_object().unwrap() {
            assert_eq!(&written["rules"][name], said, "{name}");
        }
    }
}
