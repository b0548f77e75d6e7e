//! Figures that modules show on pages of several: a title and counts that add up.
//!
//! What it is not: where they come from. Invariant: no cell of people is so small that it tells of one of them; what is in it is counted
//! among others.

use crate::base::error::{Error, Result};
use crate::base::http::filters;
use crate::base::i18n::Lang;
use askama::Template;

/// The least of people that is said.
pub const LEAST: u64 = 5;

/// Counts under one title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What is counted.
    pub title: String,
    /// What each cell is, and how many are in it.
    pub cells: Vec<(String, u64)>,
    /// Whether people are counted, of whom the site does not say who each is. What it shows one by one anyway hides nobody in a small cell.
    pub of_people: bool,
    /// Where there is more of it: address and name.
    pub more: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "figure.html")]
struct Drawn<'a> {
    title: &'a str,
    cells: Vec<(String, u64)>,
    more: Option<&'a (String, String)>,
}

impl Figure {
    /// As a part of a page.
    ///
    /// # Errors
    /// [`Error::Internal`] where it cannot be drawn.
    pub fn html(&self, lang: Lang) -> Result<String> {
        let drawn = Drawn { title: &self.title, cells: self.shown(lang), more: self.more.as_ref() };
        drawn.render().map_err(|error| Error::Internal(error.to_string()))
    }
}

impl Figure {
    /// The cells as they are shown: empty ones are left out, and people are not told in small ones.
    pub fn shown(&self, lang: Lang) -> Vec<(String, u64)> {
        match self.of_people {
            true => merged(&self.cells, &lang.text("figure-others")),
            false => self.cells.iter().filter(|(_, count)| *count > 0).cloned().collect(),
        }
    }
}

/// The cells as they are shown: those under five are one, which takes the least of the others where it is under five itself. Empty ones
/// are left out.
fn merged(cells: &[(String, u64)], others: &str) -> Vec<(String, u64)> {
    let (mut shown, small): (Vec<_>, Vec<_>) =
        cells.iter().filter(|(_, count)| *count > 0).cloned().partition(|(_, count)| *count >= LEAST);
    let mut rest: u64 = small.iter().map(|(_, count)| count).sum();
    if rest > 0 && rest < LEAST {
        let least = (0..shown.len()).min_by_key(|at| shown[*at].1);
        rest += least.map_or(0, |at| shown.remove(at).1);
    }
    if rest > 0 {
        shown.push((others.to_owned(), rest));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[(&str, u64)]) -> Vec<(String, u64)> {
        let cells: Vec<_> = cells.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        let shown = merged(&cells, "Autres");
        let sum = |cells: &[(String, u64)]| cells.iter().map(|(_, count)| count).sum::<u64>();
        assert_eq!(sum(&cells), sum(&shown), "what is shown adds up");
        shown
    }

    #[test]
    fn small_cells_are_one_and_nobody_finds_out_by_subtraction() {
        let named = |name: &str, count| (name.to_owned(), count);
        assert_eq!(of(&[("a", 5), ("b", 0), ("c", 12)]), [named("a", 5), named("c", 12)]);
        assert_eq!(of(&[("a", 4), ("b", 9), ("c", 3)]), [named("b", 9), named("Autres", 7)]);
        assert_eq!(of(&[("a", 1), ("b", 9), ("c", 30)]), [named("c", 30), named("Autres", 10)]);
        assert_eq!(of(&[("a", 1), ("b", 2)]), [named("Autres", 3)]);
        assert_eq!(of(&[]), []);
    }
}
