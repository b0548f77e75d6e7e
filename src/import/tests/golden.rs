//! Our own small files, each made for one way in which a file can be odd.

use geo::Geometry;

use super::*;
use crate::import::{Format, Repair};

fn golden(name: &str) -> Vec<Result<Record, RecordError>> {
    rows(&fixture(&format!("import/{name}")), &ReadOptions::default())
}

fn open(name: &str) -> Source {
    Source::open(&fixture(&format!("import/{name}")), &ReadOptions::default()).unwrap()
}

fn point(record: &Result<Record, RecordError>) -> (f64, f64) {
    match record.as_ref().unwrap().geometry {
        Some(Geometry::Point(at)) => (at.x(), at.y()),
        ref other => panic!("{other:?} is no point"),
    }
}

#[test]
fn semicolons_decimal_commas_and_latin1() {
    let source = open("virgules-latin1.csv");
    assert_eq!((source.encoding.as_str(), source.delimiter), ("Windows-1252 (supposé)", Some(';')));
    let map = "id=reference,title=intitule,body=description,theme=categorie,created=date";
    let run =
        dry(&fixture("import/virgules-latin1.csv"), &Mapping::parse(map).unwrap(), ReadOptions::default());
    assert_eq!(counts(&run.report), [5, 3, 2, 1]);
    assert_eq!(run.drafts[0].title, "Un banc à l'ombre");
    assert_eq!(run.drafts[0].created.unwrap().to_rfc3339(), "2024-03-31T16:05:00+00:00");
    assert_eq!(run.drafts[2].geometry, None);
    assert_eq!(
        causes(&run),
        [&Cause::Date { found: "30/02/2024".into() }, &Cause::HalfPosition { missing: "latitude" }]
    );
    assert_eq!(
        run.errors[1].french(),
        "ligne 5 du tableau (ligne 6 du fichier) : latitude absente ; complétez la position ou videz-la"
    );
    let told = run.report.to_string();
    for part in
        ["Windows-1252 (supposé)", "« ; »", "colonnes « longitude » et « latitude »", "Rejets « date » : 1"]
    {
        assert!(told.contains(part), "{part} is not in:\n{told}");
    }
}

#[test]
fn byte_order_marks_and_tabs() {
    let records = golden("marque-utf8.csv");
    assert_eq!(records[0].as_ref().unwrap().get("id").unwrap(), "1");
    assert_eq!(point(&records[0]), (1.444, 43.6045));
    assert_eq!(records[1].as_ref().unwrap().geometry, None);
    let records = golden("onglets-utf16.tsv");
    assert_eq!(records[0].as_ref().unwrap().get("titre").unwrap(), "Marché couvert");
    assert_eq!(point(&records[0]), (1.44, 43.6));
}

#[test]
fn one_broken_line_does_not_take_the_others() {
    let source = open("objets.ndjson");
    assert_eq!((source.format, source.total_hint), (Format::GeoJsonLines, crate::import::TotalHint::Rows(3)));
    let records: Vec<_> = source.collect();
    assert_eq!(point(&records[0]), (1.44, 43.6));
    assert!(matches!(&records[1], Err(RecordError { cause: Cause::Json { .. }, .. })), "{:?}", records[1]);
    let line = records[2].as_ref().unwrap();
    assert_eq!((line.id.as_deref(), line.repairs.as_slice()), (Some("c"), &[Repair::Flattened][..]));
}

#[test]
fn python_dicts_are_places() {
    let records = golden("dict-python.csv");
    assert_eq!(point(&records[0]), (1.44, 43.6));
    assert_eq!(point(&records[1]), (1.45, 43.61));
    assert_eq!(records[2].as_ref().unwrap().geometry, None);
    let refused = records[3].as_ref().unwrap_err().to_string();
    assert!(refused.starts_with("row 4 (line 5 of the file): column \"geo_shape\""), "{refused}");
}

#[test]
fn no_geometry_is_no_geometry() {
    for record in golden("geometrie-nulle.geojson") {
        assert_eq!(record.unwrap().geometry, None);
    }
}

#[test]
fn swapped_axes_are_told() {
    let records = golden("axes-inverses.geojson");
    let refused = records[0].as_ref().unwrap_err();
    assert!(refused.french().starts_with("objet 1 : longitude 43.6, latitude 1.44"), "{}", refused.french());
    assert!(refused.french().contains("inversées") && records[1].is_ok());
}

#[test]
fn metres_need_a_projection_and_get_one() {
    let refused = golden("lambert93.csv")[0].as_ref().unwrap_err().french();
    assert!(refused.contains("--crs 2154"), "{refused}");
    let options = ReadOptions { crs: Some(2154), ..ReadOptions::default() };
    let records = rows(&fixture("import/lambert93.csv"), &options);
    let (lon, lat) = point(&records[0]);
    assert!((lon - 1.4442).abs() < 0.001 && (lat - 43.6049).abs() < 0.001, "{lon} {lat}");
    assert!(matches!(
        records[1],
        Err(RecordError { cause: Cause::OutsideProjection { epsg: 2154, .. }, .. })
    ));
    let (lon, _) = point(&golden("ancienne-projection.geojson")[0]);
    assert!((lon - 1.4442).abs() < 0.001, "{lon}");
}

#[test]
fn well_known_text_is_closed_and_cut() {
    let records = golden("wkt.csv");
    let repairs: Vec<_> = records.iter().map(|record| record.as_ref().unwrap().repairs.clone()).collect();
    assert_eq!(repairs[0], []);
    assert_eq!(repairs[1], [Repair::RingClosed]);
    assert!(repairs[2].contains(&Repair::CrossingCut));
}

