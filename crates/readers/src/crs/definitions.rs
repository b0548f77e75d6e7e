//! The projections that are computed: their parameters, their datums, what they cover.
//!
//! What it is: a table by EPSG code (EPSG registry v11) and the line for proj4rs of each entry.
//! What it is not: it reads no file (see `wkt`). Invariant: a datum that is not taken as equal to WGS84 has the shift of
//! the registry and its stated accuracy.

/// How a datum becomes WGS84.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Datum {
    /// WGS84, and what differs from it by less than a metre: RGF93 and its sisters overseas, ETRS89.
    Modern,
    /// Nouvelle triangulation de la France; EPSG:1193, 2 m.
    Ntf,
    /// European Datum 1950 in France; EPSG:1275, 2 m.
    Ed50,
    /// CH1903 and CH1903+; EPSG:1676, 1 m.
    Swiss,
    /// Saint-Pierre-et-Miquelon 1950; EPSG:8270, 1 m.
    Miquelon,
}

impl Datum {
    /// Ellipsoid and shift, as proj writes them.
    fn line(self) -> &'static str {
        match self {
            Datum::Modern => "+ellps=GRS80 +towgs84=0,0,0",
            Datum::Ntf => "+a=6378249.2 +rf=293.466021293627 +towgs84=-168,-60,320",
            Datum::Ed50 => "+a=6378388 +rf=297 +towgs84=-84,-97,-117",
            Datum::Swiss => "+a=6377397.155 +rf=299.1528128 +towgs84=674.374,15.056,405.346",
            Datum::Miquelon => "+a=6378206.4 +rf=294.978698213898 +towgs84=11.363,424.148,373.13",
        }
    }

    /// Metres by which places may be off, where the shift is not exact.
    pub(super) fn accuracy(self) -> Option<u8> {
        match self {
            Datum::Modern => None,
            Datum::Ntf | Datum::Ed50 => Some(2),
            Datum::Swiss | Datum::Miquelon => Some(1),
        }
    }
}

/// A projection by its parameters, angles in degrees from Greenwich.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Method {
    /// Lambert conformal conic with two standard parallels.
    Lambert2 { lat: f64, lon: f64, south: f64, north: f64 },
    /// With one, and a scale.
    Lambert1 { lat: f64, lon: f64, scale: f64 },
    /// Transverse Mercator.
    Transverse { lat: f64, lon: f64, scale: f64 },
    /// Mercator on the ellipsoid.
    Mercator { lon: f64, scale: f64 },
    /// Mercator on a sphere with the latitudes of the ellipsoid, as web maps have it.
    PseudoMercator,
    /// The Swiss oblique Mercator: azimuth 90°.
    Swiss { lat: f64, lon: f64 },
    /// Lambert azimuthal equal-area.
    EqualArea { lat: f64, lon: f64 },
}

/// A projected system.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Definition {
    pub(super) epsg: u32,
    pub(super) method: Method,
    pub(super) east: f64,
    pub(super) north: f64,
    pub(super) datum: Datum,
    /// West, south, east, north in degrees: what it is made for, with a wide margin.
    pub(super) covers: [f64; 4],
}

/// Degrees east of Greenwich of the meridian of Paris.
pub(super) const PARIS: f64 = 2.337_229_17;
const METROPOLE: [f64; 4] = [-12.0, 38.0, 16.0, 55.0];
const WORLD: [f64; 4] = [-180.0, -90.0, 180.0, 90.0];
const SWITZERLAND: [f64; 4] = [4.0, 44.0, 13.0, 49.5];

impl Definition {
    /// The line for proj4rs.
    pub(super) fn line(&self) -> String {
        let Definition { east, north, .. } = self;
        let method = match self.method {
            Method::Lambert2 { lat, lon, south, north } => {
                format!("+proj=lcc +lat_0={lat} +lon_0={lon} +lat_1={south} +lat_2={north}")
            }
            Method::Lambert1 { lat, lon, scale } => {
                format!("+proj=lcc +lat_0={lat} +lat_1={lat} +lon_0={lon} +k={scale}")
            }
            Method::Transverse { lat, lon, scale } => {
                format!("+proj=tmerc +lat_0={lat} +lon_0={lon} +k={scale}")
            }
            Method::Mercator { lon, scale } => format!("+proj=merc +lon_0={lon} +k={scale}"),
            Method::PseudoMercator => {
                return "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +units=m".into();
            }
            Method::Swiss { lat, lon } => format!("+proj=somerc +lat_0={lat} +lon_0={lon} +k=1"),
            Method::EqualArea { lat, lon } => format!("+proj=laea +lat_0={lat} +lon_0={lon}"),
        };
        format!("{method} +x_0={east} +y_0={north} {} +units=m +no_defs", self.datum.line())
    }
}

