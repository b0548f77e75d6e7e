//! Which ring lies in which: from the rings of a shapefile to polygons with holes.
//!
//! What it is: a hole goes to the smallest ring around it. What it is not: it judges no ring valid (see `check`).
//! Invariant: every ring is in exactly one polygon; a ring in no other is an outline, however it winds.

use geo::coordinate_position::{CoordPos, coord_pos_relative_to_ring};
use geo::{Area, Coord, LineString, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

type Ring = Vec<Coord<f64>>;

/// The polygons of rings, each with whether it winds as a hole does. Rings that lie in an even number of others are
/// outlines, the others holes: so it comes right whichever way the software winds. Winding decides between equals.
pub(super) fn nested(rings: Vec<(Ring, bool)>) -> Vec<Vec<Ring>> {
    let (lines, winds): (Vec<LineString<f64>>, Vec<bool>) =
        rings.into_iter().map(|(ring, is_hole)| (LineString(ring), is_hole)).unzip();
    let areas: Vec<f64> = lines.iter().map(area).collect();
    let boxes = lines.iter().enumerate().filter_map(|(at, ring)| Some(GeomWithData::new(extent(ring)?, at)));
    let tree = RTree::bulk_load(boxes.collect());
    // By ring: how many are around it, and the smallest of these.
    let around = |at: usize| {
        let Some(extent) = extent(&lines[at]) else { return (0, None) };
        let extent = AABB::from_corners(extent.lower(), extent.upper());
        let holders: Vec<usize> = tree
            .locate_in_envelope_intersecting(extent)
            .map(|found| found.data)
            .filter(|other| {
                areas[*other] > areas[at] || (areas[*other] == areas[at] && winds[at] && !winds[*other])
            })
            .filter(|other| lies_in(&lines[at], &lines[*other]))
            .collect();
        (holders.len(), holders.into_iter().min_by(|a, b| areas[*a].total_cmp(&areas[*b])))
    };
    let nesting: Vec<(usize, Option<usize>)> = (0..lines.len()).map(around).collect();
    let mut polygons: Vec<Vec<Ring>> = Vec::new();
    let mut place = vec![0; lines.len()];
    for (at, (depth, _)) in nesting.iter().enumerate() {
        if depth % 2 == 0 {
            place[at] = polygons.len();
            polygons.push(vec![lines[at].0.clone()]);
        }
    }
    for (at, (depth, holder)) in nesting.iter().enumerate() {
        if depth % 2 == 1
            && let Some(holder) = holder
        {
            polygons[place[*holder]].push(lines[at].0.clone());
        }
    }
    polygons
}

fn area(ring: &LineString<f64>) -> f64 {
    Polygon::new(ring.clone(), vec![]).unsigned_area()
}

fn extent(ring: &LineString<f64>) -> Option<Rectangle<[f64; 2]>> {
    use geo::BoundingRect;
    let rect = ring.bounding_rect()?;
    let corners = [rect.min().x, rect.min().y, rect.max().x, rect.max().y];
    let is_finite = corners.iter().all(|corner| corner.is_finite());
    is_finite.then(|| Rectangle::from_corners([corners[0], corners[1]], [corners[2], corners[3]]))
}

/// Whether a ring lies in another that it does not cross. It may touch it with vertices, even with all of them: the first
/// vertex, or else the first middle of an edge, that is not on the edge tells.
fn lies_in(ring: &LineString<f64>, outline: &LineString<f64>) -> bool {
    let middles = ring.lines().map(|edge| (edge.start + edge.end) / 2.0);
    let told =
        ring.0.iter().copied().chain(middles).find_map(|at| match coord_pos_relative_to_ring(at, outline) {
            CoordPos::OnBoundary => None,
            CoordPos::Inside => Some(true),
            CoordPos::Outside => Some(false),
        });
    told.unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, wkt};
    use proptest::prelude::*;

    use super::*;

    /// The rings of polygons in any order, as a shapefile has them.
    fn shuffled(polygons: &MultiPolygon<f64>, seed: usize) -> Vec<(Ring, bool)> {
        let mut rings: Vec<(Ring, bool)> = Vec::new();
        for polygon in &polygons.0 {
            rings.push((polygon.exterior().0.clone(), false));
            rings.extend(polygon.interiors().iter().map(|hole| (hole.0.clone(), true)));
        }
        let count = rings.len().max(1);
        (0..rings.len()).for_each(|at| rings.swap(at, (at * 7 + seed) % count));
        rings
    }

    /// Without the order of parts and of holes.
    fn canonical(mut polygons: Vec<Vec<Ring>>) -> Vec<String> {
        for rings in &mut polygons {
            rings[1..].sort_by_key(|ring| format!("{ring:?}"));
        }
        let mut all: Vec<String> = polygons.iter().map(|rings| format!("{rings:?}")).collect();
        all.sort();
        all
    }

    fn holds(polygons: &MultiPolygon<f64>, seed: usize) {
        let expected = polygons.0.iter().map(|polygon| {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            rings.map(|ring| ring.0.clone()).collect()
        });
        assert_eq!(
            canonical(nested(shuffled(polygons, seed))),
            canonical(expected.collect()),
            "{polygons:?}"
        );
    }

    #[test]
    fn a_hole_goes_to_the_smallest_outline_around_it_even_where_it_touches() {
        let target = wkt!(MULTIPOLYGON(
            ((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.),(1. 1.,1. 9.,9. 9.,9. 1.,1. 1.)),
            ((2. 2.,8. 2.,8. 8.,2. 8.,2. 2.),(2. 5.,5. 8.,8. 5.,5. 2.,2. 5.)),
            ((4. 4.,6. 4.,6. 6.,4. 6.,4. 4.),(4.5 4.5,4.5 5.5,5.5 5.5,4.5 4.5))
        ));
        (0..7).for_each(|seed| holds(&target, seed));
        // Software that winds the other way round means the same.
        let reversed: Vec<(Ring, bool)> =
            shuffled(&target, 3).into_iter().map(|(ring, is_hole)| (ring, !is_hole)).collect();
        assert_eq!(canonical(nested(reversed)), canonical(nested(shuffled(&target, 0))));
    }

    #[test]
    fn a_hole_in_nothing_is_an_outline() {
        let alone = vec![(wkt!(LINESTRING(0. 0.,0. 1.,1. 1.,0. 0.)).0, true)];
        assert_eq!(nested(alone).len(), 1);
        assert_eq!(nested(vec![]), Vec::<Vec<Ring>>::new());
    }

    proptest! {
        /// Squares in squares, beside each other: the same as the polygons that a GeoJSON would say.
        #[test]
        fn rings_in_any_order_are_the_polygons_that_they_were(
            depths in proptest::collection::vec(1usize..6, 1..5),
            seed in 0usize..50,
        ) {
            let square = |x: f64, inset: f64| {
                let (low, high) = (inset, 100.0 - inset);
                LineString::from(vec![(x + low, low), (x + high, low), (x + high, high), (x + low, high), (x + low, low)])
            };
            let mut parts = Vec::new();
            for (column, depth) in depths.into_iter().enumerate() {
                let x = column as f64 * 100.0;
                for level in 0..depth {
                    let inset = level as f64 * 10.0;
                    parts.push(Polygon::new(square(x, inset), vec![square(x, inset + 5.0)]));
                }
            }
            holds(&MultiPolygon(parts), seed);
        }
    }
}
