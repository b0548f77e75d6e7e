//! The desk: the frame around the pages of who has a role, and the links to those that they may open.
//!
//! What it is not: the guard. A link that is not shown is kept shut by its door (see [`super::Doors`]).

use super::actor::Actor;
use super::model::Role;
use crate::i18n::Lang;

/// Each room of the desk: its address, its name in the locale files, and the role that it asks for.
const ROOMS: [(&str, &str, Role); 6] = [
    ("/admin/moderation", "desk-moderation", Role::Moderator),
    ("/admin/answers", "desk-answers", Role::Agent),
    ("/admin/processes", "desk-processes", Role::Planner),
    ("/admin/themes", "desk-themes", Role::Planner),
    ("/admin/people", "desk-people", Role::Administrator),
    ("/admin/privacy", "desk-privacy", Role::Administrator),
];

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
        let open = ROOMS.iter().filter(|(_, _, role)| actor.has(*role));
        Desk { rooms: open.map(|(path, key, _)| (*path, lang.text(key))).collect(), here }
    }
}