fn utm(epsg: u32, zone: u32, is_south: bool, datum: Datum) -> Definition {
    let lon = f64::from(zone) * 6.0 - 183.0;
    let (low, high) = if is_south { (-84.0, 4.0) } else { (-4.0, 84.0) };
    Definition {
        epsg,
        method: Method::Transverse { lat: 0.0, lon, scale: 0.9996 },
        east: 500_000.0,
        north: if is_south { 10_000_000.0 } else { 0.0 },
        datum,
        covers: [lon - 12.0, low, lon + 12.0, high],
    }
}

fn ntf(epsg: u32, grads: f64, scale: f64, north: f64) -> Definition {
    Definition {
        epsg,
        method: Method::Lambert1 { lat: grads * 0.9, lon: PARIS, scale },
        east: 600_000.0,
        north,
        datum: Datum::Ntf,
        covers: METROPOLE,
    }
}

/// Every projected system that is computed, the one to name first before others of the same parameters.
pub(super) fn all() -> Vec<Definition> {
    let plain = |epsg, method, east, north, covers| Definition {
        epsg,
        method,
        east,
        north,
        datum: Datum::Modern,
        covers,
    };
    let lambert93 = Method::Lambert2 { lat: 46.5, lon: 3.0, south: 44.0, north: 49.0 };
    let caledonia =
        Method::Lambert2 { lat: -21.5, lon: 166.0, south: -(22.0 + 1.0 / 3.0), north: -(20.0 + 2.0 / 3.0) };
    let swiss =
        Method::Swiss { lat: 46.0 + 57.0 / 60.0 + 8.66 / 3600.0, lon: 7.0 + 26.0 / 60.0 + 22.5 / 3600.0 };
    let mut all = vec![
        // The three codes are Lambert-93 on RGF93 v1, v2 and v2b.
        plain(2154, lambert93, 700_000.0, 6_600_000.0, METROPOLE),
        plain(9793, lambert93, 700_000.0, 6_600_000.0, METROPOLE),
        plain(9794, lambert93, 700_000.0, 6_600_000.0, METROPOLE),
        plain(3857, Method::PseudoMercator, 0.0, 0.0, WORLD),
        plain(3395, Method::Mercator { lon: 0.0, scale: 1.0 }, 0.0, 0.0, WORLD),
        plain(
            3035,
            Method::EqualArea { lat: 52.0, lon: 10.0 },
            4_321_000.0,
            3_210_000.0,
            [-40.0, 24.0, 50.0, 75.0],
        ),
        plain(3163, caledonia, 400_000.0, 300_000.0, [160.0, -26.0, 172.0, -16.0]),
        utm(5490, 20, false, Datum::Modern),
        utm(4559, 20, false, Datum::Modern),
        utm(4467, 21, false, Datum::Modern),
        utm(2972, 22, false, Datum::Modern),
        utm(4471, 38, true, Datum::Modern),
        utm(2975, 40, true, Datum::Modern),
        utm(3296, 5, true, Datum::Modern),
        utm(3297, 6, true, Datum::Modern),
        utm(2987, 21, false, Datum::Miquelon),
        ntf(27572, 52.0, 0.999_877_42, 2_200_000.0),
        ntf(27571, 55.0, 0.999_877_341, 1_200_000.0),
        ntf(27573, 49.0, 0.999_877_499, 3_200_000.0),
        ntf(27561, 55.0, 0.999_877_341, 200_000.0),
        ntf(27562, 52.0, 0.999_877_42, 200_000.0),
        ntf(27563, 49.0, 0.999_877_499, 200_000.0),
    ];
    for (epsg, east, north) in [(2056, 2_600_000.0, 1_200_000.0), (21781, 600_000.0, 200_000.0)] {
        all.push(Definition { epsg, method: swiss, east, north, datum: Datum::Swiss, covers: SWITZERLAND });
    }
    all.extend((42..=50).map(|zone: u32| {
        let lat = f64::from(zone);
        let method = Method::Lambert2 { lat, lon: 3.0, south: lat - 0.75, north: lat + 0.75 };
        let covers = [METROPOLE[0], lat - 3.0, METROPOLE[2], lat + 3.0];
        plain(3900 + zone, method, 1_700_000.0, (lat - 41.0) * 1e6 + 200_000.0, covers)
    }));
    all.extend((30..=32).map(|zone| utm(23000 + zone, zone, false, Datum::Ed50)));
    all.extend((28..=38).map(|zone| utm(25800 + zone, zone, false, Datum::Modern)));
    all.extend((1..=60).map(|zone| utm(32600 + zone, zone, false, Datum::Modern)));
    all.extend((1..=60).map(|zone| utm(32700 + zone, zone, true, Datum::Modern)));
    all
}
