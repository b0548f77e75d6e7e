//! What `/delays` shows: one table for each of categories, areas and services, whose rows add up.
//!
//! What it is not: HTML (`views`), or where counts come from (`store`, and the live map for what is open). Invariant: the rows of a table and
//! its last one, all of them, are of the same reports.

use super::counts::Counts;
use crate::civic::figures::LEAST;

/// What a row says, in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) counts: Counts,
    /// Not ended yet, of those that have a clock.
    pub(super) open: u64,
    /// Of these, those whose time is over.
    pub(super) overdue: u64,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) name: String,
    /// The word by which addresses name it; empty where it is nothing that can be asked for.
    pub(super) slug: String,
    pub(super) line: Line,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// `category`, `area` or `service`: what its rows are, and the parameter that asks for one of them.
    pub(super) axis: &'static str,
    /// What the areas are, of a table of areas.
    pub(super) level: String,
    pub(super) rows: Vec<Row>,
}

impl Line {
    /// The whole hours within which so many tenths were repaired, what is overdue counted as longer than any; nothing where it is not known yet.
    pub(super) fn within(&self, tenths: u64) -> Option<u32> {
        self.counts.hours.within(tenths, self.overdue)
    }

    /// How many were repaired.
    pub(super) fn repaired(&self) -> u64 {
        self.counts.repaired()
    }

    /// How many ended without a repair.
    pub(super) fn closed(&self) -> u64 {
        self.counts.closed.max(0).unsigned_abs()
    }

    /// Of those that had a promise: how many were repaired in time, and of how many. What is overdue was not.
    pub(super) fn in_time(&self) -> (u64, u64) {
        let (in_time, late) =
            (self.counts.in_time.max(0).unsigned_abs(), self.counts.late.max(0).unsigned_abs());
        (in_time, in_time + late + self.overdue)
    }

    /// The share repaired in time, in whole percents, rounded down: no late one is rounded away.
    pub(super) fn percent(&self) -> Option<u64> {
        let (in_time, of) = self.in_time();
        (in_time * 100).checked_div(of)
    }

    /// How many reports it is about.
    pub(super) fn size(&self) -> u64 {
        self.repaired() + self.closed() + self.open
    }

    /// Adds another.
    pub(super) fn add(&mut self, other: &Line) {
        self.merge(other, 1);
    }

    fn merge(&mut self, other: &Line, sign: i64) {
        self.counts.merge(&other.counts, sign);
        if sign > 0 {
            (self.open, self.overdue) = (self.open + other.open, self.overdue + other.overdue);
        } else {
            self.open = self.open.saturating_sub(other.open);
            self.overdue = self.overdue.saturating_sub(other.overdue);
        }
    }
}

/// What is in a whole and in none of its rows.
pub(super) fn rest(whole: &Line, rows: &[Row]) -> Line {
    let mut rest = whole.clone();
    rows.iter().for_each(|row| rest.merge(&row.line, -1));
    rest
}

/// The rows as they are shown: the most repaired first; those of fewer than five reports are one, which takes the smallest of the others
/// where it is smaller than five itself.
pub(super) fn shown(rows: Vec<Row>, others: &str) -> Vec<Row> {
    let (mut shown, small): (Vec<Row>, Vec<Row>) =
        rows.into_iter().filter(|row| row.line.size() > 0).partition(|row| row.line.size() >= LEAST);
    shown.sort_by(|a, b| b.line.repaired().cmp(&a.line.repaired()).then_with(|| a.name.cmp(&b.name)));
    let mut rest = Row { name: others.to_owned(), slug: String::new(), line: Line::default() };
    small.iter().for_each(|row| rest.line.merge(&row.line, 1));
    if (1..LEAST).contains(&rest.line.size())
        && let Some(least) = (0..shown.len()).min_by_key(|at| shown[*at].line.size())
    {
        rest.line.merge(&shown.remove(least).line, 1);
    }
    shown.extend((rest.line.size() > 0).then_some(rest));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, hours: &[u32], open: u64, overdue: u64) -> Row {
        let mut line = Line { open, overdue, ..Line::default() };
        for hours in hours {
            line.counts.hours.add(*hours, 1);
            line.counts.in_time += 1;
        }
        Row { name: name.into(), slug: name.into(), line }
    }

    fn sum(rows: &[Row]) -> Line {
        let mut all = Line::default();
        rows.iter().for_each(|row| all.merge(&row.line, 1));
        all
    }

    #[test]
    fn small_rows_are_one_and_the_rows_add_up() {
        let rows =
            vec![row("a", &[1, 2], 2, 0), row("b", &[5; 9], 3, 1), row("c", &[7], 0, 0), row("d", &[], 0, 0)];
        let merged = shown(rows.clone(), "Autres");
        assert_eq!(merged.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["b", "Autres"]);
        assert_eq!(merged[1].line.size(), 5);
        assert_eq!(sum(&merged).size(), sum(&rows).size());
    }

    #[test]
    fn one_small_row_takes_the_smallest_of_the_others_with_it() {
        let rows = vec![row("a", &[1, 2], 0, 0), row("b", &[5; 9], 3, 1), row("c", &[7; 6], 0, 0)];
        let merged = shown(rows.clone(), "Autres");
        assert_eq!(
            merged.iter().map(|row| (row.name.as_str(), row.line.size())).collect::<Vec<_>>(),
            [("b", 12), ("Autres", 8)]
        );
        assert_eq!(sum(&merged), sum(&rows));
        assert_eq!(shown(vec![], "Autres"), []);
        assert_eq!(shown(vec![row("a", &[1], 0, 0)], "Autres")[0].name, "Autres");
    }

    #[test]
    fn what_is_overdue_is_late_and_longer_than_any() {
        let line = row("a", &[1, 2, 3], 5, 4).line;
        assert_eq!(line.in_time(), (3, 7));
        assert_eq!(line.percent(), Some(42));
        assert_eq!(line.within(5), None);
        assert_eq!(row("a", &[1, 2, 3], 5, 1).line.within(5), Some(2));
        assert_eq!(Line::default().percent(), None);
        // 199 of 200 are 99 %, never all.
        let mut nearly = row("a", &[1; 199], 1, 1).line;
        assert_eq!(nearly.percent(), Some(99));
        nearly.overdue = 0;
        assert_eq!(nearly.percent(), Some(100));
    }

    #[test]
    fn what_is_in_no_row_is_the_rest() {
        let rows = [row("a", &[1, 2], 1, 1), row("b", &[3], 0, 0)];
        let mut whole = sum(&rows);
        whole.merge(&row("", &[9, 9], 2, 1).line, 1);
        let rest = rest(&whole, &rows);
        assert_eq!((rest.repaired(), rest.open, rest.overdue, rest.within(5)), (2, 2, 1, Some(9)));
    }
}
