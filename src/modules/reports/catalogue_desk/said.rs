//! How the desk says a promise, and who treats what. No SQL, no HTTP.

use crate::base::i18n::Lang;
use crate::core::territory::Territory;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::clock::Target;
use crate::modules::reports::form::By;
use crate::modules::reports::model::{Category, CategoryId, Rule};

/// A promise, in words.
pub(super) fn target_said(lang: Lang, target: Target) -> String {
    By(target).said(lang)
}

/// A category with what it stands below.
pub(super) fn path(catalogue: &Catalogue, category: &Category, lang: Lang) -> String {
    match category.parent.and_then(|id| catalogue.category(id)) {
        Some(parent) => format!("{} › {}", parent.name(lang), category.name(lang)),
        None => category.name(lang).to_owned(),
    }
}

/// The category that a rule names, or that it names all.
pub(super) fn of_what(catalogue: &Catalogue, id: Option<CategoryId>, lang: Lang) -> String {
    match id {
        Some(id) => {
            catalogue.category(id).map_or_else(|| id.0.to_string(), |known| path(catalogue, known, lang))
        }
        None => lang.text("report-desk-every-category"),
    }
}

/// The area that a rule names, or that it names none.
pub(super) fn where_said(
    territory: &Territory,
    (area, is_of_area): (Option<crate::base::ids::AreaId>, bool),
    lang: Lang,
) -> String {
    match area.and_then(|id| territory.get(id)) {
        Some(area) => area.name.clone(),
        None if is_of_area => lang.text("report-desk-area-gone"),
        None => lang.text("report-desk-everywhere"),
    }
}

/// A rule in one line: what, where.
pub(super) fn rule_said(catalogue: &Catalogue, territory: &Territory, rule: &Rule, lang: Lang) -> String {
    let what = of_what(catalogue, rule.category, lang);
    format!("{what} – {}", where_said(territory, (rule.area, rule.is_of_area), lang))
}
