//! Why a row is refused, in plain words.
//!
//! What it is: one enum for every reason, said in French ([`Cause::french`]) and in English (`Display`), each with what
//! to do about it. What it is not: a technical trace; parsers' own words appear only where nothing better is known.
//! Invariant: the same cause always has the same [`Cause::key`], so that a report can count by cause.

use std::fmt;

use super::crs;

/// Why a row is refused.
#[derive(Debug, Clone, PartialEq)]
pub enum Cause {
    /// The text is not JSON.
    Json {
        /// What the parser said.
        detail: String,
    },
    /// Something else than a JSON object stands where one is required.
    NotAnObject {
        /// What was found (`null`, `number`…).
        found: &'static str,
    },
    /// A required member is absent.
    Missing {
        /// Name of the member.
        member: &'static str,
    },
    /// A member is there twice, so that its meaning is open.
    Twice {
        /// Name of the member.
        member: String,
    },
    /// A member has the wrong kind of value.
    WrongKind {
        /// Name of the member.
        member: &'static str,
        /// What is expected.
        expected: &'static str,
        /// What was found.
        found: &'static str,
    },
    /// A `type` that GeoJSON, WKT or WKB does not know here.
    UnknownType {
        /// The type that was read.
        found: String,
    },
    /// The row has more or fewer cells than the header.
    ColumnCount {
        /// Cells of the header.
        expected: usize,
        /// Cells of the row.
        found: usize,
    },
    /// The row is longer than a row may be: most often a quote that is never closed.
    TooLong {
        /// The bound, in bytes.
        limit: u64,
    },
    /// The file ends within quotes.
    Unclosed,
    /// The bytes cannot be read.
    Broken {
        /// What was being read, or what the system said.
        detail: String,
    },
    /// The text stops in the middle of an object, or its brackets do not match.
    Cut,
    /// Coordinates are not nested as the type wants.
    Nesting {
        /// Type of the geometry.
        geometry: &'static str,
    },
    /// A coordinate is not a number.
    NotANumber {
        /// What was read.
        found: String,
    },
    /// Only one of longitude and latitude is there.
    HalfPosition {
        /// The coordinate that is missing.
        missing: &'static str,
    },
    /// Too few positions for a line or a ring.
    TooFew {
        /// What it is.
        geometry: &'static str,
        /// How many it needs.
        needed: usize,
        /// How many it has.
        found: usize,
    },
    /// Longitude and latitude out of range.
    OutOfRange {
        /// Degrees east.
        lon: f64,
        /// Degrees north.
        lat: f64,
    },
    /// Longitude and latitude look swapped: the other way round the position is in French territory.
    Swapped {
        /// What was given as longitude.
        lon: f64,
        /// What was given as latitude.
        lat: f64,
    },
    /// Projected coordinates (metres) where degrees are expected.
    Projected {
        /// Easting.
        x: f64,
        /// Northing.
        y: f64,
        /// EPSG code that these figures suggest.
        guess: Option<u32>,
    },
    /// The position is outside of what the declared projection covers.
    OutsideProjection {
        /// Easting.
        x: f64,
        /// Northing.
        y: f64,
        /// EPSG code of the projection.
        epsg: u32,
    },
    /// A cell that should hold a geometry holds something else.
    GeometryText {
        /// The column.
        column: String,
        /// The beginning of what was read.
        found: String,
    },
    /// A polygon that could not be repaired.
    InvalidPolygon {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A projection that a file declares and that is not computed.
    UnknownProjection {
        /// What the file calls it.
        name: String,
    },
    /// A place that no web map shows: beyond 85.05° north or south.
    OffTheMap {
        /// Degrees east.
        lon: f64,
        /// Degrees north.
        lat: f64,
    },
    /// Points, lines and areas in one collection: a row is one place.
    MixedCollection,
    /// A line all of whose positions are the same.
    NoLength,
    /// An outline that crosses itself so often that it is none.
    Tangled {
        /// Crossings that would be cut.
        most: usize,
    },
    /// More vertices than can be drawn for each reader of the map.
    TooManyVertices {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// A date that cannot be read or does not exist.
    Date {
        /// What was read.
        found: String,
    },
    /// Neither title nor text.
    NoText,
    /// Neither a geometry nor an area that is known.
    NoPlace {
        /// The area that the row names, if it names one.
        area: Option<String>,
    },
    /// A status that is not ours.
    UnknownStatus {
        /// What was read.
        found: String,
        /// What could have been.
        allowed: String,
    },
    /// A kind that is not ours.
    UnknownKind {
        /// What was read.
        found: String,
        /// What could have been.
        allowed: String,
    },
    /// A verdict that is not ours, or that this kind cannot get.
    UnknownVerdict {
        /// What was read.
        found: String,
        /// What could have been.
        allowed: String,
    },
    /// An identifier that an earlier row of the file has.
    Repeated {
        /// The identifier.
        id: String,
    },
    /// A geometry that is no area.
    NotAnArea {
        /// What it is.
        found: &'static str,
    },
    /// A parent that is not among the areas.
    UnknownParent {
        /// What was read.
        found: String,
    },
}

impl Cause {
    /// Stable name of the cause, for counting and for the file of rejects.
    pub fn key(&self) -> &'static str {
        match self {
            Cause::Json { .. } => "json",
            Cause::NotAnObject { .. } => "not-an-object",
            Cause::Missing { .. } => "missing",
            Cause::Twice { .. } => "twice",
            Cause::WrongKind { .. } => "wrong-kind",
            Cause::UnknownType { .. } => "unknown-type",
            Cause::ColumnCount { .. } => "column-count",
            Cause::TooLong { .. } => "too-long",
            Cause::Unclosed => "unclosed",
            Cause::Broken { .. } => "broken",
            Cause::Cut => "cut",
            Cause::Nesting { .. } => "nesting",
            Cause::NotANumber { .. } => "not-a-number",
            Cause::HalfPosition { .. } => "half-position",
            Cause::TooFew { .. } => "too-few",
            Cause::OutOfRange { .. } => "out-of-range",
            Cause::Swapped { .. } => "swapped",
            Cause::Projected { .. } => "projected",
            Cause::OutsideProjection { .. } => "outside-projection",
            Cause::GeometryText { .. } => "geometry-text",
            Cause::InvalidPolygon { .. } => "invalid-polygon",
            Cause::UnknownProjection { .. } => "unknown-projection",
            Cause::OffTheMap { .. } => "off-the-map",
            Cause::MixedCollection => "mixed-collection",
            Cause::NoLength => "no-length",
            Cause::Tangled { .. } => "tangled",
            Cause::TooManyVertices { .. } => "too-many-vertices",
            Cause::Date { .. } => "date",
            Cause::NoText => "no-text",
            Cause::NoPlace { .. } => "no-place",
            Cause::UnknownStatus { .. } => "unknown-status",
            Cause::UnknownKind { .. } => "unknown-kind",
            Cause::UnknownVerdict { .. } => "unknown-verdict",
            Cause::Repeated { .. } => "repeated",
            Cause::NotAnArea { .. } => "not-an-area",
            Cause::UnknownParent { .. } => "unknown-parent",
        }
    }

    /// The cause and what to do, in French.
    pub fn french(&self) -> String {
        match self {
            Cause::Json { detail } => format!("ce n'est pas du JSON valide ({detail}) ; corrigez la syntaxe"),
            Cause::NotAnObject { found } => {
                format!("un objet JSON est attendu, {} trouvé", kind_in_french(found))
            }
            Cause::Missing { member } => {
                format!("le membre « {member} » manque ; ajoutez-le ou refaites l'export")
            }
            Cause::Twice { member } => {
                format!("le membre « {member} » est présent deux fois ; gardez-en un seul")
            }
            Cause::WrongKind { member, expected, found } => {
                let (expected, found) = (kind_in_french(expected), kind_in_french(found));
                format!("« {member} » devrait être {expected}, {found} trouvé")
            }
            Cause::UnknownType { found } => format!(
                "type « {found} » inconnu ; types acceptés : Point, LineString, Polygon, leurs Multi et GeometryCollection"
            ),
            Cause::ColumnCount { expected, found } => format!(
                "{found} cellules au lieu de {expected} ; vérifiez le séparateur et les guillemets de cette ligne"
            ),
            Cause::TooLong { limit } => {
                format!("ligne de plus de {limit} octets ; sans doute un guillemet ouvert et jamais refermé")
            }
            Cause::Unclosed => "un guillemet est ouvert et jamais refermé ; refermez-le, ou doublez-le s'il fait partie du texte".into(),
            Cause::Broken { detail } => {
                format!("lecture impossible ({detail}) ; le fichier est abîmé ou incomplet")
            }
            Cause::Cut => {
                "le fichier s'arrête au milieu de cet objet, ou ses crochets ne se ferment pas ; refaites l'export".into()
            }
            Cause::Nesting { geometry } => {
                format!("coordonnées mal imbriquées pour une géométrie {geometry} ; vérifiez les crochets")
            }
            Cause::NotANumber { found } => format!("coordonnée « {found} » : ce n'est pas un nombre"),
            Cause::HalfPosition { missing } => format!(
                "{} absente ; complétez la position ou videz-la",
                match *missing {
                    "longitude" => "longitude",
                    _ => "latitude",
                }
            ),
            Cause::TooFew { geometry, needed, found } => {
                format!("{} de {found} position(s), il en faut au moins {needed}", kind_in_french(geometry))
            }
            Cause::OutOfRange { lon, lat } => format!(
                "longitude {lon}, latitude {lat} : hors limites (longitude de -180 à 180, latitude de -90 à 90)"
            ),
            Cause::Swapped { lon, lat } => format!(
                "longitude {lon}, latitude {lat} : longitude et latitude semblent inversées ; échangez les deux colonnes \
                 (--map lon=…,lat=…)"
            ),
            Cause::Projected { x, y, guess: Some(epsg) } => {
                format!("x {x}, y {y} : coordonnées projetées en mètres ; relancez avec --crs {epsg}")
            }
            Cause::Projected { x, y, guess: None } => format!(
                "x {x}, y {y} : coordonnées projetées en mètres ; dites laquelle avec --crs (2154 pour le Lambert-93)"
            ),
            Cause::OutsideProjection { x, y, epsg } => {
                format!("x {x}, y {y} : hors du domaine de la projection EPSG:{epsg} ; vérifiez --crs")
            }
            Cause::GeometryText { column, found } => format!(
                "colonne « {column} » : « {found} » n'est ni du WKT, ni du GeoJSON, ni une paire « latitude, longitude »"
            ),
            Cause::InvalidPolygon { reason } => {
                format!("polygone invalide ({}) ; corrigez-le dans un SIG", kind_in_french(reason))
            }
            Cause::UnknownProjection { name } => crs::unknown(name).1,
            Cause::OffTheMap { lon, lat } => format!(
                "longitude {lon}, latitude {lat} : au-delà des bords de la carte (latitude de -85,05 à 85,05) ; ôtez ce point"
            ),
            Cause::MixedCollection => {
                "GeometryCollection qui mêle points, lignes et surfaces ; séparez-les : ogr2ogr -explodecollections sortie.geojson entrée".into()
            }
            Cause::NoLength => "ligne dont toutes les positions sont la même ; corrigez-la, ou donnez un point".into(),
            Cause::Tangled { most } => format!(
                "contour qui se croise plus de {most} fois : ce n'est pas un contour ; corrigez-le dans un SIG"
            ),
            Cause::TooManyVertices { found, most } => format!(
                "{found} sommets, plus que les {most} permis ; simplifiez : ogr2ogr -simplify 0.00001 sortie.geojson entrée"
            ),
            Cause::Date { found } => format!(
                "date « {found} » illisible ou impossible ; formats acceptés : 2024-03-31, 31/03/2024 18:05, ISO 8601"
            ),
            Cause::NoText => {
                "ni titre ni texte ; associez une colonne avec --map title=… ou body=…".to_owned()
            }
            Cause::NoPlace { area: None } => {
                "ni géométrie ni secteur ; associez une colonne avec --map area=… ou geometry=…".to_owned()
            }
            Cause::NoPlace { area: Some(area) } => format!(
                "pas de géométrie, et le secteur « {area} » est inconnu ; importez d'abord les secteurs (parvis import areas)"
            ),
            Cause::UnknownStatus { found, allowed } => format!(
                "statut « {found} » inconnu ; renommez-le dans [values.status] de la correspondance ({allowed})"
            ),
            Cause::UnknownKind { found, allowed } => format!("nature « {found} » inconnue ; écrivez l'une de : {allowed}"),
            Cause::UnknownVerdict { found, allowed } => {
                format!("réponse « {found} » inconnue, ou impossible pour cette nature ; écrivez l'une de : {allowed}")
            }
            Cause::Repeated { id } => format!("l'identifiant « {id} » est déjà celui d'une ligne précédente"),
            Cause::NotAnArea { found } => format!("un secteur est un polygone, {} trouvé", kind_in_french(found)),
            Cause::UnknownParent { found } => {
                format!("secteur parent « {found} » inconnu ; importez-le d'abord, ou corrigez --parent-field")
            }
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::Json { detail } => write!(f, "not valid JSON ({detail}); correct the syntax"),
            Cause::NotAnObject { found } => write!(f, "a JSON object is expected, {found} found"),
            Cause::Missing { member } => write!(f, "member \"{member}\" is missing; add it or export again"),
            Cause::Twice { member } => write!(f, "member \"{member}\" is there twice; keep one"),
            Cause::WrongKind { member, expected, found } => {
                write!(f, "\"{member}\" should be {expected}, {found} found")
            }
            Cause::UnknownType { found } => write!(
                f,
                "unknown type \"{found}\"; accepted: Point, LineString, Polygon, their Multi forms, GeometryCollection"
            ),
            Cause::ColumnCount { expected, found } => {
                write!(
                    f,
                    "{found} cells instead of {expected}; check the delimiter and the quotes of this row"
                )
            }
            Cause::TooLong { limit } => {
                write!(f, "row of more than {limit} bytes; probably a quote opened and never closed")
            }
            Cause::Unclosed => {
                write!(
                    f,
                    "a quote is opened and never closed; close it, or double it where it is part of the text"
                )
            }
            Cause::Broken { detail } => {
                write!(f, "cannot be read ({detail}); the file is damaged or incomplete")
            }
            Cause::Cut => {
                write!(
                    f,
                    "the file stops in the middle of this object, or its brackets do not match; export it again"
                )
            }
            Cause::Nesting { geometry } => {
                write!(f, "coordinates badly nested for a {geometry}; check the brackets")
            }
            Cause::NotANumber { found } => write!(f, "coordinate \"{found}\" is not a number"),
            Cause::HalfPosition { missing } => {
                write!(f, "{missing} is missing; complete the position or empty it")
            }
            Cause::TooFew { geometry, needed, found } => {
                write!(f, "{geometry} of {found} position(s), at least {needed} needed")
            }
            Cause::OutOfRange { lon, lat } => write!(
                f,
                "longitude {lon}, latitude {lat}: out of range (longitude -180 to 180, latitude -90 to 90)"
            ),
            Cause::Swapped { lon, lat } => write!(
                f,
                "longitude {lon}, latitude {lat}: longitude and latitude look swapped; exchange the two columns \
                 (--map lon=…,lat=…)"
            ),
            Cause::Projected { x, y, guess: Some(epsg) } => {
                write!(f, "x {x}, y {y}: projected coordinates in metres; run again with --crs {epsg}")
            }
            Cause::Projected { x, y, guess: None } => {
                write!(
                    f,
                    "x {x}, y {y}: projected coordinates in metres; say which with --crs (2154 is Lambert-93)"
                )
            }
            Cause::OutsideProjection { x, y, epsg } => {
                write!(f, "x {x}, y {y}: outside of what EPSG:{epsg} covers; check --crs")
            }
            Cause::GeometryText { column, found } => write!(
                f,
                "column \"{column}\": \"{found}\" is neither WKT, GeoJSON nor a \"latitude, longitude\" pair"
            ),
            Cause::InvalidPolygon { reason } => write!(f, "invalid polygon ({reason}); correct it in a GIS"),
            Cause::UnknownProjection { name } => f.write_str(&crs::unknown(name).0),
            Cause::OffTheMap { lon, lat } => write!(
                f,
                "longitude {lon}, latitude {lat}: beyond the edges of the map (latitude -85.05 to 85.05); take the point out"
            ),
            Cause::MixedCollection => write!(
                f,
                "a GeometryCollection of points, lines and areas; separate them: ogr2ogr -explodecollections output.geojson input"
            ),
            Cause::NoLength => {
                write!(f, "a line whose positions are all the same; correct it, or give a point")
            }
            Cause::Tangled { most } => {
                write!(
                    f,
                    "an outline that crosses itself more than {most} times is none; correct it in a GIS"
                )
            }
            Cause::TooManyVertices { found, most } => write!(
                f,
                "{found} vertices, more than the {most} allowed; simplify: ogr2ogr -simplify 0.00001 output.geojson input"
            ),
            Cause::Date { found } => write!(
                f,
                "date \"{found}\" cannot be read or does not exist; accepted: 2024-03-31, 31/03/2024 18:05, ISO 8601"
            ),
            Cause::NoText => write!(f, "neither title nor text; map a column with --map title=… or body=…"),
            Cause::NoPlace { area: None } => {
                f.write_str("neither geometry nor area; map a column with --map area=… or geometry=…")
            }
            Cause::NoPlace { area: Some(area) } => write!(
                f,
                "no geometry, and the area \"{area}\" is not known; import the areas first (parvis import areas)"
            ),
            Cause::UnknownStatus { found, allowed } => {
                write!(
                    f,
                    "status \"{found}\" is not known; rename it in [values.status] of the mapping ({allowed})"
                )
            }
            Cause::UnknownKind { found, allowed } => {
                write!(f, "kind \"{found}\" is not known; write one of: {allowed}")
            }
            Cause::UnknownVerdict { found, allowed } => {
                write!(
                    f,
                    "answer \"{found}\" is not known, or impossible for this kind; write one of: {allowed}"
                )
            }
            Cause::Repeated { id } => write!(f, "an earlier row has the identifier \"{id}\""),
            Cause::NotAnArea { found } => write!(f, "an area is a polygon, {found} found"),
            Cause::UnknownParent { found } => {
                write!(f, "parent area \"{found}\" is not known; import it first, or correct --parent-field")
            }
        }
    }
}

impl std::error::Error for Cause {}

/// The French noun for a kind of JSON value or of geometry.
fn kind_in_french(kind: &str) -> &str {
    match kind {
        "an object" => "un objet",
        "an array" => "un tableau",
        "a string" => "un texte",
        "a number" => "un nombre",
        "a boolean" => "un booléen",
        "null" => "null",
        "a string or a number" => "un texte ou un nombre",
        "no surface" => "surface nulle",
        "crosses itself" => "il se croise",
        "line" => "ligne",
        "ring" => "contour",
        other => other,
    }
}
