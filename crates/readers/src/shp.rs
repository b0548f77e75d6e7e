//! Shapefiles: a `.shp` with its `.dbf`, `.prj` and `.cpg`.
//!
//! What it is: the four files read as one layer; shapes are decoded by the `shapefile` crate. What it is not: no
//! multipatches (3D surfaces). Invariant: the rows of the two files go together, or reading stops with an error.

use std::{
    fs::{self, File},
    io::BufReader,
    path::{Path, PathBuf},
    sync::{Arc, mpsc::SyncSender},
};

use geo::{Coord, Geometry};
use shapefile::{PolygonRing, Shape, ShapeReader, record::traits::HasXY};

use super::{
    Cause, Locator, Properties, ReadOptions, RecordError,
    check::finish,
    clean,
    codepages::Coding,
    crs::{self, Crs},
    dbf::Dbf,
    nest,
    pump::{Pump, ReadRow},
    shape::Shaper,
    source::unknown_crs,
};

type Table = Dbf<BufReader<File>>;

/// What is known of a shapefile before its rows are read.
pub(super) struct Layer {
    pub(super) columns: Vec<Arc<str>>,
    pub(super) encoding: String,
    pub(super) epsg: u32,
    pub(super) total: u64,
    pub(super) rows: Pump,
}

/// The file beside `path` with another extension, in lower or upper case.
fn beside(path: &Path, extension: &str) -> Option<PathBuf> {
    [extension.to_owned(), extension.to_uppercase()]
        .into_iter()
        .map(|extension| path.with_extension(extension))
        .find(|path| path.is_file())
}

/// Opens a shapefile. The error is a message in English and in French.
pub(super) fn open(path: &Path, options: &ReadOptions) -> Result<Layer, (String, String)> {
    let said = |what: &str, error: &dyn std::fmt::Display| {
        (format!("the {what} cannot be read: {error}"), format!("le {what} est illisible : {error}"))
    };
    let shapes = ShapeReader::from_path(path).map_err(|error| said(".shp", &error))?;
    let Some(table_path) = beside(path, "dbf") else {
        return Err((
            "the .dbf is missing beside the .shp; a shapefile is several files: give them all".into(),
            "le .dbf manque à côté du .shp ; un shapefile est fait de plusieurs fichiers : donnez-les tous"
                .into(),
        ));
    };
    let declared = match (&options.encoding, beside(path, "cpg")) {
        (Some(label), _) => Some(label.clone()),
        (None, Some(cpg)) => {
            let bytes = fs::read(cpg).map_err(|error| said(".cpg", &error))?;
            Some(String::from_utf8_lossy(&bytes).into_owned()).filter(|label| !label.trim().is_empty())
        }
        (None, None) => None,
    };
    let declared = match declared {
        Some(label) => Some(Coding::named(&label).ok_or_else(|| {
            let label = clean::excerpt(&label);
            (
                format!("the code page \"{label}\" is not known; say another with --encoding (utf-8, windows-1252, cp850…)"),
                format!("page de codes « {label} » inconnue ; dites-en une autre avec --encoding (utf-8, windows-1252, cp850…)"),
            )
        })?),
        None => None,
    };
    let file = File::open(table_path).map_err(|error| said(".dbf", &error))?;
    let table = Dbf::open(BufReader::new(file), declared).map_err(|error| said(".dbf", &error))?;
    let epsg = match (options.crs, beside(path, "prj")) {
        (Some(epsg), _) => epsg,
        (None, Some(prj)) => {
            let bytes = fs::read(prj).map_err(|error| said(".prj", &error))?;
            match crs::wkt::read(&String::from_utf8_lossy(&bytes)) {
                crs::wkt::Read::Known(epsg) => epsg,
                crs::wkt::Read::Unknown(name) => return Err(crs::unknown(&name)),
            }
        }
        // Without a .prj nothing is assumed but degrees; metres are then refused row by row with a proposal.
        (None, None) => 4326,
    };
    let crs = Crs::from_epsg(epsg).ok_or_else(|| unknown_crs(epsg))?;
    let encoding = match table.coding {
        Some(coding) => coding.name().into_owned(),
        None => "non déclaré (UTF-8, à défaut Windows-1252)".to_owned(),
    };
    let (columns, total) = (table.columns(), u64::from(table.total));
    let rows = Pump::start(move |sender| read(shapes, table, &crs, &sender));
    Ok(Layer { columns, encoding, epsg, total, rows })
}

