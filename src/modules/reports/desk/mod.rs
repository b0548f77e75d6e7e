//! The agents' desk of reports: what waits, by service and by due time; what is done with one or many; doubles that are merged; the list on a map.
//!
//! What it is not: the catalogue (`catalogue_desk`), rounds (`rounds`), nor handing over to an authority outside (`handover`). Invariant: who acts
//! on a report is an agent where it belongs; that their desk begins with a service gives them nothing.

mod acts;
mod before;
mod list;
mod merge;
mod on_map;
mod one;
mod order;
mod store;
#[cfg(test)]
mod tests;
mod undo;
mod views;

pub(super) use acts::{own, repaired};

use crate::base::db::Answer;
use crate::base::i18n::Message;
use crate::civic::accounts::Access::Holder;
use crate::civic::accounts::{Actor, Haste, Hook, Role, Routes, Waiting};
use crate::core::app::App;
use crate::core::atlas::Filter;

/// Its address.
pub(super) const ROOM: &str = "/admin/reports";

/// The link to it.
pub(super) const HOOK: Hook = Hook::desk(22, Holder(Role::Agent), ROOM, "desk-reports");

pub(super) fn routes() -> Routes {
    let agent = Holder(Role::Agent);
    Routes::new()
        .get(ROOM, agent, list::list)
        .waits(waiting)
        .kept_by(order::reads)
        .post(ROOM, agent, list::act)
        .post("/admin/reports/undo", agent, undo::undo)
        .get(on_map::HELD, agent, on_map::held)
        .get(on_map::PLACES, agent, on_map::places)
        .get("/admin/reports/{id}", agent, one::show)
        .post("/admin/reports/{id}", agent, one::act)
        .post("/admin/reports/{id}/merge", agent, merge::merge)
        .post("/admin/reports/{id}/separate", agent, merge::separate)
}

/// What waits for an agent: what is overdue, and what nobody has taken note of.
fn waiting<'a>(app: &'a App, actor: &'a Actor) -> Answer<'a, Vec<Waiting>> {
    Box::pin(async move {
        let counted = async |query: &str| {
            let (filter, _) = Filter::of_query(query, &[])?;
            let chosen = filter.chosen(&app.atlas.world())?;
            store::waiting(&app.db, &actor.scope(Role::Agent), &chosen, order::Shown::Usual.holds()).await
        };
        let (count, since, _) = counted("status=open").await?;
        let label = Message::new("report-desk-waits-open");
        let mut all = vec![Waiting { since, ..Waiting::new(format!("{ROOM}?status=open"), label, count) }];
        let (count, _, due) = counted("clock=overdue").await?;
        let late = due.map(|due| (crate::base::clock::now() - due).num_days()).filter(|days| *days > 0);
        let label = Message::new("report-desk-waits-overdue");
        let overdue = Waiting::new(format!("{ROOM}?clock=overdue"), label, count);
        all.push(Waiting { haste: Haste::Late, since: due, late, ..overdue });
        Ok(all)
    })
}
