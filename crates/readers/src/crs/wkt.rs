//! The text of a projection (WKT 1 of OGC, GDAL and ESRI; WKT 2), read by its parameters and its datum.
//!
//! What it is: which of our definitions a text says, whatever it is called. What it is not: it never goes by a name that
//! contains another ("Mercator"), and never takes one datum for another.
//! Invariant: what is not understood whole is `None`, never the nearest thing.

use super::definitions::{Datum, Definition, Method, PARIS, all};

/// `KEYWORD["text", 1.0, CHILD[…]]`.
#[derive(Debug, Default)]
struct Node {
    word: String,
    texts: Vec<String>,
    numbers: Vec<f64>,
    children: Vec<Node>,
}

/// The deepest nesting; the standards need nine.
const DEPTH: u8 = 24;

impl Node {
    fn parse(text: &str) -> Option<Node> {
        let mut rest = text.trim_start_matches('\u{feff}').trim();
        let node = Node::read(&mut rest, DEPTH)?;
        rest.trim().is_empty().then_some(node)
    }

    fn read(rest: &mut &str, depth: u8) -> Option<Node> {
        let open = rest.find(['[', '(']).filter(|_| depth > 0)?;
        let word = rest[..open].trim().to_ascii_uppercase();
        if word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return None;
        }
        *rest = &rest[open + 1..];
        let mut node = Node { word, ..Node::default() };
        loop {
            *rest = rest.trim_start();
            match rest.chars().next()? {
                ']' | ')' => {
                    *rest = &rest[1..];
                    return Some(node);
                }
                ',' => *rest = &rest[1..],
                '"' => {
                    let end = rest[1..].find('"')?;
                    node.texts.push(rest[1..=end].to_owned());
                    *rest = &rest[end + 2..];
                }
                _ => {
                    let end = rest.find([',', ']', ')', '[', '('])?;
                    if matches!(rest.as_bytes().get(end), Some(b'[' | b'(')) {
                        node.children.push(Node::read(rest, depth - 1)?);
                    } else {
                        // Words like EAST are of no matter here.
                        node.numbers.extend(rest[..end].trim().parse::<f64>());
                        *rest = &rest[end..];
                    }
                }
            }
        }
    }

    fn child(&self, words: &[&str]) -> Option<&Node> {
        self.children.iter().find(|child| words.contains(&child.word.as_str()))
    }

    fn name(&self) -> &str {
        self.texts.first().map_or("", String::as_str)
    }
}

/// What a text says.
#[derive(Debug, PartialEq)]
pub(crate) enum Read {
    /// The EPSG code of a system that is computed.
    Known(u32),
    /// The name of one that is not.
    Unknown(String),
}

/// Reads a text.
pub(crate) fn read(text: &str) -> Read {
    let Some(root) = Node::parse(text) else { return Read::Unknown(String::new()) };
    let mut system = &root;
    // Heights and bound shifts stand around the system itself.
    while let Some(inner) = match system.word.as_str() {
        "COMPD_CS" | "COMPOUNDCRS" => {
            system.child(&["PROJCS", "GEOGCS", "PROJCRS", "GEOGCRS", "GEODCRS", "BOUNDCRS"])
        }
        "BOUNDCRS" => system.child(&["SOURCECRS"]),
        "SOURCECRS" => system.children.first(),
        _ => None,
    } {
        system = inner;
    }
    let known = match system.word.as_str() {
        "PROJCS" | "PROJCRS" | "PROJECTEDCRS" => projected(system),
        "GEOGCS" | "GEOGCRS" | "GEODCRS" | "GEOGRAPHICCRS" | "GEODETICCRS" => geographic(system),
        _ => None,
    };
    known.map_or_else(|| Read::Unknown(system.name().to_owned()), Read::Known)
}

/// Degrees of longitude and latitude on a datum that is taken as WGS84.
fn geographic(system: &Node) -> Option<u32> {
    let unit = system.child(&["UNIT", "ANGLEUNIT"]).or_else(|| {
        let axis = system.child(&["AXIS"])?;
        axis.child(&["ANGLEUNIT", "UNIT"])
    });
    let is_degrees =
        unit.is_none_or(|unit| unit.numbers.first().is_some_and(|size| near(*size, 1f64.to_radians(), 1e-9)));
    (is_degrees && meridian(system)? == 0.0 && datum(system)? == Datum::Modern).then_some(4326)
}

