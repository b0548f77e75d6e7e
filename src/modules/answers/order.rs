//! In which order the list is shown, how its heads change it, and what is late. No SQL, no HTTP.
//!
//! What it is not: the filter (`core::atlas`), which the order stands beside in the address (`sort=votes`).

use super::assigned;
use super::routes::UNANSWERED;
use crate::base::clock;
use crate::base::i18n::Lang;
use crate::core::app::App;
use crate::core::atlas::Filter;
use crate::core::features::{Card, Status};
use chrono::{DateTime, Days, NaiveDate, Utc};

/// An order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Order {
    /// Who wrote first is first.
    #[default]
    Oldest,
    Newest,
    MostVotes,
    FewestVotes,
    /// What waits for an answer, the longest first, then what has one.
    Latest,
    LeastLate,
}

impl Order {
    const ALL: [(Order, &'static str); 6] = [
        (Order::Oldest, "date"),
        (Order::Newest, "-date"),
        (Order::MostVotes, "votes"),
        (Order::FewestVotes, "-votes"),
        (Order::Latest, "late"),
        (Order::LeastLate, "-late"),
    ];

    /// The order of a word; the usual one for what is none.
    pub(super) fn of_word(word: &str) -> Order {
        Order::ALL.iter().find(|(_, known)| *known == word).map_or(Order::Oldest, |(order, _)| *order)
    }

    pub(super) fn word(self) -> &'static str {
        Order::ALL.iter().find(|(order, _)| *order == self).map_or("date", |(_, word)| word)
    }

    /// What the column's head says of it (`aria-sort`), and the order that a click on it asks for.
    pub(super) fn head(self, column: &str) -> (Option<&'static str>, Order) {
        let is_own = self.word().trim_start_matches('-') == column;
        // Dates rise from the oldest on; votes and lateness begin with the most.
        let falls = (column == "date") == self.word().starts_with('-');
        match is_own {
            true => (
                Some(if falls { "descending" } else { "ascending" }),
                Order::of_word(&match self.word().strip_prefix('-') {
                    Some(word) => word.to_owned(),
                    None => format!("-{column}"),
                }),
            ),
            false => (None, Order::of_word(column)),
        }
    }

    /// The list's query: the filter, and the order where it is not the usual one.
    pub(super) fn query(self, filter: &str) -> String {
        match (self, filter) {
            (Order::Oldest, filter) => filter.to_owned(),
            (order, "") => format!("sort={}", order.word()),
            (order, filter) => format!("{filter}&sort={}", order.word()),
        }
    }
}

/// Within how many days everybody is answered; nothing where the city says that it promises nothing.
pub(super) fn promise(app: &App) -> Option<u64> {
    app.site().answer_days()
}

/// The last day of which what is not answered is late now.
pub(super) fn late_until(days: u64, now: DateTime<Utc>) -> Option<NaiveDate> {
    now.with_timezone(&clock::zone()).date_naive().checked_sub_days(Days::new(days + 1))
}

/// By how many days a contribution of a day is late.
pub(super) fn late_by(days: u64, made: DateTime<Utc>, now: DateTime<Utc>) -> Option<i64> {
    let day = |at: DateTime<Utc>| at.with_timezone(&clock::zone()).date_naive();
    let late = (day(now) - day(made)).num_days() - i64::try_from(days).ok()?;
    (late > 0).then_some(late)
}

/// The filter of what is late.
pub(super) fn late_filter(days: u64, now: DateTime<Utc>) -> Option<String> {
    Some(format!("status=open&until={}", late_until(days, now)?))
}

/// What the list knows of an address: the filter, its order.
pub(super) fn reads(app: &App, query: Option<&str>) -> String {
    let query = query.unwrap_or(UNANSWERED);
    let (filter, others, _) = Filter::of_desk(query, &["sort", assigned::NAME], &app.atlas.world());
    let word = |wanted: &str| others.iter().find(|(name, _)| name == wanted).map_or("", |(_, word)| word);
    let whose = assigned::Whose::of(word(assigned::NAME));
    Order::of_word(word("sort")).query(&whose.with(&filter.canonical()))
}

/// How long a contribution waits or waited, and by how much its answer is late, in words.
pub(super) fn waited(lang: Lang, card: &Card, promise: Option<u64>) -> (String, Option<String>) {
    let now = clock::now();
    let age = lang.count("age-days", (now - card.created_at).num_days());
    let late =
        promise.filter(|_| card.status == Status::OPEN).and_then(|days| late_by(days, card.created_at, now));
    (age, late.map(|days| lang.count("desk-late-by", days)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_turns_its_own_order_round_and_begins_another_with_what_matters_most() {
        assert_eq!(Order::Oldest.head("date"), (Some("ascending"), Order::Newest));
        assert_eq!(Order::Newest.head("date"), (Some("descending"), Order::Oldest));
        assert_eq!(Order::Oldest.head("votes"), (None, Order::MostVotes));
        assert_eq!(Order::MostVotes.head("votes"), (Some("descending"), Order::FewestVotes));
        assert_eq!(Order::LeastLate.head("late"), (Some("ascending"), Order::Latest));
        assert_eq!(
            (Order::of_word("<b>"), Order::MostVotes.query("theme=a").as_str()),
            (Order::Oldest, "theme=a&sort=votes")
        );
    }

    #[test]
    fn what_is_late_is_what_the_filter_of_late_ones_shows() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let now = at("2026-11-28T12:00:00Z");
        assert_eq!(late_by(60, at("2026-09-29T12:00:00Z"), now), None, "the sixtieth day is in time");
        assert_eq!(late_by(60, at("2026-09-28T12:00:00Z"), now), Some(1));
        assert_eq!(late_filter(60, now).unwrap(), "status=open&until=2026-09-28");
    }
}
