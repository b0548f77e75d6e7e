//! The form of a report: what is wrong, where, what is known there already, whom it goes to and by when; then it is sent.
//!
//! What it is not: what becomes of it then (`treating`). Each step is a page that works without scripts; with them the second shows what the third
//! would say.

mod changing;
mod model;
mod page;
mod routes;
mod views;

pub(super) use model::read_answer;
pub(super) use routes::routes;
pub(super) use views::By;
