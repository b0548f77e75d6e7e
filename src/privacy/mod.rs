//! Privacy: what people hold on us and we on them. One's own data to read, take away and erase; how long things are kept; the notice
//! and the register of processing, written from the same declarations; the audience, counted without anybody in it.
//!
//! What it is not: where the data is. Each room's table stays its own; what a table holds on people is declared in the manifests
//! (`module::Holding`), and everything here goes by these declarations.

pub mod again;
pub mod audience;
mod core;
mod erase;
pub mod keep;
mod routes;
mod store;
mod take;
#[cfg(test)]
mod tests;
mod views;
mod words;

use crate::module::Module;
pub use audience::Audience;
pub use core::PROOFS;

/// The manifest.
pub fn module() -> Module {
    Module { name: "privacy", doors: routes::doors, kinds: &[], holdings: core::HOLDINGS }
}
