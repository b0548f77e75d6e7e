//! Files made to break readers: bad GeoJSON, naughty strings, spreadsheet formulas, plain noise.

use std::io::Read;

use proptest::prelude::*;

use super::*;
use crate::{Rejects, Repair, report::inert};

/// The cases of a folder of the archive: file name and content.
fn cases(folder: &str) -> Vec<(String, Vec<u8>)> {
    let Some(path) = real("adversarial/geojsonhint-cases.zip") else { return vec![] };
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut found = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        if let Some(name) = name.strip_prefix(folder).filter(|name| name.ends_with(".geojson")) {
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            found.push((name.to_owned(), content));
        }
    }
    found
}

/// What became of a file: `Err` is the refusal of the whole file, in French.
type Outcome = Result<Vec<Result<Record, RecordError>>, String>;

fn read_bytes(name: &str, content: &[u8]) -> (Outcome, Vec<Repair>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    match Source::open(&path, &ReadOptions::default()) {
        Ok(source) => {
            let repairs = source.repairs.clone();
            (Ok(source.collect()), repairs)
        }
        Err(error) => (Err(error.french), vec![]),
    }
}

/// For each bad case: `Ok` is the repair, `Err` a part of the French message.
const BAD: [(&str, Result<Repair, &str>); 44] = [
    ("bad-duplicate-properties", Err("« type » est présent deux fois")),
    ("bad-featurelist", Err("objet 1 : coordonnées mal imbriquées pour une géométrie Polygon")),
    ("bad-json", Err("JSON valide")),
    ("bad-object-type", Err("« type » devrait être un texte, un objet trouvé")),
    ("bad-polygon-interiorring-rhr", Ok(Repair::WindingTurned)),
    ("bad-polygonloop", Err("mal imbriquées pour une géométrie Polygon")),
    ("bad-properties-as-array", Err("objet 1 : « properties » devrait être un objet, un tableau trouvé")),
    ("badcoord", Err("objet 1 : coordonnée « f »")),
    ("badcoordtype", Err("objet 1 : coordonnées mal imbriquées pour une géométrie MultiPolygon")),
    ("badfeature", Err("objet 1 : un objet JSON est attendu, null trouvé")),
    ("badfeatureid", Err("objet 1 : « id » devrait être un texte ou un nombre, un objet trouvé")),
    ("bbox-4or6elements", Ok(Repair::BadBbox)),
    ("bbox-contains-string", Ok(Repair::BadBbox)),
    ("bbox-string", Ok(Repair::BadBbox)),
    ("different-first-last", Ok(Repair::RingClosed)),
    ("different-first-size", Ok(Repair::Flattened)),
    // Too many decimals are no error: geojsonhint itself finds nothing to say here.
    ("excessive_precision_truncated", Err("")),
    ("expected_object", Err("objet 1 : « properties » devrait être un objet, un nombre trouvé")),
    ("false", Err("objet 1 : un objet JSON est attendu, un booléen trouvé")),
    ("feature_changed_semantics", Ok(Repair::ForeignMember)),
    ("featurecollection-obj", Err("« features » devrait être un tableau, un objet trouvé")),
    ("featurecollection-type-case", Ok(Repair::TypeCase)),
    ("featurecollection", Err("« features » manque")),
    ("featurecollection_changed_semantics", Ok(Repair::ForeignMember)),
    ("geometry_changed_semantics", Ok(Repair::ForeignMember)),
    ("geometrycollection_nested", Err("mêle points, lignes et surfaces")),
    ("geometrycollection_single", Ok(Repair::CollectionOpened)),
    ("multiple_problems", Err("objet 1 : « id » devrait être un texte ou un nombre")),
    ("multipoint-multidimension", Err("objet 1 : coordonnées mal imbriquées pour une géométrie MultiPoint")),
    ("multipoint-nondimension", Err("objet 1 : coordonnées mal imbriquées pour une géométrie MultiPoint")),
    ("nofeaturetype", Err("objet 1 : type « Featre » inconnu")),
    ("notype", Err("« type » manque")),
    (
        "point-labeled-as-a-multipolygon",
        Err("objet 1 : coordonnées mal imbriquées pour une géométrie MultiPolygon"),
    ),
    ("point-string", Err("objet 1 : coordonnée « foo »")),
    ("point-toofew", Err("objet 1 : coordonnée « [2] »")),
    ("point-toomany", Ok(Repair::Flattened)),
    ("point", Err("objet 1 : le membre « coordinates » manque")),
    ("polygon_winding_order", Ok(Repair::WindingTurned)),
    ("rootstring", Err("un objet JSON est attendu, null trouvé")),
    ("short-line", Err("objet 1 : ligne de 1 position(s), il en faut au moins 2")),
    ("short-linearring", Ok(Repair::RingClosed)),
    ("short-multilinestring", Err("objet 1 : ligne de 1 position(s)")),
    ("stringcoord", Err("objet 1 : coordonnée « 39.36827914916011 »")),
    ("unknowntype", Err("type « FooBar » inconnu")),
];

