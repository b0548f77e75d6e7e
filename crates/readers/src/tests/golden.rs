//! Our own small files, each made for one way in which a file can be odd.

use geo::Geometry;

use super::*;
use crate::{Format, Repair};

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
    assert_eq!((source.format, source.total_hint), (Format::GeoJsonLines, crate::TotalHint::Rows(3)));
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
    // Spreadsheets leave empty cells out at the end of a row; where surplus ones belong nobody can tell.
    assert_eq!(records[1].as_ref().unwrap_err().cause, Cause::NotANumber { found: "peu".into() });
    assert_eq!(records[2].as_ref().unwrap_err().cause, Cause::ColumnCount { expected: 4, found: 5 });
}

/// A table of our own in a temporary file: what it becomes, and the report on it.
fn read_table(content: &[u8]) -> (Vec<Result<Record, RecordError>>, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.csv");
    std::fs::write(&path, content).unwrap();
    let mut source = Source::open(&path, &ReadOptions::default()).unwrap_or_else(|error| panic!("{error}"));
    let mut report = Report::new(&source);
    let records: Vec<_> = source.by_ref().collect();
    report.finish(&source);
    let repairs = records.iter().flatten().flat_map(|record| &record.repairs);
    let told: String = repairs.map(|repair| format!("{} 1\n", repair.french())).collect();
    (records, format!("{report}{told}"))
}

#[test]
fn the_habits_of_spreadsheets_are_read_as_meant_and_told() {
    for (content, told) in [
        ("sep=;\r\nid;titre;lon;lat\r\n1;Un banc;2.35;48.85\r\n2;Un arbre;2.36;48.86\r\n", ""),
        ("\"sep=,\"\r\nid,titre,lon,lat\r\n1,Un banc,2.35,48.85\r\n2,Un arbre,2.36,48.86\r\n", ""),
        ("sep=\t\nid\ttitre\tlon\tlat\n1\tUn banc\t2.35\t48.85\n2\tUn arbre\t2.36\t48.86\n", ""),
        (
            "id;titre;lon;lat;note;agent\r\n1;Un banc;2.35;48.85;bien;Paul\r\n2;Un arbre;2.36;48.86\r\n",
            "lues vides 1",
        ),
        ("id;titre;lon;lat;\r\n1;Un banc;2.35;48.85\r\n2;Un arbre;2.36;48.86\r\n", ""),
        (
            "id;titre;lon;lat\r\n1;Un banc;2.35;48.85\r\n;;;\r\n\r\n2;Un arbre;2.36;48.86\r\n;;;\r\n",
            "vides passées 3",
        ),
        (
            "Export du 12/03/2024\n\nid;titre;lon;lat\n1;Un banc;2.35;48.85\n2;Un arbre;2.36;48.86\n\nSource : mairie\n",
            "hors du tableau, passés 2",
        ),
        ("id|titre|lon|lat\n1|Un banc|2.35|48.85\n2|Un arbre|2.36|48.86\n", ""),
        ("id:titre:lon:lat\n1:Un banc:2.35:48.85\n2:Un arbre:2.36:48.86\n", ""),
        ("id;titre;lon;lat\r1;Un banc;2.35;48.85\r2;Un arbre;2.36;48.86\r", ""),
        ("\u{feff}id;titre;lon;lat\n1;\"Un \nbanc\";2.35;48.85\n2;Un arbre;2.36;48.86", ""),
    ] {
        let (records, report) = read_table(content.as_bytes());
        assert_eq!(records.len(), 2, "{content}");
        assert_eq!((point(&records[0]), point(&records[1])), ((2.35, 48.85), (2.36, 48.86)), "{content}");
        assert!(report.contains(told), "{told} is not in:\n{report}");
    }
}

#[test]
fn a_line_is_the_one_that_an_editor_shows_whatever_ends_it() {
    for end in ["\n", "\r\n", "\r"] {
        let rows =
            ["id;titre;lon;lat", "1;Un banc;48.85;2.35", "", "2;\"B\n\nB\";2.36;48.86", "3;C;48.87;2.37", ""];
        let (records, _) = read_table(rows.join(end).replace("\n\n", &end.repeat(2)).as_bytes());
        let lines: Vec<String> =
            records.iter().filter_map(|r| r.as_ref().err()).map(|e| e.place.to_string()).collect();
        assert_eq!(lines, ["row 1 (line 2 of the file)", "row 3 (line 7 of the file)"], "{end:?}");
    }
}

