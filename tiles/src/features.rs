//! Lines and polygons as bytes of a vector tile, through the `mvt` crate.
//!
//! Not here: cutting them (`clip.rs`), points (`encode.rs`). Invariant: a feature that cannot be written is left out,
//! never half written.

use mvt::{GeomData, GeomEncoder, GeomType};

use crate::clip::{TileGeometry, Vertex};
use crate::content::ShapeFeature;
use crate::encode::Layers;
use crate::filter::Attributes;
use crate::labels::{Labels, is_of};
use crate::tile::EXTENT;

/// Appends the layers `lines` and `polygons`, if chosen and not empty.
pub(crate) fn write_shapes(out: &mut Vec<u8>, shapes: &[ShapeFeature], labels: &Labels, layers: Layers) {
    let is_line = |shape: &&ShapeFeature| matches!(shape.geometry, TileGeometry::Lines(_));
    if layers.lines {
        write_layer(out, "lines", shapes.iter().filter(is_line), labels);
    }
    if layers.polygons {
        write_layer(out, "polygons", shapes.iter().filter(|shape| !is_line(shape)), labels);
    }
}

fn write_layer<'a>(
    out: &mut Vec<u8>,
    name: &str,
    shapes: impl Iterator<Item = &'a ShapeFeature>,
    labels: &Labels,
) {
    let tile = mvt::Tile::new(EXTENT);
    let mut layer = tile.create_layer(name);
    for shape in shapes {
        let Some(geometry) = geometry(&shape.geometry) else { continue };
        let mut feature = layer.into_feature(geometry);
        feature.set_id(shape.id);
        add_attributes(&mut feature, &shape.attributes, labels);
        layer = feature.into_layer();
    }
    append(out, tile, layer);
}

fn add_attributes(feature: &mut mvt::Feature, attributes: &Attributes, labels: &Labels) {
    for (column, _, named) in labels.drawn().filter(|(_, of, _)| is_of(&attributes.codes, *of)) {
        if let Some(label) = named.label(attributes.codes[column]) {
            feature.add_tag_string(&named.name, label);
        }
    }
    feature.add_tag_sint("score", i64::from(attributes.score));
    feature.add_tag_uint("time", u64::from(attributes.time));
}

/// Appends a layer unless it is empty; layers written apart make one tile.
pub(crate) fn append(out: &mut Vec<u8>, mut tile: mvt::Tile, layer: mvt::Layer) {
    if layer.num_features() == 0 {
        return;
    }
    // Neither can fail: the name is the tile's only one, and memory takes all bytes.
    if tile.add_layer(layer).is_ok()
        && let Ok(bytes) = tile.to_bytes()
    {
        out.extend_from_slice(&bytes);
    }
}

/// The geometry in the encoding of the specification.
pub(crate) fn geometry(geometry: &TileGeometry) -> Option<GeomData> {
    match geometry {
        TileGeometry::Lines(lines) => {
            let joined = join(lines);
            write(GeomType::Linestring, joined.iter().map(Vec::as_slice))
        }
        TileGeometry::Polygons(polygons) => {
            let mut rings: Vec<Vec<Vertex>> = Vec::new();
            for ring in polygons.iter().flatten() {
                let mut ring = ring.clone();
                // `mvt` drops the first vertex of a part that begins where the part before ended: begin elsewhere.
                if rings.last().and_then(|before| before.last()) == ring.first() {
                    ring.rotate_left(1);
                }
                rings.push(ring);
            }
            write(GeomType::Polygon, rings.iter().map(Vec::as_slice))
        }
    }
}

/// Lines of which one begins where the one before ended are one line; `mvt` needs them so (see above).
fn join(lines: &[Vec<Vertex>]) -> Vec<Vec<Vertex>> {
    let mut joined: Vec<Vec<Vertex>> = Vec::with_capacity(lines.len());
    for line in lines {
        match joined.last_mut() {
            Some(before) if before.last() == line.first() => before.extend(line.iter().skip(1)),
            _ => joined.push(line.clone()),
        }
    }
    joined
}

fn write<'a>(kind: GeomType, parts: impl Iterator<Item = &'a [Vertex]>) -> Option<GeomData> {
    let mut encoder = GeomEncoder::new(kind);
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        for &(x, y) in part {
            encoder.add_point(f64::from(x), f64::from(y)).ok()?;
        }
        // `encode` completes the last part.
        if parts.peek().is_some() {
            encoder.complete_geom().ok()?;
        }
    }
    encoder.encode().ok().filter(|data| !data.is_empty())
}
