//! What a report, its category and its service are. No SQL, no HTTP.
//!
//! What it is not: by when (`clock`), nor who (`routing`).

pub(super) use super::clock::State as Clock;
use super::clock::Target;
use crate::base::clock::Timestamp;
use crate::base::i18n::Lang;
use crate::base::ids::{AccountId, AreaId, FeatureId};
use crate::base::words::words;
use crate::core::features::Status;
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
        #[sqlx(transparent)]
        #[serde(transparent)]
        pub struct $name(pub i64);
    )*};
}

ids! {
    /// What can be reported.
    CategoryId;
    /// Who treats it.
    ServiceId;
    /// What says who.
    RuleId;
}

words! {
    /// What somebody who reports wants.
    pub(super) Sort {
        /// That something is repaired. It has a clock.
        Problem = "problem",
        /// To thank.
        Thanks = "thanks",
        /// To suggest something.
        Suggestion = "suggestion",
    }

    /// Why a report ended without a repair.
    pub(super) EndReason {
        /// There was nothing to do.
        NotNeeded = "not_needed",
        /// Nothing was found there.
        NotFound = "not_found",
        /// It cannot be done.
        Cannot = "cannot",
        /// Another report says the same.
        Duplicate = "duplicate",
        /// It is nobody's here.
        NotOurs = "not_ours",
    }

    /// Why a clock stands still.
    pub(super) PauseReason {
        /// Its author was asked something.
        Author = "author",
        /// An authority outside has it.
        HandedOver = "handed_over",
        /// Works there end first.
        Works = "works",
    }

    /// What who reported it says of the end.
    pub(super) Outcome {
        /// It is repaired.
        Fixed = "fixed",
        /// A part of it is.
        Partly = "partly",
        /// It is not.
        Not = "not",
    }

    /// What a line of a report's history tells.
    pub(super) Told {
        /// Another status.
        Status = "status",
        /// Whose it is.
        Routed = "routed",
        /// An authority outside has it.
        HandedOver = "handed_over",
        /// It came back from there.
        Returned = "returned",
        /// It was not repaired, says who may.
        Reopened = "reopened",
        /// Its clock stands still.
        Paused = "paused",
        /// Its clock runs again.
        Resumed = "resumed",
        /// It is of another category.
        Category = "category",
    }

    /// What a question takes for an answer (Open311 GeoReport v2).
    pub(super) Datatype {
        /// A line.
        String = "string",
        /// A number.
        Number = "number",
        /// A day.
        Datetime = "datetime",
        /// Several lines.
        Text = "text",
        /// One of some.
        One = "singlevaluelist",
        /// Some of some.
        Several = "multivaluelist",
    }
}

/// A question of a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Question {
    /// The name of its answer.
    pub(super) code: String,
    /// As people read it.
    pub(super) label: String,
    /// In English, or empty.
    #[serde(default)]
    pub(super) label_en: String,
    /// What it takes.
    pub(super) datatype: Datatype,
    /// Whether there must be an answer.
    #[serde(default)]
    pub(super) is_required: bool,
    /// Of lists: what there is to choose, key and name.
    #[serde(default)]
    pub(super) values: Vec<(String, String)>,
}

impl Question {
    /// As people read it.
    pub(super) fn name(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.label_en.is_empty() { &self.label_en } else { &self.label }
    }

    /// An answer as people read it: the names of what was chosen.
    pub(super) fn said(&self, answer: &[String]) -> String {
        let name = |key: &String| {
            let value = self.values.iter().find(|(known, _)| known == key);
            value.map_or_else(|| key.clone(), |(_, name)| name.clone())
        };
        answer.iter().map(name).collect::<Vec<_>>().join(", ")
    }
}

/// A category, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Category {
    pub(super) id: CategoryId,
    pub(super) parent: Option<CategoryId>,
    pub(super) slug: String,
    pub(super) label: String,
    /// In English, or empty.
    pub(super) label_en: String,
    /// What it is for, and what it is not.
    pub(super) hint: String,
    /// Other words for it.
    pub(super) keywords: String,
    pub(super) sort: Sort,
    pub(super) questions: Vec<Question>,
    /// Its own; nothing: its parent's.
    pub(super) target: Option<Target>,
    /// How far another report of it may be the same, in metres.
    pub(super) duplicate_metres: i64,
    /// For how many days after its end.
    pub(super) duplicate_days: i64,
    /// Whether an agent sees a photo before the public does.
    pub(super) checks_photos: bool,
    /// Whom to call at once, or empty.
    pub(super) danger: String,
    /// `#rrggbb`.
    pub(super) color: String,
    /// A name in `web/icons`.
    pub(super) icon: String,
    pub(super) position: i64,
    pub(super) removed_at: Option<Timestamp>,
}

