//! How a process can begin: settings with a calendar and words, which modules offer at the desk and a planner changes as they like.
//!
//! What it is not: a kind of process. Once made, nothing remembers of which template it was.

use super::Settings;
use crate::base::clock::Timestamp;
use crate::base::i18n::Lang;
use crate::modules::templates;

/// What a template is.
#[derive(Debug)]
pub struct TemplateRow {
    /// The word that forms know it by. Its texts are `template-WORD` and `template-what-WORD`.
    pub word: &'static str,
    /// The settings, in the language of who plans, for a process that is made at this instant.
    pub make: fn(Lang, Timestamp) -> Settings,
}

/// A way for a process to begin.
#[derive(Debug, Clone, Copy)]
pub struct Template(pub &'static TemplateRow);

impl Template {
    /// The word of none: everything is empty, and always open.
    pub(super) const NONE: &'static str = "";

    /// The settings that a form's word means; nothing for a word that no module has.
    pub(super) fn settings(word: &str, lang: Lang, now: Timestamp) -> Option<Settings> {
        if word == Template::NONE {
            return Some(Settings::default());
        }
        templates().find(|template| template.0.word == word).map(|template| (template.0.make)(lang, now))
    }

    /// Word, name and what it is, of every template.
    pub(super) fn choices(lang: Lang) -> Vec<(&'static str, String, String)> {
        let said = |template: Template| {
            let word = template.0.word;
            (word, lang.text(&format!("template-{word}")), lang.text(&format!("template-what-{word}")))
        };
        templates().map(said).collect()
    }
}
