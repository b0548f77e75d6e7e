//! Our own exports, read back.
//!
//! What it is: the mapping of the files that `/export/…` writes (for programs, for spreadsheets, GeoJSON), recognised by
//! their columns, so that nobody writes one. What it is not: it brings no voices back, since a count is nobody's voice.
//! Invariant: a file is ours when it has all the columns that ours have, and a person mapped none.

use std::{collections::BTreeMap, sync::Arc};

use super::{Mapping, mapping::AnswerColumns};

const TABLE: [&str; 10] =
    ["id", "kind", "status", "process", "theme", "title", "body", "areas", "created_at", "updated_at"];
const SHEET: [&str; 9] =
    ["Numéro", "Nature", "Statut", "Démarche", "Thème", "Titre", "Texte", "WKT", "Créée le"];
/// Between these two stand the levels of areas.
const BEFORE_LEVELS: &str = "Texte";
const AFTER_LEVELS: &str = "Longitude";

/// The mapping of a file of ours; `None` for others'.
pub(super) fn mapping(columns: &[Arc<str>]) -> Option<Mapping> {
    let has = |names: &[&str]| names.iter().all(|name| columns.iter().any(|column| **column == **name));
    let there = |name: &str| columns.iter().any(|column| **column == *name).then(|| name.to_owned());
    if has(&SHEET) {
        return Some(sheet(columns));
    }
    // In GeoJSON the identifier stands beside the properties.
    if !has(&TABLE[1..]) {
        return None;
    }
    Some(Mapping {
        id: there("id"),
        kind: there("kind"),
        title: there("title"),
        body: there("body"),
        theme: there("theme"),
        process: there("process"),
        status: there("status"),
        created: there("created_at"),
        area: there("areas"),
        geometry: there("wkt"),
        lon: there("lon"),
        lat: there("lat"),
        answer: AnswerColumns {
            verdict: there("answer_verdict"),
            text: there("answer_text"),
            motive: there("answer_motive"),
            link: there("answer_link"),
            authority: there("answer_authority"),
            date: there("answer_date"),
            whole: there("answer"),
        },
        ..Mapping::default()
    })
}

fn sheet(columns: &[Arc<str>]) -> Mapping {
    let named = |name: &str| Some(format!("`{name}`"));
    let place = |name: &str| columns.iter().position(|column| **column == *name);
    let levels = place(BEFORE_LEVELS)
        .zip(place(AFTER_LEVELS))
        .map_or(&[][..], |(from, to)| columns.get(from + 1..to).unwrap_or_default());
    // Several areas of a level, and the levels, are one list, as in the table for programs.
    let areas: Vec<String> = levels.iter().map(|level| format!("`{level}`")).collect();
    Mapping {
        id: named("Numéro"),
        kind: named("Nature"),
        title: named("Titre"),
        body: named("Texte"),
        theme: named("Thème"),
        process: named("Démarche"),
        status: named("Statut"),
        created: named("Créée le"),
        area: (!areas.is_empty()).then(|| areas.join("+\" ; \"+")),
        geometry: Some("WKT".to_owned()),
        lon: Some("Longitude".to_owned()),
        lat: Some("Latitude".to_owned()),
        answer: AnswerColumns {
            verdict: named("Réponse"),
            text: named("Réponse : texte"),
            motive: named("Réponse : motif"),
            link: named("Réponse : lien"),
            authority: named("Réponse : signataire"),
            date: named("Réponse : date"),
            whole: None,
        },
        values: super::Values { status: BTreeMap::new(), ..super::Values::default() },
        ..Mapping::default()
    }
}
