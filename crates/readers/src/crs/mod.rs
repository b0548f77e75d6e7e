//! The projections that French authorities use, brought to WGS84.
//!
//! What it is: a table of EPSG codes (`definitions`), the reading of what files declare (`wkt`), and the change of
//! coordinates. What it is not: a geodetic library: the arithmetic is proj4rs. RGF93, its v2b and ETRS89 are taken as
//! equal to WGS84 (they differ by less than a metre, below what a map click can tell); other datums are shifted with the
//! accuracy that the registry states, or refused.
//! Invariant: [`Crs::to_wgs84`] gives degrees inside the area that the projection covers, or an error.

mod definitions;
pub(super) mod wkt;

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
    /// Metres by which places may be off, where the datum's shift is not exact.
    pub(super) accuracy: Option<u8>,
}

const WORLD: [f64; 4] = [-180.0, -90.0, 180.0, 90.0];

/// Longitude and latitude on datums that differ from WGS84 by less than a metre: WGS84, RGF93 (v1, v2, v2b), ETRS89, and
/// the French systems overseas (RGAF09, RRAF91, RGFG95, RGR92, RGM04, RGSPM06, RGNC91-93, RGPF).
const DEGREES: [u32; 12] = [4326, 4171, 4258, 9777, 9782, 5489, 4558, 4624, 4627, 4470, 4463, 4749];

impl Crs {
    /// WGS84 longitude and latitude.
    pub(super) fn wgs84() -> Crs {
        Crs { epsg: 4326, projection: None, covers: WORLD, accuracy: None }
    }

    /// The system of an EPSG code; `None` when it is not in the table.
    pub(super) fn from_epsg(epsg: u32) -> Option<Crs> {
        if DEGREES.contains(&epsg) {
            return Some(Crs { epsg, ..Crs::wgs84() });
        }
        let found = definitions::all().into_iter().find(|definition| definition.epsg == epsg)?;
        let from = Proj::from_proj_string(&found.line()).ok()?;
        let to = Proj::from_proj_string("+proj=longlat +ellps=WGS84 +datum=WGS84 +no_defs").ok()?;
        let (covers, accuracy) = (found.covers, found.datum.accuracy());
        Some(Crs { epsg, projection: Some(Box::new((from, to))), covers, accuracy })
    }

