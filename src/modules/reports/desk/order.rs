//! In which order the list is shown. No SQL, no HTTP. What it is not: the filter (`core::atlas`), which the order stands beside in the address.

use crate::core::app::App;
use crate::core::atlas::Filter;

/// What has not ended: what the list shows where nothing else is asked for.
pub(super) const OPEN: &str = "status=in_progress,open,planned,under_review";

/// An order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Order {
    /// The agent's own services first, then what is due first.
    #[default]
    Due,
    Oldest,
    Newest,
}

impl Order {
    /// Every order, and the word that addresses know it by.
    pub(super) const ALL: [(Order, &'static str); 3] =
        [(Order::Due, "due"), (Order::Oldest, "received"), (Order::Newest, "-received")];

    /// The order of a word; the usual one for what is none.
    pub(super) fn of_word(word: &str) -> Order {
        Order::ALL.iter().find(|(_, known)| *known == word).map_or(Order::Due, |(order, _)| *order)
    }

    pub(super) fn word(self) -> &'static str {
        Order::ALL.iter().find(|(order, _)| *order == self).map_or("due", |(_, word)| word)
    }

    /// What the column's head says of it (`aria-sort`), and the order that a click on it asks for.
    pub(super) fn head(self, column: &str) -> (Option<&'static str>, Order) {
        match (column, self) {
            ("due", Order::Due) => (Some("ascending"), Order::Due),
            ("due", _) => (None, Order::Due),
            (_, Order::Oldest) => (Some("ascending"), Order::Newest),
            (_, Order::Newest) => (Some("descending"), Order::Oldest),
            (_, Order::Due) => (None, Order::Oldest),
        }
    }

    /// The list's query: the filter, and the order where it is not the usual one.
    pub(super) fn query(self, filter: &str) -> String {
        match (self, filter) {
            (Order::Due, filter) => filter.to_owned(),
            (order, "") => format!("sort={}", order.word()),
            (order, filter) => format!("{filter}&sort={}", order.word()),
        }
    }
}

/// What the list knows of an address: the filter, its order.
pub(super) fn reads(app: &App, query: Option<&str>) -> String {
    let (filter, others, _) = Filter::of_desk(query.unwrap_or(OPEN), &["sort"], &app.atlas.world());
    let word = others.iter().find(|(name, _)| name == "sort").map_or("", |(_, word)| word);
    Order::of_word(word).query(&filter.canonical())
}

/// The list that a form was sent from, in its canonical form; nothing where it is none. It goes into an address.
pub(super) fn back(query: &str) -> String {
    let read = Filter::of_query(query, &["page", "sort"]);
    read.map(|(filter, others)| {
        let word = others.iter().find(|(name, _)| name == "sort").map_or("", |(_, word)| word.as_str());
        Order::of_word(word).query(&filter.canonical())
    })
    .unwrap_or_default()
}

/// The map with the same filter: reports alone, where it does not say so itself.
pub(super) fn on_map(filter: &Filter) -> String {
    let canonical = filter.canonical();
    let is_said = filter.words("kind").next().is_some();
    let and = if canonical.is_empty() { "" } else { "&" };
    if is_said { format!("/?{canonical}") } else { format!("/?{canonical}{and}kind=report") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_of_what_is_open_is_its_own_canonical_form() {
        assert_eq!(back(OPEN), OPEN);
        assert_eq!(back("status=open&sort=-received&page=3"), "status=open&sort=-received");
        assert_eq!(back("https://elsewhere.example"), "");
        let (filter, _) = Filter::of_query("status=open", &[]).unwrap();
        assert_eq!(on_map(&filter), "/?status=open&kind=report");
    }

    #[test]
    fn a_head_turns_its_own_order_round() {
        assert_eq!(Order::Due.head("received"), (None, Order::Oldest));
        assert_eq!(Order::Oldest.head("received"), (Some("ascending"), Order::Newest));
        assert_eq!(Order::Newest.head("due"), (None, Order::Due));
    }
}
