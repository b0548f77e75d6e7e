//! The values of facets: word, code, name for people, symbol. Those of the program, those of rows.
//!
//! Invariant: two values of one facet never have the same word; a word is found at once, however many there are.

use super::vocabulary::Vocabulary;
use crate::base::i18n::Lang;
use crate::core::atlas::facet::{Facet, Values};
use crate::core::atlas::item::code_of;
use crate::core::features::{Kind, Status};
use std::collections::HashMap;
use std::sync::Arc;

/// A value of a facet.
#[derive(Debug, Clone)]
pub struct Value {
    /// Its number in the index's column; of an area its id.
    pub(in crate::core::atlas) code: u32,
    /// Its word in addresses and tiles.
    pub word: Arc<str>,
    name: Name,
    /// Colour `#rrggbb` and icon.
    pub symbol: Option<(String, String)>,
    /// Whether everybody may know it: a draft's is its team's.
    pub is_shown: bool,
}

/// What people call a value.
#[derive(Debug, Clone)]
enum Name {
    /// The key of a text.
    Text(String),
    /// As it was written by people, in French and in English where it is another there.
    Written(String, Option<String>),
}

impl Value {
    /// Its name for people.
    pub fn name(&self, lang: Lang) -> String {
        match &self.name {
            Name::Text(key) => lang.text(key),
            Name::Written(french, english) => {
                english.as_ref().filter(|_| lang == Lang::En).unwrap_or(french).clone()
            }
        }
    }

    /// A value of the program.
    fn of_program(code: u32, word: &str, key: String) -> Value {
        Value { code, word: word.into(), name: Name::Text(key), symbol: None, is_shown: true }
    }

    /// A value that a row is.
    pub(super) fn of_row(
        id: i64,
        slug: &str,
        name: String,
        symbol: Option<(String, String)>,
        is_shown: bool,
    ) -> Value {
        Value { code: code_of(id), word: slug.into(), name: Name::Written(name, None), symbol, is_shown }
    }

    /// The same, called otherwise in English.
    fn in_english(mut self, english: String) -> Value {
        if let Name::Written(_, other) = &mut self.name {
            *other = Some(english);
        }
        self
    }
}

/// The values of one facet, in the order in which people see them.
#[derive(Debug, Default)]
pub(in crate::core::atlas) struct FacetValues {
    all: Vec<Value>,
    by_word: HashMap<Arc<str>, usize>,
}

impl FacetValues {
    pub(super) fn new(all: Vec<Value>) -> FacetValues {
        let by_word = all.iter().enumerate().map(|(at, value)| (Arc::clone(&value.word), at)).collect();
        FacetValues { all, by_word }
    }

    /// All of them.
    pub(in crate::core::atlas) fn all(&self) -> &[Value] {
        &self.all
    }

    /// The value of a word.
    pub(in crate::core::atlas) fn of_word(&self, word: &str) -> Option<&Value> {
        self.by_word.get(word).and_then(|at| self.all.get(*at))
    }

    /// Whether the same words mean the same numbers to the same readers.
    pub(super) fn mean_like(&self, other: &FacetValues) -> bool {
        let meant = |value: &Value| (value.code, Arc::clone(&value.word), value.is_shown);
        self.all.iter().map(meant).eq(other.all.iter().map(meant))
    }
}

/// The values of a facet that the vocabulary has; `rows` are those that its SQL gave.
pub(super) fn of(facet: &Facet, vocabulary: &Vocabulary, rows: Vec<Value>) -> FacetValues {
    FacetValues::new(match facet.values {
        Values::Words(words) => {
            let key = |word| format!("facet-{}-{word}", facet.name);
            words.iter().zip(1..).map(|(word, code)| Value::of_program(code, word, key(*word))).collect()
        }
        Values::Kinds => {
            let value =
                |kind: &Kind| Value::of_program(kind.code(), kind.word(), format!("kind-{}", kind.word()));
            Kind::all().iter().map(value).collect()
        }
        Values::Statuses => {
            let value = |status: &Status| Value::of_program(status.code(), status.word(), status.key());
            Status::all().iter().map(value).collect()
        }
        Values::Themes => {
            let value = |theme: &crate::core::features::vocabulary::Theme| {
                let symbol = Some((theme.color.clone(), theme.icon.clone()));
                Value::of_row(
                    theme.id.0,
                    &theme.slug,
                    vocabulary.theme_name(theme, Lang::Fr),
                    symbol,
                    vocabulary.is_shown(theme),
                )
                .in_english(vocabulary.theme_name(theme, Lang::En))
            };
            vocabulary.themes.iter().map(value).collect()
        }
        Values::Processes => {
            let value = |process: &crate::core::features::vocabulary::Process| {
                Value::of_row(process.id.0, &process.slug, process.title.clone(), None, !process.is_draft())
                    .in_english(process.name(Lang::En).to_owned())
            };
            vocabulary.processes.iter().map(value).collect()
        }
        Values::Rows(_) => rows,
        // The territory has them.
        Values::Areas => Vec::new(),
    })
}