fn projected(system: &Node) -> Option<u32> {
    let base = system.child(&["GEOGCS", "BASEGEOGCRS", "BASEGEODCRS", "GEOGCRS"])?;
    let conversion = system.child(&["CONVERSION"]).unwrap_or(system);
    let lengths: Vec<&Node> = system
        .children
        .iter()
        .filter(|child| ["UNIT", "LENGTHUNIT"].contains(&child.word.as_str()))
        .collect();
    let axes = system
        .children
        .iter()
        .filter_map(|child| child.child(&["LENGTHUNIT", "UNIT"]).filter(|_| child.word == "AXIS"));
    let is_metres = lengths.into_iter().chain(axes).all(|unit| unit.numbers.first() == Some(&1.0));
    let angle = base
        .child(&["UNIT", "ANGLEUNIT"])
        .and_then(|unit| unit.numbers.first().copied())
        .unwrap_or(1f64.to_radians());
    let parameters = Parameters { conversion, angle, meridian: meridian(base)? };
    let found = Definition {
        epsg: 0,
        method: parameters.method(system, base)?,
        east: parameters.length(&["falseeasting", "eastingatfalseorigin", "eastingatprojectioncentre"])?,
        north: parameters.length(&[
            "falsenorthing",
            "northingatfalseorigin",
            "northingatprojectioncentre",
        ])?,
        datum: datum(base)?,
        covers: [0.0; 4],
    };
    is_metres.then(|| all().into_iter().find(|known| same(known, &found)))?.map(|known| known.epsg)
}

fn same(known: &Definition, found: &Definition) -> bool {
    known.datum == found.datum
        && near(known.east, found.east, 0.01)
        && near(known.north, found.north, 0.01)
        && match (known.method, found.method) {
            (
                Method::Lambert2 { lat, lon, south, north },
                Method::Lambert2 { lat: a, lon: b, south: c, north: d },
            ) => near(lat, a, 1e-6) && near(lon, b, 1e-6) && near(south, c, 1e-6) && near(north, d, 1e-6),
            (Method::Lambert1 { lat, lon, scale }, Method::Lambert1 { lat: a, lon: b, scale: c })
            | (Method::Transverse { lat, lon, scale }, Method::Transverse { lat: a, lon: b, scale: c }) => {
                near(lat, a, 1e-6) && near(lon, b, 1e-6) && near(scale, c, 1e-10)
            }
            (Method::Mercator { lon, scale }, Method::Mercator { lon: a, scale: b }) => {
                near(lon, a, 1e-6) && near(scale, b, 1e-10)
            }
            (Method::PseudoMercator, Method::PseudoMercator) => true,
            (Method::Swiss { lat, lon }, Method::Swiss { lat: a, lon: b })
            | (Method::EqualArea { lat, lon }, Method::EqualArea { lat: a, lon: b }) => {
                near(lat, a, 1e-6) && near(lon, b, 1e-6)
            }
            _ => false,
        }
}

fn near(a: f64, b: f64, by: f64) -> bool {
    (a - b).abs() <= by
}

/// Letters, figures and `+` alone, in lower case.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '+').map(|c| c.to_ascii_lowercase()).collect()
}

/// Degrees east of Greenwich of the meridian that longitudes are counted from.
fn meridian(base: &Node) -> Option<f64> {
    let Some(prime) = base.child(&["PRIMEM", "PRIMEMERIDIAN"]) else { return Some(0.0) };
    let value = prime.numbers.first().copied()?;
    // Paris is written in degrees or in grads, whatever unit is declared.
    let paris = [PARIS, 2.596_921_3].iter().any(|written| near(value, *written, 1e-5));
    if value == 0.0 { Some(0.0) } else { paris.then_some(PARIS) }
}

fn datum(base: &Node) -> Option<Datum> {
    let node = base.child(&["DATUM", "ENSEMBLE", "TRF", "GEODETICDATUM"])?;
    let named = key(node.name());
    let name = named.strip_prefix('d').filter(|_| node.name().starts_with("D_")).unwrap_or(&named);
    let ellipsoid = node.child(&["SPHEROID", "ELLIPSOID"])?;
    let radius = ellipsoid.numbers.first().copied()?;
    let begins = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    let modern = [
        "wgs1984",
        "wgs84",
        "worldgeodeticsystem1984",
        "rgf93",
        "rgf1993",
        "reseaugeodesique",
        "reseaudereference",
        "etrs89",
        "etrs1989",
        "europeanterrestrialreferencesystem1989",
        "rgaf09",
        "rraf",
        "rgfg",
        "rgr1992",
        "rgr92",
        "rgm04",
        "rgm2004",
        "rgspm",
        "rgnc",
        "rgpf",
        "rgwf",
    ];
    let found = if begins(&modern) {
        (Datum::Modern, 6_378_137.0)
    } else if begins(&["nouvelletriangulationfrancaise", "ntf"]) {
        (Datum::Ntf, 6_378_249.2)
    } else if begins(&["europeandatum1950", "european1950", "ed50"]) {
        (Datum::Ed50, 6_378_388.0)
    } else if begins(&["ch1903"]) {
        (Datum::Swiss, 6_377_397.155)
    } else if begins(&["saintpierreetmiquelon1950", "stpierreetmiquelon1950"]) {
        (Datum::Miquelon, 6_378_206.4)
    } else {
        return None;
    };
    near(radius, found.1, 0.5).then_some(found.0)
}

struct Parameters<'a> {
    conversion: &'a Node,
    /// Radians of the unit that angles are written in.
    angle: f64,
    meridian: f64,
}

