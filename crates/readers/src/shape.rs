//! Building geometries from positions, whatever the notation they were written in.
//!
//! What it is: the few rules that GeoJSON, WKT and WKB share: lines have two positions, rings have four and are closed,
//! empty parts are dropped, the third coordinate too. What it is not: it does not look at where the positions are
//! (see `check`). Invariant: what it builds has no empty part, and everything it changed is in `repairs`.

use geo::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};

use super::{Cause, Repair};

/// Builds geometries and notes what it repaired.
#[derive(Debug, Default)]
pub(super) struct Shaper {
    /// What was repaired so far.
    pub(super) repairs: Vec<Repair>,
}

/// The kinds of geometry that all notations share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Point,
    LineString,
    Polygon,
    MultiPoint,
    MultiLineString,
    MultiPolygon,
    Collection,
}

impl Kind {
    /// The name in GeoJSON.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Point => "Point",
            Kind::LineString => "LineString",
            Kind::Polygon => "Polygon",
            Kind::MultiPoint => "MultiPoint",
            Kind::MultiLineString => "MultiLineString",
            Kind::MultiPolygon => "MultiPolygon",
            Kind::Collection => "GeometryCollection",
        }
    }

    /// The kind of a name, in any case.
    pub(super) fn named(name: &str) -> Option<Kind> {
        [
            Kind::Point,
            Kind::LineString,
            Kind::Polygon,
            Kind::MultiPoint,
            Kind::MultiLineString,
            Kind::MultiPolygon,
            Kind::Collection,
        ]
        .into_iter()
        .find(|kind| kind.name().eq_ignore_ascii_case(name))
    }

    /// The kind of a WKB code (1 to 7).
    pub(super) fn coded(code: u32) -> Option<Kind> {
        Some(match code {
            1 => Kind::Point,
            2 => Kind::LineString,
            3 => Kind::Polygon,
            4 => Kind::MultiPoint,
            5 => Kind::MultiLineString,
            6 => Kind::MultiPolygon,
            7 => Kind::Collection,
            _ => return None,
        })
    }
}

impl Shaper {
    /// Notes a repair once.
    pub(super) fn note(&mut self, repair: Repair) {
        if !self.repairs.contains(&repair) {
            self.repairs.push(repair);
        }
    }

    /// A line; `None` when it is empty.
    pub(super) fn line(&mut self, positions: Vec<Coord<f64>>) -> Result<Option<LineString<f64>>, Cause> {
        match positions.len() {
            0 => Ok(None),
            1 => Err(Cause::TooFew { geometry: "line", needed: 2, found: 1 }),
            _ => Ok(Some(LineString(positions))),
        }
    }

    /// A closed ring; `None` when it is empty.
    fn ring(&mut self, mut positions: Vec<Coord<f64>>) -> Result<Option<LineString<f64>>, Cause> {
        let found = positions.len();
        let Some((first, last)) = positions.first().copied().zip(positions.last().copied()) else {
            return Ok(None);
        };
        if first != last && found >= 3 {
            positions.push(first);
            self.note(Repair::RingClosed);
        }
        if positions.len() < 4 {
            return Err(Cause::TooFew { geometry: "ring", needed: 4, found });
        }
        Ok(Some(LineString(positions)))
    }

    /// A polygon of rings, the outer one first; `None` when it has none.
    pub(super) fn polygon(&mut self, rings: Vec<Vec<Coord<f64>>>) -> Result<Option<Polygon<f64>>, Cause> {
        let mut outer = None;
        let mut holes = Vec::new();
        for (index, positions) in rings.into_iter().enumerate() {
            match (index, self.ring(positions)?) {
                (0, Some(ring)) => outer = Some(ring),
                // Without an outer ring the holes are holes in nothing.
                (0, None) => return Ok(None),
                (_, Some(ring)) => holes.push(ring),
                (_, None) => {}
            }
        }
        Ok(outer.map(|ring| Polygon::new(ring, holes)))
    }

    /// Several points. A portal that exports every place as a MultiPoint of one means a point: it becomes one.
    pub(super) fn points(&mut self, positions: Vec<Coord<f64>>) -> Option<Geometry<f64>> {
        match positions.as_slice() {
            [] => None,
            [one] => Some(Geometry::Point(Point(*one))),
            _ => Some(Geometry::MultiPoint(MultiPoint(positions.into_iter().map(Point).collect()))),
        }
    }

    /// Several lines.
    pub(super) fn lines(&mut self, lines: Vec<Vec<Coord<f64>>>) -> Result<Option<Geometry<f64>>, Cause> {
        let mut kept = Vec::with_capacity(lines.len());
        for line in lines {
            kept.extend(self.line(line)?);
        }
        Ok((!kept.is_empty()).then_some(Geometry::MultiLineString(MultiLineString(kept))))
    }

    /// Several polygons.
    pub(super) fn polygons(
        &mut self,
        polygons: Vec<Vec<Vec<Coord<f64>>>>,
    ) -> Result<Option<Geometry<f64>>, Cause> {
        let mut kept = Vec::with_capacity(polygons.len());
        for rings in polygons {
            kept.extend(self.polygon(rings)?);
        }
        Ok((!kept.is_empty()).then_some(Geometry::MultiPolygon(MultiPolygon(kept))))
    }

    /// A collection: nested ones are opened, one of a single part becomes this part.
    pub(super) fn collection(&mut self, parts: Vec<Geometry<f64>>) -> Option<Geometry<f64>> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Geometry::GeometryCollection(inner) => {
                    self.note(Repair::CollectionOpened);
                    flat.extend(inner.0);
                }
                other => flat.push(other),
            }
        }
        if flat.len() == 1 {
            self.note(Repair::CollectionOpened);
            return flat.pop();
        }
        (!flat.is_empty()).then_some(Geometry::GeometryCollection(GeometryCollection(flat)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Coord<f64> {
        Coord { x, y }
    }

    #[test]
    fn an_open_ring_is_closed_and_a_flat_one_refused() {
        let mut shaper = Shaper::default();
        let square = vec![at(0.0, 0.0), at(1.0, 0.0), at(1.0, 1.0), at(0.0, 1.0)];
        assert_eq!(shaper.polygon(vec![square]).unwrap().unwrap().exterior().0.len(), 5);
        assert_eq!(shaper.repairs, [Repair::RingClosed]);
        let refused = shaper.polygon(vec![vec![at(0.0, 0.0), at(1.0, 0.0), at(0.0, 0.0)]]);
        assert_eq!(refused, Err(Cause::TooFew { geometry: "ring", needed: 4, found: 3 }));
    }

    #[test]
    fn empty_parts_are_no_geometry() {
        let mut shaper = Shaper::default();
        assert_eq!(shaper.points(vec![]), None);
        assert_eq!(shaper.polygon(vec![]), Ok(None));
        assert_eq!(shaper.polygons(vec![vec![]]), Ok(None));
        assert_eq!(shaper.collection(vec![]), None);
    }
}
