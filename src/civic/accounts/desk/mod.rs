//! The desk: the frame around the pages of who has a role, its first page, which says what waits, and the links to the rooms that
//! they may open, which modules declare.
//!
//! What it is not: the guard. A link that is not shown is kept shut by its route (see [`super::Routes`]); what waits is counted by the
//! module behind each route.

mod page;
mod pages;
#[cfg(test)]
mod tests;

pub(super) use page::routes;
pub use pages::Pages;

use super::actor::Actor;
use super::hooks::rooms;
use crate::base::i18n::Lang;

/// The desk's first page.
pub(super) const FIRST: &str = "/admin";

/// What `desk.html` needs of a page: a field `desk`.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Address and name of each room that this person may open.
    pub rooms: Vec<(&'static str, String)>,
    /// The room that the page is in.
    pub here: &'static str,
}

impl Desk {
    /// The desk of who acts, in the room of this address.
    pub fn of(actor: &Actor, lang: Lang, here: &'static str) -> Desk {
        let first = [(FIRST, lang.text("desk-first"))];
        let open = rooms(actor).into_iter().map(|(path, name)| (path, lang.text(name)));
        Desk { rooms: first.into_iter().chain(open).collect(), here }
    }
}
