//! People: accounts, the browsers in which they are signed in, the roles that they were given, and which route wants which.
//!
//! What it is: who acts ([`Actor`], [`Acting`]) and what they may do, for every module. What it is not: the rules of a process,
//! which say what level of identity an act needs (`processes`).
//!
//! Invariant: a person's acts carry one id, their `voice`, wherever a visitor's random id would stand. What they did before
//! signing in is theirs afterwards, and one voice stays one voice.

mod actor;
mod browser;
mod bursts;
mod counter;
mod desk;
mod first;
mod guard;
mod hooks;
mod inbox;
pub mod kept_voices;
mod limits;
mod model;
mod outside;
mod own;
mod passkeys;
pub mod people;
mod reading;
mod receipt;
mod routes;
mod searches;
mod sent;
mod session;
mod sign_in;
pub mod store;
mod tables;
#[cfg(test)]
mod tests;

pub use actor::{Acting, Actor};
pub use counter::Counter;
pub use desk::{Desk, Group, Pages, Room, SavedView, Tour, ViewLink, bytes, keep_view};
pub use first::{administrators, enter_first};
pub use hooks::{
    Around, Counting, FrontCard, Hook, Invitation, Panel, Render, Seen, Spot, Taken, links, process_links,
};
pub use inbox::PEOPLE;
pub use limits::{LIMITS, Limit, LimitRow, Limits, Period, Rate};
pub use model::{Account, Grant, Jurisdiction, Level, Role, SECOND_FACTOR, Session};
#[cfg(test)]
pub(crate) use outside::of_identity;
pub use passkeys::{NoPasskey, count as count_passkeys, tell_forgotten_passkeys};
pub use reading::reading;
pub use receipt::{promise_receipt, receipt_link};
pub use routes::{Access, BODY, Haste, Reads, Route, Routes, Waiting, Waits};
pub use session::forgotten;
#[cfg(test)]
pub(crate) use session::session_cookie;

pub use tables::TABLES;

/// What is done again and again.
pub const JOBS: &[crate::base::jobs::Job<crate::core::app::App>] = &[session::CLEAR];

/// Where this room stands on others' pages.
pub const PLACES: &[Hook] = &[
    Hook { who: Access::AnyHolder, ..Hook::navigation(80, desk::FIRST, "site-desk") },
    Hook::navigation(90, "/account", "site-account"),
    Hook::desk(50, Access::Everywhere(Role::Administrator), people::ROOM, "desk-people"),
    Hook::desk(65, Access::Everywhere(Role::Administrator), desk::LETTERS, "desk-letters"),
    Hook::desk(66, Access::Everywhere(Role::Administrator), desk::JOBS, "desk-jobs"),
];

/// The routes of this room. What every module's manifest is made of stands here, so that this room has none of its own.
pub fn routes() -> Routes {
    let ways_in = sign_in::routes().and(outside::routes()).and(passkeys::routes());
    ways_in.and(own::routes()).and(desk::routes()).and(people::routes()).and(inbox::routes())
}
