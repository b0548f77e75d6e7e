//! Which basemap is wanted: what the operator's file says, else what the desk chose.
//!
//! What it is not: whether it can be had ([`super::opened`]). A file is chosen by its name in a folder, never by a path: only the operator
//! names paths.

use super::presets::Preset;
use crate::base::media::Store;
use crate::core::app::App;
use crate::core::site::{Field, Site};
use std::path::PathBuf;

/// The folder of files that the desk can choose, in the folder of what people send.
pub(super) const FOLDER: &str = "basemaps";

/// A choice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Paper.
    #[default]
    Nothing,
    /// A file of tiles.
    File(PathBuf),
    /// A server that this program knows.
    Known(&'static Preset),
    /// The address of another server's style.
    Style(String),
}

impl Choice {
    /// What is wanted now.
    pub(super) fn of(app: &App) -> Choice {
        match operators(app) {
            Some(said) => Choice::of_operator(said),
            None => Choice::of_site(&app.site(), &app.media),
        }
    }

    /// What the operator's file says: a word, a path or an address.
    pub(super) fn of_operator(said: &str) -> Choice {
        match Preset::of_word(said) {
            _ if said.is_empty() || said == "none" => Choice::Nothing,
            Some(preset) => Choice::Known(preset),
            None if said.starts_with("http://") || said.starts_with("https://") => {
                Choice::Style(said.to_owned())
            }
            None => Choice::File(said.into()),
        }
    }

    /// What the desk chose.
    pub(super) fn of_site(site: &Site, store: &Store) -> Choice {
        let word = site.get("basemap");
        match (word, site.get("basemap_file"), site.get("basemap_style")) {
            ("file", name, _) => store.named_at(FOLDER, name).map_or(Choice::Nothing, Choice::File),
            ("style", _, address) if !address.is_empty() => Choice::Style(address.to_owned()),
            _ => Preset::of_word(word).map_or(Choice::Nothing, Choice::Known),
        }
    }
}

/// What the operator's file says, where it says anything.
pub(super) fn operators(app: &App) -> Option<&str> {
    Field::of_name("basemap").and_then(|field| field.of_operator(&app.config))
}
