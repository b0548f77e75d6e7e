//! Points that are one item, a line or a polygon, found valid, ready to be cut into tiles.
//!
//! Not here: the cutting (`clip.rs`). Invariant: a [`Shape`] only exists without [`crate::geometry::faults`].

use geo::{Geometry, MapCoords};

use crate::error::Error;
use crate::geometry::{self, Drawn};
use crate::tile::{Bounds, Position, project};

/// Valid points, lines or polygons, in degrees and on the world square.
#[derive(Debug, Clone)]
pub struct Shape {
    lon_lat: Geometry<f64>,
    world: Drawn,
    bounds: Bounds,
    representative: Position,
}

impl PartialEq for Shape {
    fn eq(&self, other: &Self) -> bool {
        self.lon_lat == other.lon_lat
    }
}

impl Shape {
    /// A shape from points, lines or polygons, several of one kind, in degrees (EPSG:4326).
    ///
    /// # Errors
    /// [`Error::Geometry`] with every fault found.
    pub fn new(geometry: Geometry<f64>) -> Result<Self, Error> {
        let faults = geometry::faults(&geometry);
        if !faults.is_empty() {
            return Err(Error::Geometry(faults));
        }
        let drawn = geometry::lines_or_polygons(&geometry).map_err(|fault| Error::Geometry(vec![fault]))?;
        let empty = || Error::Geometry(vec![geometry::Fault::Empty]);
        let bounds = geometry::bounds(&geometry).ok_or_else(empty)?;
        let representative = geometry::representative_position(&geometry).ok_or_else(empty)?;
        Ok(Self { world: to_world(&drawn), lon_lat: geometry, bounds, representative })
    }

    /// The geometry as given, in degrees.
    #[must_use]
    pub fn geometry(&self) -> &Geometry<f64> {
        &self.lon_lat
    }

    /// Its bounds on the world square.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// A position on it: where a pin may stand.
    #[must_use]
    pub fn representative(&self) -> Position {
        self.representative
    }

    /// Metres from a place to the nearest point of the shape; 0 on or inside it. See [`geometry::distance_m`].
    #[must_use]
    pub fn metres_to(&self, lon: f64, lat: f64) -> f64 {
        geometry::distance_m(&self.lon_lat, lon, lat).unwrap_or(f64::INFINITY)
    }

    /// The positions of points that are one item; `None` for lines and polygons.
    pub(crate) fn points(&self) -> Option<impl Iterator<Item = Position> + '_> {
        match &self.lon_lat {
            Geometry::MultiPoint(points) => {
                Some(points.0.iter().filter_map(|point| Position::from_lon_lat(point.x(), point.y())))
            }
            _ => None,
        }
    }

    pub(crate) fn world(&self) -> &Drawn {
        &self.world
    }

    pub(crate) fn memory_bytes(&self) -> usize {
        use geo::CoordsIter;
        size_of::<Self>() + 2 * self.lon_lat.coords_count() * size_of::<geo::Coord<f64>>()
    }
}

/// A drawing in degrees moved to the units of the world square.
pub(crate) fn to_world(drawn: &Drawn) -> Drawn {
    let step = |c: geo::Coord<f64>| {
        let [x, y] = project(c.x, c.y);
        geo::Coord { x, y }
    };
    match drawn {
        Drawn::Points(points) => Drawn::Points(points.map_coords(step)),
        Drawn::Lines(lines) => Drawn::Lines(lines.map_coords(step)),
        Drawn::Polygons(polygons) => Drawn::Polygons(polygons.map_coords(step)),
    }
}
