//! Facets: what contributions are filed under. One row of a list drives the filter's parameter, its canonical form, the index, the counts,
//! the form with its chips, the page's script and what tiles say of a contribution. Five rows are of every contribution; modules
//! declare others, of those of one kind.
//!
//! What it is not: words, days and scores, which are no codes and stand in the filter beside; nor the values, which a world knows
//! (`world/values.rs`).

use super::item::column;
use crate::base::error::{Error, Result};
use crate::base::ids::FeatureId;
use crate::core::features::{self, Kind, Status};
use crate::core::journal::Write;
use crate::modules::facets;

/// A column of the index, in the order of its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The kind of a contribution.
    Kind,
    /// What became of it.
    Status,
    /// Its theme.
    Theme,
    /// Its process.
    Process,
    /// The set of areas that it lies in.
    Areas,
    /// `slot_a` of its row, which means something within one kind.
    A,
    /// `slot_b`, like it.
    B,
    /// `slot_c`, like it.
    C,
}

impl Slot {
    /// Its column of the live map.
    pub(super) fn column(self) -> usize {
        self as usize
    }

    /// The letter of a slot that means something within one kind.
    pub(super) fn letter(self) -> Option<&'static str> {
        match self {
            Slot::A => Some("a"),
            Slot::B => Some("b"),
            Slot::C => Some("c"),
            _ => None,
        }
    }
}

/// Where the values of a facet come from.
#[derive(Debug, Clone, Copy)]
pub enum Values {
    /// Words of the program. A word's code is its place, from 1: words are added at the end. A name is the text `facet-NAME-WORD`.
    Words(&'static [&'static str]),
    /// Rows of a module's table: SQL that gives, in the order in which people see them, `id`, `slug`, `label`, `color` and `icon`
    /// (both may be null). Read anew with the vocabulary: acts that change them say `Part::Vocabulary`.
    Rows(&'static str),
    /// The kinds of contributions.
    Kinds,
    /// What can become of them.
    Statuses,
    /// The themes.
    Themes,
    /// The processes.
    Processes,
    /// The territory's areas.
    Areas,
}

/// A facet. Its name for people is the text `facet-NAME`.
#[derive(Debug, Clone, Copy)]
pub struct Facet {
    /// The filter's parameter, and the attribute of tiles.
    pub name: &'static str,
    /// What is filed under it; nothing: every contribution. Two kinds may use one slot, each for a facet of its own.
    pub kind: Option<Kind>,
    /// Where its code is kept.
    pub slot: Slot,
    /// Its values.
    pub values: Values,
    /// Whether tiles say it of a contribution, so that a style can draw by it.
    pub is_drawn: bool,
}

/// The facets of every contribution, in the order in which the form shows them.
pub const GENERAL: &[Facet] = &[
    general("theme", Slot::Theme, Values::Themes),
    general("kind", Slot::Kind, Values::Kinds),
    general("status", Slot::Status, Values::Statuses),
    general("process", Slot::Process, Values::Processes),
    // Sets of areas have no name of their own: they are filtered by, not drawn.
    Facet { is_drawn: false, ..general("area", Slot::Areas, Values::Areas) },
];

const fn general(name: &'static str, slot: Slot, values: Values) -> Facet {
    Facet { name, kind: None, slot, values, is_drawn: true }
}

impl Facet {
    /// The facet of a name.
    pub fn of_name(name: &str) -> Option<&'static Facet> {
        facets().find(|facet| facet.name == name)
    }

    /// The words of a facet whose values are the program's; nothing where they are rows.
    pub(super) fn program_words(&self) -> Option<Vec<&'static str>> {
        match self.values {
            Values::Words(words) => Some(words.to_vec()),
            Values::Kinds => Some(Kind::all().iter().map(|kind| kind.word()).collect()),
            Values::Statuses => Some(Status::all().iter().map(|status| status.word()).collect()),
            Values::Rows(_) | Values::Themes | Values::Processes | Values::Areas => None,
        }
    }

    /// Whether a contribution can be filed under nothing here, which the word `none` asks for.
    pub fn has_none(&self) -> bool {
        matches!(self.values, Values::Rows(_) | Values::Themes | Values::Processes)
    }

    /// The key of its name for people.
    pub fn key(&self) -> String {
        format!("facet-{}", self.name)
    }

    /// The code of a word of the program.
    pub fn code(&self, word: &str) -> Option<i64> {
        let Values::Words(words) = self.values else { return None };
        words.iter().zip(1..).find(|(known, _)| **known == word).map(|(_, code)| code)
    }

    /// Files a contribution under a word of the program or the id of a row, or under nothing. The journal is told by the caller, whose
    /// act it is, and who knows that the row is there.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such word, or no such contribution of its kind.
    pub async fn file(&self, write: &mut Write, feature: FeatureId, code: Option<i64>) -> Result<()> {
        let most = match self.values {
            Values::Words(words) => i64::try_from(words.len()).unwrap_or(i64::MAX),
            _ => i64::from(u32::MAX),
        };
        if code.is_some_and(|code| !(1..=most).contains(&code)) {
            return Err(Error::NotFound);
        }
        let kind = self.kind.ok_or(Error::NotFound)?;
        let code = u32::try_from(code.unwrap_or(0)).map_err(|_too_large| Error::NotFound)?;
        let slots = [Slot::A, Slot::B, Slot::C].map(|slot| (slot == self.slot).then_some(code));
        features::store::file(write, feature, kind, slots).await
    }

    /// Holds the filter to the facet's kind: another may keep something else in its slot.
    pub(super) fn hold_kind(&self, filter: &mut parvis_tiles::Filter) {
        if let Some(kind) = self.kind.map(Kind::code) {
            let kinds = &mut filter.codes[column::KIND];
            let is_let = kinds.as_ref().is_none_or(|kinds| kinds.contains(kind));
            *kinds = Some(is_let.then_some(kind).into_iter().collect());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::i18n::Lang;
    use crate::core::atlas::filter::{BESIDE, FIRST};
    use std::collections::BTreeSet;

    /// What lists, counts and pages are asked or say beside the filter.
    const TAKEN: [&str; 15] = [
        "time", "bbox", "order", "seed", "limit", "after", "cursor", "page", "lang", "for", "format",
        "total", "score", "bounds", "seq",
    ];

    #[test]
    fn a_facet_has_a_name_of_its_own_a_slot_of_its_kind_and_words_for_people() {
        let (mut names, mut slots) = (BTreeSet::new(), BTreeSet::new());
        for facet in facets() {
            let taken = TAKEN.iter().chain(&BESIDE).chain([&FIRST]);
            assert!(taken.into_iter().all(|name| *name != facet.name), "{}", facet.name);
            assert!(names.insert(facet.name), "{} twice", facet.name);
            assert!(
                slots.insert((facet.kind.map(Kind::word), facet.slot.column())),
                "{} meets another",
                facet.name
            );
            assert_eq!(
                facet.kind.is_some(),
                facet.slot.letter().is_some(),
                "{}: a slot is of one kind",
                facet.name
            );
            for lang in [Lang::Fr, Lang::En] {
                let none = facet.has_none().then(|| format!("facet-{}-none", facet.name));
                let words = match facet.values {
                    Values::Words(words) => {
                        words.iter().map(|word| format!("facet-{}-{word}", facet.name)).collect()
                    }
                    _ => Vec::new(),
                };
                for key in words.into_iter().chain([facet.key()]).chain(none) {
                    assert!(lang.has(&key), "{key}");
                }
            }
        }
    }
}
