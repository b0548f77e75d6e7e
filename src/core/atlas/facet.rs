//! Facets that modules declare: what the contributions of one kind are filed under, beside theme and status. One row of a list drives the
//! filter's parameter, its canonical form, the index, the counts, the form and its chips.
//!
//! What it is not: `theme`, `status`, `kind`, `process` and `area`, which every contribution has and the filter writes out; nor words,
//! days and scores, which are no codes.

use super::item::column;
use crate::base::error::{Error, Result};
use crate::base::ids::FeatureId;
use crate::core::features::{self, Kind};
use crate::core::journal::Write;
use crate::modules::facets;

/// A column of the index that means something within one kind, and the column of the feature's row that says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// `slot_a`.
    A,
    /// `slot_b`.
    B,
    /// `slot_c`.
    C,
}

impl Slot {
    /// Its letter.
    pub(super) fn word(self) -> &'static str {
        match self {
            Slot::A => "a",
            Slot::B => "b",
            Slot::C => "c",
        }
    }

    /// Its column of the live map.
    pub(super) fn column(self) -> usize {
        column::SLOTS + self as usize
    }
}

/// A facet. Its name for people is the text `facet-NAME`, that of a value `facet-NAME-WORD`.
#[derive(Debug, Clone, Copy)]
pub struct Facet {
    /// The filter's parameter.
    pub name: &'static str,
    /// What is filed under it. Two kinds may use one slot, each for a facet of its own.
    pub kind: Kind,
    /// Where its code is kept.
    pub slot: Slot,
    /// Its values. A word's code is its place, from 1: words are added at the end.
    pub words: &'static [&'static str],
}

impl Facet {
    /// The facet of a name.
    pub fn of_name(name: &str) -> Option<&'static Facet> {
        facets().find(|facet| facet.name == name)
    }

    /// The code of a word.
    pub fn code(&self, word: &str) -> Option<u32> {
        self.words.iter().zip(1..).find(|(known, _)| **known == word).map(|(_, code)| code)
    }

    /// Files a contribution under one of its words, or under none. The journal is told by the caller, whose act it is.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such word, or no such contribution of its kind.
    pub async fn file(&self, write: &mut Write, feature: FeatureId, word: Option<&str>) -> Result<()> {
        let code = word.map(|word| self.code(word).ok_or(Error::NotFound)).transpose()?;
        let slots = [Slot::A, Slot::B, Slot::C].map(|slot| (slot == self.slot).then_some(code.unwrap_or(0)));
        features::store::file(write, feature, self.kind, slots).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::i18n::Lang;
    use crate::core::atlas::PARAMETERS;
    use std::collections::BTreeSet;

    /// What lists, counts and pages are asked or say beside the filter.
    const TAKEN: [&str; 14] = [
        "bbox", "order", "seed", "limit", "after", "cursor", "page", "lang", "for", "format", "total",
        "score", "bounds", "seq",
    ];

    #[test]
    fn a_facet_has_a_name_of_its_own_a_slot_of_its_kind_and_words_for_people() {
        let (mut names, mut slots) = (BTreeSet::new(), BTreeSet::new());
        for facet in facets() {
            assert!(!PARAMETERS.contains(&facet.name) && !TAKEN.contains(&facet.name), "{}", facet.name);
            assert!(names.insert(facet.name), "{} twice", facet.name);
            assert!(slots.insert((facet.kind.word(), facet.slot.word())), "{} meets another", facet.name);
            for lang in [Lang::Fr, Lang::En] {
                let keys = facet.words.iter().map(|word| format!("facet-{}-{word}", facet.name));
                for key in keys.chain([format!("facet-{}", facet.name)]) {
                    assert!(lang.has(&key), "{key}");
                }
            }
        }
    }
}
