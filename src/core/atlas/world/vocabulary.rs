//! Themes and processes, and the words that tiles say for their codes. Small: read and made at once.

use crate::base::db::Db;
use crate::base::error::Result;
use crate::core::atlas::item::{code_of, column};
use crate::core::features::vocabulary::{self, Process, Theme};
use crate::core::features::{Kind, Status};
use parvis_tiles::{COLUMNS, ColumnLabels, Labels, TileOptions};
use std::collections::HashMap;
use std::sync::Arc;

/// See the file's head.
pub(in crate::core::atlas) struct Vocabulary {
    pub(super) themes: Vec<Theme>,
    pub(super) processes: Vec<Process>,
    pub(in crate::core::atlas) labels: Labels,
    pub(in crate::core::atlas) options: TileOptions,
}

impl Vocabulary {
    /// Reads it.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub(super) async fn load(db: &Db) -> Result<Vocabulary> {
        let (themes, processes) = vocabulary::all(db).await?;
        let labels = labels(&themes, &processes);
        Ok(Vocabulary { themes, processes, options: TileOptions::for_labels(&labels), labels })
    }
}

fn labels(themes: &[Theme], processes: &[Process]) -> Labels {
    let column = |name: &str, breakdown: bool, values: HashMap<u32, Arc<str>>| ColumnLabels {
        name: name.into(),
        drawn: !values.is_empty(),
        breakdown,
        values,
    };
    let mut columns: [ColumnLabels; COLUMNS] = std::array::from_fn(|_| ColumnLabels::default());
    columns[column::KIND] =
        column("kind", false, Kind::all().iter().map(|k| (k.code(), k.word().into())).collect());
    columns[column::STATUS] =
        column("status", false, Status::all().iter().map(|s| (s.code(), s.word().into())).collect());
    columns[column::THEME] =
        column("theme", true, themes.iter().map(|t| (code_of(t.id.0), t.slug.as_str().into())).collect());
    columns[column::PROCESS] = column(
        "process",
        false,
        processes.iter().map(|p| (code_of(p.id.0), p.slug.as_str().into())).collect(),
    );
    // Sets of areas have no name of their own: they are filtered by, not shown.
    columns[column::AREAS].name = "areas".into();
    Labels { columns }
}
