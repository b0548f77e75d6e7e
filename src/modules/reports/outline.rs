//! An outline that is asked very often whether it holds a place: its edges by strips of latitude, so that few of them are looked at.
//!
//! What it is not: where the outline comes from, or what lies in it. Invariant: it says what `geo` says of the same outline (an edge belongs
//! to it, a hole's edge as well), which a test compares.

use geo::{
    Area, BoundingRect, Contains, Coord, GeoNum, Kernel, LineString, MultiPolygon, Orientation, Polygon,
};

/// About how many edges have a strip of their own.
const EDGES_A_STRIP: usize = 2;
/// However many edges there are.
const MOST_STRIPS: usize = 4_096;
/// Into how many parts each side of a common box is cut to see how much two outlines share.
const GRID: u32 = 32;
/// The share of the smaller outline from which on what two share is more than two hands that drew the same border.
const SLIVER: f64 = 0.02;

/// Where a place is to a ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    In,
    On,
    Out,
}

/// A closed line, its edges by strips.
#[derive(Debug)]
struct Ring {
    south: f64,
    north: f64,
    strips_a_degree: f64,
    /// Where each strip's edges begin in `edges`, and where the last one's end.
    starts: Vec<u32>,
    edges: Vec<[Coord<f64>; 2]>,
}

impl Ring {
    fn new(line: &LineString<f64>) -> Ring {
        let edges: Vec<[Coord<f64>; 2]> = line.lines().map(|edge| [edge.start, edge.end]).collect();
        let latitudes = || line.coords().map(|at| at.y);
        let (south, north) =
            (latitudes().fold(f64::INFINITY, f64::min), latitudes().fold(f64::NEG_INFINITY, f64::max));
        let strips = (edges.len() / EDGES_A_STRIP).clamp(1, MOST_STRIPS);
        let strips_a_degree = if north > south { strips as f64 / (north - south) } else { 0.0 };
        let mut ring = Ring { south, north, strips_a_degree, starts: vec![0; strips + 1], edges: Vec::new() };
        let mut by_strip = vec![Vec::new(); strips];
        for edge in edges {
            let (a, b) = (ring.strip(edge[0].y), ring.strip(edge[1].y));
            for strip in &mut by_strip[a.min(b)..=a.max(b)] {
                strip.push(edge);
            }
        }
        for (at, strip) in by_strip.into_iter().enumerate() {
            ring.edges.extend(strip);
            ring.starts[at + 1] = u32::try_from(ring.edges.len()).unwrap_or(u32::MAX);
        }
        ring
    }

    /// The strip of a latitude. It never falls while latitudes rise: an edge is in the strip of each latitude that it has.
    fn strip(&self, latitude: f64) -> usize {
        // What is below nothing is 0, and so is what is no number.
        let strip = ((latitude - self.south) * self.strips_a_degree) as usize;
        strip.min(self.starts.len() - 2)
    }

    /// By how often the ring winds around a place.
    fn side(&self, place: Coord<f64>) -> Side {
        if !(place.y >= self.south && place.y <= self.north) {
            return Side::Out;
        }
        let strip = self.strip(place.y);
        let (from, until) = (self.starts[strip] as usize, self.starts[strip + 1] as usize);
        let mut winding = 0;
        for [a, b] in &self.edges[from..until] {
            let is_rising = a.y <= place.y && b.y >= place.y;
            let is_falling = a.y > place.y && b.y <= place.y;
            if !is_rising && !is_falling || (a.x < place.x && b.x < place.x) {
                continue;
            }
            match <f64 as GeoNum>::Ker::orient2d(*a, *b, place) {
                Orientation::CounterClockwise if is_rising && b.y != place.y => winding += 1,
                Orientation::Clockwise if is_falling => winding -= 1,
                Orientation::Collinear if place.x >= a.x.min(b.x) && place.x <= a.x.max(b.x) => {
                    return Side::On;
                }
                _ => {}
            }
        }
        if winding == 0 { Side::Out } else { Side::In }
    }
}

/// A surface of one piece.
#[derive(Debug)]
struct Part {
    around: Ring,
    holes: Vec<Ring>,
}

