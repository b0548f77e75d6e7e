//! What became of a process's contributions, as a figure on its page.

use crate::base::db::Answer;
use crate::base::error::Error;
use crate::civic::accounts::Around;
use crate::civic::figures::Figure;
use crate::core::atlas::{Facet, Filter};
use crate::core::features::Status;

/// How many of each status; nothing as long as nobody said anything to any.
pub(super) fn became<'a>(around: &'a Around<'a>) -> Answer<'a, Option<Figure>> {
    Box::pin(async move {
        let world = around.app.atlas.world();
        let shown = around.process.and_then(|id| world.shown_processes().find(|process| process.id == id));
        let Some(process) = shown else { return Ok(None) };
        let (filter, _) = Filter::of_query(&format!("process={}", process.slug), &[])?;
        let status =
            Facet::of_name("status").ok_or_else(|| Error::Internal("no facet of statuses".into()))?;
        let counted = around.app.atlas.counts(&filter, status)?;
        let lang = around.reader.lang;
        let of = |status: &Status| counted.get(status.word()).copied().unwrap_or(0);
        if Status::all().iter().all(|status| *status == Status::OPEN || of(status) == 0) {
            return Ok(None);
        }
        let cells = Status::all().iter().map(|status| (lang.text(&status.key()), of(status)));
        // Which contribution has which status is on the map.
        Ok(Some(Figure {
            title: lang.text("answers-became"),
            cells: cells.collect(),
            of_people: false,
            more: None,
        }))
    })
}
