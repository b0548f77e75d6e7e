//! The desk: the frame around the pages of who has a role, its first page, which says what waits, the links to the rooms that
//! they may open, which modules declare, and the views of lists that people keep.
//!
//! What it is not: the guard. A link that is not shown is kept shut by its route (see [`super::Routes`]); what waits is counted by the
//! module behind each route.

mod beside;
mod jobs;
mod letters;
mod page;
mod pages;
mod state;
mod store;
#[cfg(test)]
mod tests;
mod tour;
mod views;

pub(super) use beside::{Beside, asked};
pub(super) use jobs::ROOM as JOBS;
pub(super) use letters::ROOM as LETTERS;
pub use pages::Pages;
pub use state::bytes;
pub use tour::Tour;
pub use views::{SavedView, keep_view};

use super::actor::Actor;
use super::hooks::rooms;
use super::routes::{Haste, Routes, Waiting};
use crate::base::i18n::Lang;

/// The desk's first page.
pub(super) const FIRST: &str = "/admin";

pub(super) fn routes() -> Routes {
    page::routes().and(letters::routes()).and(jobs::routes()).and(views::routes())
}

/// What `desk.html` needs of a page: a field `desk`.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The rooms that this person may open, by what is done there.
    pub groups: Vec<Group>,
    /// The views of lists that this person sees.
    pub views: Vec<ViewLink>,
    /// What can be kept under a name: the list's address and its query.
    pub keeps: Option<(String, String)>,
    /// Where in the tour the page is.
    pub tour: Option<Tour>,
    /// The room that the page is in.
    pub here: &'static str,
    /// The name of that room.
    pub name: String,
}

/// Rooms of one sort of work.
#[derive(Debug, Clone)]
pub struct Group {
    /// What the work is; nothing for the desk's first page.
    pub name: Option<String>,
    /// Its rooms.
    pub rooms: Vec<Room>,
}

/// A room of the desk.
#[derive(Debug, Clone)]
pub struct Room {
    /// Its address.
    pub path: &'static str,
    /// What it is called.
    pub name: String,
    /// How much somebody waits for in it.
    pub count: i64,
    /// Whether something of it is late.
    pub is_late: bool,
}

/// A kept view.
#[derive(Debug, Clone)]
pub struct ViewLink {
    /// Its address.
    pub path: String,
    /// What it was called.
    pub name: String,
    /// Whether it is what the page shows.
    pub is_here: bool,
}

/// The sorts of work, each with the first order of a hook that is of it.
const GROUPS: [(i8, &str); 3] =
    [(i8::MIN, "desk-group-treat"), (30, "desk-group-prepare"), (50, "desk-group-run")];

impl Desk {
    /// The desk of who acts, in the room of this address.
    pub fn of(actor: &Actor, lang: Lang, here: &'static str) -> Desk {
        let beside = beside::here();
        let room = |path, name: &str| Room::of(path, lang.text(name), waiting_in(&beside.told, path));
        let mut groups = vec![Group { name: None, rooms: vec![room(FIRST, "desk-first")] }];
        let all = rooms(actor);
        for (at, (from, name)) in GROUPS.iter().enumerate() {
            let until = GROUPS.get(at + 1).map_or(i8::MAX, |(next, _)| *next);
            let within = all.iter().filter(|(order, ..)| (*from..until).contains(order));
            let rooms: Vec<Room> = within.map(|(_, path, name)| room(path, name)).collect();
            if !rooms.is_empty() {
                groups.push(Group { name: Some(lang.text(name)), rooms });
            }
        }
        let named = groups.iter().flat_map(|group| &group.rooms).find(|room| room.path == here);
        let name = named.map_or_else(|| lang.text("desk-nav"), |room| room.name.clone());
        let may_open = |view: &&SavedView| all.iter().any(|(_, path, _)| *path == view.room);
        let link = |view: &SavedView| ViewLink {
            path: view.path(),
            name: view.name.clone(),
            is_here: view.room == beside.path && Some(&view.query) == beside.view.as_ref(),
        };
        let views: Vec<ViewLink> = beside.told.views.iter().filter(may_open).map(link).collect();
        let is_new = !views.iter().any(|view| view.is_here);
        let keeps = beside.view.clone().filter(|_| is_new).map(|query| (beside.path.clone(), query));
        let open: Vec<&str> = groups.iter().flat_map(|group| &group.rooms).map(|room| room.path).collect();
        let tour = beside.tour.and_then(|step| Tour::at(step, here, &open, lang));
        Desk { groups, views, keeps, tour, here, name }
    }

    /// Whether a room is marked as the one that the page is in: not where one of its views is.
    pub fn is_here(&self, path: &str) -> bool {
        path == self.here && !self.views.iter().any(|view| view.is_here)
    }
}

impl Room {
    fn of(path: &'static str, name: String, waiting: &[Waiting]) -> Room {
        let of =
            |haste| waiting.iter().filter(move |one| one.haste == haste).map(|one| one.count).sum::<i64>();
        Room { path, name, count: of(Haste::Waits), is_late: of(Haste::Late) > 0 }
    }
}

fn waiting_in<'a>(told: &'a beside::Told, room: &str) -> &'a [Waiting] {
    told.waiting.iter().find(|(path, _)| *path == room).map_or(&[], |(_, waiting)| waiting.as_slice())
}