#[test]
fn an_empty_cell_of_one_geometry_gives_way_to_the_next() {
    let (records, report) = read_table(b"id,titre,lon,lat,wkt\n1,Point,2.35,48.85,\n2,Ligne,,,\"LINESTRING(2.35 48.85, 2.36 48.86)\"\n3,Rien,,,\n");
    assert_eq!(point(&records[0]), (2.35, 48.85));
    assert!(matches!(records[1].as_ref().unwrap().geometry, Some(geo::Geometry::LineString(_))));
    assert_eq!(records[2].as_ref().unwrap().geometry, None);
    assert!(report.contains("« wkt », à défaut colonnes « lon » et « lat »"), "{report}");
}

#[test]
fn a_quote_that_is_never_closed_is_refused() {
    let (records, _) = read_table(b"id;titre\n1;\"Un banc\n2;Un arbre\n");
    assert_eq!(records.last().unwrap().as_ref().unwrap_err().cause, Cause::Unclosed);
}

/// The shapefile of our fixtures under other names, with other neighbours.
fn shapefile_with(
    driver: u8,
    cpg: Option<&str>,
    prj: Option<&str>,
) -> Result<Vec<Result<Record, RecordError>>, String> {
    let folder = tempfile::tempdir().unwrap();
    for end in ["shp", "shx", "dbf", "prj"] {
        let mut content =
            std::fs::read(fixture(&format!("import/parcs-l93/parcs.{end}"))).unwrap_or_default();
        if end == "dbf" {
            content[29] = driver;
            // The É of the fixture's Étoile, whatever it is written in, becomes the sign 0x90: É in the pages of DOS.
            let at = content.windows(4).position(|four| four == b"toil").unwrap();
            let start = content[..at].iter().rposition(|byte| byte.is_ascii()).unwrap() + 1;
            content[start..at].fill(b' ');
            content[at - 1] = 0x90;
        }
        if let Some(prj) = prj.filter(|_| end == "prj") {
            content = prj.as_bytes().to_vec();
        }
        std::fs::write(folder.path().join(format!("p.{end}")), content).unwrap();
    }
    if let Some(cpg) = cpg {
        std::fs::write(folder.path().join("p.cpg"), cpg).unwrap();
    }
    match Source::open(&folder.path().join("p.shp"), &ReadOptions::default()) {
        Ok(source) => Ok(source.collect()),
        Err(error) => Err(error.french),
    }
}

#[test]
fn a_declared_code_page_is_decoded_or_refused_by_its_name() {
    let name = |records: &[Result<Record, RecordError>]| {
        records[0].as_ref().unwrap().get("nom").unwrap().to_string()
    };
    for (driver, cpg) in [(0, Some("CP850")), (2, None), (1, None), (0x57, Some("OEM 437")), (3, Some("850"))]
    {
        let records = shapefile_with(driver, cpg, None).unwrap();
        assert!(name(&records).contains("\u{c9}toile"), "{driver} {cpg:?}: {}", name(&records));
    }
    assert!(shapefile_with(0, Some("EBCDIC-37"), None).unwrap_err().contains("« EBCDIC-37 »"));
    assert!(shapefile_with(0xf0, None, None).unwrap_err().contains("0xf0"));
}

#[test]
fn a_projection_that_is_not_computed_is_refused_by_its_name() {
    let albers = r#"PROJCS["Albers_Local",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Albers"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],UNIT["Meter",1.0]]"#;
    let refused = shapefile_with(0, None, Some(albers)).unwrap_err();
    assert!(
        refused.contains("« Albers_Local »") && refused.contains("ogr2ogr") && refused.contains("--crs"),
        "{refused}"
    );
}

#[test]
fn a_table_in_utf16_without_a_mark_is_read() {
    let bytes: Vec<u8> =
        "id;titre;lon;lat\r\n1;Été;2.35;48.85\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (records, _) = read_table(&bytes);
    assert_eq!(records[0].as_ref().unwrap().get("titre").unwrap(), "Été");
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
    assert_eq!((source.crs, source.total_hint), (2154, crate::TotalHint::Rows(2)));
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
        (write("a.zip", b"PK\x03\x04...."), "lecture impossible"),
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
    let unknown = ReadOptions { crs: Some(27700), ..ReadOptions::default() };
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
