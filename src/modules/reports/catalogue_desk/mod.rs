//! The desk of the catalogue: what can be reported, which service treats it where and by when, on which days nobody works, and a field
//! that answers "this category at this point: whom, why, by when".
//!
//! Who may: an administrator of everything, because the whole map speaks by these words. What it is not: how a rule is chosen (`routing`),
//! nor what becomes of a report (`desk`). Invariants: what reports name is removed and never deleted; a rule that changes is ended, and its
//! next version is a row of its own.

mod category;
mod category_form;
mod days;
mod page;
mod questions;
mod rules;
mod said;
mod service;
mod store;
#[cfg(test)]
mod tests;
pub(super) mod usual;
mod views;

use crate::base::error::{Error, Result};
use crate::civic::accounts::{Access, Actor, Role, Routes};
use sha2::{Digest, Sha256};

/// Its address.
pub(super) const ROOM: &str = "/admin/reports/catalogue";

/// Who may change the catalogue.
pub(super) const MAY: Access = Access::Everywhere(Role::Administrator);

/// Whether somebody may.
pub(super) fn is_let(actor: &Actor) -> bool {
    actor.has_everywhere(Role::Administrator)
}

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(ROOM, MAY, page::show)
        .post("/admin/reports/catalogue/usual", MAY, usual::make)
        .get("/admin/reports/catalogue/services/new", MAY, service::new)
        .post("/admin/reports/catalogue/services", MAY, service::create)
        .creates()
        .get("/admin/reports/catalogue/services/{id}", MAY, service::edit)
        .post("/admin/reports/catalogue/services/{id}", MAY, service::change)
        .post("/admin/reports/catalogue/services/{id}/remove", MAY, service::remove)
        .post("/admin/reports/catalogue/services/{id}/agents", MAY, service::agents)
        .get("/admin/reports/catalogue/categories/new", MAY, category::new)
        .post("/admin/reports/catalogue/categories", MAY, category::create)
        .creates()
        .get("/admin/reports/catalogue/categories/{id}", MAY, category::edit)
        .post("/admin/reports/catalogue/categories/{id}", MAY, category::change)
        .post("/admin/reports/catalogue/categories/{id}/remove", MAY, category::remove)
        .post("/admin/reports/catalogue/categories/{id}/move", MAY, category::shift)
        .get("/admin/reports/catalogue/rules", MAY, rules::list)
        .post("/admin/reports/catalogue/rules", MAY, rules::create)
        .creates()
        .get("/admin/reports/catalogue/rules/{id}", MAY, rules::edit)
        .post("/admin/reports/catalogue/rules/{id}", MAY, rules::change)
        .post("/admin/reports/catalogue/rules/{id}/end", MAY, rules::end)
        .get("/admin/reports/catalogue/days", MAY, days::list)
        .post("/admin/reports/catalogue/days", MAY, days::change)
}

/// The number that a path says.
fn number(text: &str) -> Result<i64> {
    text.parse().map_err(|_no_number| Error::NotFound)
}

/// A row's state, as a form names what it saw.
fn token(row: &impl std::fmt::Debug) -> String {
    let says = format!("{row:?}");
    Sha256::digest(says.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A slug of a name that is none of these: with a number where it is taken. `none` is the filter's word for what has nothing.
fn free_slug(name: &str, taken: &[&str]) -> String {
    let stem = crate::base::text::slug(name);
    let is_free = |word: &String| word != "none" && !taken.contains(&word.as_str());
    let mut words = std::iter::once(stem.clone()).chain((2..).map(|n| format!("{stem}-{n}")));
    words.find(is_free).unwrap_or(stem)
}
