//! Participatory processes (démarches): a page, a calendar of phases, and the rules of who may do what, published in plain words
//! that are made from the settings themselves.
//!
//! What it is: the gate that every act of a resident goes through ([`ProcessRules::admit`]), the public pages, and the desk where agents
//! decide all of it, with preview, history and undo. What it is not: the acts (`proposals`, `discussion`), nor moderation.
//!
//! Invariant: what the page says of the rules is what the gate does, because both read the same [`Settings`]; and every version of
//! them is kept.

mod action;
mod admin;
mod calendar;
mod desk;
mod documents;
mod form;
mod gate;
mod hero;
mod keep;
pub mod languages;
pub mod local_time;
mod model;
mod needs;
mod picture;
mod plain;
pub mod roll;
mod routes;
mod saving;
mod sections;
pub mod store;
mod tables;
mod template;
#[cfg(test)]
pub(crate) mod tests;
mod versions;
mod views;

use crate::base::clock::Timestamp;
use crate::civic::accounts::{Access, Hook, Role, Routes};
use crate::civic::manifest::Module;
pub use action::{Action, ActionRow};
pub use gate::{ProcessRules, Refusal};
pub use model::{
    Ballot, Edits, HeadPicture, Moderation, Opening, Ordering, Phase, Rules, Settings, Shape, State,
};
use tables::TABLES;
pub use template::{Template, TemplateRow};

/// The module's manifest.
pub const MODULE: Module = Module {
    name: "processes",
    routes,
    jobs: &[keep::PHASES],
    tables: TABLES,
    places: &[
        Hook::navigation(30, "/processes", "processes-title"),
        Hook::card(20, views::of_map),
        Hook::desk(30, Access::Holder(Role::Planner), admin::HERE, "desk-processes"),
    ],
    ..Module::NOTHING
};

fn routes() -> Routes {
    routes::routes().and(admin::routes())
}

/// A file on a process's page.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Document {
    /// Its id.
    pub id: i64,
    /// Its name for people.
    pub title: String,
    /// SHA-256 of the file, hexadecimal.
    pub digest: String,
    /// Its media type.
    pub kind: String,
    /// Bytes.
    pub size: i64,
    /// Whether it is on the page.
    pub shown: bool,
    /// When it came.
    pub created_at: Timestamp,
}

/// A version of what was decided about a process.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Version {
    /// 1, 2, 3…
    pub version: i64,
    /// The title then.
    pub title: String,
    /// The settings then, as JSON.
    pub settings: String,
    /// The state then.
    pub state: String,
    /// What changed and why.
    pub note: String,
    /// When.
    pub at: Timestamp,
    /// The public name of who decided it.
    pub name: String,
    /// Their address.
    pub email: String,
}
