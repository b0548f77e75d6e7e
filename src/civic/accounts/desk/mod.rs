//! The desk: the frame around the pages of who has a role, its first page, which says what waits, and the links to the rooms that
//! they may open.
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
use super::model::Role;
use crate::base::i18n::Lang;

/// The desk's first page.
const FIRST: &str = "/admin";

/// A room of the desk: its address, its name in the locale files, and the role that it asks for.
struct Room {
    path: &'static str,
    name: &'static str,
    role: Role,
    /// Whether it opens only to who has the role everywhere: what is in it belongs to no process or area.
    is_whole: bool,
}

const ROOMS: [Room; 6] = [
    Room { path: "/admin/moderation", name: "desk-moderation", role: Role::Moderator, is_whole: false },
    Room { path: "/admin/answers", name: "desk-answers", role: Role::Agent, is_whole: false },
    Room { path: "/admin/processes", name: "desk-processes", role: Role::Planner, is_whole: false },
    Room { path: "/admin/themes", name: "desk-themes", role: Role::Planner, is_whole: false },
    Room { path: "/admin/people", name: "desk-people", role: Role::Administrator, is_whole: true },
    Room { path: "/admin/privacy", name: "desk-privacy", role: Role::Administrator, is_whole: true },
];

impl Room {
    fn is_open(&self, actor: &Actor) -> bool {
        if self.is_whole { actor.has_everywhere(self.role) } else { actor.has(self.role) }
    }
}

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
        let open =
            ROOMS.iter().filter(|room| room.is_open(actor)).map(|room| (room.path, lang.text(room.name)));
        Desk { rooms: first.into_iter().chain(open).collect(), here }
    }
}
