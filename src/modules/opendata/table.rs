//! The tables for programs: commas, words of the API, instants in UTC. Columns are added at the end, never changed.

use super::store::Argued;
use crate::base::error::{Error, Result};
pub(super) use crate::base::text::protected;
use crate::civic::contributions::columns::{self, Cell, Page, Side};
use crate::core::features::{Card, geometry};
use std::borrow::Cow;
use wkt::ToWkt;

/// What every contribution has, before the columns that modules put between.
const FIRST: [&str; 16] = [
    "id",
    "kind",
    "status",
    "process",
    "theme",
    "title",
    "body",
    "areas",
    "lon",
    "lat",
    "wkt",
    "score",
    "votes_for",
    "votes_against",
    "created_at",
    "updated_at",
];

/// What every contribution has, behind these.
const LAST: [&str; 3] = [
    // People in between, people in all, and since when only a shell is left.
    "votes_neutral",
    "voters",
    "withdrawn_at",
];

/// The header.
pub(super) fn header() -> Vec<Cow<'static, str>> {
    let of_modules = |side| columns::heads(side).into_iter().map(|head| head.name);
    let first = FIRST.into_iter().chain(of_modules(Side::Before));
    first.chain(LAST).chain(of_modules(Side::Behind)).map(Cow::Borrowed).collect()
}

fn cell(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) | Cell::Link(text) => protected(text),
        Cell::Word(word, _) => Cow::Borrowed(word),
        Cell::Value(value) => protected(&value.word),
        Cell::Number(number) => Cow::Owned(number.to_string()),
        Cell::At(at) => Cow::Owned(at.to_rfc3339()),
    }
}

/// The columns of the table of arguments.
pub(super) const ARGUMENTS: [&str; 5] = ["id", "feature_id", "side", "body", "created_at"];

/// Where a feature is, as tables say it: a position for whoever wants a pin, and the whole geometry.
pub(super) struct Coordinates {
    pub(super) lon_lat: Option<(f64, f64)>,
    pub(super) wkt: String,
}

impl Coordinates {
    pub(super) fn of(card: &Card) -> Result<Coordinates> {
        let place = card.wkb.as_deref().map(geometry::published).transpose()?;
        Ok(Coordinates {
            lon_lat: place.as_ref().and_then(parvis_tiles::geometry::representative_point),
            wkt: place.map(|place| place.wkt_string()).unwrap_or_default(),
        })
    }
}

pub(super) fn row<'a>(card: &'a Card, page: &'a Page) -> Result<Vec<Cow<'a, str>>> {
    let place = Coordinates::of(card)?;
    let degrees = |value: Option<f64>| Cow::Owned(value.map(|v| format!("{v:.7}")).unwrap_or_default());
    let mut row = vec![
        Cow::Owned(card.id.to_string()),
        Cow::Borrowed(card.kind.word()),
        Cow::Borrowed(card.status.word()),
        protected(card.process.as_deref().unwrap_or_default()),
        protected(card.theme.as_deref().unwrap_or_default()),
        protected(&card.title),
        protected(&card.body),
        protected(card.areas.as_deref().unwrap_or_default()),
        degrees(place.lon_lat.map(|(lon, _)| lon)),
        degrees(place.lon_lat.map(|(_, lat)| lat)),
        Cow::Owned(place.wkt),
        Cow::Owned(card.score().to_string()),
        Cow::Owned(card.votes_for.to_string()),
        Cow::Owned(card.votes_against.to_string()),
        Cow::Owned(card.created_at.to_rfc3339()),
        Cow::Owned(card.updated_at.to_rfc3339()),
    ];
    row.extend(page.cells(Side::Before, card.id).into_iter().map(cell));
    row.extend([
        Cow::Owned(card.votes_neutral.to_string()),
        Cow::Owned(card.voters().to_string()),
        Cow::Owned(card.withdrawn_at.map(|at| at.to_rfc3339()).unwrap_or_default()),
    ]);
    row.extend(page.cells(Side::Behind, card.id).into_iter().map(cell));
    Ok(row)
}

pub(super) fn argument(argued: &Argued) -> Vec<Cow<'_, str>> {
    vec![
        Cow::Owned(argued.id.to_string()),
        Cow::Owned(argued.feature_id.to_string()),
        Cow::Borrowed(argued.side.word()),
        protected(&argued.body),
        Cow::Owned(argued.created_at.to_rfc3339()),
    ]
}

pub(super) fn csv_rows<'a>(
    rows: impl IntoIterator<Item = Vec<Cow<'a, str>>>,
    delimiter: u8,
) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(row.iter().map(|cell| cell.as_bytes()))
            .map_err(|e| Error::Internal(format!("csv: {e}")))?;
    }
    writer.into_inner().map_err(|e| Error::Internal(format!("csv: {e}")))
}
