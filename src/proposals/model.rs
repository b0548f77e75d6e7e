//! What a proposal must be before it is written. No SQL, no HTTP.

use crate::atlas::World;
use crate::error::{Error, Problem, Result};
use crate::i18n::Message;
use crate::ids::{AreaId, ThemeId};
use crate::text::clean;
use geo::{Geometry, Point};
use serde::Deserialize;

/// The longest title, in characters.
pub(super) const TITLE: usize = 120;

/// The longest text, in characters.
pub(super) const BODY: usize = 4_000;

/// The form as it was sent. Everything is text, so that what was typed can be shown again.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    pub(super) title: String,
    pub(super) body: String,
    /// A slug, or empty.
    pub(super) theme: String,
    /// Degrees, or empty.
    pub(super) lon: String,
    /// Degrees, or empty.
    pub(super) lat: String,
    /// A slug, or empty: for an idea about a whole area.
    pub(super) area: String,
}

/// A proposal that may be written.
#[derive(Debug, Clone)]
pub(super) struct NewProposal {
    pub(super) title: String,
    pub(super) body: String,
    pub(super) theme: Option<ThemeId>,
    pub(super) geometry: Option<Geometry<f64>>,
    pub(super) stated_area: Option<AreaId>,
    pub(super) areas: Vec<AreaId>,
}

impl Form {
    /// Checks everything, and says all that is wrong at once.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field.
    pub(super) fn check(&self, world: &World) -> Result<NewProposal> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, message| problems.push(Problem { field: field.into(), message });
        let title = clean(&self.title.replace(['\n', '\r', '\t'], " "));
        match title.chars().count() {
            0..3 => wrong("title", Message::new("proposal-title-short")),
            3..=TITLE => {}
            long => {
                wrong("title", Message::new("proposal-too-long").with("length", long).with("most", TITLE));
            }
        }
        let body = clean(&self.body);
        let length = body.chars().count();
        if length > BODY {
            wrong("body", Message::new("proposal-too-long").with("length", length).with("most", BODY));
        }
        let theme = match self.theme.trim() {
            "" => None,
            slug => {
                let theme = world.themes.iter().find(|t| t.slug == slug);
                if theme.is_none() {
                    wrong("theme", Message::new("proposal-unknown-theme"));
                }
                theme.map(|t| t.id)
            }
        };
        let (mut geometry, mut stated_area, mut areas) = (None, None, Vec::new());
        match self.place(world) {
            Ok(Place::Point(point)) => {
                let place = Geometry::Point(point);
                areas = world.territory.areas_of(&place);
                geometry = Some(place);
            }
            Ok(Place::Area(id)) => {
                areas = world.territory.with_parents([id]);
                stated_area = Some(id);
            }
            Err(message) => wrong("place", message),
        }
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        Ok(NewProposal { title, body, theme, geometry, stated_area, areas })
    }

    fn place(&self, world: &World) -> Result<Place, Message> {
        let number = |text: &str| text.trim().replace(',', ".").parse::<f64>().ok().filter(|n| n.is_finite());
        match (self.lon.trim(), self.lat.trim(), self.area.trim()) {
            ("", "", "") => Err(Message::new("proposal-no-place")),
            ("", "", slug) => {
                let area = world.territory.of_slug(slug);
                area.map(|a| Place::Area(a.id)).ok_or_else(|| Message::new("proposal-unknown-area"))
            }
            (lon, lat, _) => {
                let (lon, lat) =
                    number(lon).zip(number(lat)).ok_or_else(|| Message::new("place-off-the-map"))?;
                if parvis_tiles::Position::from_lon_lat(lon, lat).is_none() {
                    return Err(Message::new("place-off-the-map"));
                }
                match world.territory.metres_outside(lon, lat) {
                    None => Ok(Place::Point(Point::new(lon, lat))),
                    Some(metres) => Err(Message::new("proposal-outside").with("metres", metres.round())),
                }
            }
        }
    }
}

enum Place {
    Point(Point<f64>),
    Area(AreaId),
}
