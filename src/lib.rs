//! Parvis: the public square of a territory, on a map.
//!
//! A write becomes a row and a line of the journal in one transaction; a follower reads the journal into the live map;
//! the live map answers tiles, lists, counts and live updates. Everything else is a module that stands on that road.
//! `docs/ARCHITECTURE.md` is the guide. Imports go down only, from each floor to those above it in this list.

pub mod base;
pub mod civic;
pub mod core;
pub mod modules;
pub mod server;
