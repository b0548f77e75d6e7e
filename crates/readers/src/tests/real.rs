//! Real files of real towns, with the figures that their publishers announce.

use geo::{Geometry, Validation};

use super::*;
use crate::{Format, Repair, theme_key};

/// Every geometry of a file is valid, and in the rectangle that it should be in.
fn all_within(run: &Run, [west, south, east, north]: [f64; 4]) {
    let [w, s, e, n] = run.report.bbox.unwrap();
    assert!(w >= west && s >= south && e <= east && n <= north, "{:?}", run.report.bbox);
    for draft in &run.drafts {
        assert!(!draft.title.is_empty());
        if let Some(geometry) = &draft.geometry {
            assert!(geometry.is_valid(), "{}", draft.place);
        }
    }
}

const PARIS: [f64; 4] = [2.22, 48.74, 2.48, 48.95];
const TOULOUSE: [f64; 4] = [1.2, 43.5, 1.64, 43.77];

#[test]
fn districts_of_paris_and_communes_of_lille() {
    for (file, mapping, count, area) in [
        ("paris/quartiers.geojson", "quartiers-paris", 80, PARIS),
        ("paris/arrondissements.geojson", "arrondissements-paris", 20, PARIS),
        ("lille-mel/communes-mel.geojson", "communes", 95, [2.7, 50.4, 3.4, 50.9]),
    ] {
        let Some(path) = real(file) else { continue };
        let run = run(&path, mapping);
        assert_eq!(counts(&run.report), [count, count, 0, 0], "{file}\n{}", run.report);
        assert_eq!(run.report.duplicates.0, 0);
        all_within(&run, area);
    }
}

#[test]
fn ideas_of_the_greening_call() {
    let Some(path) = real("paris/du-vert-pres-de-chez-moi.geojson") else { return };
    let run = run(&path, "paris-du-vert");
    // Two ideas have no category, no address and no text; 41 of the others were exported at the South Pole.
    assert_eq!(counts(&run.report), [1605, 1603, 2, 41], "{}", run.report);
    assert_eq!(causes(&run), [&Cause::NoText, &Cause::NoText]);
    assert_eq!(run.report.repairs.get(&Repair::NoPlace), Some(&41));
    let themes = run.report.themes();
    let spellings: std::collections::HashSet<_> = run.drafts.iter().filter_map(|d| d.theme.clone()).collect();
    assert!(themes.len() <= 22 && spellings.len() > themes.len(), "{themes:?}");
    let frequent: Vec<_> =
        themes.iter().take_while(|(_, count)| *count > 1).map(|(theme, _)| theme.as_str()).collect();
    assert_eq!(
        frequent,
        [
            "Mur végétalisé",
            "Pot ou bac à fleurs",
            "Autre proposition",
            "Plantation d'arbre",
            "Jardinière en pleine terre",
            "Végétalisation d'un pied d'arbre"
        ]
    );
    assert!(
        !run.drafts.iter().any(|draft| theme_key(&draft.body) == "pas de commentaires" || draft.body == "-")
    );
    assert!(!run.drafts.iter().any(|draft| draft.title.chars().any(char::is_control)));
    let kept = run.drafts.iter().filter(|draft| draft.status.as_deref() == Some("accepted")).count();
    assert_eq!(kept, 209);
    all_within(&run, PARIS);
}

#[test]
fn street_reports() {
    let mut ids = std::collections::HashSet::new();
    for file in ["paris/dans-ma-rue-1.csv.gz", "paris/dans-ma-rue-2.csv.gz"] {
        let Some(path) = real(file) else { return };
        let run = run(&path, "paris-dans-ma-rue");
        assert_eq!(counts(&run.report), [10_000, 10_000, 0, 0], "{}", run.report);
        assert_eq!(run.report.themes().len(), 10);
        ids.extend(run.drafts.iter().filter_map(|draft| draft.external_id.clone()));
        all_within(&run, PARIS);
        // The other column of the file, a feature written by Python, gives the same places.
        let by_shape =
            Mapping { geometry: Some("geo_shape".into()), ..Mapping::parse("title=type").unwrap() };
        let shapes = dry(&path, &by_shape, ReadOptions::default());
        let same = |(a, b): (&Draft, &Draft)| a.geometry == b.geometry;
        assert!(run.drafts.iter().zip(&shapes.drafts).all(same));
    }
    assert_eq!(ids.len(), 20_000);
}

#[test]
fn lines_and_surfaces_of_a_base_map() {
    if let Some(path) = real("paris/voies-eau.geojson.gz") {
        let run = dry(&path, &Mapping::parse("title=\"Plan d'eau\"").unwrap(), ReadOptions::default());
        assert_eq!(counts(&run.report), [58, 58, 0, 0]);
        all_within(&run, PARIS);
    }
    if let Some(path) = real("paris/metro-osm.geojson.gz") {
        let run = run(&path, "metro-osm");
        assert_eq!(counts(&run.report), [815, 815, 0, 0], "{}", run.report);
        assert_eq!((run.report.kinds["LineString"], run.report.kinds["Point"]), (581, 234));
        assert!(run.drafts.iter().all(|draft| draft.external_id.is_some()));
    }
}

