//! The projections that French authorities use, brought to WGS84.
//!
//! What it is: a short table of EPSG codes, the reading of a `.prj`, and the change of coordinates.
//! What it is not: a geodetic library: the arithmetic is proj4rs. RGF93, its v2b and ETRS89 are taken as equal to WGS84
//! (they differ by less than a metre, below what a map click can tell).
//! Invariant: [`Crs::to_wgs84`] gives degrees inside the area that the projection covers, or an error.

use geo::Coord;
use proj4rs::{proj::Proj, transform::transform};

use super::{Cause, columns::Axes};

/// A coordinate system that can be read.
#[derive(Debug, Clone)]
pub(super) struct Crs {
    /// EPSG code.
    pub(super) epsg: u32,
    /// `None` for longitude and latitude.
    projection: Option<Box<(Proj, Proj)>>,
    /// West, south, east, north in degrees: what the projection is made for, with a wide margin.
    covers: [f64; 4],
}

/// Metropolitan France with a margin.
const METROPOLE: [f64; 4] = [-12.0, 38.0, 16.0, 55.0];
const WORLD: [f64; 4] = [-180.0, -90.0, 180.0, 90.0];

impl Crs {
    /// WGS84 longitude and latitude.
    pub(super) fn wgs84() -> Crs {
        Crs { epsg: 4326, projection: None, covers: WORLD }
    }

    /// The system of an EPSG code; `None` when it is not in the table.
    pub(super) fn from_epsg(epsg: u32) -> Option<Crs> {
        let grs80 = "+ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs";
        let utm = |zone: u32, south: &str, ellipsoid: &str, covers| {
            let text =
                format!("+proj=utm +zone={zone} {south} +ellps={ellipsoid} +towgs84=0,0,0,0,0,0,0 +units=m");
            (text, covers)
        };
        let (text, covers) = match epsg {
            4326 | 4171 | 4258 | 9777 => return Some(Crs { epsg, ..Crs::wgs84() }),
            // The three codes are Lambert-93 on RGF93 v1, v2 and v2b.
            2154 | 9793 | 9794 => (
                format!(
                    "+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 {grs80}"
                ),
                METROPOLE,
            ),
            3942..=3950 => {
                let zone = f64::from(epsg - 3900);
                let (south, north, y0) = (zone - 0.75, zone + 0.75, (zone - 41.0) * 1e6 + 200_000.0);
                let text = format!(
                    "+proj=lcc +lat_0={zone} +lon_0=3 +lat_1={south} +lat_2={north} +x_0=1700000 +y_0={y0} {grs80}"
                );
                (text, [METROPOLE[0], zone - 3.0, METROPOLE[2], zone + 3.0])
            }
            3857 => (
                "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m".into(),
                WORLD,
            ),
            32630..=32632 => utm(epsg - 32600, "", "WGS84", METROPOLE),
            4559 | 5490 => utm(20, "", "GRS80", [-64.0, 13.0, -59.0, 19.0]),
            4467 => utm(21, "", "GRS80", [-58.0, 45.0, -55.0, 48.5]),
            2972 => utm(22, "", "GRS80", [-56.0, 1.0, -50.0, 7.0]),
            4471 => utm(38, "+south", "GRS80", [43.0, -15.0, 47.0, -10.0]),
            2975 => utm(40, "+south", "GRS80", [53.0, -24.0, 58.0, -18.0]),
            _ => return None,
        };
        let from = Proj::from_proj_string(&text).ok()?;
        let to = Proj::from_proj_string("+proj=longlat +ellps=WGS84 +datum=WGS84 +no_defs").ok()?;
        Some(Crs { epsg, projection: Some(Box::new((from, to))), covers })
    }

    /// Whether coordinates are metres that must be changed.
    pub(super) fn is_projected(&self) -> bool {
        self.projection.is_some()
    }

    /// What the figures of a table in this system are.
    pub(super) fn axes(&self) -> Axes {
        if self.is_projected() { Axes::Metres } else { Axes::Degrees }
    }

    /// Brings a position to WGS84 degrees. Geographic coordinates pass unchanged.
    ///
    /// # Errors
    /// [`Cause::OutsideProjection`] when the position lies outside of what the projection covers.
    pub(super) fn to_wgs84(&self, at: Coord<f64>) -> Result<Coord<f64>, Cause> {
        let Some(projection) = &self.projection else { return Ok(at) };
        let outside = || Cause::OutsideProjection { x: at.x, y: at.y, epsg: self.epsg };
        let mut point = (at.x, at.y, 0.0);
        if transform(&projection.0, &projection.1, &mut point).is_err() {
            return Err(outside());
        }
        let (x, y) = (point.0.to_degrees(), point.1.to_degrees());
        let [west, south, east, north] = self.covers;
        if x >= west && x <= east && y >= south && y <= north { Ok(Coord { x, y }) } else { Err(outside()) }
    }
}

/// What the codes above are called, for messages.
pub(super) const KNOWN: &str =
    "4326 (WGS84), 2154 (Lambert-93), 3942 à 3950 (CC42 à CC50), 3857, 5490, 2972, 2975, 4471";