#[test]
fn bad_geojson_is_refused_or_repaired() {
    let cases = cases("bad/");
    if cases.is_empty() {
        return;
    }
    assert_eq!(cases.len(), BAD.len());
    for (name, content) in cases {
        let stem = name.trim_end_matches(".geojson");
        let (_, expected) =
            BAD.iter().find(|(case, _)| *case == stem).unwrap_or_else(|| panic!("{stem} is new"));
        let (outcome, mut repairs) = read_bytes(&name, &content);
        let mut messages = Vec::new();
        match outcome {
            Err(message) => messages.push(message),
            Ok(rows) => {
                for row in rows {
                    match row {
                        Ok(record) => repairs.extend(record.repairs),
                        Err(error) => messages.push(error.french()),
                    }
                }
            }
        }
        match expected {
            Ok(repair) => {
                assert_eq!(messages, [""; 0], "{stem} should be repaired");
                assert!(repairs.contains(repair), "{stem}: {repairs:?}");
            }
            Err("") => assert!(messages.is_empty() && repairs.is_empty(), "{stem}: {messages:?} {repairs:?}"),
            Err(part) => {
                assert!(messages.iter().any(|message| message.contains(part)), "{stem}: {messages:?}");
            }
        }
    }
}

#[test]
fn good_geojson_is_accepted() {
    let cases = cases("good/");
    assert!(cases.is_empty() || cases.len() == 18);
    for (name, content) in cases {
        match read_bytes(&name, &content).0 {
            // Well formed, but a row is one place.
            Ok(rows) if name == "good-geometrycollection.geojson" => {
                assert!(
                    matches!(rows[0], Err(RecordError { cause: Cause::MixedCollection, .. })),
                    "{rows:?}"
                );
            }
            // Well formed, but with a latitude of -107: not a place on a map.
            Ok(rows) if name == "issue82.geojson" => {
                assert!(
                    matches!(rows[0], Err(RecordError { cause: Cause::OutOfRange { .. }, .. })),
                    "{rows:?}"
                );
            }
            Ok(rows) => assert!(!rows.is_empty() && rows.iter().all(Result::is_ok), "{name}: {rows:?}"),
            Err(message) => panic!("{name}: {message}"),
        }
    }
}

