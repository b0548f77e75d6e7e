//! What a module owes the house: plain values, no trait, no `Default`, so that nobody can forget a duty.
//!
//! Later duties (personal data, erasure, exports) become fields here: every module then fails to compile until it says
//! what it does about them.

use crate::accounts::Doors;
use crate::features::Kind;

/// A module's manifest.
#[derive(Debug, Clone, Copy)]
pub struct Module {
    /// Its name, which is also its folder's.
    pub name: &'static str,
    /// Its addresses, and who may use each.
    pub doors: fn() -> Doors,
    /// What it puts on the map.
    pub kinds: &'static [Kind],
}