impl Part {
    fn new(polygon: &Polygon<f64>) -> Part {
        Part {
            around: Ring::new(polygon.exterior()),
            holes: polygon.interiors().iter().map(Ring::new).collect(),
        }
    }

    fn side(&self, place: Coord<f64>) -> Side {
        let side = self.around.side(place);
        if side != Side::In {
            return side;
        }
        let mut holes = self.holes.iter().map(|hole| hole.side(place));
        match holes.find(|side| *side != Side::Out) {
            Some(Side::On) => Side::On,
            Some(_) => Side::Out,
            None => Side::In,
        }
    }
}

/// An outline, prepared.
#[derive(Debug)]
pub(super) struct Outline {
    parts: Vec<Part>,
    whole: MultiPolygon<f64>,
    size: f64,
    /// West, south, east, north, in degrees.
    pub(super) bounds: [f64; 4],
}

impl Outline {
    /// Prepares an outline; nothing where it has no surface.
    pub(super) fn new(whole: &MultiPolygon<f64>) -> Option<Outline> {
        let rect = whole.bounding_rect()?;
        let bounds = [rect.min().x, rect.min().y, rect.max().x, rect.max().y];
        let size = whole.unsigned_area();
        if !bounds.iter().all(|degrees| degrees.is_finite()) || size.is_nan() || size <= 0.0 {
            return None;
        }
        let parts = whole.iter().map(Part::new).collect();
        Some(Outline { parts, whole: whole.clone(), size, bounds })
    }

    /// Whether a place lies in it or on its edge.
    pub(super) fn holds(&self, place: Coord<f64>) -> bool {
        self.parts.iter().any(|part| part.side(place) != Side::Out)
    }

    /// Whether a place lies in it and not on its edge.
    fn has_within(&self, place: Coord<f64>) -> bool {
        self.parts.iter().any(|part| part.side(place) == Side::In)
    }

    /// Whether all of it lies in another that is larger.
    pub(super) fn is_inside(&self, other: &Outline) -> bool {
        let ([west, south, east, north], around) = (self.bounds, other.bounds);
        let is_in_box = west >= around[0] && south >= around[1] && east <= around[2] && north <= around[3];
        let mut corners = self.whole.iter().flat_map(|polygon| polygon.exterior().coords());
        is_in_box && self.size < other.size
            // Quick, and enough to say no: it spares nearly all neighbours the whole question.
            && corners.all(|corner| other.holds(*corner))
            && other.whole.contains(&self.whole)
    }