    /// What a report says of it: `EPSG:27572 (à 2 m près)`.
    pub(super) fn french(&self) -> String {
        match self.accuracy {
            Some(metres) => format!("EPSG:{} (converti à {metres} m près)", self.epsg),
            None => format!("EPSG:{}", self.epsg),
        }
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

/// What the codes are called, for messages.
pub(super) const KNOWN: &str = "4326 (WGS84), 2154 (Lambert-93), 3942 à 3950 (CC42 à CC50), 27572 (Lambert II étendu), 3857, 3395, UTM (326xx, 327xx, 258xx), 5490, 4559, 2972, 2975, 4471, 4467, 2987, 3163, 3296, 3297, 3035, 2056, 21781";

/// The message for a projection that a file declares and that is not computed: what it is called, and what to do.
pub(super) fn unknown(name: &str) -> (String, String) {
    let name = super::clean::excerpt(name);
    (
        format!(
            "the projection \"{name}\" is not known; convert the file (ogr2ogr -t_srs EPSG:4326 output.gpkg input), or say \
             what it is with --crs ({KNOWN})"
        ),
        format!(
            "projection « {name} » inconnue ; convertissez le fichier (ogr2ogr -t_srs EPSG:4326 sortie.gpkg entrée), ou \
             dites laquelle c'est avec --crs ({KNOWN})"
        ),
    )
}

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

#[cfg(test)]
mod tests {
    use super::wkt::Read;
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
        for epsg in DEGREES.into_iter().chain(definitions::all().iter().map(|definition| definition.epsg)) {
            assert!(Crs::from_epsg(epsg).is_some(), "{epsg}");
        }
        assert!(Crs::from_epsg(27700).is_none());
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

    fn code(text: &str) -> Option<u32> {
        match wkt::read(text) {
            Read::Known(epsg) => Some(epsg),
            Read::Unknown(_) => None,
        }
    }

    #[test]
    fn a_projection_is_recognised_by_its_parameters_and_its_datum_in_every_dialect() {
        let file = include_str!("../../../../fixtures/import/projections.tsv");
        for line in file.lines() {
            let (wanted, text) = line.split_once('\t').unwrap();
            let found = code(text);
            if wanted.starts_with('-') {
                assert_eq!(found, None, "{wanted} {text}");
                continue;
            }
            let wanted: u32 = wanted.parse().unwrap();
            let alike = |a: u32, b: u32| {
                let definition = |epsg| definitions::all().into_iter().find(|d| d.epsg == epsg).unwrap();
                let (a, b) = (definition(a), definition(b));
                (a.method, a.east, a.north, a.datum) == (b.method, b.east, b.north, b.datum)
            };
            let degrees = DEGREES.contains(&wanted);
            let same = found.is_some_and(|found| if degrees { found == 4326 } else { alike(found, wanted) });
            assert!(same, "{wanted} read as {found:?}: {text}");
        }
    }

    #[test]
    fn what_looks_like_a_projection_and_is_another_is_refused() {
        let lambert = r#"PROJCS["RGF93_Lambert_93",GEOGCS["GCS_RGF_1993",DATUM["D_RGF_1993",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",700000.0],PARAMETER["False_Northing",6600000.0],PARAMETER["Central_Meridian",3.0],PARAMETER["Standard_Parallel_1",44.0],PARAMETER["Standard_Parallel_2",49.0],PARAMETER["Latitude_Of_Origin",46.5],UNIT["Meter",1.0]]"#;
        assert_eq!(code(lambert), Some(2154));
        for (from, to) in [
            ("D_RGF_1993", "D_European_1950"),
            ("Meter\",1.0", "Foot_US\",0.3048006096"),
            ("Central_Meridian\",3.0", "Central_Meridian\",4.0"),
            ("Latitude_Of_Origin\",46.5", "Latitude_Of_Origin\",46.0"),
            ("Greenwich\",0.0", "Ferro\",-17.6666"),
            ("Lambert_Conformal_Conic", "Albers"),
            ("6378137.0", "6378249.2"),
        ] {
            assert!(lambert.contains(from), "{from}");
            assert_eq!(code(&lambert.replace(from, to)), None, "{to}");
        }
        let web = r#"PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]"#;
        assert_eq!(code(web), Some(3857));
        assert_eq!(code(&web.replace("Mercator_Auxiliary_Sphere\"],P", "Mercator\"],P")), Some(3395));
        assert_eq!(code(&web.replace("Sphere_Type\",0.0", "Sphere_Type\",3.0")), None);
        for text in ["", "LOCAL_CS[\"plan\"]", "PROJCS[é", "PROJCS[[[[", &"A[".repeat(100_000)] {
            assert_eq!(code(text), None);
        }
    }

    #[test]
    fn places_come_out_where_other_software_puts_them() {
        // From PROJ 9 (gdaltransform); the tolerance is the accuracy of the datum, a metre where it is taken as WGS84.
        for (epsg, x, y, lon, lat) in [
            (27572, 600_000.0, 2_428_000.0, 2.336_505_7, 48.850_346_6),
            (27561, 600_000.0, 128_000.0, 2.336_505_6, 48.852_460_7),
            (23031, 452_000.0, 5_411_000.0, 2.344_476_1, 48.848_236_7),
            (2056, 2_500_500.0, 1_118_000.0, 6.149_431_5, 46.206_081_2),
            (21781, 600_000.0, 200_000.0, 7.438_632_4, 46.951_082_8),
            (3395, 261_000.0, 6_222_000.0, 2.344_602_9, 48.878_116_2),
            (2987, 560_000.0, 5_180_000.0, -56.210_927_5, 46.775_248_5),
            (3163, 446_000.0, 214_000.0, 166.446_344_3, -22.276_137_5),
            (3297, 228_000.0, 8_058_000.0, -149.562_207_1, -17.547_880_2),
            (3035, 3_760_000.0, 2_889_000.0, 2.342_402_6, 48.851_546),
            (32758, 650_000.0, 7_530_000.0, 166.456_469_2, -22.329_290_7),
            (2975, 340_000.0, 7_690_000.0, 55.461_815_8, -20.883_318_7),
            (2972, 353_000.0, 546_000.0, -52.325_823_8, 4.938_385_8),
            (4471, 523_000.0, 8_587_000.0, 45.211_912, -12.781_660_5),
            (5490, 655_000.0, 1_790_000.0, -61.550_074, 16.185_488_3),
            (3950, 1_704_000.0, 9_270_000.0, 3.056_534_1, 50.629_325_3),
            (25832, 380_000.0, 5_380_000.0, 7.373_566_8, 48.561_601_9),
        ] {
            let crs = Crs::from_epsg(epsg).unwrap();
            let at = crs.to_wgs84(Coord { x, y }).unwrap();
            let metres = f64::from(crs.accuracy.map_or(0, |metres| metres + 2)).max(1.0);
            let off = (at.x - lon).hypot(at.y - lat) * 111_200.0;
            assert!(off <= metres, "EPSG:{epsg} is {off} m off: {at:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn arbitrary_text_is_no_projection_and_never_panics(text in "[A-Z\\[\\](),\"0-9.é ]{0,80}") {
            let _ = wkt::read(&text);
            let _ = wkt::read(&format!("PROJCS[\"{text}\",{text}]"));
        }
    }
}
