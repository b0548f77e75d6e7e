//! One row of a file, or the reason why it is refused.
//!
//! What it is: the values that travel between the readers, the mapping and the report.
//! What it is not: it does not know which format a row came from, only where it stood.
//! Invariant: the geometry of a [`Record`] is valid, two-dimensional, finite, in WGS84 longitude and latitude.

use std::{fmt, sync::Arc};

use geo::Geometry;
use serde_json::Value;

use super::Cause;

/// The named values of a row, in the order of the file. Cells of a CSV are strings; an empty cell is an empty string.
pub type Properties = Vec<(Arc<str>, Value)>;

/// Where a row stands in its file, so that a person can find it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Locator {
    /// A row of a table: its number (the header is not counted) and the line of the file on which it starts.
    Row {
        /// 1-based number of the row, header not counted.
        number: u64,
        /// 1-based line of the text file; 0 when the format has no lines.
        line: u64,
    },
    /// A feature of a geographic file, with its own identifier when it has one.
    Feature {
        /// 1-based number of the feature.
        number: u64,
        /// The feature's own identifier.
        id: Option<String>,
    },
}

impl Locator {
    /// The 1-based number of the row or feature.
    pub fn number(&self) -> u64 {
        match self {
            Locator::Row { number, .. } | Locator::Feature { number, .. } => *number,
        }
    }

    /// The place in French: `ligne 12 du tableau (ligne 14 du fichier)`, `objet 3 (id abc)`.
    pub fn french(&self) -> String {
        match self {
            Locator::Row { number, line: 0 } => format!("ligne {number}"),
            Locator::Row { number, line } => format!("ligne {number} du tableau (ligne {line} du fichier)"),
            Locator::Feature { number, id: None } => format!("objet {number}"),
            Locator::Feature { number, id: Some(id) } => format!("objet {number} (id {id})"),
        }
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Locator::Row { number, line: 0 } => write!(f, "row {number}"),
            Locator::Row { number, line } => write!(f, "row {number} (line {line} of the file)"),
            Locator::Feature { number, id: None } => write!(f, "feature {number}"),
            Locator::Feature { number, id: Some(id) } => write!(f, "feature {number} (id {id})"),
        }
    }
}

/// Something that was put right in a geometry without changing what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Repair {
    /// A ring whose last position was not its first one was closed.
    RingClosed,
    /// A ring was turned so that outer rings run counter-clockwise (RFC 7946 §3.1.6). Common, harmless, not reported.
    WindingTurned,
    /// A third (or further) coordinate was dropped: the map is flat.
    Flattened,
    /// A self-crossing polygon was cut into valid parts.
    CrossingCut,
    /// Parts of an area that overlapped or adjoined along an edge were joined.
    PartsJoined,
    /// Parts without any extent, or points said twice, were left out.
    PartsDropped,
    /// What lay beyond the northern or southern edge of the map (±85.05°) was cut off.
    EdgeCut,
    /// A line or area across the antimeridian was cut in two (RFC 7946 §3.1.9).
    MeridianCut,
    /// A nested geometry collection was opened, or a collection of one kind replaced by its parts.
    CollectionOpened,
    /// A `type` was written in the wrong case (`point`, `featurecollection`).
    TypeCase,
    /// Members that the format forbids at this place were ignored (RFC 7946 §7.1).
    ForeignMember,
    /// A point at 0, 0 or at a pole was taken for what it is, an export of "no position": the row has no geometry.
    NoPlace,
    /// Cells left out at the end of a row were read as empty.
    CellsMissing,
    /// A line without anything in it was passed over.
    BlankLine,
    /// A title above the table or a note below it was passed over.
    NoteLeft,
    /// A bounding box was malformed; bounding boxes are never used.
    BadBbox,
}

impl Repair {
    /// What was done, in French.
    pub fn french(self) -> &'static str {
        match self {
            Repair::RingClosed => "contour refermé",
            Repair::WindingTurned => "sens du contour rétabli",
            Repair::Flattened => "altitude ignorée",
            Repair::CrossingCut => "contour qui se croisait ou se touchait, découpé",
            Repair::PartsJoined => "parties qui se recouvraient ou se touchaient, réunies",
            Repair::PartsDropped => "parties sans étendue ou points répétés, ôtés",
            Repair::EdgeCut => "partie au-delà des bords de la carte (±85,05°), ôtée",
            Repair::MeridianCut => "géométrie à cheval sur l'antiméridien, coupée en deux",
            Repair::CollectionOpened => "collection de géométries simplifiée",
            Repair::TypeCase => "casse du type corrigée",
            Repair::ForeignMember => "membres étrangers ignorés",
            Repair::NoPlace => "position nulle (0, 0 ou pôle) lue comme absente",
            Repair::CellsMissing => "cellules absentes en fin de ligne, lues vides",
            Repair::BlankLine => "lignes vides passées",
            Repair::NoteLeft => "titres ou notes hors du tableau, passés",
            Repair::BadBbox => "emprise (bbox) mal formée ignorée",
        }
    }
}

/// One row of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Where the row stands.
    pub place: Locator,
    /// Identifier that the format itself carries (GeoJSON `id`, GeoPackage `fid`); a mapped column comes before it.
    pub id: Option<String>,
    /// The named values.
    pub properties: Properties,
    /// The checked geometry in WGS84 longitude and latitude (degrees); `None` when the row has none.
    pub geometry: Option<Geometry<f64>>,
    /// What was put right in the geometry.
    pub repairs: Vec<Repair>,
}

impl Record {
    /// The 1-based number of the row or feature.
    pub fn number(&self) -> u64 {
        self.place.number()
    }

    /// The value under `name`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.properties.iter().find(|(key, _)| &**key == name).map(|(_, value)| value)
    }
}

/// A row that is refused: where, why, and what it held, so that it can be written to the file of rejects.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordError {
    /// Where the row stands.
    pub place: Locator,
    /// Why it is refused.
    pub cause: Cause,
    /// What the row held, as far as it could be read.
    pub properties: Properties,
}

impl RecordError {
    /// The 1-based number of the row or feature.
    pub fn number(&self) -> u64 {
        self.place.number()
    }

    /// Place and cause in French.
    pub fn french(&self) -> String {
        format!("{} : {}", self.place.french(), self.cause.french())
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.cause)
    }
}

impl std::error::Error for RecordError {}
