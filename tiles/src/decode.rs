//! A strict reader of Mapbox Vector Tiles (version 2.1), for tests, checks of foreign tiles, fuzzing, and maps drawn without a browser.
//!
//! Strict: what the specification forbids is refused, also where a lenient reader would guess; [`decode_leniently`] leaves it out. Not
//! here: a use in the serving of tiles. Invariants: never panics, whatever the input; allocates what the input could hold, and
//! [`MOST_WORDS`] of attributes, which many features may share.

use crate::clip::Vertex;
use crate::error::Error;
use crate::rings::doubled_area;

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum DecodedValue {
    /// Field 1.
    String(String),
    /// Field 2.
    Float(f32),
    /// Field 3.
    Double(f64),
    /// Field 4.
    Int(i64),
    /// Field 5.
    Uint(u64),
    /// Field 6.
    Sint(i64),
    /// Field 7.
    Bool(bool),
}

/// A geometry in tile units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodedGeometry {
    /// Of no known type; its commands are not looked into.
    Unknown,
    /// One or more points.
    Points(Vec<Vertex>),
    /// One or more lines.
    Lines(Vec<Vec<Vertex>>),
    /// Rings, not closed by a repeated vertex; an outer ring is followed by its holes.
    Rings(Vec<Vec<Vertex>>),
}

/// A feature.
#[derive(Debug, Clone, PartialEq)]
pub struct DecodedFeature {
    /// Its id, if it has one.
    pub id: Option<u64>,
    /// Its attributes, in order.
    pub tags: Vec<(String, DecodedValue)>,
    /// Its geometry.
    pub geometry: DecodedGeometry,
}

/// A layer.
#[derive(Debug, Clone, PartialEq)]
pub struct DecodedLayer {
    /// Its name, unique in the tile.
    pub name: String,
    /// Version of the specification it follows: 1 or 2.
    pub version: u32,
    /// Width and height of the tile in its units.
    pub extent: u32,
    /// Its features.
    pub features: Vec<DecodedFeature>,
}

type Result<T> = std::result::Result<T, Error>;

/// How many bytes of words the features of a layer may have together, each counted as often as it is said: 64 MB.
pub const MOST_WORDS: usize = 64 << 20;

fn refuse<T>(why: &'static str) -> Result<T> {
    Err(Error::Decode(why))
}

/// The layers of a tile.
///
/// # Errors
/// [`Error::Decode`] with the first rule of the specification that the bytes break.
pub fn decode(bytes: &[u8]) -> Result<Vec<DecodedLayer>> {
    layers(bytes, true)
}

/// The layers of a tile of other people's, to be drawn: a feature or a layer that breaks a rule is left out, a ring or line that encloses
/// nothing or stays where it is does no harm, and two layers may have one name.
///
/// # Errors
/// [`Error::Decode`] where it is no vector tile.
pub fn decode_leniently(bytes: &[u8]) -> Result<Vec<DecodedLayer>> {
    layers(bytes, false)
}

fn layers(bytes: &[u8], is_strict: bool) -> Result<Vec<DecodedLayer>> {
    let mut layers: Vec<DecodedLayer> = Vec::new();
    let mut reader = Reader(bytes);
    while let Some((field, value)) = reader.field()? {
        // Other fields may be extensions (16 to 8191): skipped, as the specification allows for a tile.
        if field == 3 {
            let layer = match layer(value.bytes()?, is_strict) {
                Err(_) if !is_strict => continue,
                layer => layer?,
            };
            if is_strict && layers.iter().any(|known| known.name == layer.name) {
                return refuse("two layers have the same name");
            }
            layers.push(layer);
        }
    }
    Ok(layers)
}

/// A value as it stands on the wire.
#[derive(Clone, Copy)]
enum Wire<'a> {
    Varint(u64),
    Fixed64([u8; 8]),
    Fixed32([u8; 4]),
    Bytes(&'a [u8]),
}

