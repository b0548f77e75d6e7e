//! Any outline, valid or not, is judged, measured, cut and written without a panic, and what is written is valid.
#![no_main]

use geo::{Geometry, LineString, Polygon};
use parvis_tiles::decode::decode;
use parvis_tiles::geometry::{area_m2, faults, length_m, representative_point};
use parvis_tiles::{Context, ContextItem, Position, Shape};

#[derive(arbitrary::Arbitrary, Debug)]
struct Drawing {
    /// Steps of a hundred-thousandth of a degree from the middle of the map: close enough to fold on themselves.
    rings: Vec<Vec<(i16, i16)>>,
    stretch: u8,
    line: bool,
    zoom: u8,
}

libfuzzer_sys::fuzz_target!(|drawing: Drawing| {
    let scale = 1e-5 * f64::from(1 + u32::from(drawing.stretch) * u32::from(drawing.stretch) / 64);
    let ring = |steps: &Vec<(i16, i16)>| -> LineString<f64> {
        steps.iter().map(|&(x, y)| (4.85 + f64::from(x) * scale, 45.75 + f64::from(y) * scale)).collect()
    };
    let mut rings = drawing.rings.iter().map(ring);
    let Some(outer) = rings.next() else { return };
    let geometry: Geometry<f64> =
        if drawing.line { outer.into() } else { Polygon::new(outer, rings.collect()).into() };
    if faults(&geometry).is_empty() {
        assert!(area_m2(&geometry) >= 0.0 && length_m(&geometry) > 0.0);
        assert!(representative_point(&geometry).is_some());
        assert!(Shape::new(geometry.clone()).is_ok());
    }
    let Some(place) = Position::from_lon_lat(4.85, 45.75) else { return };
    let context = Context::build("fuzz", vec![ContextItem { id: 1, geometry, properties: Vec::new() }]);
    if let Some(bytes) = context.tile(place.tile(drawing.zoom % 23)) {
        assert!(decode(&bytes).is_ok(), "an invalid tile");
    }
});
