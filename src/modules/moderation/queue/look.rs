//! How a part of the queue is looked at: in which order, whole or as a table. No SQL, no HTTP.

use super::super::model::Tab;
use crate::base::http::Fields;
use crate::core::app::App;

/// An order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::modules::moderation) enum Sort {
    /// The part's own: who waited longest first where somebody waits, else what came last.
    #[default]
    Own,
    Oldest,
    Newest,
    Votes,
    FewVotes,
}

impl Sort {
    pub(super) const ALL: &'static [(Sort, &'static str)] = &[
        (Sort::Own, ""),
        (Sort::Oldest, "date"),
        (Sort::Newest, "-date"),
        (Sort::Votes, "votes"),
        (Sort::FewVotes, "-votes"),
    ];

    fn of_word(word: &str) -> Sort {
        Sort::ALL.iter().find(|(_, known)| *known == word).map_or(Sort::Own, |(sort, _)| *sort)
    }

    fn word(self) -> &'static str {
        Sort::ALL.iter().find(|(sort, _)| *sort == self).map_or("", |(_, word)| word)
    }
}

/// How a part is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::modules::moderation) struct Look {
    pub(in crate::modules::moderation) tab: Tab,
    pub(in crate::modules::moderation) sort: Sort,
    /// Whether each thing is one row, without its whole text.
    pub(in crate::modules::moderation) is_table: bool,
}

impl Look {
    /// What an address or a form says.
    pub(in crate::modules::moderation) fn of(asked: &Fields) -> Look {
        let tab = Tab::of_word(asked.get("tab")).unwrap_or(Tab::New);
        // What is suspicious is found by reading, the latest first.
        let sort = if tab == Tab::Suspicious { Sort::Own } else { Sort::of_word(asked.get("sort")) };
        Look { tab, sort, is_table: asked.get("look") == "table" }
    }

    /// The same as a query, the part last.
    pub(in crate::modules::moderation) fn query(self) -> String {
        let look = if self.is_table { "look=table&" } else { "" };
        let sort = match self.sort {
            Sort::Own => String::new(),
            sort => format!("sort={}&", sort.word()),
        };
        format!("{look}{sort}tab={}", self.tab.word())
    }

    pub(in crate::modules::moderation) fn sort_word(self) -> &'static str {
        self.sort.word()
    }

    /// What the head of a column of the table says of the order, and what a click on it asks for.
    pub(in crate::modules::moderation) fn head(self, column: &str) -> (Option<&'static str>, Look) {
        let is_own = self.sort.word().trim_start_matches('-') == column;
        let falls = (column == "date") == self.sort.word().starts_with('-');
        let turned = if self.sort.word() == column { format!("-{column}") } else { column.to_owned() };
        let next = Look { sort: Sort::of_word(&turned), ..self };
        (is_own.then_some(if falls { "descending" } else { "ascending" }), next)
    }
}

/// What the queue knows of an address.
pub(in crate::modules::moderation) fn reads(_: &App, query: Option<&str>) -> String {
    let query = query.unwrap_or_default();
    let pairs = form_urlencoded::parse(query.as_bytes());
    let fields = pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    Look::of(&Fields::new(fields)).query()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_said_in_known_words_only_and_heads_turn_round() {
        let of = |pairs: &[(&str, &str)]| {
            Look::of(&Fields::new(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()))
        };
        let look =
            of(&[("tab", "flagged"), ("sort", "votes"), ("look", "table"), ("to", "https://a.example")]);
        assert_eq!(look.query(), "look=table&sort=votes&tab=flagged");
        assert_eq!(look.head("votes").1.query(), "look=table&sort=-votes&tab=flagged");
        assert_eq!((look.head("votes").0, look.head("date").0), (Some("descending"), None));
        assert_eq!(of(&[("tab", "<b>"), ("sort", "x")]).query(), "tab=new");
        assert_eq!(of(&[("tab", "suspicious"), ("sort", "votes")]).query(), "tab=suspicious");
    }
}