#[test]
fn rows_that_do_not_fit_the_header_are_refused() {
    let records = golden("cellules-en-trop.csv");
    assert!(records[0].is_ok());
    let found: Vec<_> =
        records[1..].iter().map(|record| record.as_ref().unwrap_err().cause.clone()).collect();
    let count = |found| Cause::ColumnCount { expected: 4, found };
    assert_eq!(found, [count(3), count(5)]);
}

#[test]
fn a_json_table_is_a_table() {
    let source = open("table.json");
    assert_eq!((source.format, source.columns.len()), (Format::JsonTable, 3));
    let records: Vec<_> = source.collect();
    assert_eq!(point(&records[0]), (1.44, 43.6));
    assert_eq!(records[1].as_ref().unwrap().geometry, None);
}

/// The polygon that the three binary fixtures hold.
fn check_parks(records: &[Result<Record, RecordError>], margin: f64) {
    assert_eq!(records.len(), 2);
    let park = records[0].as_ref().unwrap();
    assert_eq!(park.get("nom").unwrap(), "Parc de l'Étoile");
    assert_eq!(park.get("surface").unwrap(), 12.5);
    assert_eq!(park.get("ouvert").unwrap().as_str().map(|day| day.replace('/', "-")).unwrap(), "2024-03-31");
    let Some(Geometry::Polygon(polygon)) = &park.geometry else { panic!("{:?}", park.geometry) };
    assert_eq!(polygon.interiors().len(), 1);
    let corner = polygon.exterior().0.iter().map(|at| at.x).fold(f64::MAX, f64::min);
    assert!((corner - 1.44).abs() < margin, "{corner}");
    let empty = records[1].as_ref().unwrap();
    assert_eq!((empty.geometry.as_ref(), empty.get("surface").unwrap()), (None, &serde_json::Value::Null));
}

#[test]
fn shapefiles_and_geopackages_hold_the_same() {
    assert_eq!(open("parcs-l93/parcs.shp").crs, 2154);
    check_parks(&golden("parcs-l93/parcs.shp"), 1e-6);
    check_parks(&golden("parcs.gpkg"), 1e-12);
    let source = open("parcs-2154.gpkg");
    assert_eq!((source.crs, source.total_hint), (2154, crate::import::TotalHint::Rows(2)));
    check_parks(&source.collect::<Vec<_>>(), 1e-6);
}

#[tokio::test]
async fn a_geopackage_opens_inside_a_runtime() {
    check_parks(&golden("parcs.gpkg"), 1e-12);
}

#[test]
fn compressed_files_are_read_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["virgules-latin1.csv", "axes-inverses.geojson", "parcs.gpkg"] {
        let packed = folder.path().join(format!("{name}.gz"));
        let mut encoder = flate2::write::GzEncoder::new(
            std::fs::File::create(&packed).unwrap(),
            flate2::Compression::fast(),
        );
        std::io::copy(&mut std::fs::File::open(fixture(&format!("import/{name}"))).unwrap(), &mut encoder)
            .unwrap();
        encoder.finish().unwrap();
        assert_eq!(rows(&packed, &ReadOptions::default()), golden(name), "{name}");
    }
}

#[test]
fn a_source_can_be_sent_to_a_blocking_thread() {
    fn send<T: Send>(_: &T) {}
    send(&open("parcs.gpkg"));
}

#[test]
fn every_mapping_of_the_repository_loads() {
    let mut count = 0;
    for entry in std::fs::read_dir(fixture("mappings")).unwrap() {
        let path = entry.unwrap().path();
        Mapping::load(&path).unwrap_or_else(|error| panic!("{error}"));
        count += 1;
    }
    assert!(count >= 10, "{count}");
}

#[test]
fn what_cannot_be_opened_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    for (path, part) in [
        (write("a.zip", b"PK\x03\x04...."), "décompressez"),
        (write("b.xls", &[0xd0, 0xcf, 0x11, 0xe0]), "CSV"),
        (write("c.dbf", b"\x03"), ".shp"),
        (write("d.csv", b""), "vide"),
        (
            write("e.geojson", br#"{"type":"FeatureCollection","features":[{"type":"Feature"},{"ty"#),
            "objet 2",
        ),
        (write("f.geojson", b"{\"type\": \"Feature\",\n\"geometry\": null}\n}"), "JSON valide"),
        (folder.path().join("absent.csv"), "lecture impossible"),
    ] {
        let error = Source::open(&path, &ReadOptions::default()).err().map(|error| error.french).unwrap();
        assert!(error.contains(part), "{}: {error}", path.display());
    }
    let unknown = ReadOptions { crs: Some(27572), ..ReadOptions::default() };
    let error = Source::open(&fixture("import/lambert93.csv"), &unknown).err().unwrap();
    assert!(error.french.contains("2154"), "{}", error.french);
}

#[test]
fn a_quote_never_closed_is_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("quote.csv");
    std::fs::write(&path, format!("id,titre\n1,ok\n2,\"{}", "a\n".repeat(400_000))).unwrap();
    let options = ReadOptions { max_row_bytes: 100_000, ..ReadOptions::default() };
    let records = rows(&path, &options);
    assert!(matches!(records.last(), Some(Err(RecordError { cause: Cause::TooLong { .. }, .. }))));
    assert_eq!(records.len(), 2);
}
