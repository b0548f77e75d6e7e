//! An area that was removed, kept as it was for a while, so that it can be put back: in a file beside what people send, by its digest.

use crate::base::error::{Error, Result};
use crate::base::ids::AreaId;
use crate::base::media::Digest;
use crate::core::app::App;
use crate::core::features::geometry::from_wkb;
use crate::core::territory::{Area, NewArea};
use geo::{Geometry, MultiPolygon};
use serde::{Deserialize, Serialize};

/// Where they lie.
pub(super) const FOLDER: &str = "areas-removed";

/// For how many days.
pub(super) const DAYS: i64 = 30;

/// What is kept of an area.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Removed {
    pub(super) slug: String,
    pub(super) level: String,
    pub(super) code: String,
    pub(super) name: String,
    /// Level and code of what it was part of: a number may be another area's by now.
    #[serde(default)]
    within: Option<(String, String)>,
    population: Option<i64>,
    /// Hexadecimal: no number of it is rounded on its way.
    wkb: String,
}

impl Removed {
    /// `all` are all areas, what it is part of among them.
    pub(super) fn of(area: &Area, all: &[Area]) -> Removed {
        let parent = all.iter().find(|other| Some(other.id) == area.parent_id);
        Removed {
            within: parent.map(|parent| (parent.level.clone(), parent.code.clone())),
            slug: area.slug.clone(),
            level: area.level.clone(),
            code: area.code.clone(),
            name: area.name.clone(),
            population: area.population,
            wkb: area.wkb.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }

    /// What the area was part of, where that is still there.
    pub(super) fn parent(&self, all: &[Area]) -> Option<AreaId> {
        let (level, code) = self.within.as_ref()?;
        all.iter().find(|area| area.level == *level && area.code == *code).map(|area| area.id)
    }

    /// The area to be written; `parent` is what it was part of, where that is still there.
    ///
    /// # Errors
    /// [`Error::Internal`] where the file is not ours.
    pub(super) fn area(&self, parent: Option<AreaId>) -> Result<NewArea> {
        let outline = match from_wkb(&self.bytes()?)? {
            Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
            Geometry::MultiPolygon(polygons) => polygons,
            _ => return Err(Error::Internal("a removed area without a surface".into())),
        };
        let (level, code, name) = (self.level.clone(), self.code.clone(), self.name.clone());
        Ok(NewArea { level, code, name, parent, outline, population: self.population })
    }

    fn bytes(&self) -> Result<Vec<u8>> {
        let pairs = (0..self.wkb.len()).step_by(2);
        let bytes: Option<Vec<u8>> =
            pairs.map(|at| u8::from_str_radix(self.wkb.get(at..at + 2)?, 16).ok()).collect();
        bytes.ok_or_else(|| Error::Internal("a removed area is no longer readable".into()))
    }

    /// Keeps it.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub(super) async fn keep(&self, app: &App) -> Result<Digest> {
        let bytes = serde_json::to_vec(self).map_err(|error| Error::Internal(error.to_string()))?;
        app.media.let_bytes_wait(FOLDER, bytes).await
    }

    /// The one of a digest.
    ///
    /// # Errors
    /// [`Error::Gone`] where its days are over; [`Error::NotFound`] for what is no digest.
    pub(super) async fn find(app: &App, digest: &str) -> Result<Removed> {
        let digest = Digest::of_text(digest).ok_or(Error::NotFound)?;
        let path = app.media.waiting(FOLDER, &digest).ok_or(Error::Gone)?;
        let bytes = tokio::fs::read(path).await.map_err(|_gone_meanwhile| Error::Gone)?;
        serde_json::from_slice(&bytes).map_err(|error| Error::Internal(format!("removed area: {error}")))
    }
}
