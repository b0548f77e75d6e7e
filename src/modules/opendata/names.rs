//! What a contribution's process and theme are called in English, where somebody said it, as columns of files and of the API.
//!
//! What it is not: their words (`process`, `theme`), nor their French names, which are those of the table for people.

use super::store;
use crate::base::db::{Answer, Db};
use crate::base::i18n::Lang;
use crate::civic::contributions::columns::{Cell, Cells, Columns};
use crate::core::features::vocabulary;
use std::collections::HashMap;

/// The columns.
pub(super) const ENGLISH: Columns =
    Columns { order: 60, object: None, names: &["process_en", "theme_en"], read };

fn read<'a>(db: &'a Db, ids: &'a [i64]) -> Answer<'a, Cells> {
    Box::pin(async move {
        let processes: HashMap<_, _> =
            vocabulary::processes(db).await?.into_iter().map(|p| (p.id, p)).collect();
        let themes: HashMap<_, _> = vocabulary::themes(db).await?.into_iter().map(|t| (t.id, t)).collect();
        let cell = |name: Option<&str>| name.map_or(Cell::Empty, |name| Cell::Text(name.to_owned()));
        let filed = store::filed(db, ids).await?.into_iter();
        let cells = filed.filter_map(|(id, process, theme)| {
            let process = process.and_then(|id| processes.get(&id)?.names.of(Lang::En));
            let theme = theme.and_then(|id| themes.get(&id)?.names.of(Lang::En));
            (process.is_some() || theme.is_some()).then(|| (id, vec![cell(process), cell(theme)]))
        });
        Ok(cells.collect())
    })
}
