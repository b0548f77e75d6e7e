//! How the desk says a promise, an instant, and who treats what. No SQL, no HTTP.

use crate::base::clock::{Timestamp, zone};
use crate::base::i18n::{Lang, Message};
use crate::core::territory::Territory;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::clock::{Target, Unit};
use crate::modules::reports::model::{Category, CategoryId, Rule};

/// A promise, in words.
pub(in crate::modules::reports) fn target_said(lang: Lang, target: Target) -> String {
    let key = match target.unit {
        Unit::Hours => "report-desk-target-hours",
        Unit::Days => "report-desk-target-days",
        Unit::WorkingDays => "report-desk-target-working-days",
    };
    lang.count(key, i64::from(target.n))
}

/// An instant by the territory's clock: its day and its time. The end of a day is the last minute of it.
pub(in crate::modules::reports) fn moment(lang: Lang, at: Timestamp) -> String {
    let local = at.with_timezone(&zone());
    // What ends at midnight ends with the day before, as people say it.
    let local = if local.format("%H:%M:%S").to_string() == "00:00:00" {
        local - chrono::TimeDelta::minutes(1)
    } else {
        local
    };
    let (day, time) = (lang.date(local.date_naive()), local.format("%H:%M"));
    lang.say(&Message::new("report-desk-at").with("day", day).with("time", time))
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
