//! Well-known text and well-known binary, the two notations that databases export.
//!
//! What it is: two small readers that share the rules of `shape`. They are ours because a cell of a spreadsheet needs
//! a repair or a reason, and because a length written in a damaged file must never become an allocation.
//! What it is not: no curves, no surfaces; Z and M are read and dropped.
//! Invariant: neither reader goes deeper than [`DEPTH`] nor past the end of its input.

use geo::{Coord, Geometry, Point};

use super::{
    Cause, Repair,
    shape::{Kind, Shaper},
};

/// The deepest nesting of collections.
const DEPTH: u8 = 8;

/// Reads WKT (with or without `SRID=…;`, Z, M, EMPTY).
///
/// # Errors
/// The text is not WKT, or a line or ring is too short.
pub(super) fn read_text(text: &str, shaper: &mut Shaper) -> Result<Option<Geometry<f64>>, Cause> {
    let body = match text.split_once(';') {
        Some((srid, body)) if srid.trim_start().to_ascii_uppercase().starts_with("SRID=") => body,
        _ => text,
    };
    let mut reader = Text { rest: body, shaper };
    let geometry = reader.geometry(DEPTH)?;
    if !reader.rest.trim().is_empty() {
        return Err(reader.unreadable());
    }
    Ok(geometry)
}

/// Whether a cell starts like WKT.
pub(super) fn looks_like_text(text: &str) -> bool {
    let text = text.trim_start();
    let word: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
    word.eq_ignore_ascii_case("SRID") || Kind::named(&word).is_some()
}

struct Text<'a, 's> {
    rest: &'a str,
    shaper: &'s mut Shaper,
}

impl Text<'_, '_> {
    fn unreadable(&self) -> Cause {
        Cause::Broken { detail: format!("WKT {}", super::clean::excerpt(self.rest)) }
    }

    fn word(&mut self) -> String {
        self.rest = self.rest.trim_start();
        let end = self.rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word.to_ascii_uppercase()
    }

    fn take(&mut self, wanted: char) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(wanted) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// `EMPTY`, where a parenthesis could stand.
    fn empty(&mut self) -> bool {
        let kept = self.rest;
        if self.word() == "EMPTY" {
            return true;
        }
        self.rest = kept;
        false
    }

    fn geometry(&mut self, depth: u8) -> Result<Option<Geometry<f64>>, Cause> {
        let mut name = self.word();
        // `POINTZ(…)` and `POINT Z (…)` are both written.
        let kind = loop {
            match Kind::named(&name) {
                Some(kind) => break kind,
                None if matches!(name.chars().last(), Some('Z' | 'M')) && name.len() > 1 => {
                    name.truncate(name.len() - 1);
                }
                None if name.is_empty() => return Err(self.unreadable()),
                None => return Err(Cause::UnknownType { found: name }),
            }
        };
        let kept = self.rest;
        if !matches!(self.word().as_str(), "Z" | "M" | "ZM") {
            self.rest = kept;
        }
        if self.empty() {
            return Ok(None);
        }
        match kind {
            Kind::Point => {
                let points = self.positions()?;
                Ok(points.first().map(|at| Geometry::Point(Point(*at))))
            }
            Kind::LineString => {
                let line = self.positions()?;
                Ok(self.shaper.line(line)?.map(Geometry::LineString))
            }
            Kind::MultiPoint => {
                // Both `MULTIPOINT (1 2, 3 4)` and `MULTIPOINT ((1 2), (3 4))` are in use.
                let points = if self.rest.trim_start().starts_with('(')
                    && self.rest.trim_start()[1..].trim_start().starts_with('(')
                {
                    self.list(Self::positions)?.concat()
                } else {
                    self.positions()?
                };
                Ok(self.shaper.points(points))
            }
            Kind::Polygon => {
                let rings = self.list(Self::positions)?;
                Ok(self.shaper.polygon(rings)?.map(Geometry::Polygon))
            }
            Kind::MultiLineString => {
                let lines = self.list(Self::positions)?;
                self.shaper.lines(lines)
            }
            Kind::MultiPolygon => {
                let polygons = self.list(|reader| reader.list(Self::positions))?;
                self.shaper.polygons(polygons)
            }
            Kind::Collection => {
                let Some(depth) = depth.checked_sub(1) else { return Err(self.unreadable()) };
                let parts = self.list(|reader| reader.geometry(depth))?;
                Ok(self.shaper.collection(parts.into_iter().flatten().collect()))
            }
        }
    }

    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Result<T, Cause>) -> Result<Vec<T>, Cause> {
        if !self.take('(') {
            return Err(self.unreadable());
        }
        let mut items = vec![item(self)?];
        while self.take(',') {
            items.push(item(self)?);
        }
        if self.take(')') { Ok(items) } else { Err(self.unreadable()) }
    }

    fn positions(&mut self) -> Result<Vec<Coord<f64>>, Cause> {
        if self.empty() {
            return Ok(vec![]);
        }
        self.list(Self::position)
    }

    fn position(&mut self) -> Result<Coord<f64>, Cause> {
        let (x, y) = (self.number()?, self.number()?);
        let mut extra = 0;
        while !self.rest.trim_start().starts_with([',', ')']) && extra < 2 {
            self.number()?;
            self.shaper.note(Repair::Flattened);
            extra += 1;
        }
        Ok(Coord { x, y })
    }

    fn number(&mut self) -> Result<f64, Cause> {
        self.rest = self.rest.trim_start();
        let end = self
            .rest
            .find(|c: char| c.is_whitespace() || c == ',' || c == ')' || c == '(')
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        let Ok(number) = word.parse() else {
            return Err(Cause::NotANumber { found: super::clean::excerpt(word) });
        };
        self.rest = rest;
        Ok(number)
    }
}

