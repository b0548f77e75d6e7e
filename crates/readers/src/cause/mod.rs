//! Why a row is refused, in plain words.
//!
//! What it is: one enum for every reason, said in French ([`Cause::french`]) and in English (`Display`), each with what
//! to do about it. What it is not: a technical trace; parsers' own words appear only where nothing better is known.
//! Invariant: the same cause always has the same [`Cause::key`], so that a report can count by cause.

mod english;
mod french;

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
}

impl std::error::Error for Cause {}
