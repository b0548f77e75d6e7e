//! What files say of a contribution so that figures can be counted again: how it came, and when it was answered first.

use super::store::{self, Countable};
use crate::base::db::{Answer, Db};
use crate::civic::contributions::columns::{Cell, Cells, Columns};

/// The columns, behind those of facets.
pub(super) const COUNTABLE: Columns =
    Columns { order: 55, object: None, names: &["channel", "first_answer_date"], read };

fn read<'a>(db: &'a Db, ids: &'a [i64]) -> Answer<'a, Cells> {
    Box::pin(async move {
        let rows = store::countable(db, ids).await?;
        Ok(rows.into_iter().map(|row| (row.id, cells(&row))).collect())
    })
}

fn cells(row: &Countable) -> Vec<Cell> {
    let channel = row.channel.0.map(|channel| channel.word());
    vec![
        channel.map_or(Cell::Empty, |word| Cell::Word(word, format!("channel-{word}"))),
        row.answered.map_or(Cell::Empty, Cell::At),
    ]
}
