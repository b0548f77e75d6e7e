//! What is pointed out on a map: a place by a large disc, an area by its edge.

use crate::Frame;
use crate::around::Surround;
use crate::color::Color;
use crate::svg::{Svg, Tenths};

/// Something that is pointed out, in degrees (EPSG:4326).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mark<'a> {
    /// A place, in its colour (`#rrggbb`).
    Place {
        /// Longitude and latitude.
        at: [f64; 2],
        /// The disc's colour.
        color: &'a str,
    },
    /// The edge of an area: its rings.
    Edge {
        /// Longitudes and latitudes.
        rings: &'a [Vec<[f64; 2]>],
        /// The line's colour.
        color: &'a str,
    },
}

/// The radius of a disc, in pixels.
const RADIUS: f64 = 22.0;

pub(crate) fn draw(svg: &mut Svg, frame: &Frame, surround: &Surround<'_>) {
    for mark in &surround.marks {
        match mark {
            Mark::Place { at: [lon, lat], color } => {
                let (Some([x, y]), Some(color)) = (frame.place(*lon, *lat), Color::read(color)) else {
                    continue;
                };
                let [cx, cy] = [x, y].map(Tenths);
                svg.raw(format_args!(
                    r##"<circle cx="{cx}" cy="{cy}" r="{}" fill="#000" fill-opacity=".25"/><circle cx="{cx}" cy="{cy}" r="{RADIUS}" fill="{color}" stroke="#fff" stroke-width="5"/>"##,
                    RADIUS + 6.0
                ));
            }
            Mark::Edge { rings, color } => edge(svg, frame, rings, color),
        }
    }
}

fn edge(svg: &mut Svg, frame: &Frame, rings: &[Vec<[f64; 2]>], color: &str) {
    let Some(color) = Color::read(color) else { return };
    let around = frame.bounds(64.0);
    let mut path = String::new();
    for ring in rings {
        let corners: Vec<[f64; 2]> = ring.iter().filter_map(|[lon, lat]| frame.place(*lon, *lat)).collect();
        for piece in crate::clip::line(&corners, around) {
            path.push_str(&crate::shapes::along(&piece, false, crate::shapes::Grain::of(svg)));
        }
    }
    if !path.is_empty() {
        svg.raw(format_args!(
            r#"<path d="{path}" fill="none" stroke="{color}" stroke-width="4" stroke-linejoin="round"/>"#
        ));
    }
}
