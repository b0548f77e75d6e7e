//! The part of the plane that a tile shows, and what of a drawing lies in it.
//!
//! Not here: tile units as whole numbers (`rounding.rs`). Invariant: what comes out lies within the window; a valid
//! outline gives valid pieces.

use std::borrow::Cow;

use geo::{BooleanOps, Coord, LineString, Polygon, Rect, Simplify};

use crate::tile::EXTENT;

/// The part of the plane that a tile shows, with its buffer, in tile units.
pub(crate) struct Window {
    min: f64,
    max: f64,
    /// How far vertices may stray; 0 for a drawing that is simple already.
    pub(crate) tolerance: f64,
}

impl Window {
    pub(crate) fn around(buffer: f64, tolerance: f64) -> Self {
        Self { min: -buffer, max: f64::from(EXTENT) + buffer, tolerance }
    }

    pub(crate) fn simplified<'a, G: Simplify<f64> + Clone>(&self, drawing: &'a G) -> Cow<'a, G> {
        if self.tolerance > 0.0 {
            Cow::Owned(drawing.simplify(self.tolerance))
        } else {
            Cow::Borrowed(drawing)
        }
    }

    fn extremes(ring: &LineString<f64>) -> (Coord<f64>, Coord<f64>) {
        let mut low = Coord { x: f64::INFINITY, y: f64::INFINITY };
        let mut high = Coord { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY };
        for c in &ring.0 {
            low = Coord { x: low.x.min(c.x), y: low.y.min(c.y) };
            high = Coord { x: high.x.max(c.x), y: high.y.max(c.y) };
        }
        (low, high)
    }

    pub(crate) fn meets(&self, ring: &LineString<f64>) -> bool {
        let (low, high) = Self::extremes(ring);
        low.x <= self.max && low.y <= self.max && high.x >= self.min && high.y >= self.min
    }

    fn holds(&self, ring: &LineString<f64>) -> bool {
        let (low, high) = Self::extremes(ring);
        low.x >= self.min && low.y >= self.min && high.x <= self.max && high.y <= self.max
    }

    /// Simplified and clipped. Simplification comes first, on the whole outline, so that two neighbouring tiles
    /// draw the same line where they meet.
    pub(crate) fn clip_polygon(&self, polygon: &Polygon<f64>) -> Vec<Polygon<f64>> {
        if self.holds(polygon.exterior()) {
            return vec![self.simplified(polygon).into_owned()];
        }
        if polygon.interiors().is_empty()
            && let Some(pieces) = self.cut_ring(&self.simplified(polygon.exterior()))
        {
            return pieces;
        }
        // Holes, or an outline that crosses itself. Sutherland–Hodgman first, to a slightly larger window: linear in the vertices, it throws away the far
        // parts of a large outline. It leaves edges that run along the window; the exact overlay, now on few
        // vertices, cuts those off and separates the pieces.
        let wide = Self { min: self.min - 16.0, max: self.max + 16.0, ..*self };
        let rough = |ring: &LineString<f64>| wide.clip_ring(&wide.simplified(ring));
        let outer = rough(polygon.exterior());
        if outer.0.len() < 4 {
            return Vec::new();
        }
        let holes = polygon.interiors().iter().map(rough).filter(|ring| ring.0.len() > 3).collect();
        let frame = Rect::new(Coord { x: self.min, y: self.min }, Coord { x: self.max, y: self.max });
        Polygon::new(outer, holes).intersection(&frame.to_polygon()).0
    }

    /// The parts of a ring without holes within the window, after Weiler and Atherton (1977): where it leaves the
    /// window, the outline goes on along the border to the next place where it comes in. `None` when that does not
    /// work out, because the ring crosses itself or touches the border.
    fn cut_ring(&self, ring: &LineString<f64>) -> Option<Vec<Polygon<f64>>> {
        let mut vertices = ring.0.clone();
        vertices.dedup();
        if vertices.first() == vertices.last() {
            vertices.pop();
        }
        let outside = |c: &Coord<f64>| c.x < self.min || c.y < self.min || c.x > self.max || c.y > self.max;
        // From a vertex outside, so that no part of it is cut in two by where the ring happens to begin.
        let start = vertices.iter().position(outside)?;
        vertices.rotate_left(start);
        let closed = |vertices: &[Coord<f64>]| vertices.iter().chain(vertices.first()).copied().collect();
        let area: f64 = vertices
            .iter()
            .zip(vertices.iter().cycle().skip(1))
            .map(|(a, b)| (a.x * b.y) - (b.x * a.y))
            .sum();
        if area < 0.0 {
            // Clockwise on the screen, as the border is walked.
            vertices[1..].reverse();
        }
        let line: LineString<f64> = closed(&vertices);
        let parts = self.clip_line(&line);
        if parts.is_empty() {
            let middle = Coord { x: self.min.midpoint(self.max), y: self.min.midpoint(self.max) };
            return Some(if encloses(&line, middle) { vec![self.frame()] } else { Vec::new() });
        }
        let ends: Vec<(f64, f64)> = parts
            .iter()
            .map(|part| Some((self.along_border(part.first()?), self.along_border(part.last()?))))
            .collect::<Option<_>>()?;
        let mut entries: Vec<(f64, usize)> =
            ends.iter().zip(0..).map(|(&(from, _), at)| (from, at)).collect();
        entries.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut met: Vec<f64> = ends.iter().flat_map(|&(from, to)| [from, to]).collect();
        met.sort_by(f64::total_cmp);
        if met.windows(2).any(|pair| pair[1] - pair[0] < 1e-6) {
            return None;
        }
        let mut used = vec![false; parts.len()];
        let mut pieces = Vec::new();
        for first in 0..parts.len() {
            if used[first] {
                continue;
            }
            let (mut outline, mut at) = (Vec::new(), first);
            loop {
                used[at] = true;
                outline.extend_from_slice(&parts[at]);
                let left = ends[at].1;
                let (back, next) = entries[entries.partition_point(|&(from, _)| from < left) % entries.len()];
                self.push_corners(&mut outline, left, back);
                if next == first {
                    break;
                }
                if used[next] {
                    return None;
                }
                at = next;
            }
            pieces.push(Polygon::new(LineString::new(outline), Vec::new()));
        }
        Some(pieces)
    }

    fn corners(&self) -> [Coord<f64>; 4] {
        let (low, high) = (self.min, self.max);
        [(low, low), (high, low), (high, high), (low, high)].map(|(x, y)| Coord { x, y })
    }

    fn frame(&self) -> Polygon<f64> {
        Polygon::new(self.corners().into_iter().collect(), Vec::new())
    }

    /// How far along the border a point of it lies, clockwise on the screen from the north-western corner.
    fn along_border(&self, c: &Coord<f64>) -> f64 {
        let side = self.max - self.min;
        let (east, south) = (c.x - self.min, c.y - self.min);
        let sides = [
            (south, east),
            (side - east, side + south),
            (side - south, 3.0 * side - east),
            (east, 4.0 * side - south),
        ];
        let nearest = sides.into_iter().min_by(|a, b| a.0.abs().total_cmp(&b.0.abs()));
        nearest.map_or(0.0, |(_, along)| along)
    }

    /// The corners that lie between two places on the border, clockwise.
    fn push_corners(&self, outline: &mut Vec<Coord<f64>>, from: f64, to: f64) {
        let side = self.max - self.min;
        let to = if to < from { to + 4.0 * side } else { to };
        let corners = self.corners().into_iter().cycle().zip(0u8..8).map(|(c, k)| (c, f64::from(k) * side));
        outline.extend(corners.filter(|&(_, along)| from < along && along < to).map(|(c, _)| c));
    }

    /// Sutherland and Hodgman (1974): the ring cut by each side of the window in turn.
    fn clip_ring(&self, ring: &LineString<f64>) -> LineString<f64> {
        let mut vertices = ring.0.clone();
        if vertices.first() == vertices.last() {
            vertices.pop();
        }
        for side in 0..4 {
            // Signed distance inwards of this side.
            let inside = |c: &Coord<f64>| match side {
                0 => c.x - self.min,
                1 => self.max - c.x,
                2 => c.y - self.min,
                _ => self.max - c.y,
            };
            let mut kept = Vec::with_capacity(vertices.len() + 4);
            let Some(mut previous) = vertices.last().copied() else { break };
            for &current in &vertices {
                let (from, to) = (inside(&previous), inside(&current));
                if (from < 0.0) != (to < 0.0) {
                    let along = from / (from - to);
                    kept.push(previous + (current - previous) * along);
                }
                if to >= 0.0 {
                    kept.push(current);
                }
                previous = current;
            }
            vertices = kept;
        }
        let mut ring = LineString::new(vertices);
        ring.close();
        ring
    }

    /// Liang and Barsky (1984) on each segment; segments that follow each other stay one line.
    pub(crate) fn clip_line(&self, line: &LineString<f64>) -> Vec<Vec<Coord<f64>>> {
        let mut pieces: Vec<Vec<Coord<f64>>> = Vec::new();
        let mut open = false;
        for segment in line.0.windows(2) {
            let (a, b) = (segment[0], segment[1]);
            let Some((from, to)) = self.clip_segment(a, b) else {
                open = false;
                continue;
            };
            let at = |t: f64| {
                if t <= 0.0 {
                    a
                } else if t >= 1.0 {
                    b
                } else {
                    a + (b - a) * t
                }
            };
            match pieces.last_mut() {
                Some(piece) if open && from <= 0.0 => piece.push(at(to)),
                _ => pieces.push(vec![at(from), at(to)]),
            }
            open = to >= 1.0;
        }
        pieces
    }

    fn clip_segment(&self, a: Coord<f64>, b: Coord<f64>) -> Option<(f64, f64)> {
        let (mut from, mut to) = (0.0f64, 1.0f64);
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let sides =
            [(-dx, a.x - self.min), (dx, self.max - a.x), (-dy, a.y - self.min), (dy, self.max - a.y)];
        for (step, room) in sides {
            if step == 0.0 {
                if room < 0.0 {
                    return None;
                }
            } else if step < 0.0 {
                from = from.max(room / step);
            } else {
                to = to.min(room / step);
            }
        }
        (from <= to).then_some((from, to))
    }
}

