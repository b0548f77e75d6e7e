//! Rounds: an agent walks or drives past several reports, in an order that makes sense, and says of each what was done, with a photo.
//!
//! What it is not: a plan for others. A round is its agent's own. Invariant: what is done in a round is done to the report by the same acts as at
//! the desk (`desk::acts`), for who may treat it there.

mod page;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod way;

use crate::civic::accounts::Access::Holder;
use crate::civic::accounts::{Role, Routes};

/// Its address.
pub(super) const ROOM: &str = "/admin/reports/rounds";

/// The most stops: more is not a day's work.
pub(super) const MOST_STOPS: usize = 60;

/// A form with its photo.
const BODY: usize = crate::base::media::FILE + (1 << 20);

pub(super) fn routes() -> Routes {
    let agent = Holder(Role::Agent);
    Routes::new()
        .get(ROOM, agent, page::list)
        .post(ROOM, agent, page::create)
        .creates()
        .get("/admin/reports/rounds/{id}", agent, page::show)
        .get("/admin/reports/rounds/{id}/print", agent, page::print)
        .post("/admin/reports/rounds/{id}", agent, page::change)
        .post_files("/admin/reports/rounds/{id}/stops/{report}", agent, BODY, page::stop)
}
