//! Who looks after the contributions of the list: a choice beside the map's filter, which knows nothing of the desk.

use crate::base::i18n::Lang;
use crate::civic::accounts::Actor;

/// The name of the parameter.
pub(super) const NAME: &str = "assigned";

/// Who looks after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    Anybodys,
    Mine,
    Nobodys,
}

impl Whose {
    /// Of the parameter's value; what is not known chooses nothing.
    pub(super) fn of(value: &str) -> Whose {
        match value {
            "me" => Whose::Mine,
            "nobody" => Whose::Nobodys,
            _ => Whose::Anybodys,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Whose::Anybodys => "",
            Whose::Mine => "me",
            Whose::Nobodys => "nobody",
        }
    }

    /// As the argument of the condition `assigned`.
    pub(super) fn argument(self, actor: &Actor) -> String {
        match self {
            Whose::Mine => {
                actor.account.as_ref().map_or_else(|| "0".into(), |account| account.id.to_string())
            }
            other => other.word().to_owned(),
        }
    }

    /// A query with this choice in it.
    pub(super) fn with(self, query: &str) -> String {
        match (self, query) {
            (Whose::Anybodys, query) => query.to_owned(),
            (whose, "") => format!("{NAME}={}", whose.word()),
            (whose, query) => format!("{query}&{NAME}={}", whose.word()),
        }
    }

    /// What can be chosen: value, name, whether it is.
    pub(super) fn choices(self, lang: Lang) -> Vec<(&'static str, String, bool)> {
        let names = [
            (Whose::Anybodys, "answer-assigned-any"),
            (Whose::Mine, "answer-assigned-me"),
            (Whose::Nobodys, "answer-assigned-none"),
        ];
        names.map(|(whose, name)| (whose.word(), lang.text(name), whose == self)).to_vec()
    }
}