/// Reads WKB: ISO (1001…) and extended (PostGIS) forms of Z, M and SRID, either byte order.
///
/// # Errors
/// The bytes end too early, the type is unknown, or a line or ring is too short.
pub(super) fn read_binary(bytes: &[u8], shaper: &mut Shaper) -> Result<Option<Geometry<f64>>, Cause> {
    Binary { rest: bytes, little: true, shaper }.geometry(DEPTH)
}

struct Binary<'a, 's> {
    rest: &'a [u8],
    little: bool,
    shaper: &'s mut Shaper,
}

impl Binary<'_, '_> {
    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], Cause> {
        let (head, rest) =
            self.rest.split_first_chunk::<N>().ok_or_else(|| Cause::Broken { detail: "WKB".into() })?;
        self.rest = rest;
        Ok(*head)
    }

    fn u32(&mut self) -> Result<u32, Cause> {
        let bytes = self.bytes()?;
        Ok(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn f64(&mut self) -> Result<f64, Cause> {
        let bytes = self.bytes()?;
        Ok(if self.little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    /// Byte order, kind, and how many numbers a position has.
    fn header(&mut self) -> Result<(Kind, usize), Cause> {
        self.little = self.bytes::<1>()?[0] != 0;
        let code = self.u32()?;
        let (extended, iso) = (code >> 28, (code & 0x0fff_ffff) / 1000);
        let mut axes = 2;
        axes += usize::from(extended & 0b1000 != 0) + usize::from(extended & 0b0100 != 0);
        axes += match iso {
            1 | 2 => 1,
            3 => 2,
            _ => 0,
        };
        if extended & 0b0010 != 0 {
            self.u32()?;
        }
        let kind = Kind::coded((code & 0x0fff_ffff) % 1000).filter(|_| iso <= 3);
        Ok((kind.ok_or_else(|| Cause::UnknownType { found: format!("WKB {code}") })?, axes))
    }

    /// A count of items that each take at least `size` bytes: a count that cannot fit is a damaged file.
    fn count(&mut self, size: usize) -> Result<usize, Cause> {
        let count = self.u32()? as usize;
        if count.saturating_mul(size) > self.rest.len() {
            return Err(Cause::Broken { detail: "WKB".into() });
        }
        Ok(count)
    }

    fn position(&mut self, axes: usize) -> Result<Coord<f64>, Cause> {
        let at = Coord { x: self.f64()?, y: self.f64()? };
        for _ in 2..axes {
            self.f64()?;
            self.shaper.note(Repair::Flattened);
        }
        Ok(at)
    }

    fn positions(&mut self, axes: usize) -> Result<Vec<Coord<f64>>, Cause> {
        let count = self.count(axes * 8)?;
        (0..count).map(|_| self.position(axes)).collect()
    }

    fn rings(&mut self, axes: usize) -> Result<Vec<Vec<Coord<f64>>>, Cause> {
        let count = self.count(4)?;
        (0..count).map(|_| self.positions(axes)).collect()
    }

    fn geometry(&mut self, depth: u8) -> Result<Option<Geometry<f64>>, Cause> {
        let (kind, axes) = self.header()?;
        match kind {
            Kind::Point => {
                let at = self.position(axes)?;
                // WKB has no empty point; every software writes it as not-a-number.
                Ok((!at.x.is_nan() || !at.y.is_nan()).then_some(Geometry::Point(Point(at))))
            }
            Kind::LineString => {
                let line = self.positions(axes)?;
                Ok(self.shaper.line(line)?.map(Geometry::LineString))
            }
            Kind::Polygon => {
                let rings = self.rings(axes)?;
                Ok(self.shaper.polygon(rings)?.map(Geometry::Polygon))
            }
            many => {
                let Some(depth) = depth.checked_sub(1) else {
                    return Err(Cause::Broken { detail: "WKB".into() });
                };
                let count = self.count(5)?;
                let mut parts = Vec::with_capacity(count.min(1024));
                for _ in 0..count {
                    parts.extend(self.geometry(depth)?);
                }
                self.gather(many, parts)
            }
        }
    }

    fn gather(&mut self, kind: Kind, parts: Vec<Geometry<f64>>) -> Result<Option<Geometry<f64>>, Cause> {
        let wrong = || Cause::Nesting { geometry: kind.name() };
        match kind {
            Kind::MultiPoint => {
                let points: Option<Vec<_>> = parts
                    .into_iter()
                    .map(|part| if let Geometry::Point(at) = part { Some(at.0) } else { None })
                    .collect();
                Ok(self.shaper.points(points.ok_or_else(wrong)?))
            }
            Kind::MultiLineString => {
                let lines: Option<Vec<_>> = parts
                    .into_iter()
                    .map(|part| if let Geometry::LineString(line) = part { Some(line.0) } else { None })
                    .collect();
                self.shaper.lines(lines.ok_or_else(wrong)?)
            }
            Kind::MultiPolygon => {
                let polygons: Option<Vec<_>> = parts
                    .into_iter()
                    .map(|part| if let Geometry::Polygon(polygon) = part { Some(polygon) } else { None })
                    .collect();
                let polygons = polygons.ok_or_else(wrong)?;
                Ok((!polygons.is_empty()).then_some(Geometry::MultiPolygon(geo::MultiPolygon(polygons))))
            }
            _ => Ok(self.shaper.collection(parts)),
        }
    }
}

#[cfg(test)]
mod tests {
    use geo::wkt;
    use proptest::prelude::*;

    use super::*;

    fn text(input: &str) -> Result<Option<Geometry<f64>>, Cause> {
        read_text(input, &mut Shaper::default())
    }

    #[test]
    fn every_kind_is_read() {
        assert_eq!(text("POINT(2.3 48.8)"), Ok(Some(wkt!(POINT(2.3 48.8)).into())));
        assert_eq!(text("srid=4326; point z (2.3 48.8 35)"), Ok(Some(wkt!(POINT(2.3 48.8)).into())));
        assert_eq!(text("LineStringZM(1 2 3 4, 5 6 7 8)"), Ok(Some(wkt!(LINESTRING(1. 2.,5. 6.)).into())));
        assert_eq!(text("MULTIPOINT(1 2, 3 4)"), text("MULTIPOINT((1 2), (3 4))"));
        let polygon = "POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,1 2,2 2,1 1))";
        assert!(matches!(text(polygon), Ok(Some(Geometry::Polygon(p))) if p.interiors().len() == 1));
        assert!(matches!(text("MULTIPOLYGON(((0 0,1 0,1 1,0 0)))"), Ok(Some(Geometry::MultiPolygon(_)))));
        assert!(matches!(text("GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(1 2,3 4))"), Ok(Some(_))));
        assert_eq!(text("POLYGON EMPTY"), Ok(None));
    }

    #[test]
    fn what_is_not_wkt_is_refused() {
        for wrong in ["", "POINT", "POINT(2.3)", "POINT(a b)", "POLYGON((0 0", "CIRCLE(1 2)", "POINT(1 2) x"]
        {
            assert!(text(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn binary_forms_are_read() {
        let mut point = vec![1, 1, 0, 0, 0xa0];
        point.extend(4326u32.to_le_bytes());
        for number in [2.3f64, 48.8, 35.0] {
            point.extend(number.to_le_bytes());
        }
        assert_eq!(read_binary(&point, &mut Shaper::default()), Ok(Some(wkt!(POINT(2.3 48.8)).into())));
        let huge = [1, 2, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f];
        assert!(read_binary(&huge, &mut Shaper::default()).is_err());
    }

    proptest! {
        #[test]
        fn arbitrary_text_and_bytes_never_panic(word in "(POINT|POLYGON|MULTIPOINT|GEOMETRYCOLLECTION)? ?Z?[(), 0-9.a-zé-]{0,40}",
            bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = text(&word);
            let _ = read_binary(&bytes, &mut Shaper::default());
        }
    }
}