#[test]
fn facilities_with_and_without_a_place() {
    let Some(path) = real("toulouse/etablissements-recevant-du-public.geojson") else { return };
    let run = run(&path, "toulouse-erp");
    assert_eq!(counts(&run.report), [783, 783, 0, 14], "{}", run.report);
    assert_eq!(run.report.kinds["Point"], 769);
    all_within(&run, TOULOUSE);
}

#[test]
fn addresses_in_degrees_and_in_metres_are_the_same() {
    let Some(path) = real("toulouse/adresses-2013.csv.gz") else { return };
    let degrees = run(&path, "toulouse-adresses-2013");
    assert_eq!(counts(&degrees.report), [65_396, 65_396, 0, 0], "{}", degrees.report);
    all_within(&degrees, TOULOUSE);
    let mapping = Mapping::parse("title=lib_off,lon=X_CC43,lat=Y_CC43").unwrap();
    let metres = dry(&path, &mapping, ReadOptions { crs: Some(3943), ..ReadOptions::default() });
    assert_eq!(metres.report.rejected, 0);
    for (a, b) in degrees.drafts.iter().zip(&metres.drafts) {
        let (Some(Geometry::Point(a)), Some(Geometry::Point(b))) = (&a.geometry, &b.geometry) else {
            panic!()
        };
        assert!((a.x() - b.x()).abs() < 1e-5 && (a.y() - b.y()).abs() < 1e-5, "{a:?} {b:?}");
    }
    // Without the projection every row is refused, and told which one it is.
    let lost = dry(&path, &mapping, ReadOptions::default());
    assert_eq!(lost.report.accepted, 0);
    assert!(lost.errors[0].french().contains("--crs 3943"), "{}", lost.errors[0]);
}

#[test]
fn comments_of_a_consultation() {
    for (file, count) in
        [("lille-mel/commentaires-debats.csv", 693), ("lille-mel/commentaires-propositions.csv", 44)]
    {
        let Some(path) = real(file) else { continue };
        let run = run(&path, "decidim-commentaires");
        assert_eq!(counts(&run.report), [count, count, 0, count], "{}", run.report);
        assert!(run.drafts.iter().all(|draft| draft.created.is_some() && draft.title.chars().count() <= 120));
        assert_eq!(run.report.duplicates.0, 0);
    }
}

#[test]
fn zoning_of_a_local_plan() {
    let Some(path) = real("cnig/200011781_PLUi_20180101.zip") else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let path = entry.name().unwrap().into_owned();
        let Some(name) = path.strip_prefix("200011781_PLUi_20180101/Donnees_geographiques/") else {
            continue;
        };
        std::io::copy(&mut entry, &mut std::fs::File::create(folder.path().join(name)).unwrap()).unwrap();
    }
    let run = run(&folder.path().join("ZONE_URBA.shp"), "cnig-zone-urba");
    eprintln!("{}", run.report);
    assert_eq!(counts(&run.report), [222, 222, 0, 0], "{}", run.report);
    all_within(&run, [1.8, 46.4, 3.2, 47.7]);
}

#[test]
fn every_other_file_opens() {
    for (file, rows, format) in [
        ("paris/adresses-75.csv.gz", 158_048, Format::Csv),
        ("paris/arbres-plantes.csv.gz", 7_263, Format::Csv),
        ("paris/budget-participatif-laureats.csv", 1_341, Format::Csv),
        ("paris/fontaines-a-boire.csv", 1_188, Format::Csv),
        ("paris/sanisettes.geojson", 615, Format::GeoJson),
        ("lille-mel/cantons-59.geojson", 41, Format::GeoJson),
        ("lille-mel/debats.csv", 29, Format::Csv),
        ("lille-mel/propositions-libres.csv", 196, Format::Csv),
        ("toulouse/agenda-culturel.csv", 171, Format::Csv),
        ("toulouse/arbres.geojson.gz", 4_783, Format::GeoJson),
        ("toulouse/budget-participatif-2022-projets.csv", 199, Format::Csv),
        ("toulouse/budget-participatif-2022-votes.csv.gz", 11_606, Format::Csv),
        ("toulouse/communes-metropole.geojson", 37, Format::GeoJson),
        ("toulouse/grands-quartiers.geojson", 60, Format::GeoJson),
        ("toulouse/marches.geojson", 55, Format::GeoJson),
        ("toulouse/parcs-osm.geojson.gz", 200, Format::GeoJson),
        ("toulouse/quartiers-de-democratie-locale.geojson", 20, Format::GeoJson),
        ("france/departements-simplifies.geojson.gz", 96, Format::GeoJson),
        ("france/communes.json.gz", 37_590, Format::JsonTable),
        ("consultation/republique-numerique.jsonl.gz", 232, Format::JsonTable),
    ] {
        let Some(path) = real(file) else { continue };
        let source = Source::open(&path, &ReadOptions::default()).unwrap();
        assert_eq!(source.format, format, "{file}");
        let mut count = 0;
        for record in source {
            assert!(record.is_ok(), "{file}: {record:?}");
            count += 1;
        }
        assert_eq!(count, rows, "{file}");
    }
}
