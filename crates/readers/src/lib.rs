//! Reading other people's files: opendata exports, spreadsheets, GIS layers.
//!
//! What it is: a file is opened whatever its format and its encoding ([`Source`]), each row becomes a [`Record`] whose geometry was
//! checked and brought to WGS84, its columns are mapped onto what the platform knows ([`Mapping`] gives a [`Draft`]), and what a file
//! holds is told before anything is written ([`Report`]).
//!
//! What it is not: the writing (`server/import` in the server). It knows no database and no rule, and invents no theme or status that the
//! file does not name.
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
pub mod text;
mod wkt;

pub use cause::Cause;
pub use clean::theme_key;
pub use draft::{Answered, Draft, Plan, Reported};
pub use mapping::{AnswerColumns, Mapping, MappingError, ReportColumns, Values};
pub use record::{Locator, Properties, Record, RecordError, Repair};
pub use report::{Rejects, Report};
pub use source::{Format, ReadError, ReadOptions, Source, TotalHint};

#[cfg(test)]
mod tests;
