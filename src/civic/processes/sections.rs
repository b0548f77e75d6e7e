//! The sections in which a process is written at the desk, one form each.

use super::ProcessRules;
use super::action::Action;
use super::languages;
use super::model::Settings;
use crate::base::words::words;

words! {
    /// A section.
    pub(super) Section {
        /// Title and summary.
        Head = "head",
        /// Why it is held, what is asked, what can change.
        Texts = "texts",
        /// Its picture, and what that shows.
        Picture = "picture",
        /// The phases.
        Calendar = "calendar",
        /// Who may do what, where and how.
        Rules = "rules",
        /// What ideas are sorted under.
        Themes = "themes",
        /// Who runs it.
        Team = "team",
        /// Who was not heard.
        Biases = "biases",
        /// What came of it.
        Results = "results",
        /// Who can see it.
        State = "state",
    }
}

impl Section {
    /// Those that have a form of their own; who can see it is said on the process's first page.
    pub(super) fn forms() -> impl Iterator<Item = Section> {
        Section::ALL.iter().copied().filter(|section| *section != Section::State)
    }

    /// The texts of it that can be said in another language.
    pub(super) fn texts(self) -> &'static [&'static str] {
        match self {
            Section::Head => &["title", "summary"],
            Section::Texts => &["why", "asked", "effect"],
            Section::Picture => &["picture_alt"],
            Section::Team => &["team"],
            Section::Biases => &["biases"],
            Section::Results => &["results"],
            Section::Calendar | Section::Rules | Section::Themes | Section::State => &[],
        }
    }

    /// The fields of its form, lists aside.
    pub(super) fn fields(self) -> Vec<String> {
        let texts = self.texts().iter().flat_map(|field| {
            let others = languages::OTHERS.iter().map(move |lang| format!("{field}-{}", lang.code()));
            std::iter::once((*field).to_owned()).chain(others)
        });
        let named: &[&str] = match self {
            Section::Rules => &["votes", "moderation", "edits", "order", "title_most", "body_most", "area"],
            Section::Themes => &["own_themes_only"],
            Section::State => &["state"],
            _ => &[],
        };
        let levels = Action::all().iter().filter(|_| self == Section::Rules).map(|action| action.field());
        texts.chain(named.iter().map(|field| (*field).to_owned())).chain(levels).collect()
    }

    /// The section whose form has a field, lists among them.
    pub(super) fn of_field(field: &str) -> Option<Section> {
        let is_list = |section: Section| match section {
            Section::Calendar => field == "phases" || field.starts_with("phase-"),
            Section::Rules => field == "shape",
            Section::Themes => field == "theme",
            Section::Results => field == "result",
            _ => false,
        };
        Section::ALL
            .iter()
            .copied()
            .find(|one| is_list(*one) || one.fields().iter().any(|known| known == field))
    }

    /// Whether somebody wrote something in it.
    pub(super) fn is_filled(self, known: &ProcessRules) -> bool {
        let Settings { summary, why, asked, effect, team, biases, results, .. } = &known.settings;
        match self {
            Section::Head => !summary.is_empty(),
            Section::Texts => [why, asked, effect].iter().any(|text| !text.is_empty()),
            Section::Picture => known.settings.picture.is_some(),
            Section::Calendar => !known.settings.phases.is_empty(),
            Section::Rules | Section::State => true,
            Section::Themes => known.settings.own_themes_only || !known.settings.themes.is_empty(),
            Section::Team => !team.is_empty(),
            Section::Biases => !biases.is_empty(),
            Section::Results => !results.is_empty() || !known.settings.result_documents.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_text_that_can_be_translated_has_its_section_and_no_field_has_two() {
        let all: Vec<&str> = Section::ALL.iter().flat_map(|section| section.texts()).copied().collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>(), languages::FIELDS.iter().collect());
        let fields: Vec<String> = Section::ALL.iter().flat_map(|section| section.fields()).collect();
        assert_eq!(fields.iter().collect::<BTreeSet<_>>().len(), fields.len(), "{fields:?}");
    }
}
