//! What a known place is. No SQL.

use crate::base::ids::PlaceId;

/// A house number of a street.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The number itself, from 1.
    pub number: i64,
    /// `bis`, `ter`, `b`…; lower case, or nothing.
    pub suffix: String,
    /// Degrees east, EPSG:4326.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

/// A place to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPlace {
    /// `street`, `park`, `school`…: the authority's word.
    pub kind: String,
    /// Its name, as people write it.
    pub name: String,
    /// The commune, to tell two of one name apart; may be empty.
    pub locality: String,
    /// Degrees east, EPSG:4326.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// Its house numbers, in order, each once.
    pub numbers: Vec<Number>,
}

impl NewPlace {
    /// A digest of all that a second import would write again.
    pub(super) fn fingerprint(&self) -> String {
        format!("{:032x}", xxhash_rust::xxh3::xxh3_128(format!("{self:?}").as_bytes()))
    }
}

/// What writing the places of a source did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// Places that were new.
    pub created: u64,
    /// Places that had changed.
    pub updated: u64,
    /// Places that were as they are.
    pub unchanged: u64,
    /// Places that the source does not name any more.
    pub removed: u64,
}

/// A house number that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct House {
    /// The number.
    pub number: i64,
    /// `bis`, `b`…; empty for none.
    pub suffix: String,
}

impl House {
    /// What else files write for the same: `b` is `bis` to some.
    pub(super) fn other_suffix(&self) -> &str {
        match self.suffix.as_str() {
            "b" => "bis",
            "bis" => "b",
            "t" => "ter",
            "ter" => "t",
            "q" => "quater",
            "quater" => "q",
            same => same,
        }
    }
}

impl std::fmt::Display for House {
    /// `12`, `12 bis`, `12 A`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.suffix.as_str() {
            "" => write!(f, "{}", self.number),
            letter if letter.len() == 1 => write!(f, "{} {}", self.number, letter.to_uppercase()),
            word => write!(f, "{} {word}", self.number),
        }
    }
}

/// A place that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its id.
    pub id: PlaceId,
    /// The authority's word for what it is.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The commune.
    pub locality: String,
    /// The house, where one was asked for and is known; the position is then the house's.
    pub house: Option<House>,
    /// The house that was asked for and is not known: the position is the street's.
    pub unknown: Option<House>,
    /// Degrees east, EPSG:4326.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// How well it answers.
    pub score: super::Score,
}