    /// Whether the two share more than what their borders miss each other by: some of 32 × 32 places of their common box lie in both, and
    /// they stand for at least a fiftieth of the smaller one.
    pub(super) fn overlaps(&self, other: &Outline) -> bool {
        let [west, south, east, north] = [
            self.bounds[0].max(other.bounds[0]),
            self.bounds[1].max(other.bounds[1]),
            self.bounds[2].min(other.bounds[2]),
            self.bounds[3].min(other.bounds[3]),
        ];
        if west >= east || south >= north {
            return false;
        }
        let step = [(east - west) / f64::from(GRID), (north - south) / f64::from(GRID)];
        let places = (0..GRID * GRID).map(|n| Coord {
            x: west + (f64::from(n % GRID) + 0.5) * step[0],
            y: south + (f64::from(n / GRID) + 0.5) * step[1],
        });
        let shared = places.filter(|place| self.has_within(*place) && other.has_within(*place)).count();
        shared as f64 * step[0] * step[1] >= SLIVER * self.size.min(other.size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Intersects, wkt};
    use rand::{RngExt, SeedableRng, rngs::StdRng};

    fn of(whole: &MultiPolygon<f64>) -> Outline {
        Outline::new(whole).unwrap()
    }

    /// A star of many corners around a place: every second corner is far out.
    fn star(random: &mut StdRng, corners: u32) -> Polygon<f64> {
        let middle: [f64; 2] = [random.random_range(-1.0..1.0), random.random_range(-1.0..1.0)];
        let ring = (0..corners).map(|n| {
            let angle = f64::from(n) / f64::from(corners) * std::f64::consts::TAU;
            let far = random.random_range(0.2..1.0);
            (middle[0] + far * angle.cos(), middle[1] + far * angle.sin())
        });
        Polygon::new(ring.collect(), vec![])
    }

    #[test]
    fn a_prepared_outline_says_what_geo_says_of_places_corners_and_edges() {
        let mut random = StdRng::seed_from_u64(11);
        for corners in [3, 4, 7, 50, 1_000] {
            let mut first = star(&mut random, corners);
            let hole = first.exterior().coords().map(|at| {
                let middle = first.bounding_rect().unwrap().center();
                (middle.x + (at.x - middle.x) * 0.1, middle.y + (at.y - middle.y) * 0.1)
            });
            let hole: LineString<f64> = hole.collect();
            first.interiors_push(hole);
            let whole = MultiPolygon(vec![first, star(&mut random, corners)]);
            let outline = of(&whole);
            let mut places: Vec<Coord<f64>> = (0..2_000)
                .map(|_| Coord { x: random.random_range(-2.2..2.2), y: random.random_range(-2.2..2.2) })
                .collect();
            for ring in whole.iter().flat_map(|p| p.interiors().iter().chain([p.exterior()])) {
                places.extend(ring.coords());
                places.extend(ring.lines().map(|l| (l.start + l.end) / 2.0));
                // As high as a corner, beside it: the ray goes through the corner.
                places.extend(ring.coords().map(|c| Coord { x: random.random_range(-2.2..2.2), y: c.y }));
            }
            for place in places {
                assert_eq!(outline.holds(place), whole.intersects(&place), "{corners} corners, {place:?}");
            }
        }
    }

    #[test]
    fn what_has_no_surface_is_no_outline_and_no_number_is_in_none() {
        assert!(Outline::new(&MultiPolygon(vec![])).is_none());
        assert!(Outline::new(&wkt!(MULTIPOLYGON(((0. 0.,1. 1.,0. 0.))))).is_none());
        assert!(
            Outline::new(&MultiPolygon(vec![Polygon::new(
                LineString::from(vec![(f64::NAN, 0.0), (1.0, 1.0), (0.0, 1.0)]),
                vec![]
            )]))
            .is_none()
        );
        let square = of(&wkt!(MULTIPOLYGON(((0. 0.,1. 0.,1. 1.,0. 1.,0. 0.)))));
        for (x, y) in [(f64::NAN, 0.5), (0.5, f64::NAN), (f64::INFINITY, 0.5), (0.5, f64::NEG_INFINITY)] {
            assert!(!square.holds(Coord { x, y }));
        }
    }

    #[test]
    fn inside_is_wholly_inside_and_smaller() {
        let large = of(&wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.)))));
        let small = of(&wkt!(MULTIPOLYGON(((0. 0.,5. 0.,5. 5.,0. 5.,0. 0.)))));
        assert!(small.is_inside(&large) && !large.is_inside(&small));
        assert!(!large.is_inside(&of(&wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.)))))));
        // Two arms and a bar across both: all corners of the bar are in the arms, and its middle is not.
        let arms = of(&wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 10.,7. 10.,7. 3.,3. 3.,3. 10.,0. 10.,0. 0.)))));
        let bar = of(&wkt!(MULTIPOLYGON(((1. 6.,9. 6.,9. 8.,1. 8.,1. 6.)))));
        assert!(!bar.is_inside(&arms));
    }

    #[test]
    fn neighbours_whose_borders_miss_each_other_do_not_overlap() {
        let west = of(&wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.)))));
        let beside = |x: f64| {
            of(&MultiPolygon(vec![Polygon::new(
                vec![(x, 0.0), (20.0, 0.0), (20.0, 10.0), (x, 10.0), (x, 0.0)].into(),
                vec![],
            )]))
        };
        for x in [10.0, 10.1, 9.95] {
            assert!(!west.overlaps(&beside(x)) && !beside(x).overlaps(&west), "from {x}");
        }
        assert!(west.overlaps(&beside(9.0)) && beside(9.0).overlaps(&west));
        assert!(west.overlaps(&west));
    }
}