impl Category {
    /// Its name in a language; its French one where it has none in it.
    pub(super) fn name(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.label_en.is_empty() { &self.label_en } else { &self.label }
    }
}

/// A service of the authority, or an authority outside.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Service {
    pub(super) id: ServiceId,
    pub(super) slug: String,
    pub(super) name: String,
    /// In English, or empty.
    pub(super) name_en: String,
    /// Where letters to it go, or empty.
    pub(super) email: String,
    /// Whom residents ask, in public; or empty.
    pub(super) contact: String,
    pub(super) is_outside: bool,
    /// Its Open311 endpoint, where it takes reports so.
    pub(super) open311_url: Option<String>,
    pub(super) open311_jurisdiction: Option<String>,
    /// A secret: in no line, letter or page.
    pub(super) open311_key: Option<String>,
    pub(super) removed_at: Option<Timestamp>,
}

impl Service {
    /// Its name in a language; its French one where it has none in it.
    pub(super) fn name(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.name_en.is_empty() { &self.name_en } else { &self.name }
    }
}

/// Who treats what, where: as it holds, or held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) id: RuleId,
    /// Nothing: everything.
    pub(super) category: Option<CategoryId>,
    /// Nothing: everywhere, unless it is of an area that is gone.
    pub(super) area: Option<AreaId>,
    pub(super) is_of_area: bool,
    pub(super) service: ServiceId,
    /// Its own; nothing: the category's.
    pub(super) target: Option<Target>,
}

/// What a report is beside a feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Report {
    pub(super) id: FeatureId,
    pub(super) category: CategoryId,
    pub(super) service: Option<ServiceId>,
    pub(super) rule: Option<RuleId>,
    /// Question code to what was answered.
    pub(super) answers: Answers,
    pub(super) address: String,
    pub(super) status: Status,
    /// As the rule said when it was received; nothing: no clock.
    pub(super) target: Option<Target>,
    /// When its clock began.
    pub(super) received_at: Timestamp,
    /// Nothing: no clock, or it stands still.
    pub(super) due_at: Option<Timestamp>,
    pub(super) is_overdue: bool,
    pub(super) acknowledged_at: Option<Timestamp>,
    pub(super) ended_at: Option<Timestamp>,
    pub(super) end_reason: Option<EndReason>,
    pub(super) reopened_at: Option<Timestamp>,
    pub(super) reopened_count: i64,
    pub(super) asked_at: Option<Timestamp>,
}

/// What was answered to a category's questions, by their codes.
pub(super) type Answers = std::collections::BTreeMap<String, Vec<String>>;

/// For how long after its end a report can be opened again.
pub(super) const REOPENS: chrono::TimeDelta = chrono::TimeDelta::days(30);

/// The words of the facet of the clock, in the order of their codes.
pub(super) const CLOCK_WORDS: &[&str] = &["running", "overdue", "paused", "in_time", "late", "none"];

impl Report {
    /// The state of its clock. That it is overdue is what the journal told; of one that ended, what its rows say.
    pub(super) fn clock(&self) -> Clock {
        match (self.target, self.ended_at, self.due_at) {
            (None, ..) => Clock::None,
            (Some(_), Some(ended), Some(due)) if ended > due => Clock::Late,
            (Some(_), Some(_), _) => Clock::InTime,
            (Some(_), None, None) => Clock::Paused,
            (Some(_), None, Some(_)) if self.is_overdue => Clock::Overdue,
            (Some(_), None, Some(_)) => Clock::Running,
        }
    }

    /// Whether it can be opened again now.
    pub(super) fn reopens(&self, now: Timestamp) -> bool {
        self.ended_at.is_some_and(|ended| now - ended <= REOPENS)
    }
}

/// A line of the public history.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Update {
    pub(super) id: i64,
    pub(super) at: Timestamp,
    pub(super) act: Told,
    /// As it was then.
    pub(super) status: Status,
    pub(super) service_id: Option<ServiceId>,
    /// Of an end without repair, or of a pause.
    pub(super) reason: Option<String>,
    /// Public.
    pub(super) note: String,
    pub(super) account_id: Option<AccountId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_clock_are_those_of_its_facet() {
        assert!(Clock::ALL.iter().map(|clock| clock.word()).eq(CLOCK_WORDS.iter().copied()));
    }
}
