//! Parvis: the public square of a territory, on a map.
//!
//! A write becomes a row and a line of the journal in one transaction; a follower reads the journal into the live map;
//! the live map answers tiles, lists, counts and live updates. Everything else is a module that stands on that road.
//! `docs/ARCHITECTURE.md` is the guide; `architecture.rs` holds the floors below to it.

// Floor 1: plumbing, no civic noun.
pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod http;
pub mod i18n;
pub mod ids;
pub mod mail;
pub mod media;
pub mod once;
pub mod prose;
pub mod telemetry;
pub mod text;
mod words;

// Floor 2: the square.
pub mod app;
pub mod atlas;
pub mod features;
pub mod gazetteer;
pub mod journal;
pub mod layers;
pub mod subject;
pub mod territory;

// Floor 3: people and rules.
pub mod accounts;
pub mod processes;

// Floor 4: modules, siblings.
pub mod answers;
pub mod backup;
pub mod basemap;
pub mod demo;
pub mod discussion;
pub mod import;
pub mod map;
pub mod moderation;
pub mod opendata;
pub mod photos;
pub mod privacy;
pub mod proposals;
pub mod register;
pub mod site;
pub mod themes;

// Floor 5: puts the house together.
pub mod cli;
pub mod module;
pub mod personal_data;
pub mod router;

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod security_model;
#[cfg(test)]
mod testing;
