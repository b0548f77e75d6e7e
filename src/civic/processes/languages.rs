//! A process in another language than French: which of its texts can be said in one, and what a reader of one is shown.
//!
//! What it is not: the interface's own texts. Invariant: what was written in French only is shown in French, and its page says so.

use super::{ProcessRules, Settings};
use crate::base::i18n::Lang;
use std::borrow::Borrow;
use std::collections::BTreeSet;

/// The texts that can be said in another language, by their fields; names of phases come beside them ([`phase`]).
pub(super) const FIELDS: [&str; 9] =
    ["title", "summary", "why", "asked", "effect", "team", "biases", "results", "picture_alt"];

/// The languages beside French.
pub(super) const OTHERS: [Lang; 1] = [Lang::En];

/// The field of a phase's name.
pub(super) fn phase(key: &str) -> String {
    format!("phase-{key}")
}

/// A process as it is told in one language.
#[derive(Debug, Clone)]
pub struct Told {
    /// The same, its texts in that language where they were written in it.
    pub rules: ProcessRules,
    /// The fields that were not.
    in_french: BTreeSet<String>,
}

impl Told {
    /// The language of a field's text, where it is not the reader's.
    pub fn other_language(&self, field: &str) -> Option<&'static str> {
        self.in_french.contains(field).then_some(Lang::Fr.code())
    }
}

impl Settings {
    /// A text in another language than French, where it was written in it.
    pub(super) fn translation(&self, lang: Lang, field: &str) -> Option<&str> {
        self.translations.get(lang.code())?.get(field).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// The same without what the title is in other languages.
    pub(super) fn untitled(mut self) -> Settings {
        self.translations.values_mut().for_each(|texts| drop(texts.remove("title")));
        self
    }

    /// Where a field's text is kept; the title stands beside the settings.
    fn text_mut(&mut self, field: &str) -> Option<&mut String> {
        Some(match field {
            "summary" => &mut self.summary,
            "why" => &mut self.why,
            "asked" => &mut self.asked,
            "effect" => &mut self.effect,
            "team" => &mut self.team,
            "biases" => &mut self.biases,
            "results" => &mut self.results,
            "picture_alt" => &mut self.picture_alt,
            _ => return None,
        })
    }
}

impl ProcessRules {
    /// Its title in a language; in French where it has none in it.
    pub fn title_in(&self, lang: impl Borrow<Lang>) -> &str {
        self.settings.translation(*lang.borrow(), "title").unwrap_or(&self.title)
    }

    /// The language of [`Self::title_in`], where it is not that one.
    pub fn title_language(&self, lang: impl Borrow<Lang>) -> Option<&'static str> {
        let lang = *lang.borrow();
        let is_french = lang != Lang::Fr && self.settings.translation(lang, "title").is_none();
        is_french.then_some(Lang::Fr.code())
    }

    /// The process as a reader of a language is told it.
    pub fn told(&self, lang: impl Borrow<Lang>) -> Told {
        let lang = *lang.borrow();
        let mut told = Told { rules: self.clone(), in_french: BTreeSet::new() };
        if lang == Lang::Fr {
            return told;
        }
        for field in FIELDS {
            let place = match field {
                "title" => Some(&mut told.rules.title),
                other => told.rules.settings.text_mut(other),
            };
            match (place, self.settings.translation(lang, field)) {
                (Some(place), Some(said)) => said.clone_into(place),
                _ => drop(told.in_french.insert(field.to_owned())),
            }
        }
        for known in &mut told.rules.settings.phases {
            let field = phase(&known.key);
            match self.settings.translation(lang, &field) {
                Some(said) => said.clone_into(&mut known.title),
                None => drop(told.in_french.insert(field)),
            }
        }
        told
    }
}