/// The EPSG code that projected figures suggest.
pub(super) fn guess(x: f64, y: f64) -> Option<u32> {
    if (0.0..=1_300_000.0).contains(&x) && (6_000_000.0..=7_200_000.0).contains(&y) {
        return Some(2154);
    }
    // In zone NN the northing is (NN - 41) millions and 200 km, give or take the 200 km that a zone is high.
    let zone = (y / 1e6).floor() + 41.0;
    let within = y - (zone - 41.0) * 1e6;
    if (1_000_000.0..=2_400_000.0).contains(&x)
        && (42.0..=50.0).contains(&zone)
        && (50_000.0..=450_000.0).contains(&within)
    {
        return Some(3900 + zone as u32);
    }
    None
}

/// The EPSG code that the text of a `.prj` (WKT 1) means, recognised by its parameters rather than by its name, which
/// every software writes in its own way.
pub(super) fn from_prj(text: &str) -> Option<u32> {
    let upper = text.to_uppercase();
    if !upper.contains("PROJCS") && !upper.contains("PROJCRS") {
        let known = ["WGS_1984", "WGS 84", "WGS84", "RGF93", "RGF_1993", "ETRS89", "ETRS_1989"];
        return known.iter().any(|name| upper.contains(name)).then_some(4326);
    }
    let parameter = |name: &str| -> Option<f64> {
        let at = upper.find(&format!("PARAMETER[\"{name}\""))?;
        let rest = &upper[at + 11 + name.len()..];
        let rest = rest.trim_start_matches(|c: char| c == '"' || c == ',' || c.is_whitespace());
        let end = rest.find([']', ','])?;
        rest[..end].trim().parse().ok()
    };
    let (east, north) = (parameter("FALSE_EASTING")?, parameter("FALSE_NORTHING")?);
    if upper.contains("LAMBERT_CONFORMAL_CONIC") {
        if east == 700_000.0 && north == 6_600_000.0 {
            return Some(2154);
        }
        let zone = (north - 200_000.0) / 1e6 + 41.0;
        if east == 1_700_000.0 && zone.fract() == 0.0 && (42.0..=50.0).contains(&zone) {
            return Some(3900 + zone as u32);
        }
        return None;
    }
    if upper.contains("TRANSVERSE_MERCATOR") {
        let south = north == 10_000_000.0;
        return match (parameter("CENTRAL_MERIDIAN")? as i32, south) {
            (-63, false) => Some(5490),
            (-57, false) => Some(4467),
            (-51, false) => Some(2972),
            (45, true) => Some(4471),
            (57, true) => Some(2975),
            (-3, false) => Some(32630),
            (3, false) => Some(32631),
            (9, false) => Some(32632),
            _ => None,
        };
    }
    upper.contains("MERCATOR").then_some(3857)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(epsg: u32, x: f64, y: f64, lon: f64, lat: f64) {
        let at = Crs::from_epsg(epsg).unwrap().to_wgs84(Coord { x, y }).unwrap();
        assert!((at.x - lon).abs() < 2e-6 && (at.y - lat).abs() < 2e-6, "EPSG:{epsg} gives {at:?}");
    }

    #[test]
    fn known_points_come_out_where_they_are() {
        // A door of Paris in the national address base, and one of Toulouse in the city's file.
        near(2154, 650852.91, 6862571.27, 2.330113, 48.861299);
        near(3943, 1569788.222, 2264175.240, 1.38806936, 43.56643855);
    }

    #[test]
    fn every_code_of_the_table_builds() {
        for epsg in
            [4326, 4171, 2154, 9794, 3857, 32631, 5490, 4467, 2972, 4471, 2975].into_iter().chain(3942..=3950)
        {
            assert!(Crs::from_epsg(epsg).is_some(), "{epsg}");
        }
        assert!(Crs::from_epsg(27561).is_none());
    }

    #[test]
    fn degrees_given_as_metres_are_refused() {
        let lambert = Crs::from_epsg(2154).unwrap();
        let refused = lambert.to_wgs84(Coord { x: 2.33, y: 48.86 });
        assert!(matches!(refused, Err(Cause::OutsideProjection { epsg: 2154, .. })), "{refused:?}");
    }

    #[test]
    fn figures_suggest_their_projection() {
        assert_eq!(guess(650852.0, 6862571.0), Some(2154));
        assert_eq!(guess(1569788.2, 2264175.2), Some(3943));
        assert_eq!(guess(5000.0, 5000.0), None);
    }

    #[test]
    fn a_prj_is_recognised_by_its_parameters() {
        let lambert = r#"PROJCS["RGF93_Lambert_93",GEOGCS["GCS_RGF_1993",DATUM["D_RGF_1993",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",700000.0],PARAMETER["False_Northing",6600000.0],PARAMETER["Central_Meridian",3.0],UNIT["Meter",1.0]]"#;
        assert_eq!(from_prj(lambert), Some(2154));
        let cc46 = lambert.replace("700000.0", "1700000.0").replace("6600000.0", "5200000.0");
        assert_eq!(from_prj(&cc46), Some(3946));
        assert_eq!(from_prj(r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]"#), Some(4326));
        assert_eq!(from_prj("LOCAL_CS[\"plan\"]"), None);
        assert_eq!(from_prj("PROJCS[é"), None);
    }
}