impl Parameters<'_> {
    fn node(&self, names: &[&str]) -> Option<(f64, Option<f64>)> {
        let found = self
            .conversion
            .children
            .iter()
            .find(|child| child.word == "PARAMETER" && names.contains(&key(child.name()).as_str()))?;
        let unit = found.child(&["ANGLEUNIT", "LENGTHUNIT", "SCALEUNIT", "UNIT"]);
        Some((found.numbers.first().copied()?, unit.and_then(|unit| unit.numbers.first().copied())))
    }

    fn degrees(&self, names: &[&str]) -> Option<f64> {
        let (value, unit) = self.node(names)?;
        let size = unit.unwrap_or(self.angle);
        Some(if near(size, 1f64.to_radians(), 1e-9) { value } else { (value * size).to_degrees() })
    }

    fn length(&self, names: &[&str]) -> Option<f64> {
        self.node(names).map(|(value, unit)| value * unit.unwrap_or(1.0))
    }

    fn method(&self, system: &Node, base: &Node) -> Option<Method> {
        let name = key(self.conversion.child(&["PROJECTION", "METHOD"])?.name());
        let lat = self.degrees(&[
            "latitudeoforigin",
            "latitudeofcenter",
            "latitudeofnaturalorigin",
            "latitudeoffalseorigin",
            "latitudeofprojectioncentre",
        ]);
        let lon = self
            .degrees(&[
                "centralmeridian",
                "longitudeofcenter",
                "longitudeofnaturalorigin",
                "longitudeoffalseorigin",
                "longitudeofprojectioncentre",
            ])
            .map(|lon| lon + self.meridian);
        let scale = self
            .node(&[
                "scalefactor",
                "scalefactoratnaturalorigin",
                "scalefactoroninitialline",
                "scalefactoratprojectioncentre",
            ])
            .map_or(1.0, |(k, _)| k);
        let first = self.degrees(&["standardparallel1", "latitudeof1ststandardparallel"]);
        let second = self.degrees(&["standardparallel2", "latitudeof2ndstandardparallel"]);
        match name.as_str() {
            "lambertconformalconic"
            | "lambertconformalconic1sp"
            | "lambertconformalconic2sp"
            | "lambertconicconformal1sp"
            | "lambertconicconformal2sp" => match (first, second.or(first)) {
                (Some(a), Some(b)) if !near(a, b, 1e-9) => near(scale, 1.0, 1e-12)
                    .then_some(Method::Lambert2 { lat: lat?, lon: lon?, south: a.min(b), north: a.max(b) }),
                (Some(a), _) if lat.is_some_and(|lat| !near(a, lat, 1e-6)) => None,
                _ => Some(Method::Lambert1 { lat: lat.or(first)?, lon: lon?, scale }),
            },
            "transversemercator" | "gausskruger" => {
                Some(Method::Transverse { lat: lat.unwrap_or(0.0), lon: lon?, scale })
            }
            "mercatorauxiliarysphere" | "popularvisualisationpseudomercator" => {
                self.is_plain_web(lon).then_some(Method::PseudoMercator)
            }
            // GDAL writes web Mercator so in WKT 1, and says what it means beside it.
            "mercator1sp" if is_spherical(system) => self.is_plain_web(lon).then_some(Method::PseudoMercator),
            "mercator" | "mercator1sp" | "mercatorvarianta" | "mercatorvariantb" | "mercator2sp" => {
                let flat = base
                    .child(&["DATUM", "ENSEMBLE"])?
                    .child(&["SPHEROID", "ELLIPSOID"])?
                    .numbers
                    .get(1)
                    .copied()?;
                let is_plain = first.unwrap_or(0.0) == 0.0 && lat.unwrap_or(0.0) == 0.0 && flat > 290.0;
                is_plain.then_some(Method::Mercator { lon: lon?, scale })
            }
            "hotineobliquemercatorazimuthcenter"
            | "hotineobliquemercatorvariantb"
            | "obliquemercatorazimuthcenter"
            | "swissobliquecylindrical"
            | "swissobliquemercator" => {
                let right = |names: &[&str]| self.degrees(names).is_none_or(|angle| near(angle, 90.0, 1e-6));
                let is_swiss = right(&["azimuth", "azimuthofinitialline", "azimuthatprojectioncentre"])
                    && right(&["rectifiedgridangle", "anglefromrectifiedtoskewgrid"])
                    && near(scale, 1.0, 1e-12);
                is_swiss.then_some(Method::Swiss { lat: lat?, lon: lon? })
            }
            "lambertazimuthalequalarea" => Some(Method::EqualArea { lat: lat?, lon: lon? }),
            _ => None,
        }
    }

    fn is_plain_web(&self, lon: Option<f64>) -> bool {
        let sphere = self.node(&["auxiliaryspheretype"]).map_or(0.0, |(kind, _)| kind);
        lon.unwrap_or(0.0) == 0.0 && sphere == 0.0
    }
}

fn is_spherical(system: &Node) -> bool {
    system
        .child(&["EXTENSION"])
        .is_some_and(|extension| extension.texts.iter().any(|text| text.contains("+a=6378137 +b=6378137")))
}
