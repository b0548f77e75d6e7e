//! Where a contribution is: a point, a line, an area drawn by hand, or a whole area of the territory; and how far it may reach.
//!
//! Invariant: an [`ChosenPlace`] lies inside the territory with each of its vertices, and is neither so long, so large nor so
//! finely drawn that it would bury the map.

use super::shape::{off_the_map, shape};
use crate::base::i18n::Message;
use crate::base::ids::AreaId;
use crate::civic::processes::{ProcessRules, Shape};
use crate::core::atlas::World;
use geo::{Coord, CoordsIter, Geometry, Point};

/// Where a contribution is.
#[derive(Debug, Clone, PartialEq)]
pub enum ChosenPlace {
    /// There.
    Drawn(Geometry<f64>),
    /// Somewhere in this area, or all over it.
    Area(AreaId),
}

impl ChosenPlace {
    /// Reads what a form says of the place: GeoJSON where something was drawn, else a longitude and latitude in degrees,
    /// else the slug of an area.
    ///
    /// # Errors
    /// What is wrong and what would be right.
    pub fn read(
        drawn: &str,
        lon: &str,
        lat: &str,
        area: &str,
        world: &World,
    ) -> Result<ChosenPlace, Message> {
        match (drawn.trim(), lon.trim(), lat.trim(), area.trim()) {
            ("", "", "", "") => Err(Message::new("proposal-no-place")),
            ("", "", "", slug) => {
                let area = world.territory().of_slug(slug);
                area.map(|a| ChosenPlace::Area(a.id)).ok_or_else(|| Message::new("proposal-unknown-area"))
            }
            ("", lon, lat, _) => {
                let (lon, lat) = on_the_map(lon, lat).ok_or_else(off_the_map)?;
                let point = Geometry::Point(Point::new(lon, lat));
                inside(&point, world)?;
                Ok(ChosenPlace::Drawn(point))
            }
            (drawn, ..) => {
                let geometry = shape(drawn)?;
                inside(&geometry, world)?;
                Ok(ChosenPlace::Drawn(geometry))
            }
        }
    }
}

impl ChosenPlace {
    /// The same, where the process takes it: its kind, and that it lies in the area that the process is about.
    ///
    /// # Errors
    /// What is not taken, or how far outside it is.
    pub fn in_process(self, process: &ProcessRules, world: &World) -> Result<ChosenPlace, Message> {
        let shape = match &self {
            ChosenPlace::Drawn(Geometry::Point(_)) => Shape::Point,
            ChosenPlace::Drawn(Geometry::LineString(_) | Geometry::MultiLineString(_)) => Shape::Line,
            ChosenPlace::Drawn(_) => Shape::Area,
            ChosenPlace::Area(_) => Shape::Territory,
        };
        if !process.settings.rules.shapes.contains(&shape) {
            return Err(Message::new(match shape {
                Shape::Point => "process-no-point",
                Shape::Line => "process-no-line",
                Shape::Area => "process-no-area",
                Shape::Territory => "process-no-territory",
            }));
        }
        let Some(area) = world.territory().of_slug(&process.settings.area) else { return Ok(self) };
        match &self {
            ChosenPlace::Area(id) if !world.territory().with_parents([*id]).contains(&area.id) => {
                Err(Message::new("process-other-area").with("area", &area.name))
            }
            ChosenPlace::Area(_) => Ok(self),
            ChosenPlace::Drawn(geometry) => {
                let outside = |c: Coord<f64>| world.territory().metres_outside_of(area.id, c.x, c.y);
                match geometry.coords_iter().filter_map(outside).max_by(f64::total_cmp) {
                    None => Ok(self),
                    Some(metres) => Err(Message::new("process-outside")
                        .with("metres", metres.ceil())
                        .with("area", &area.name)),
                }
            }
        }
    }
}

/// A longitude and latitude that were typed, in degrees, if the map shows such a place.
pub fn on_the_map(lon: &str, lat: &str) -> Option<(f64, f64)> {
    let degrees = |text: &str| text.trim().replace(',', ".").parse::<f64>();
    let (Ok(lon), Ok(lat)) = (degrees(lon), degrees(lat)) else { return None };
    parvis_tiles::Position::from_lon_lat(lon, lat).map(|_| (lon, lat))
}

/// Refuses what reaches out of the territory, and says how far.
fn inside(geometry: &Geometry<f64>, world: &World) -> Result<(), Message> {
    let outside = |c: Coord<f64>| world.territory().metres_outside(c.x, c.y);
    let farthest = geometry.coords_iter().filter_map(outside).max_by(f64::total_cmp);
    match farthest {
        None => Ok(()),
        Some(metres) if matches!(geometry, Geometry::Point(_)) => {
            Err(Message::new("proposal-outside").with("metres", metres.round()))
        }
        Some(metres) => Err(Message::new("proposal-shape-outside").with("metres", metres.round())),
    }
}
