//! What somebody chose for a file of outlines: their level, the columns of names and codes, what they are part of. What it is not: the
//! areas that come of it (`plan`).

use super::reading::{How, Reading};
use crate::base::i18n::Message;
use crate::base::ids::AreaId;
use crate::base::text::{fold, line};
use crate::core::territory::Territory;
use serde::Deserialize;
use std::collections::HashSet;

/// The longest word for a level and the longest name, in characters.
pub(super) const LEVEL_MOST: usize = 40;
pub(super) const NAME_MOST: usize = 120;

/// The choice of no column of codes: the names make them.
pub(super) const NO_CODE: &str = "-";

/// How the headers of names and codes are called, the surest first, as they are compared.
const NAMES: [&str; 14] = [
    "nom",
    "name",
    "nom officiel",
    "nom complet",
    "nom com",
    "nom commune",
    "commune",
    "nom quartier",
    "quartier",
    "libelle",
    "label",
    "intitule",
    "lib",
    "titre",
];
const CODES: [&str; 15] = [
    "code insee",
    "insee",
    "insee com",
    "code commune",
    "com code",
    "codgeo",
    "code officiel",
    "code",
    "code quartier",
    "num quartier",
    "numero",
    "num",
    "ref",
    "identifiant",
    "id",
];

/// The form as it was sent, or the address of the page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Choice {
    pub(super) level: String,
    /// The column of the name; empty: guessed.
    pub(super) name: String,
    /// The column of the code; empty: guessed; [`NO_CODE`]: none.
    pub(super) code: String,
    /// What they are part of: an area's number, `level:` and a level, found by their place, or nothing.
    pub(super) parent: String,
    /// The EPSG code of the coordinates; empty: as the file says.
    pub(super) crs: String,
    /// The layer, or the file in an archive; empty: the one that there is.
    pub(super) layer: String,
    /// Whether rows that are refused are left out.
    pub(super) partial: String,
    /// What is to be done.
    pub(super) act: String,
}

/// What areas are part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Parent {
    None,
    One(AreaId),
    /// The area of this level in which each lies.
    ByPlace(String),
}

impl Choice {
    /// How the file is read.
    pub(super) fn how(&self) -> How {
        let layer = line(&self.layer, 200);
        How { crs: self.crs.trim().parse().ok(), layer: (!layer.is_empty()).then_some(layer) }
    }

    /// The same with what was not chosen guessed from the file.
    pub(super) fn guessed(&self, reading: &Reading) -> Choice {
        let mut choice = self.clone();
        if reading.column(&self.name).is_none() {
            choice.name = guess(reading, &NAMES).or_else(|| first_words(reading)).unwrap_or_default();
        }
        if self.code != NO_CODE && reading.column(&self.code).is_none() {
            choice.code = guess(reading, &CODES)
                .filter(|column| is_telling(reading, column))
                .unwrap_or_else(|| NO_CODE.to_owned());
        }
        choice
    }

    /// The level as it is kept: levels are words of the map's style, in lower case.
    ///
    /// # Errors
    /// Where it is none.
    pub(super) fn level(&self) -> Result<String, Message> {
        level(&self.level)
    }

    /// What the areas are part of.
    ///
    /// # Errors
    /// Where there is no such area or level.
    pub(super) fn parent(&self, territory: &Territory) -> Result<Parent, Message> {
        parent(&self.parent, territory)
    }

    /// The page's address with this choice.
    pub(super) fn query(&self) -> String {
        let fields = [
            ("level", &self.level),
            ("name", &self.name),
            ("code", &self.code),
            ("parent", &self.parent),
            ("crs", &self.crs),
            ("layer", &self.layer),
        ];
        let said = fields.iter().filter(|(_, value)| !value.is_empty());
        form_urlencoded::Serializer::new(String::new()).extend_pairs(said).finish()
    }
}

/// A level as it is kept.
///
/// # Errors
/// Where it is none.
pub(super) fn level(said: &str) -> Result<String, Message> {
    let level = line(said, usize::MAX).to_lowercase();
    let is_word = level.chars().any(char::is_alphabetic) && level.chars().count() <= LEVEL_MOST;
    if is_word { Ok(level) } else { Err(Message::new("areas-level-wrong").with("most", LEVEL_MOST)) }
}

/// What a form says an area is part of.
///
/// # Errors
/// Where there is no such area or level.
pub(super) fn parent(said: &str, territory: &Territory) -> Result<Parent, Message> {
    let unknown = || Message::new("areas-parent-unknown");
    match (said.trim(), said.trim().strip_prefix("level:")) {
        ("", _) => Ok(Parent::None),
        (_, Some(level)) if territory.areas().iter().any(|area| area.level == level) => {
            Ok(Parent::ByPlace(level.to_owned()))
        }
        (_, Some(_)) => Err(unknown()),
        (id, None) => {
            let id = AreaId::of_text(id).filter(|id| territory.get(*id).is_some());
            id.map(Parent::One).ok_or_else(unknown)
        }
    }
}

/// The first column whose header is one of these words, or else has one of them among its own.
fn guess(reading: &Reading, words: &[&str]) -> Option<String> {
    let plain = |column: &str| fold(column).replace(['_', '-', '.'], " ");
    let columns: Vec<(String, &str)> =
        reading.columns.iter().map(|column| (plain(column), &**column)).collect();
    let is_one = |word: &&str| columns.iter().find(|(plain, _)| plain == *word);
    let has_one = |word: &&str| columns.iter().find(|(plain, _)| plain.split(' ').any(|part| part == *word));
    let found = words.iter().find_map(is_one).or_else(|| words.iter().find_map(has_one));
    found.map(|(_, column)| (*column).to_owned())
}

/// The first column that holds words in every row.
fn first_words(reading: &Reading) -> Option<String> {
    let is_words =
        |at: &usize| reading.rows.iter().all(|row| row.cells[*at].chars().any(char::is_alphabetic));
    (0..reading.columns.len()).find(is_words).map(|at| reading.columns[at].to_string())
}

/// Whether a column tells the rows apart.
fn is_telling(reading: &Reading, column: &str) -> bool {
    let Some(at) = reading.column(column) else { return false };
    let mut seen = HashSet::new();
    reading.rows.iter().all(|row| !row.cells[at].is_empty() && seen.insert(row.cells[at].as_str()))
}
