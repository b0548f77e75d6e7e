//! A process's figures in short, on its page: contributions, people, voices, answers, and the way to all of them.
//!
//! Invariant: counted as on the page of figures; fewer people than may be told are left out.

use super::store;
use crate::base::clock;
use crate::base::db::Answer;
use crate::base::error::Result;
use crate::base::ids::ProcessId;
use crate::civic::accounts::Around;
use crate::civic::figures::{Figure, LEAST};
use crate::core::app::App;
use crate::core::atlas::Filter;
use crate::core::made::Moment;
use std::sync::Arc;

/// The counts of the process that a page is of; nothing where nobody contributed.
pub(super) fn of_process<'a>(around: &'a Around<'a>) -> Answer<'a, Option<Figure>> {
    Box::pin(async move {
        let (app, lang, world) = (around.app, around.reader.lang, around.app.atlas.world());
        let shown = around.process.and_then(|id| world.shown_processes().find(|process| process.id == id));
        let Some(process) = shown else { return Ok(None) };
        let (filter, _) = Filter::of_query(&format!("process={}", process.slug), &[])?;
        let contributions = app.atlas.total(&filter)?;
        if contributions == 0 {
            return Ok(None);
        }
        let (voices, answered, people) = *counted(app, process.id).await?;
        let counted = [
            ("contributions", contributions),
            ("people", if people < LEAST { 0 } else { people }),
            ("votes", voices),
            ("answered", answered),
        ];
        let cell = |(name, count): (&str, u64)| (lang.text(&format!("figures-total-{name}")), count);
        Ok(Some(Figure {
            title: lang.text("figures-totals-title"),
            cells: counted.into_iter().map(cell).collect(),
            of_people: false,
            more: Some((format!("/processes/{}/figures", process.slug), lang.text("figures-brief-more"))),
        }))
    })
}

/// Voices, answers and people of a process, counted once for as long as nothing changes.
async fn counted(app: &App, process: ProcessId) -> Result<Arc<(u64, u64, u64)>> {
    // The day: voices become nobody's without a line.
    let (then, day) = (Moment::of(&app.atlas), clock::now().date_naive());
    let question = format!("figures in short {} {day}", process.0);
    if let Some(counted) = app.made.get(then, &question) {
        return Ok(counted);
    }
    let (voices, answered) = store::brief(&app.db, process.0).await?;
    let people = store::people(&app.db, process.0).await?;
    let people: u64 = people.iter().filter(|group| group.sort == "act").map(store::Group::count).sum();
    Ok(app.made.put(then, question, (voices, answered, people), size_of::<(u64, u64, u64)>()))
}
