//! Spreadsheets, zipped shapefiles and other archives; formats that are refused by their name.

use std::io::Write;

use proptest::prelude::*;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::Format;

/// An archive of these files.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn open(
    name: &str,
    content: &[u8],
    options: &ReadOptions,
) -> Result<(Vec<Result<Record, RecordError>>, Source), String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    match Source::open(&path, options) {
        Ok(mut source) => Ok((source.by_ref().collect(), source)),
        Err(error) => Err(error.french),
    }
}

const WORKBOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="Cachée" sheetId="1" state="hidden" r:id="rId9"/><sheet name="Idées" sheetId="2" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="rId9" Target="worksheets/sheet9.xml"/><Relationship Id="rId1" Target="/xl/worksheets/sheet1.xml"/></Relationships>"#;
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\ hh:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;
const STRINGS: &str = r#"<sst><si><t>titre</t></si><si><r><t xml:space="preserve">Un </t></r><r><t>banc &amp; une haie</t></r><rPh><t>x</t></rPh></si></sst>"#;

fn xlsx(rows: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    archive(&[
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
        ("xl/sharedStrings.xml", STRINGS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="Feuille1">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn the_first_sheet_that_is_shown_is_a_table_with_its_dates() {
    let rows = r#"<row r="2"><c r="A2" t="inlineStr"><is><t>id</t></is></c><c r="B2" t="s"><v>0</v></c><c r="C2" t="str"><v>lon</v></c><c r="D2" t="str"><v>lat</v></c><c r="E2" t="str"><v>date</v></c><c r="F2" t="str"><v>ouvert</v></c></row>
        <row r="3"><c r="A3"><v>1</v></c><c r="B3" t="s"><v>1</v></c><c r="C3"><v>2.3500000000000001</v></c><c r="D3"><v>48.850000000000001</v></c><c r="E3" s="1"><v>45363</v></c><c r="F3" t="b"><v>1</v></c></row>
        <row r="6"><c r="A6"><v>2</v></c><c r="C6"><v>2.36</v></c><c r="D6"><v>48.86</v></c><c r="E6" s="2"><v>45363.75</v></c></row>"#;
    let (records, source) = open("classeur.xlsx", &xlsx(rows), &ReadOptions::default()).unwrap();
    assert_eq!((source.format, records.len()), (Format::Sheet, 2));
    let first = records[0].as_ref().unwrap();
    assert_eq!(first.get("titre").unwrap(), "Un banc & une haie");
    assert_eq!(
        (first.get("date").unwrap(), first.get("ouvert").unwrap()),
        (&"2024-03-12".into(), &"true".into())
    );
    assert_eq!(first.geometry, Some(geo::Point::new(2.35, 48.85).into()));
    let second = records[1].as_ref().unwrap();
    assert_eq!(
        (second.place.to_string().as_str(), second.repairs.as_slice()),
        ("row 2 (line 6 of the file)", &[][..])
    );
    assert_eq!(second.get("date").unwrap(), "2024-03-12 18:00:00");
    let other = ReadOptions { layer: Some("Nulle part".into()), ..ReadOptions::default() };
    assert!(open("classeur.xlsx", &xlsx(rows), &other).err().unwrap().contains("Cachée, Idées"));
}

#[test]
fn a_sheet_of_open_document_is_a_table_and_what_it_repeats_is_not_held() {
    let cell = |text: &str| {
        format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
    };
    let number = |value: &str| {
        format!(
            r#"<table:table-cell office:value-type="float" office:value="{value}"><text:p>x</text:p></table:table-cell>"#
        )
    };
    let rows = format!(
        r#"<table:table-row>{}{}{}{}<table:table-cell table:number-columns-repeated="16380"/></table:table-row>
        <table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row>{}<table:table-cell office:value-type="date" office:date-value="2024-03-12T18:00:00"/>{}{}</table:table-row>
        <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#,
        cell("titre"),
        cell("date"),
        cell("lon"),
        cell("lat"),
        cell("Un<text:s text:c=\"2\"/>banc &amp; &#233;t&#233;"),
        number("2.35"),
        number("48.85"),
    );
    let (records, source) = open("classeur.ods", &ods(&rows), &ReadOptions::default()).unwrap();
    assert_eq!((source.format, records.len()), (Format::Sheet, 1));
    let row = records[0].as_ref().unwrap();
    assert_eq!(
        (row.get("titre").unwrap(), row.get("date").unwrap()),
        (&"Un  banc & été".into(), &"2024-03-12 18:00:00".into())
    );
    assert_eq!(row.place.to_string(), "row 1 (line 5 of the file)");
    // A million rows of a thousand cells that a few bytes declare.
    let bomb = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" table:number-columns-repeated="1000"><text:p>x</text:p></table:table-cell></table:table-row>"#;
    assert!(open("bombe.ods", &ods(bomb), &ReadOptions::default()).err().unwrap().contains("trop grande"));
}

#[test]
fn a_zipped_shapefile_is_read_and_several_files_are_a_choice() {
    let part = |end: &str| std::fs::read(fixture(&format!("import/parcs-l93/parcs.{end}"))).unwrap();
    let (shp, shx, dbf, prj, cpg) = (part("shp"), part("shx"), part("dbf"), part("prj"), part("cpg"));
    let files: Vec<(&str, &[u8])> = vec![
        ("parcs/lisez-moi.txt", b"bonjour"),
        ("__MACOSX/parcs/._parcs.shp", b"x"),
        ("parcs/parcs.SHP", &shp),
        ("parcs/parcs.shx", &shx),
        ("parcs/parcs.dbf", &dbf),
        ("parcs/parcs.prj", &prj),
        ("parcs/parcs.cpg", &cpg),
    ];
    let (records, source) = open("parcs.zip", &archive(&files), &ReadOptions::default()).unwrap();
    assert_eq!((source.format, source.crs, records.len()), (Format::Shapefile, 2154, 2));
    assert_eq!(records[0].as_ref().unwrap().get("nom").unwrap(), "Parc de l'Étoile");
    let two = archive(&[
        ("a.csv", b"titre;lon;lat\nUn;2.35;48.85\n"),
        ("b.csv", b"titre;lon;lat\nDeux;2.35;48.85\n"),
    ]);
    assert!(open("deux.zip", &two, &ReadOptions::default()).err().unwrap().contains("a.csv, b.csv"));
    let chosen = ReadOptions { layer: Some("b".into()), ..ReadOptions::default() };
    assert_eq!(open("deux.zip", &two, &chosen).unwrap().0[0].as_ref().unwrap().get("titre").unwrap(), "Deux");
}

#[test]
fn an_archive_that_swells_is_refused() {
    let large = vec![b'a'; 3 << 20];
    let zipped = archive(&[("a.csv", &large)]);
    assert!(zipped.len() < 20_000);
    let options = ReadOptions { max_bytes: 1 << 20, ..ReadOptions::default() };
    assert!(open("a.zip", &zipped, &options).err().unwrap().contains("trop grande"));
    let wide = format!(
        "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c></row>{}",
        (2..700).map(|n| format!("<row r=\"{n}\"><c r=\"XFD{n}\"><v>1</v></c></row>")).collect::<String>()
    );
    assert!(open("a.xlsx", &xlsx(&wide), &ReadOptions::default()).err().unwrap().contains("trop grande"));
}

#[test]
fn what_is_not_read_is_refused_by_its_name() {
    let kml = b"<?xml version=\"1.0\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document/></kml>";
    assert!(
        open("lieux.kml", kml, &ReadOptions::default())
            .err()
            .unwrap()
            .contains("ogr2ogr sortie.geojson lieux.kml")
    );
    assert!(
        open("lieux.kmz", &archive(&[("doc.kml", kml)]), &ReadOptions::default())
            .err()
            .unwrap()
            .starts_with("KMZ")
    );
    let (english, french) = {
        let options = ReadOptions { layer: Some("absente".into()), ..ReadOptions::default() };
        let error = Source::open(&fixture("import/parcs.gpkg"), &options).err().unwrap();
        (error.english, error.french)
    };
    assert!(english.contains("its layers are: parcs") && french.contains("ses couches : parcs"), "{french}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn arbitrary_archives_and_sheets_never_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        xml in "(<(row|c|v|si|t|sheet|table:table|table:table-row|table:table-cell|text:p|text:s)( r=\"[A-Z0-9]{0,6}\"| t=\"[a-z]\"| table:number-rows-repeated=\"[0-9]{1,12}\"| table:number-columns-repeated=\"[0-9]{1,12}\")?/?>|</(row|c|v|t|table:table-row|table:table-cell|text:p)>|[0-9a-zé&;]{1,4}){0,25}",
        cut in 0usize..2_000,
    ) {
        let mut sheet = xlsx(&xml);
        let mut text = ods(&xml);
        let _ = open("a.xlsx", &sheet, &ReadOptions::default());
        let _ = open("a.ods", &text, &ReadOptions::default());
        let _ = open("a.zip", &archive(&[("a.csv", &bytes), ("a.shp", &bytes), ("a.dbf", &bytes)]), &ReadOptions::default());
        let _ = open("a.zip", &[b"PK\x03\x04", bytes.as_slice()].concat(), &ReadOptions::default());
        for packed in [&mut sheet, &mut text] {
            let length = packed.len();
            packed[cut % length] ^= 0x55;
            let _ = open("a.xlsx", packed, &ReadOptions::default());
        }
    }
}