fn read(mut shapes: ShapeReader<BufReader<File>>, mut table: Table, crs: &Crs, sender: &SyncSender<ReadRow>) {
    for (number, shape) in (1..).zip(shapes.iter_shapes()) {
        let place = Locator::Row { number, line: 0 };
        let refused = |detail: String, properties| RecordError {
            place: Locator::Row { number, line: 0 },
            cause: Cause::Broken { detail },
            properties,
        };
        let properties = match table.next_row() {
            Ok(Some(Some(properties))) => properties,
            // Deleted in the table: deleted.
            Ok(Some(None)) => continue,
            Ok(None) => Properties::new(),
            Err(error) => {
                // Nobody may be listening any more: the error then has no reader.
                let _ = sender.send(Err(refused(error.to_string(), vec![])));
                return;
            }
        };
        let row = match shape {
            Ok(shape) => {
                let mut shaper = Shaper::default();
                let geometry = geometry(shape, &mut shaper);
                finish(place, None, properties, geometry, shaper, crs)
            }
            Err(error) => {
                let _ = sender.send(Err(refused(error.to_string(), properties)));
                return;
            }
        };
        if sender.send(row).is_err() {
            return;
        }
    }
}

fn coords<P: HasXY>(points: &[P]) -> Vec<Coord<f64>> {
    points.iter().map(|point| Coord { x: point.x(), y: point.y() }).collect()
}

fn geometry(shape: Shape, shaper: &mut Shaper) -> Result<Option<Geometry<f64>>, Cause> {
    fn point<P: HasXY>(at: &P) -> Geometry<f64> {
        Geometry::Point(geo::Point::new(at.x(), at.y()))
    }
    fn lines<P: HasXY>(parts: &[Vec<P>], shaper: &mut Shaper) -> Result<Option<Geometry<f64>>, Cause> {
        match parts {
            [one] => Ok(shaper.line(coords(one))?.map(Geometry::LineString)),
            many => shaper.lines(many.iter().map(|part| coords(part)).collect()),
        }
    }
    match shape {
        Shape::NullShape => Ok(None),
        Shape::Point(at) => Ok(Some(point(&at))),
        Shape::PointM(at) => Ok(Some(point(&at))),
        Shape::PointZ(at) => Ok(Some(point(&at))),
        Shape::Multipoint(many) => Ok(shaper.points(coords(many.points()))),
        Shape::MultipointM(many) => Ok(shaper.points(coords(many.points()))),
        Shape::MultipointZ(many) => Ok(shaper.points(coords(many.points()))),
        Shape::Polyline(line) => lines(line.parts(), shaper),
        Shape::PolylineM(line) => lines(line.parts(), shaper),
        Shape::PolylineZ(line) => lines(line.parts(), shaper),
        Shape::Polygon(polygon) => rings(polygon.rings(), shaper),
        Shape::PolygonM(polygon) => rings(polygon.rings(), shaper),
        Shape::PolygonZ(polygon) => rings(polygon.rings(), shaper),
        Shape::Multipatch(_) => Err(Cause::UnknownType { found: "MultiPatch".into() }),
    }
}

/// A shapefile lists its rings in any order, and software disagrees on how they wind: which ring lies in which decides.
fn rings<P: HasXY>(rings: &[PolygonRing<P>], shaper: &mut Shaper) -> Result<Option<Geometry<f64>>, Cause> {
    let rings = rings.iter().map(|ring| match ring {
        PolygonRing::Outer(points) => (coords(points), false),
        PolygonRing::Inner(points) => (coords(points), true),
    });
    let mut polygons = nest::nested(rings.collect());
    match polygons.len() {
        1 => Ok(shaper.polygon(polygons.remove(0))?.map(Geometry::Polygon)),
        _ => shaper.polygons(polygons),
    }
}
