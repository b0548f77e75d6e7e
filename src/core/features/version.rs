//! What a version of a contribution says, read from what was sealed of it. What it is not: why it waits, and its row (`revisions`).

use super::Content;
use crate::base::error::{Error, Result};
use crate::base::ids::{AreaId, ThemeId};
use crate::core::territory::Territory;
use geo::Geometry;
use serde::Deserialize;

/// What a version says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Version {
    /// One line.
    pub title: String,
    /// The rest, Markdown-light.
    pub body: String,
    /// Its subject.
    pub theme: Option<ThemeId>,
    /// Its place.
    place: Option<geojson::Geometry>,
    /// The area that stands for a place.
    pub area: Option<AreaId>,
}

impl Version {
    /// Reads what was sealed.
    ///
    /// # Errors
    /// [`Error::Internal`] where it is none.
    pub fn read(content: &str) -> Result<Version> {
        serde_json::from_str(content).map_err(|e| Error::Internal(format!("a version: {e}")))
    }

    /// Its place.
    ///
    /// # Errors
    /// [`Error::Internal`] where the database holds what is no geometry.
    pub fn geometry(&self) -> Result<Option<Geometry<f64>>> {
        let read = |place| {
            Geometry::<f64>::try_from(place).map_err(|e| Error::Internal(format!("place of a version: {e}")))
        };
        self.place.clone().map(read).transpose()
    }

    /// What it says, with the areas that it lies in.
    ///
    /// # Errors
    /// As [`Self::geometry`].
    pub fn content(&self, territory: &Territory) -> Result<Content> {
        let geometry = self.geometry()?;
        let areas = match (&geometry, self.area) {
            (Some(geometry), _) => territory.areas_of(geometry),
            (None, Some(area)) => territory.with_parents([area]),
            (None, None) => Vec::new(),
        };
        Ok(Content {
            title: self.title.clone(),
            body: self.body.clone(),
            theme: self.theme,
            geometry,
            stated_area: self.area,
            areas,
        })
    }
}
