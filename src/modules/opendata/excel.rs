//! The tables for people: what a French spreadsheet opens with a double click.
//!
//! What it is: semicolons, French headers and words, hours of Paris with their offset, a column for each level of areas,
//! the number in the register. What it is not: the tables for programs (`table.rs`), whose columns never change.
//! Invariant: what `parvis import` reads of it is what the table for programs says.

use super::store::Argued;
use super::table::{Coordinates, protected};
use crate::base::clock::Timestamp;
use crate::base::error::Result;
use crate::base::i18n::Lang;
use crate::civic::contributions::columns::{self, Cell, Page, Side};
use crate::core::atlas::World;
use crate::core::features::{Card, Voice};
use std::borrow::Cow;

/// Columns before those of the areas, and after; those of modules stand behind.
const BEFORE: [&str; 8] =
    ["Numéro", "Numéro au registre", "Nature", "Statut", "Démarche", "Thème", "Titre", "Texte"];
const AFTER: [&str; 10] = [
    "Longitude",
    "Latitude",
    "WKT",
    "Score",
    "Voix pour",
    "Voix contre",
    "Arguments pour",
    "Arguments contre",
    "Créée le",
    "Modifiée le",
];

/// The columns of the table of arguments.
pub(super) const ARGUMENTS: [&str; 5] = ["Numéro", "Contribution", "Position", "Argument", "Écrit le"];

/// The levels of areas, the larger first.
pub(super) fn levels(world: &World) -> Vec<&str> {
    let mut levels: Vec<(usize, &str)> = Vec::new();
    for area in world.territory().areas() {
        let depth = world.territory().with_parents([area.id]).len();
        match levels.iter_mut().find(|(_, level)| *level == area.level) {
            Some((deepest, _)) => *deepest = (*deepest).max(depth),
            None => levels.push((depth, area.level.as_str())),
        }
    }
    levels.sort_by_key(|(deepest, _)| *deepest);
    levels.into_iter().map(|(_, level)| level).collect()
}

pub(super) fn header(levels: &[&str]) -> Vec<Cow<'static, str>> {
    let capital = |level: &&str| {
        let mut letters = level.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        Cow::Owned(format!("{first}{}", letters.as_str()))
    };
    let (before, after) = (BEFORE.map(Cow::Borrowed), AFTER.map(Cow::Borrowed));
    before.into_iter().chain(levels.iter().map(capital)).chain(after).chain(of_modules()).collect()
}

/// The columns of modules: names that people type into formulas, so with spaces as a keyboard has them.
fn of_modules() -> impl Iterator<Item = Cow<'static, str>> {
    let heads = SIDES.into_iter().flat_map(columns::heads);
    heads.map(|head| Cow::Owned(Lang::Fr.text(&head.key).replace(['\u{a0}', '\u{202f}'], " ")))
}

const SIDES: [Side; 2] = [Side::Before, Side::Behind];

fn cell(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) | Cell::Link(text) => protected(text),
        Cell::Word(_, key) => Cow::Owned(Lang::Fr.text(key)),
        Cell::Value(value) => Cow::Owned(protected(&value.name(Lang::Fr)).into_owned()),
        Cell::Number(number) => Cow::Owned(number.to_string()),
        Cell::At(at) => Cow::Owned(moment(*at)),
    }
}

/// `12/03/2026 18:05:09 +01:00`
fn moment(at: Timestamp) -> String {
    at.with_timezone(&crate::base::clock::zone()).format("%d/%m/%Y %H:%M:%S %:z").to_string()
}

pub(super) fn row<'a>(
    card: &'a Card,
    page: &'a Page,
    number: Option<i64>,
    world: &'a World,
    levels: &[&str],
) -> Result<Vec<Cow<'a, str>>> {
    let fr = |key: &str| Cow::Owned(Lang::Fr.text(key));
    let place = Coordinates::of(card)?;
    let degrees = |value: Option<f64>| {
        Cow::Owned(value.map(|v| format!("{v:.7}").replace('.', ",")).unwrap_or_default())
    };
    let process = card.process.as_deref().map(|slug| {
        let known = world.processes().iter().find(|process| process.slug == slug);
        known.map_or(slug, |process| process.title.as_str())
    });
    let mut row = vec![
        Cow::Owned(card.id.to_string()),
        Cow::Owned(number.map(|number| number.to_string()).unwrap_or_default()),
        fr(&format!("kind-one-{}", card.kind.word())),
        fr(&card.status.key()),
        protected(process.unwrap_or_default()),
        protected(card.theme_label.as_deref().unwrap_or_default()),
        protected(&card.title),
        protected(&card.body),
    ];
    for level in levels {
        let names = card.area_slugs().into_iter().filter_map(|slug| world.territory().of_slug(slug));
        let names: Vec<&str> =
            names.filter(|area| area.level == *level).map(|area| area.name.as_str()).collect();
        row.push(Cow::Owned(protected(&names.join(" ; ")).into_owned()));
    }
    row.extend([
        degrees(place.lon_lat.map(|(lon, _)| lon)),
        degrees(place.lon_lat.map(|(_, lat)| lat)),
        Cow::Owned(place.wkt),
        Cow::Owned(card.score().to_string()),
        Cow::Owned(card.votes_for.to_string()),
        Cow::Owned(card.votes_against.to_string()),
        Cow::Owned(card.arguments_for.to_string()),
        Cow::Owned(card.arguments_against.to_string()),
        Cow::Owned(moment(card.created_at)),
        Cow::Owned(moment(card.updated_at)),
    ]);
    row.extend(SIDES.into_iter().flat_map(|side| page.cells(side, card.id)).map(cell));
    Ok(row)
}

pub(super) fn argument(argued: &Argued) -> Vec<Cow<'_, str>> {
    vec![
        Cow::Owned(argued.id.to_string()),
        Cow::Owned(argued.feature_id.to_string()),
        Cow::Borrowed(if argued.side == Voice::For { "Pour" } else { "Contre" }),
        protected(&argued.body),
        Cow::Owned(moment(argued.created_at)),
    ]
}
