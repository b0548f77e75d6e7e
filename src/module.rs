//! What a module owes the house: plain values, no trait, no `Default`, so that nobody can forget a duty.
//!
//! Later duties (personal data, erasure, exports) become fields here: every module then fails to compile until it says
//! what it does about them.

use crate::app::App;
use crate::features::Kind;
use axum::Router;

/// A module's manifest.
#[derive(Debug, Clone, Copy)]
pub struct Module {
    /// Its name, which is also its folder's.
    pub name: &'static str,
    /// Its routes.
    pub router: fn() -> Router<App>,
    /// What it puts on the map.
    pub kinds: &'static [Kind],
}