#[test]
fn naughty_strings_survive_as_titles() {
    let Some(path) = real("adversarial/blns.json") else { return };
    let strings: Vec<String> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(strings.len() > 400);
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["n", "titre"]).unwrap();
    for (index, text) in strings.iter().enumerate() {
        csv.write_record([&index.to_string(), text]).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("blns.csv");
    std::fs::write(&path, csv.into_inner().unwrap()).unwrap();
    let run = dry(&path, &Mapping::parse("id=n,title=titre,theme=titre").unwrap(), ReadOptions::default());
    assert_eq!(run.report.read(), strings.len() as u64);
    for draft in &run.drafts {
        let title = &draft.title;
        assert!(
            !title.is_empty() && title.chars().count() <= 120 && !title.chars().any(char::is_control),
            "{title:?}"
        );
    }
    // Only what holds nothing to see is refused.
    for error in &run.errors {
        assert_eq!(error.cause, Cause::NoText);
        let text = error.properties[1].1.as_str().unwrap();
        assert!(text.chars().all(|c| c.is_whitespace() || !c.is_ascii_graphic()), "{text:?}");
    }
    assert!(run.report.accepted > 450, "{}", run.report.accepted);
    assert!(run.drafts.iter().any(|draft| draft.title == "<script>alert(123)</script>"));
}

#[test]
fn formulas_are_dead_in_the_file_of_rejects() {
    let Some(path) = real("adversarial/csv-injection-payloads.txt") else { return };
    let mut payloads: Vec<String> =
        std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect();
    payloads.extend(["\t=1+1", " @SUM(A1)", "-2+3+cmd|' /C calc'!A0", "＝1+1", "\r\n=1"].map(str::to_owned));
    let columns: Vec<std::sync::Arc<str>> = vec!["=titre".into()];
    let mut rejects = Rejects::new(Vec::new(), &columns).unwrap();
    for (number, payload) in (1..).zip(&payloads) {
        let place = crate::Locator::Row { number, line: number + 1 };
        let properties = vec![("=titre".into(), payload.as_str().into())];
        rejects.write(&RecordError { place, cause: Cause::NoText, properties }).unwrap();
    }
    let written = String::from_utf8(rejects.finish().unwrap()).unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .from_reader(written.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    assert_eq!(rows.len(), payloads.len() + 1);
    for cell in rows.iter().flatten() {
        assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '＝']), "{cell:?}");
    }
    assert_eq!((inert("-4.5"), inert("abc"), inert("=1")), ("-4.5".into(), "abc".into(), "'=1".into()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn arbitrary_bytes_never_panic(
        head in prop::sample::select(vec!["", "{", "[", "[{", "{\"type\":\"FeatureCollection\",\"features\":[", "a;b\n", "lon,lat\n", "\u{feff}"]),
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        text in "[\\[\\]{}\",:;0-9a-eé\n'.-]{0,80}",
        name in prop::sample::select(vec!["a.csv", "a.geojson", "a.ndjson", "a", "a.csv.gz", "a.json"]),
    ) {
        let _ = read_bytes(name, &[head.as_bytes(), &bytes].concat());
        let _ = read_bytes(name, &[head.as_bytes(), text.as_bytes()].concat());
    }

    #[test]
    fn a_damaged_binary_file_never_panics(at in 0usize..100_000, byte in any::<u8>(), cut in 0usize..100_000) {
        let shp = std::fs::read(fixture("import/parcs-l93/parcs.shp")).unwrap();
        let dbf = std::fs::read(fixture("import/parcs-l93/parcs.dbf")).unwrap();
        let folder = tempfile::tempdir().unwrap();
        for (name, mut content) in [("a.shp", shp), ("a.dbf", dbf)] {
            let length = content.len();
            content[at % length] = byte;
            content.truncate(length - cut % (length / 4) * usize::from(cut.is_multiple_of(3)));
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        if let Ok(source) = Source::open(&folder.path().join("a.shp"), &ReadOptions::default()) {
            prop_assert!(source.take(1000).count() <= 1000);
        }
        if at.is_multiple_of(8) {
            let mut gpkg = std::fs::read(fixture("import/parcs.gpkg")).unwrap();
            let length = gpkg.len();
            gpkg[at % length] = byte;
            let _ = read_bytes("a.gpkg", &gpkg);
        }
    }
}
