//! Reading other people's files: opendata exports, spreadsheets, GIS layers.
//!
//! What it is: `parvis import`. Its reading half, which is pure, opens a file whatever its format and its encoding ([`Source`]),
//! turns each row into a [`Record`] whose geometry was checked and brought to WGS84, maps the columns onto what the
//! platform knows ([`Mapping`] gives a [`Draft`]), and tells what a file holds before anything is written ([`Report`]).
//!
//! Its writing half (`write`) puts them into the database, in one transaction, through the stores of the square.
//!
//! What it is not: it knows no rule of moderation, and invents no theme or status that the file does not name.
//!
//! Invariant: a row is either given whole or refused with a [`RecordError`] that names the row, the cause and what to
//! do. No row is dropped in silence, no coordinate is invented, and no input makes it panic.

mod archive;
mod cause;
mod cell;
mod check;
mod clean;
mod codepages;
mod columns;
mod crs;
pub mod dates;
mod dbf;
mod decode;
mod document;
mod draft;
mod expression;
mod foreign;
mod geojson;
mod geopackage;
mod mapping;
mod meridian;
mod nest;
mod own;
mod pump;
mod record;
mod report;
mod rows;
mod scan;
mod shape;
mod sheet;
mod shp;
mod source;
mod table;
mod tables;
mod wkt;
pub mod write;

pub use cause::Cause;
pub use clean::theme_key;
pub use draft::{Answered, Draft, Plan};
pub use mapping::{AnswerColumns, Mapping, MappingError, Values};
pub use record::{Place, Properties, Record, RecordError, Repair};
pub use report::{Rejects, Report};
pub use source::{Format, ReadError, ReadOptions, Source, TotalHint};
pub use tables::TABLES;

#[cfg(test)]
mod tests;
