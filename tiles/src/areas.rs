//! Named areas: which of them hold a place, how far outside a place is, which a geometry touches.
//!
//! Not here: drawing them (`context.rs`). Invariant: an area's edge belongs to it, so that a place on the border of two
//! areas is in both and never in none.

use geo::{BoundingRect, Coord, Geometry, Intersects, MultiPolygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::geometry::polygon_distance;
use crate::tile::EARTH_RADIUS;

/// Areas in degrees (EPSG:4326) by the caller's ids.
#[derive(Debug)]
pub struct Areas {
    areas: Vec<(u64, MultiPolygon<f64>)>,
    tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

impl Areas {
    /// An index of areas; those without a finite vertex hold nothing.
    #[must_use]
    pub fn build(areas: Vec<(u64, MultiPolygon<f64>)>) -> Self {
        let boxes = areas
            .iter()
            .enumerate()
            .filter_map(|(at, (_, area))| {
                let rect = area.bounding_rect()?;
                let corners = [rect.min().x, rect.min().y, rect.max().x, rect.max().y];
                corners.iter().all(|v| v.is_finite()).then(|| {
                    let rectangle =
                        Rectangle::from_corners([corners[0], corners[1]], [corners[2], corners[3]]);
                    GeomWithData::new(rectangle, at)
                })
            })
            .collect();
        Self { areas, tree: RTree::bulk_load(boxes) }
    }

    /// Ids of the areas that hold a place (degrees), in the order they were given.
    #[must_use]
    pub fn containing(&self, lon: f64, lat: f64) -> Vec<u64> {
        if !(lon.is_finite() && lat.is_finite()) {
            return Vec::new();
        }
        let place = Coord { x: lon, y: lat };
        let near = self.tree.locate_all_at_point([lon, lat]).map(|found| found.data);
        self.ids(near.filter(|&at| self.areas[at].1.intersects(&place)).collect())
    }

    /// Metres from a place to the nearest area; 0 inside one. `None` without areas, or when the place is not finite.
    /// See [`crate::geometry::distance_m`] for the accuracy.
    #[must_use]
    pub fn metres_outside(&self, lon: f64, lat: f64) -> Option<f64> {
        if !(lon.is_finite() && lat.is_finite()) {
            return None;
        }
        let a_degree = self.least_metres_a_degree(lon, lat);
        let mut best: Option<f64> = None;
        for (found, degrees2) in self.tree.nearest_neighbor_iter_with_distance_2([lon, lat]) {
            if best.is_some_and(|best| degrees2.sqrt() * a_degree > best) {
                break;
            }
            let metres = polygon_distance(&self.areas[found.data].1, lon, lat);
            best = best.into_iter().chain(metres).min_by(f64::total_cmp);
        }
        best
    }

    /// The distance to the outline of one area in metres; nothing where there is no such area.
    pub fn metres_to(&self, id: u64, lon: f64, lat: f64) -> Option<f64> {
        if !(lon.is_finite() && lat.is_finite()) {
            return None;
        }
        let (_, outline) = self.areas.iter().find(|(known, _)| *known == id)?;
        polygon_distance(outline, lon, lat)
    }

    /// Metres that lie at least between the place and anything of the areas, for each degree between them on the plane
    /// of longitude and latitude.
    ///
    /// The haversine of a distance is sin²(Δφ/2) + cos φ₁ cos φ₂ sin²(Δλ/2). A sine bends downwards, so that up to the
    /// largest difference D there is, sin(x/2) ≥ x · sin(D/2)/D; and no cosine is below those of the outermost
    /// latitudes.
    fn least_metres_a_degree(&self, lon: f64, lat: f64) -> f64 {
        let held = self.tree.root().envelope();
        let ([west, south], [east, north]) = (held.lower(), held.upper());
        let ends = [west - lon, east - lon, south - lat, north - lat];
        let largest = ends.into_iter().map(f64::abs).fold(0.0, f64::max).to_radians();
        if largest == 0.0 || largest >= std::f64::consts::PI {
            // Around the world no bound holds: every area is measured.
            return 0.0;
        }
        let cos = |lat: f64| lat.to_radians().cos().max(0.0);
        let shrink = (cos(lat) * cos(south).min(cos(north))).sqrt();
        let chord = (largest / 2.0).sin() / largest;
        // A little less, for what rounding may do.
        2.0 * EARTH_RADIUS * shrink * chord * 1f64.to_radians() * (1.0 - 1e-9)
    }

    /// Ids of the areas that share at least a point with a geometry in degrees, in the order they were given.
    #[must_use]
    pub fn intersecting(&self, geometry: &Geometry<f64>) -> Vec<u64> {
        let Some(rect) = geometry.bounding_rect() else { return Vec::new() };
        let envelope = AABB::from_corners([rect.min().x, rect.min().y], [rect.max().x, rect.max().y]);
        let near = self.tree.locate_in_envelope_intersecting(envelope).map(|found| found.data);
        self.ids(near.filter(|&at| self.areas[at].1.intersects(geometry)).collect())
    }

    fn ids(&self, mut found: Vec<usize>) -> Vec<u64> {
        found.sort_unstable();
        found.into_iter().map(|at| self.areas[at].0).collect()
    }

    /// The outline of an area.
    #[must_use]
    pub fn get(&self, id: u64) -> Option<&MultiPolygon<f64>> {
        self.areas.iter().find(|(known, _)| *known == id).map(|(_, area)| area)
    }

    /// How many areas there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }
}
