//! What a phase opens: rows that modules declare. The gate, the calendar, the desk's form and the rules in plain words go through them.
//!
//! What it is not: a closed list. A word that another version of the program wrote stays in the settings as it is, and opens nothing here.

use crate::base::words::rows;
use crate::civic::accounts::Level;

/// What an action is.
#[derive(PartialEq, Eq)]
pub struct ActionRow {
    /// The word that settings and forms know it by. Its texts are `phase-act-WORD`, `rule-WORD`, and `process-WORD-opens`, `-closed` and
    /// `-never`, with hyphens.
    pub word: &'static str,
    /// How well known one must be for it where a process says nothing.
    pub least: Level,
    /// Whether there is none of it where a process has no vote.
    pub needs_ballot: bool,
    /// Whether people look for it in any process: then the rules of one without it say so.
    pub is_expected: bool,
    /// The page on which it is done; `{slug}` is the process's.
    pub way: &'static str,
}

/// Something that a phase opens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Action(pub &'static ActionRow);

rows! { Action, crate::modules::actions; }

impl Action {
    /// Placing ideas.
    pub const PROPOSE: Action = Action(&ActionRow {
        word: "propose",
        least: Level::Visitor,
        needs_ballot: false,
        is_expected: true,
        way: "/proposals/new?process={slug}",
    });
    /// Arguing for and against.
    pub const ARGUE: Action = Action(&ActionRow {
        word: "argue",
        least: Level::Visitor,
        needs_ballot: false,
        is_expected: true,
        way: "/list?process={slug}",
    });
    /// Giving a voice.
    pub const VOTE: Action = Action(&ActionRow {
        word: "vote",
        least: Level::Visitor,
        needs_ballot: true,
        is_expected: true,
        way: "/list?process={slug}",
    });

    /// The words of several, as a phase keeps them.
    pub fn words(actions: &[Action]) -> Vec<String> {
        actions.iter().map(|action| action.word().to_owned()).collect()
    }

    fn hyphened(self) -> String {
        self.word().replace('_', "-")
    }

    /// The key of what a phase that opens it says.
    pub(super) fn phase_key(self) -> String {
        format!("phase-act-{}", self.hyphened())
    }

    /// The key of what its rule is about.
    pub(super) fn rule_key(self) -> String {
        format!("rule-{}", self.hyphened())
    }

    /// The field of the form that says how well known one must be.
    pub(super) fn field(self) -> String {
        format!("level-{}", self.word())
    }

    /// The key of why it cannot be done.
    pub(super) fn refusal_key(self, why: Shut) -> String {
        let action = self.hyphened();
        match why {
            Shut::Opens => format!("process-{action}-opens"),
            Shut::Closed => format!("process-{action}-closed"),
            Shut::Never => format!("process-{action}-never"),
        }
    }
}

/// Why an action cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shut {
    /// Not yet.
    Opens,
    /// Not any more.
    Closed,
    /// Not here.
    Never,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::i18n::Lang;

    #[test]
    fn every_action_has_a_word_of_its_own_and_all_of_its_texts() {
        let rules = serde_json::to_value(crate::civic::processes::Rules::default()).unwrap();
        let mut words = std::collections::BTreeSet::new();
        for action in Action::all() {
            assert!(words.insert(action.word()), "{action:?} twice");
            assert!(rules.get(action.word()).is_none(), "{action:?} is another rule's name");
            let shut = [Shut::Opens, Shut::Closed, Shut::Never].map(|why| action.refusal_key(why));
            for key in shut.into_iter().chain([action.phase_key(), action.rule_key()]) {
                assert!(Lang::Fr.has(&key) && Lang::En.has(&key), "{key}");
            }
        }
        assert!(words.len() > 3, "{words:?}");
    }
}