/// Whether a closed line goes around a place: a ray to the east crosses it an odd number of times.
fn encloses(line: &LineString<f64>, place: Coord<f64>) -> bool {
    let crossed = line.0.windows(2).filter(|pair| {
        let (a, b) = (pair[0], pair[1]);
        (a.y > place.y) != (b.y > place.y) && place.x < (b.x - a.x) * (place.y - a.y) / (b.y - a.y) + a.x
    });
    crossed.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Area;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Stars around and beside the window, which leave it and come back many times.
        #[test]
        fn walking_along_the_border_gives_what_the_overlay_gives(
            (x, y) in (-3_000.0..7_000.0f64, -3_000.0..7_000.0f64),
            radii in proptest::collection::vec(200.0..6_000.0f64, 3..60),
            backwards in any::<bool>(),
        ) {
            let window = Window::around(64.0, 0.0);
            let mut ring: Vec<Coord<f64>> = radii
                .iter()
                .zip(0u8..)
                .map(|(radius, k)| {
                    let turn = f64::from(k) / radii.len() as f64 * std::f64::consts::TAU;
                    Coord { x: x + radius * turn.cos(), y: y + radius * turn.sin() }
                })
                .collect();
            if backwards {
                ring.reverse();
            }
            let star = Polygon::new(LineString::new(ring), Vec::new());
            prop_assume!(!window.holds(star.exterior()));
            let overlay = star.intersection(&window.frame());
            let Some(pieces) = window.cut_ring(star.exterior()) else {
                return Err(TestCaseError::reject("touches the border"));
            };
            let area: f64 = pieces.iter().map(Area::unsigned_area).sum();
            prop_assert!((area - overlay.unsigned_area()).abs() < 1.0, "{area} {}", overlay.unsigned_area());
            prop_assert_eq!(pieces.len(), overlay.0.len());
        }
    }
}
