//! GeoPackages: SQLite files with geometries (OGC 12-128).
//!
//! What it is: one layer read through SQLite, read-only, on a thread of its own. What it is not: no rasters, no writing.
//! Invariant: the file is never changed; a geometry blob is read within its length.

mod store;

use std::{path::PathBuf, sync::Arc};

use geo::Geometry;
use tokio::runtime;

use super::{
    Cause, Locator, Properties, ReadOptions, RecordError,
    check::finish,
    crs::{self, Crs},
    pump::{Pump, ReadRow},
    shape::Shaper,
    source::unknown_crs,
    wkt,
};
use store::{Cells, LayerRow};

/// What is known of a layer before its rows are read.
pub(super) struct Layer {
    pub(super) columns: Vec<Arc<str>>,
    pub(super) epsg: u32,
    pub(super) total: u64,
    pub(super) table: String,
    pub(super) rows: Pump,
}

/// Opens a GeoPackage. The error is a message in English and in French.
pub(super) fn open(path: PathBuf, options: &ReadOptions) -> Result<Layer, (String, String)> {
    let said = |error: &dyn std::fmt::Display| {
        (format!("the GeoPackage cannot be read: {error}"), format!("GeoPackage illisible : {error}"))
    };
    let (wanted, crs_option) = (options.layer.clone(), options.crs);
    let described = {
        let path = path.clone();
        // A thread of its own: the caller may already be inside a runtime, and two cannot be nested.
        std::thread::spawn(move || {
            current()?.block_on(async {
                let described = store::describe(&path, wanted.as_deref()).await?;
                Ok::<_, sqlx::Error>((described, store::layers(&path).await?))
            })
        })
        .join()
    };
    let (described, layers) = match described {
        Ok(described) => described.map_err(|error| said(&error))?,
        Err(_) => return Err(said(&"SQLite")),
    };
    let Some(layer) = described else {
        let (wanted, layers) = (options.layer.as_deref().unwrap_or_default(), layers.join(", "));
        return Err((
            format!(
                "the GeoPackage has no layer \"{wanted}\"; its layers are: {layers}; choose with --table"
            ),
            format!(
                "le GeoPackage n'a pas de couche « {wanted} » ; ses couches : {layers} ; choisissez avec --table"
            ),
        ));
    };
    let epsg = match crs_option {
        Some(epsg) => epsg,
        None => declared(&layer)?,
    };
    let crs = Crs::from_epsg(epsg).ok_or_else(|| unknown_crs(epsg))?;
    let columns: Vec<Arc<str>> = layer.columns.iter().map(|name| name.as_str().into()).collect();
    let (total, table) = (layer.total, layer.table.clone());
    let names = columns.clone();
    let rows = Pump::start(move |sender| {
        let mut number = 0;
        let read = current().and_then(|runtime| {
            runtime.block_on(store::read(&path, &layer, |cells| {
                number += 1;
                sender.send(record(number, cells, &names, &crs)).is_ok()
            }))
        });
        if let Err(error) = read {
            // Nobody may be listening any more: the error then has no reader.
            let _ = sender.send(Err(RecordError {
                place: Locator::Row { number: number + 1, line: 0 },
                cause: Cause::Broken { detail: error.to_string() },
                properties: vec![],
            }));
        }
    });
    Ok(Layer { columns, epsg, total, table, rows })
}

/// The EPSG code of a layer's system, by its number where the registry gave it, else by its definition.
fn declared(layer: &store::Described) -> Result<u32, (String, String)> {
    // 0 and -1 are the "undefined" systems of the standard: degrees are assumed, metres refused row by row.
    if layer.srs <= 0 {
        return Ok(4326);
    }
    let numbered = layer.srs.unsigned_abs();
    if layer.authority.eq_ignore_ascii_case("EPSG") && Crs::from_epsg(numbered).is_some() {
        return Ok(numbered);
    }
    match crs::wkt::read(&layer.definition) {
        crs::wkt::Read::Known(epsg) => Ok(epsg),
        crs::wkt::Read::Unknown(_) => {
            Err(crs::unknown(&format!("{} ({}:{numbered})", layer.srs_name, layer.authority)))
        }
    }
}

fn current() -> Result<runtime::Runtime, sqlx::Error> {
    Ok(runtime::Builder::new_current_thread().enable_all().build()?)
}

fn record(number: u64, row: LayerRow, names: &[Arc<str>], crs: &Crs) -> ReadRow {
    let LayerRow { id, cells, geometry: blob } = row;
    let id = id.map(|id| id.to_string());
    let Cells(values) = cells;
    let properties: Properties = names.iter().cloned().zip(values).collect();
    let mut shaper = Shaper::default();
    let geometry = blob.map_or(Ok(None), |blob| geometry(&blob, &mut shaper));
    finish(Locator::Feature { number, id: id.clone() }, id, properties, geometry, shaper, crs)
}

/// The geometry of a blob: a header of the standard (§2.1.3), then WKB.
fn geometry(blob: &[u8], shaper: &mut Shaper) -> Result<Option<Geometry<f64>>, Cause> {
    let cut = || Cause::Broken { detail: "GeoPackage geometry".into() };
    let Some((&[b'G', b'P', _, flags, ..], _)) = blob.split_first_chunk::<8>() else { return Err(cut()) };
    let envelope = match flags >> 1 & 0b111 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err(cut()),
    };
    if flags & 0b1_0000 != 0 {
        return Ok(None);
    }
    wkt::read_binary(blob.get(8 + envelope..).ok_or_else(cut)?, shaper)
}
