//! How the list is shown: in which order, and whether what is public or what is held. No SQL, no HTTP. What it is not: the filter
//! (`core::atlas`), which both stand beside in the address.

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
}

/// What is listed of what is not public. A report that a moderator took off is nobody's work until it is public again: it is shown to who asks
/// for it, and counts nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shown {
    /// What is public, and what waits to be read.
    #[default]
    Usual,
    /// What waits to be read alone.
    Waiting,
    /// What a moderator took off alone.
    Hidden,
}

impl Shown {
    pub(super) const ALL: [Shown; 3] = [Shown::Usual, Shown::Waiting, Shown::Hidden];

    /// The word of addresses; the usual one has none.
    pub(super) fn word(self) -> &'static str {
        match self {
            Shown::Usual => "",
            Shown::Waiting => "waiting",
            Shown::Hidden => "hidden",
        }
    }

    /// What a word shows; the usual for what is none.
    pub(super) fn of_word(word: &str) -> Shown {
        Shown::ALL.into_iter().find(|shown| shown.word() == word).unwrap_or_default()
    }

    /// The holds that pass, as a JSON array; the empty word stands for what is public.
    pub(super) fn holds(self) -> &'static str {
        match self {
            Shown::Usual => r#"["","waiting"]"#,
            Shown::Waiting => r#"["waiting"]"#,
            Shown::Hidden => r#"["hidden"]"#,
        }
    }

    /// Those of them that no tile has.
    pub(super) fn held(self) -> &'static str {
        if self == Shown::Usual { Shown::Waiting.holds() } else { self.holds() }
    }
}

/// Everything that this desk can show.
pub(super) const EVERY_HOLD: &str = r#"["","waiting","hidden"]"#;

/// How the list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Look {
    pub(super) order: Order,
    pub(super) shown: Shown,
}

/// The parameters of a [`Look`].
pub(super) const LOOK: [&str; 2] = ["sort", "held"];

impl Look {
    /// What the parameters beside the filter say.
    pub(super) fn of(others: &[(String, String)]) -> Look {
        let word =
            |name: &str| others.iter().find(|(key, _)| key == name).map_or("", |(_, word)| word.as_str());
        Look { order: Order::of_word(word("sort")), shown: Shown::of_word(word("held")) }
    }

    /// What the column's head says of it (`aria-sort`), and the look that a click on it asks for.
    pub(super) fn head(self, column: &str) -> (Option<&'static str>, Look) {
        let (said, order) = match (column, self.order) {
            ("due", Order::Due) => (Some("ascending"), Order::Due),
            ("due", _) => (None, Order::Due),
            (_, Order::Oldest) => (Some("ascending"), Order::Newest),
            (_, Order::Newest) => (Some("descending"), Order::Oldest),
            (_, Order::Due) => (None, Order::Oldest),
        };
        (said, Look { order, ..self })
    }

    /// The list's query: the filter, and what is not the usual of order and of what is shown.
    pub(super) fn query(self, filter: &str) -> String {
        let sort = (self.order != Order::Due).then(|| format!("sort={}", self.order.word()));
        let held = (self.shown != Shown::Usual).then(|| format!("held={}", self.shown.word()));
        let filter = Some(filter.to_owned()).filter(|filter| !filter.is_empty());
        [filter, sort, held].into_iter().flatten().collect::<Vec<_>>().join("&")
    }
}

/// What the list knows of an address: the filter, its order.
pub(super) fn reads(app: &App, query: Option<&str>) -> String {
    let (filter, others, _) = Filter::of_desk(query.unwrap_or(OPEN), &LOOK, &app.atlas.world());
    Look::of(&others).query(&filter.canonical())
}

/// The list that a form was sent from, in its canonical form; nothing where it is none. It goes into an address.
pub(super) fn back(query: &str) -> String {
    let read = Filter::of_query(query, &["page", "sort", "held"]);
    read.map(|(filter, others)| Look::of(&others).query(&filter.canonical())).unwrap_or_default()
}

/// The filter as the live map is asked by it: reports alone, where it does not say so itself.
pub(super) fn of_map(filter: &Filter) -> String {
    let canonical = filter.canonical();
    let is_said = filter.words("kind").next().is_some();
    let and = if canonical.is_empty() { "" } else { "&" };
    if is_said { canonical } else { format!("{canonical}{and}kind=report") }
}

/// The map with the same filter.
pub(super) fn on_map(filter: &Filter) -> String {
    format!("/?{}", of_map(filter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_of_what_is_open_is_its_own_canonical_form() {
        assert_eq!(back(OPEN), OPEN);
        assert_eq!(back("status=open&sort=-received&page=3"), "status=open&sort=-received");
        assert_eq!(back("https://elsewhere.example"), "");
        assert_eq!(back("status=open&held=hidden&sort=received"), "status=open&sort=received&held=hidden");
        assert_eq!(back("held=withdrawn"), "", "what this desk does not show is no look of it");
        let (filter, _) = Filter::of_query("status=open", &[]).unwrap();
        assert_eq!(on_map(&filter), "/?status=open&kind=report");
    }

    #[test]
    fn a_head_turns_its_own_order_round() {
        let look = |order| Look { order, shown: Shown::Hidden };
        assert_eq!(look(Order::Due).head("received"), (None, look(Order::Oldest)));
        assert_eq!(look(Order::Oldest).head("received"), (Some("ascending"), look(Order::Newest)));
        assert_eq!(look(Order::Newest).head("due"), (None, look(Order::Due)));
    }

    #[test]
    fn what_no_tile_has_is_all_that_is_shown_but_what_is_public() {
        for shown in Shown::ALL {
            assert_eq!(Shown::of_word(shown.word()), shown);
            assert!(!shown.held().contains("\"\""), "{shown:?}");
        }
        assert_eq!((Shown::Usual.held(), Shown::Hidden.held()), (r#"["waiting"]"#, r#"["hidden"]"#));
    }
}