impl<'a> Wire<'a> {
    fn bytes(self) -> Result<&'a [u8]> {
        if let Self::Bytes(bytes) = self { Ok(bytes) } else { refuse("a field has the wrong wire type") }
    }

    fn varint(self) -> Result<u64> {
        if let Self::Varint(value) = self { Ok(value) } else { refuse("a field has the wrong wire type") }
    }

    fn uint32(self) -> Result<u32> {
        u32::try_from(self.varint()?).or_else(|_| refuse("a number does not fit 32 bits"))
    }

    fn text(self) -> Result<String> {
        match std::str::from_utf8(self.bytes()?) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => refuse("a text is not UTF-8"),
        }
    }

    /// A packed list of 32-bit numbers; each takes at least a byte, which bounds what is allocated.
    fn packed(self) -> Result<Vec<u32>> {
        let mut reader = Reader(self.bytes()?);
        let mut values = Vec::new();
        while !reader.0.is_empty() {
            values.push(Wire::Varint(reader.varint()?).uint32()?);
        }
        Ok(values)
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8]> {
        match self.0.split_at_checked(n) {
            Some((taken, rest)) => {
                self.0 = rest;
                Ok(taken)
            }
            None => refuse("the bytes end too early"),
        }
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        self.take(N)?.try_into().or_else(|_| refuse("the bytes end too early"))
    }

    fn varint(&mut self) -> Result<u64> {
        let mut value = 0u64;
        for shift in (0..70).step_by(7) {
            let [byte] = self.array()?;
            if shift == 63 && byte > 1 {
                break;
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        refuse("a number is longer than 64 bits")
    }

    fn field(&mut self) -> Result<Option<(u64, Wire<'a>)>> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let tag = self.varint()?;
        let value = match tag & 7 {
            0 => Wire::Varint(self.varint()?),
            1 => Wire::Fixed64(self.array()?),
            2 => {
                let length = self.varint()?;
                let length = usize::try_from(length).or_else(|_| refuse("the bytes end too early"))?;
                Wire::Bytes(self.take(length)?)
            }
            5 => Wire::Fixed32(self.array()?),
            _ => return refuse("an unknown wire type"),
        };
        match tag >> 3 {
            0 => refuse("field number 0"),
            field => Ok(Some((field, value))),
        }
    }
}

fn layer(bytes: &[u8], is_strict: bool) -> Result<DecodedLayer> {
    let (mut name, mut version, mut extent) = (None, None, None);
    let (mut keys, mut values, mut features) = (Vec::new(), Vec::new(), Vec::new());
    let mut reader = Reader(bytes);
    while let Some((field, wire)) = reader.field()? {
        match field {
            1 => name = Some(wire.text()?),
            2 => features.push(wire.bytes()?),
            3 => keys.push(wire.text()?),
            4 => values.push(value(wire.bytes()?)?),
            5 => extent = Some(wire.uint32()?),
            15 => version = Some(wire.uint32()?),
            16..=8191 => {}
            _ => return refuse("an unknown field in a layer"),
        }
    }
    let Some(name) = name.filter(|name| !name.is_empty()) else { return refuse("a layer without a name") };
    let version = match version {
        Some(version @ (1 | 2)) => version,
        Some(_) => return refuse("an unknown version"),
        None => return refuse("a layer without a version"),
    };
    let extent = extent.unwrap_or(4096);
    if extent == 0 {
        return refuse("an extent of nothing");
    }
    // Keys and values may stand behind the features that use them.
    let (mut room, tables) = (MOST_WORDS, (keys.as_slice(), values.as_slice()));
    let features = if is_strict {
        features.into_iter().map(|bytes| feature(bytes, version, tables, &mut room)).collect::<Result<_>>()?
    } else {
        // Version 1 says less of rings and lines.
        features.into_iter().filter_map(|bytes| feature(bytes, 1, tables, &mut room).ok()).collect()
    };
    Ok(DecodedLayer { name, version, extent, features })
}

fn value(bytes: &[u8]) -> Result<DecodedValue> {
    let mut found = None;
    let mut reader = Reader(bytes);
    while let Some((field, wire)) = reader.field()? {
        let value = match (field, wire) {
            (1, wire) => DecodedValue::String(wire.text()?),
            (2, Wire::Fixed32(bits)) => DecodedValue::Float(f32::from_le_bytes(bits)),
            (3, Wire::Fixed64(bits)) => DecodedValue::Double(f64::from_le_bytes(bits)),
            (4, wire) => DecodedValue::Int(wire.varint()? as i64),
            (5, wire) => DecodedValue::Uint(wire.varint()?),
            (6, wire) => DecodedValue::Sint(unzigzag64(wire.varint()?)),
            (7, wire) => DecodedValue::Bool(wire.varint()? != 0),
            _ => return refuse("a value of an unknown kind"),
        };
        if found.replace(value).is_some() {
            return refuse("a value of two kinds");
        }
    }
    found.map_or_else(|| refuse("a value of no kind"), Ok)
}

fn feature(
    bytes: &[u8],
    version: u32,
    (keys, values): (&[String], &[DecodedValue]),
    room: &mut usize,
) -> Result<DecodedFeature> {
    let (mut id, mut tags, mut kind, mut commands) = (None, Vec::new(), None, None);
    let mut reader = Reader(bytes);
    while let Some((field, wire)) = reader.field()? {
        match field {
            1 => id = Some(wire.varint()?),
            2 => tags.extend(wire.packed()?),
            3 => kind = Some(wire.varint()?),
            4 => {
                if commands.replace(wire.packed()?).is_some() {
                    return refuse("a feature with two geometries");
                }
            }
            _ => return refuse("an unknown field in a feature"),
        }
    }
    if !tags.len().is_multiple_of(2) {
        return refuse("a key without a value");
    }
    if tags.len() / 2 > keys.len() {
        return refuse("a key with two values");
    }
    let tags = tags
        .chunks_exact(2)
        .map(|pair| match (keys.get(pair[0] as usize), values.get(pair[1] as usize)) {
            (Some(key), Some(value)) => {
                let long = key.len() + if let DecodedValue::String(text) = value { text.len() } else { 0 };
                match room.checked_sub(long) {
                    Some(left) => *room = left,
                    None => return refuse("attributes without end"),
                }
                Ok((key.clone(), value.clone()))
            }
            _ => refuse("an attribute points outside the tables"),
        })
        .collect::<Result<_>>()?;
    let Some(commands) = commands else { return refuse("a feature without a geometry") };
    let geometry = match kind {
        // Written out, the type "unknown" is allowed; left out, it is not.
        Some(0) => DecodedGeometry::Unknown,
        Some(1) => DecodedGeometry::Points(points(&commands)?),
        Some(2) => DecodedGeometry::Lines(lines(&commands, version)?),
        Some(3) => DecodedGeometry::Rings(rings(&commands, version)?),
        Some(_) => return refuse("an unknown type of geometry"),
        None => return refuse("a feature without a type of geometry"),
    };
    Ok(DecodedFeature { id, tags, geometry })
}

fn unzigzag64(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

/// A pen that follows commands.
struct Pen<'a> {
    commands: &'a [u32],
    x: i32,
    y: i32,
}

const MOVE_TO: u32 = 1;
const LINE_TO: u32 = 2;
const CLOSE_PATH: u32 = 7;

impl<'a> Pen<'a> {
    fn new(commands: &'a [u32]) -> Self {
        Self { commands, x: 0, y: 0 }
    }

    fn command(&mut self) -> Result<(u32, u32)> {
        match self.commands.split_first() {
            Some((&command, rest)) => {
                self.commands = rest;
                Ok((command & 7, command >> 3))
            }
            None => refuse("the geometry ends too early"),
        }
    }

    fn vertices(&mut self, count: u32) -> Result<Vec<Vertex>> {
        // Checked before anything is allocated for the count.
        let Some((steps, rest)) =
            (count as usize).checked_mul(2).and_then(|n| self.commands.split_at_checked(n))
        else {
            return refuse("a command with too few parameters");
        };
        self.commands = rest;
        let step = |value: u32| (value >> 1) as i32 ^ -((value & 1) as i32);
        let mut vertices = Vec::with_capacity(count as usize);
        for pair in steps.chunks_exact(2) {
            // The specification lets coordinates wrap around 32 bits.
            self.x = self.x.wrapping_add(step(pair[0]));
            self.y = self.y.wrapping_add(step(pair[1]));
            vertices.push((self.x, self.y));
        }
        Ok(vertices)
    }

    /// A `MoveTo` of one point and the `LineTo` after it, with at least `least` vertices in all.
    fn line(&mut self, least: usize, version: u32) -> Result<Vec<Vertex>> {
        let (command, count) = self.command()?;
        if command != MOVE_TO || count != 1 {
            return refuse("a line or ring does not begin with one MoveTo");
        }
        let mut line = self.vertices(1)?;
        let (command, count) = self.command()?;
        if command != LINE_TO {
            return refuse("no LineTo after MoveTo");
        }
        line.extend(self.vertices(count)?);
        if line.len() < least {
            return refuse("a line or ring with too few vertices");
        }
        if version > 1 && line.windows(2).any(|pair| pair[0] == pair[1]) {
            return refuse("a line or ring stays where it is");
        }
        Ok(line)
    }
}

fn points(commands: &[u32]) -> Result<Vec<Vertex>> {
    let mut pen = Pen::new(commands);
    let (command, count) = pen.command()?;
    if command != MOVE_TO || count == 0 {
        return refuse("points do not begin with MoveTo");
    }
    let points = pen.vertices(count)?;
    if pen.commands.is_empty() { Ok(points) } else { refuse("more than one command for points") }
}

fn lines(commands: &[u32], version: u32) -> Result<Vec<Vec<Vertex>>> {
    let mut pen = Pen::new(commands);
    let mut lines = Vec::new();
    while lines.is_empty() || !pen.commands.is_empty() {
        lines.push(pen.line(2, version)?);
    }
    Ok(lines)
}

fn rings(commands: &[u32], version: u32) -> Result<Vec<Vec<Vertex>>> {
    let mut pen = Pen::new(commands);
    let mut rings = Vec::new();
    while rings.is_empty() || !pen.commands.is_empty() {
        let ring = pen.line(3, version)?;
        if pen.command()? != (CLOSE_PATH, 1) {
            return refuse("a ring is not closed by one ClosePath");
        }
        if version > 1 {
            match doubled_area(&ring) {
                0 => return refuse("a ring encloses nothing"),
                ..0 if rings.is_empty() => return refuse("a hole comes before any outer ring"),
                _ => {}
            }
        }
        rings.push(ring);
    }
    Ok(rings)
}
