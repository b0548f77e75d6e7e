//! Themes, processes and the rows that modules file contributions under, with the words that tiles say for their codes. Small: read and
//! made at once.

use super::values::{self, FacetValues, Value};
use crate::base::db::{Db, Sql as _};
use crate::base::error::Result;
use crate::base::i18n::Lang;
use crate::core::atlas::facet::{Facet, Values};
use crate::core::atlas::filter::NONE_WORD;
use crate::core::atlas::item::column;
use crate::core::features::vocabulary::{self, Process, Theme};
use crate::modules::facets;
use parvis_tiles::{ColumnLabels, Labels, TileOptions, Within};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// See the file's head.
pub(in crate::core::atlas) struct Vocabulary {
    pub(super) themes: Vec<Theme>,
    pub(super) processes: Vec<Process>,
    /// By the names of facets; of areas nothing.
    pub(super) values: HashMap<&'static str, FacetValues>,
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
        let mut read = Vocabulary {
            themes,
            processes,
            values: HashMap::new(),
            labels: Labels::default(),
            options: TileOptions::default(),
        };
        for facet in facets() {
            let rows = match facet.values {
                Values::Rows(sql) => rows(db, sql).await?,
                _ => Vec::new(),
            };
            read.values.insert(facet.name, values::of(facet, &read, rows));
        }
        read.labels = read.labels();
        read.options = TileOptions::for_labels(&read.labels);
        Ok(read)
    }

    /// Whether everybody may know a theme: not a draft's own.
    pub(super) fn is_shown(&self, theme: &Theme) -> bool {
        self.owner(theme).is_none_or(|process| !process.is_draft())
    }

    /// The process whose own a theme is.
    pub(super) fn owner(&self, theme: &Theme) -> Option<&Process> {
        self.processes.iter().find(|process| Some(process.id) == theme.process_id)
    }

    /// A theme's name in a language; with its process where another is called the same.
    pub(super) fn theme_name(&self, theme: &Theme, lang: Lang) -> String {
        let is_other = |other: &&Theme| other.id != theme.id && other.name(lang) == theme.name(lang);
        let is_doubled = self.themes.iter().filter(is_other).any(|other| self.is_shown(other));
        match self.owner(theme).filter(|_| is_doubled) {
            Some(process) => format!("{} ({})", theme.name(lang), process.name(lang)),
            None => theme.name(lang).to_owned(),
        }
    }

    /// What tiles say: a general facet fills a column, a module's one within its kind.
    fn labels(&self) -> Labels {
        let mut labels = Labels::default();
        for facet in facets() {
            let (column, named) = (facet.slot.column(), self.named(facet));
            match facet.kind {
                None => labels.columns[column] = named,
                Some(kind) if named.drawn => {
                    labels.within.push(Within { column, of: (column::KIND, kind.code()), labels: named });
                }
                Some(_) => {}
            }
        }
        labels
    }

    fn named(&self, facet: &Facet) -> ColumnLabels {
        let all = self.values.get(facet.name).map_or(&[][..], FacetValues::all);
        let values: HashMap<u32, Arc<str>> =
            all.iter().map(|value| (value.code, Arc::clone(&value.word))).collect();
        ColumnLabels {
            name: facet.name.into(),
            drawn: facet.is_drawn && !values.is_empty(),
            // Clusters show of which themes they are made.
            breakdown: matches!(facet.values, Values::Themes),
            values,
        }
    }
}

/// The rows of a module's vocabulary. One whose word means something else, or another row, or has no number in the index, is left out.
async fn rows(db: &Db, sql: &'static str) -> Result<Vec<Value>> {
    type Row = (i64, String, String, Option<String>, Option<String>);
    let rows: Vec<Row> = db.all(sql, ()).await?;
    let mut seen = HashSet::new();
    let mut is_sound = |(id, slug, ..): &Row| {
        let is_word = !slug.is_empty() && slug != NONE_WORD && !slug.contains(',');
        let is_sound = *id > 0 && u32::try_from(*id).is_ok() && is_word && seen.insert(slug.clone());
        if !is_sound {
            tracing::error!(id, "a row of a vocabulary cannot be filtered by, and is left out");
        }
        is_sound
    };
    let value = |(id, slug, label, color, icon): Row| {
        let symbol = color.map(|color| (color, icon.unwrap_or_else(|| "dot".to_owned())));
        Value::of_row(id, &slug, label, symbol, true)
    };
    Ok(rows.into_iter().filter(|row| is_sound(row)).map(value).collect())
}
