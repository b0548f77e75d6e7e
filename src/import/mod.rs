//! Reading other people's files: opendata exports, spreadsheets, GIS layers.
//!
//! What it is: the pure half of `parvis import`. It opens a file whatever its format and its encoding ([`Source`]),
//! turns each row into a [`Record`] whose geometry was checked and brought to WGS84, maps the columns onto what the
//! platform knows ([`Mapping`] gives a [`Draft`]), and tells what a file holds before anything is written ([`Report`]).
//!
//! What it is not: it writes to no database, knows no process and no rule of moderation.
//!
//! Invariant: a row is either given whole or refused with a [`RecordError`] that names the row, the cause and what to
//! do. No row is dropped in silence, no coordinate is invented, and no input makes it panic.

mod cause;
mod cell;
mod check;
mod clean;
mod columns;
mod crs;
pub mod dates;
mod dbf;
mod decode;
mod document;
mod expression;
mod geojson;
mod geopackage;
mod mapping;
mod pump;
mod record;
mod report;
mod scan;
mod shape;
mod shp;
mod source;
mod table;
mod wkt;

pub use cause::Cause;
pub use clean::theme_key;
pub use mapping::{Draft, Mapping, MappingError, Plan, Values};
pub use record::{Place, Properties, Record, RecordError, Repair};
pub use report::{Rejects, Report};
pub use source::{Format, ReadError, ReadOptions, Source, TotalHint};

#[cfg(test)]
mod tests;
