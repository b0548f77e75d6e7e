//! Imports of real and of hand-made files, on both databases.

use super::*;
use crate::base::clock;
use crate::base::db::Db;
use crate::core::app::App;
use crate::core::atlas::{Filter, Paging};
use crate::core::features::{Kind, Status, store};
use crate::core::gazetteer;
use crate::core::journal;
use crate::server::import::Mapping;
use crate::server::testing::{app, on_both, shared};
use parvis_tiles::Order;
use std::path::Path;

pub(super) fn file(path: impl Into<PathBuf>) -> FileImport {
    FileImport {
        file: path.into(),
        read: ReadOptions::default(),
        dry_run: false,
        partial: false,
        rejects: None,
    }
}

fn mapping(name: &str) -> Mapping {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/mappings");
    Mapping::load(&folder.join(name)).unwrap()
}

pub(super) fn feature_import(path: impl Into<PathBuf>, kind: Kind, mapping: Mapping) -> FeatureImport {
    FeatureImport { file: file(path), kind, mapping, source: None, process: None, status: Status::OPEN }
}

fn area_import(path: impl Into<PathBuf>, level: &str, name: &str, code: &str) -> AreaImport {
    AreaImport {
        file: file(path),
        level: level.into(),
        name_field: name.into(),
        code_field: Some(code.into()),
        parent: None,
        parent_field: None,
        parent_level: None,
        population_field: None,
    }
}

pub(super) async fn import(db: &Db, import: &FeatureImport) -> Outcome {
    features(db, import, clock::now(), &ProgressBar::hidden()).await.unwrap()
}

async fn import_areas(db: &Db, import: &AreaImport) -> Outcome {
    areas(db, import, clock::now(), &ProgressBar::hidden()).await.unwrap()
}

async fn import_addresses(db: &Db, import: &AddressImport) -> Outcome {
    addresses(db, import, clock::now(), &ProgressBar::hidden()).await.unwrap()
}

async fn places(db: &Db, text: &str) -> Vec<gazetteer::Found> {
    gazetteer::Search::default().find(db, &gazetteer::Query::read(text), None, 8).await.unwrap()
}

pub(super) fn done(outcome: &Outcome) -> (u64, u64, u64, u64) {
    (outcome.created, outcome.updated, outcome.unchanged, outcome.report.rejected)
}

async fn total(app: &App, query: &str) -> u64 {
    let (filter, _) = Filter::of_query(query, &[]).unwrap();
    app.atlas.facets(&filter, None).unwrap().total
}

/// A small CSV of our own.
fn ideas(folder: &Path, rows: &[&str]) -> PathBuf {
    let path = folder.join("ideas.csv");
    let text = format!("ref;titre;theme;secteur;lon;lat\n{}\n", rows.join("\n"));
    std::fs::write(&path, text).unwrap();
    path
}

fn ideas_mapping() -> Mapping {
    Mapping::parse("id=ref,title=titre,theme=theme,area=secteur,lon=lon,lat=lat").unwrap()
}

on_both! {
    async fn a_second_import_changes_only_what_changed(db: Db) {
        let folder = tempfile::tempdir().unwrap();
        let path = ideas(folder.path(), &["1;Un banc;Nature;;2,35;48,85", "2;Une haie;Nature;;2,36;48,85"]);
        let mut first = feature_import(&path, Kind::PROPOSAL, ideas_mapping());
        assert_eq!(done(&import(&db, &first).await), (2, 0, 0, 0));
        let head = journal::head(&db).await.unwrap();
        assert_eq!(done(&import(&db, &first).await), (0, 0, 2, 0));
        assert_eq!(journal::head(&db).await.unwrap(), head, "nothing changed, no line");
        ideas(folder.path(), &["1;Deux bancs;Nature;;2,35;48,85", "2;Une haie;Nature;;2,36;48,85", "3;Un puits;;;2,3;48,8"]);
        assert_eq!(done(&import(&db, &first).await), (1, 1, 1, 0));
        let titles: Vec<String> = store::cards(&db, &[1, 2, 3]).await.unwrap().into_iter().map(|c| c.title).collect();
        assert_eq!(titles, ["Deux bancs", "Une haie", "Un puits"]);
        // Another source is another set of rows, whatever their ids.
        first.source = Some("autre".into());
        assert_eq!(done(&import(&db, &first).await), (3, 0, 0, 0));
    }

    async fn rows_without_an_identifier_are_known_by_what_they_say(db: Db) {
        let folder = tempfile::tempdir().unwrap();
        let path = ideas(folder.path(), &["1;Un banc;;;2,35;48,85", "2;Un banc;;;2,35;48,85", "3;Une haie;;;2,35;48,85"]);
        let mapping = Mapping::parse("title=titre,lon=lon,lat=lat").unwrap();
        let twice = feature_import(&path, Kind::PROPOSAL, mapping);
        assert_eq!(done(&import(&db, &twice).await), (3, 0, 0, 0));
        assert_eq!(done(&import(&db, &twice).await), (0, 0, 3, 0));
    }

    async fn a_file_is_written_whole_or_not_at_all_unless_told_otherwise(db: Db) {
        let folder = tempfile::tempdir().unwrap();
        let rows = ["1;Un banc;Nature;;2,35;48,85", "2;Perdu;;;;", "3;À l’envers;;;48,85;2,35", "1;Encore;;;2,35;48,85"];
        let path = ideas(folder.path(), &rows);
        let mut some_bad = feature_import(&path, Kind::PROPOSAL, ideas_mapping());
        some_bad.file.rejects = Some(folder.path().join("rejects.csv"));
        let outcome = import(&db, &some_bad).await;
        assert!(!outcome.written);
        assert_eq!(outcome.report.rejected, 3);
        assert_eq!(store::count(&db).await.unwrap(), 0, "all or nothing");
        let rejects = std::fs::read_to_string(folder.path().join("rejects.csv")).unwrap();
        assert_eq!(rejects.lines().count(), 4, "{rejects}");
        assert!(rejects.contains("Perdu") && rejects.contains("inversées"), "{rejects}");
        some_bad.file.dry_run = true;
        some_bad.file.partial = true;
        assert!(!import(&db, &some_bad).await.written, "a dry run writes nothing");
        assert_eq!(store::count(&db).await.unwrap(), 0);
        some_bad.file.dry_run = false;
        assert!(import(&db, &some_bad).await.written);
        assert_eq!(store::count(&db).await.unwrap(), 1);
    }

    async fn a_row_without_geometry_is_placed_by_its_area_and_never_by_an_invented_point(db: Db) {
        let folder = tempfile::tempdir().unwrap();
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        crate::core::territory::store::upsert(&mut write, &crate::server::testing::square("Centre", 2.0, 48.0, 1.0)).await.unwrap();
        app.commit(write).await.unwrap();
        let path = ideas(folder.path(), &["1;Un banc;;CENTRE;;", "2;Une haie;;Ailleurs;;"]);
        let mut placed = feature_import(&path, Kind::PROPOSAL, ideas_mapping());
        placed.file.partial = true;
        let outcome = import(&db, &placed).await;
        assert_eq!(done(&outcome), (1, 0, 0, 1));
        assert!(outcome.report.to_string().contains("« Ailleurs » est inconnu"), "{}", outcome.report);
        let card = &store::cards(&db, &[1]).await.unwrap()[0];
        assert!(card.wkb.is_none());
        assert_eq!(card.area_slugs(), ["centre"]);
    }

    async fn new_areas_tag_the_features_that_are_there_already(db: Db) {
        let folder = tempfile::tempdir().unwrap();
        let app = app(&db).await;
        let path = ideas(folder.path(), &["1;Un banc;;;2,35;48,85", "2;Une haie;;;3,35;48,85"]);
        import(&db, &feature_import(&path, Kind::PROPOSAL, ideas_mapping())).await;
        let outline = folder.path().join("areas.geojson");
        let square = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"nom":"Centre","code":"1"},
            "geometry":{"type":"Polygon","coordinates":[[[2,48],[3,48],[3,49],[2,49],[2,48]]]}}]}"#;
        std::fs::write(&outline, square).unwrap();
        let areas = area_import(&outline, "quartier", "nom", "code");
        assert_eq!(done(&import_areas(&db, &areas).await), (1, 0, 0, 0));
        assert_eq!(done(&import_areas(&db, &areas).await), (0, 0, 1, 0));
        app.atlas.reach(journal::head(&db).await.unwrap()).await.unwrap();
        assert_eq!(total(&app, "area=centre").await, 1);
        std::fs::write(&outline, square.replace("[3,", "[4,")).unwrap();
        assert_eq!(done(&import_areas(&db, &areas).await), (0, 1, 0, 0));
        app.atlas.reach(journal::head(&db).await.unwrap()).await.unwrap();
        assert_eq!(total(&app, "area=centre").await, 2);
        let missing = area_import(&outline, "quartier", "name", "code");
        let error = super::areas(&db, &missing, clock::now(), &ProgressBar::hidden()).await.unwrap_err();
        assert!(error.to_string().contains("nom, code"), "{error}");
    }

    async fn a_layer_is_replaced_by_its_next_import(db: Db) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("eau.geojson");
        let pond = r#"{"type":"Feature","properties":{"nom":"Étang"},"geometry":{"type":"Polygon",
            "coordinates":[[[2,48],[3,48],[3,49],[2,49],[2,48]]]}}"#;
        std::fs::write(&path, pond).unwrap();
        let mut import = LayerImport {
            file: file(&path), name: "Eau".into(), attribution: "© nous".into(), color: "#aaccee".into(),
        };
        for _ in 0..2 {
            let outcome = layer(&db, &import, clock::now(), &ProgressBar::hidden()).await.unwrap();
            assert_eq!(done(&outcome), (1, 0, 0, 0));
        }
        let layers = crate::core::layers::store::all(&db).await.unwrap();
        assert_eq!((layers.len(), layers[0].slug.as_str()), (1, "eau"));
        assert_eq!(crate::core::layers::store::items(&db, layers[0].id).await.unwrap().len(), 1);
        import.name = "Features".into();
        assert!(layer(&db, &import, clock::now(), &ProgressBar::hidden()).await.is_err(), "reserved");
        (import.name, import.color) = ("Eau".into(), "bleu".into());
        assert!(layer(&db, &import, clock::now(), &ProgressBar::hidden()).await.is_err(), "no colour");
    }

    async fn paris_comes_in_whole(db: Db) {
        let Some(outlines) = shared("paris/quartiers.geojson") else { return };
        let folder = outlines.parent().unwrap();
        let arrondissements = area_import(folder.join("arrondissements.geojson"), "arrondissement", "l_ar", "c_arinsee");
        assert_eq!(done(&import_areas(&db, &arrondissements).await), (20, 0, 0, 0));
        let mut quartiers = area_import(&outlines, "quartier", "l_qu", "c_quinsee");
        quartiers.parent_level = Some("arrondissement".into());
        assert_eq!(done(&import_areas(&db, &quartiers).await), (80, 0, 0, 0));
        let territory = crate::core::territory::store::all(&db).await.unwrap();
        let orphans = territory.iter().filter(|a| a.level == "quartier" && a.parent_id.is_none()).count();
        assert_eq!(orphans, 0, "each quartier found its arrondissement");

        let mut ideas = feature_import(
            folder.join("du-vert-pres-de-chez-moi.geojson"), Kind::PROPOSAL, mapping("paris-du-vert.toml"),
        );
        ideas.file.partial = true;
        ideas.process = Some("Du vert près de chez moi".into());
        let outcome = import(&db, &ideas).await;
        // Two rows say nothing at all; seven repeat an identifier.
        assert_eq!(done(&outcome), (1596, 0, 0, 9));
        assert_eq!(outcome.report.without_geometry, 41);
        for n in 1..=2 {
            let path = folder.join(format!("dans-ma-rue-{n}.csv.gz"));
            let mut reports = feature_import(path, Kind::REPORT, mapping("paris-dans-ma-rue.toml"));
            reports.source = Some("dans-ma-rue".into());
            assert_eq!(done(&import(&db, &reports).await), (10_000, 0, 0, 0));
        }
        for (name, items) in [("voies-eau.geojson.gz", 58), ("metro-osm.geojson.gz", 815)] {
            let import = LayerImport {
                file: file(folder.join(name)), name: name[..4].into(), attribution: "Ville de Paris".into(),
                color: "#8a9ba8".into(),
            };
            let outcome = layer(&db, &import, clock::now(), &ProgressBar::hidden()).await.unwrap();
            assert_eq!(done(&outcome), (items, 0, 0, 0));
        }

        let app = app(&db).await;
        assert_eq!(total(&app, "").await, 21_596);
        assert_eq!(total(&app, "kind=proposal&process=du-vert-pres-de-chez-moi").await, 1596);
        assert_eq!(total(&app, "status=accepted").await, 205);
        let frequent = app.atlas.facets(&Filter::of_query("kind=proposal", &[]).unwrap().0, None).unwrap();
        let themes = frequent.by["theme"].values().filter(|count| **count > 100).count();
        assert_eq!(themes, 6, "dirty categories are six themes");
        let by_quartier: u64 = territory.iter().filter(|a| a.level == "arrondissement")
            .map(|a| frequent.of("area", &a.slug)).sum();
        assert!(by_quartier >= 1_590, "nearly every idea lies in an arrondissement: {by_quartier}");
        let paging = Paging { order: Order::Newest, after: None, limit: 10 };
        assert_eq!(app.atlas.list(&Filter::default(), None, paging).unwrap().ids.len(), 10);
    }

    async fn the_95_communes_of_lille_come_in_under_their_metropolis(db: Db) {
        let Some(path) = shared("lille-mel/communes-mel.geojson") else { return };
        let mut communes = area_import(path, "commune", "nom", "code");
        communes.parent = Some("MEL".into());
        let unknown = areas(&db, &communes, clock::now(), &ProgressBar::hidden()).await;
        assert!(unknown.unwrap_err().to_string().contains("MEL"));
        let mut write = journal::Write::begin(&db, clock::now()).await.unwrap();
        let mut metropolis = crate::server::testing::square("MEL", 2.7, 50.4, 0.7);
        metropolis.level = "métropole".into();
        crate::core::territory::store::upsert(&mut write, &metropolis).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(done(&import_areas(&db, &communes).await), (95, 0, 0, 0));
        let all = crate::core::territory::store::all(&db).await.unwrap();
        assert_eq!(all.iter().filter(|a| a.parent_id.is_some()).count(), 95);
    }

    async fn every_good_geojson_is_taken_and_every_bad_one_is_told(db: Db) {
        let Some(archive) = shared("adversarial/geojsonhint-cases.zip") else { return };
        let folder = tempfile::tempdir().unwrap();
        let mut archive = zip::ZipArchive::new(std::fs::File::open(archive).unwrap()).unwrap();
        let (mut told, mut taken) = (0, 0);
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).unwrap();
            let name = entry.name().unwrap().into_owned();
            if !name.ends_with(".geojson") {
                continue;
            }
            let path = folder.path().join(format!("{at}.geojson"));
            std::io::copy(&mut entry, &mut std::fs::File::create(&path).unwrap()).unwrap();
            let import = LayerImport {
                file: FileImport { dry_run: true, ..file(&path) },
                name: "Essai".into(), attribution: String::new(), color: "#000000".into(),
            };
            match layer(&db, &import, clock::now(), &ProgressBar::hidden()).await {
                Err(error) => {
                    assert!(error.to_string().contains(&format!("{at}.geojson")), "{name}: {error}");
                    told += 1;
                }
                Ok(outcome) if outcome.report.rejected > 0 => {
                    let said = outcome.report.to_string();
                    assert!(said.contains("objet"), "{name}: {said}");
                    told += 1;
                }
                Ok(_) => taken += 1,
            }
        }
        assert!(told >= 26 && taken >= 17, "told {told}, taken {taken}");
    }

    async fn addresses_become_streets_with_numbers_and_a_second_import_replaces_them(db: Db) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/import/adresses.csv");
        let map = r#"title=numero+" "+rep+" "+nom_voie,area=nom_commune,theme=type,lon=lon,lat=lat"#;
        let mut import = AddressImport {
            file: file(path), mapping: Mapping::parse(map).unwrap(), source: None, kind: "street".into(),
        };
        let refused = import_addresses(&db, &import).await;
        assert!(!refused.written && refused.report.rejected == 1, "one row has no place");
        assert_eq!(gazetteer::store::count(&db).await.unwrap(), (0, 0));
        import.file.partial = true;
        assert_eq!(done(&import_addresses(&db, &import).await), (4, 0, 0, 1));
        assert_eq!(done(&import_addresses(&db, &import).await), (0, 0, 4, 1));
        assert_eq!(gazetteer::store::count(&db).await.unwrap(), (4, 5));
        let found = places(&db, "12 bis rue de la paix").await;
        assert_eq!((found[0].name.as_str(), found[0].locality.as_str()), ("Rue de la Paix", "Montclar"));
        assert_eq!((found[0].lon, found[0].lat), (3.361, 47.2201), "a number stays where it was said first");
        assert_eq!(places(&db, "parc etang").await[0].kind, "parc-public");
        assert_eq!(places(&db, "av general leclerc").await[0].name, "Avenue du Gal Leclerc");
        let folder = tempfile::tempdir().unwrap();
        let shorter = folder.path().join("adresses.csv");
        std::fs::write(&shorter, "numero;rep;nom_voie;nom_commune;type;lon;lat\n1;;Rue de la Paix;Montclar;;3,36;47,22\n").unwrap();
        let unnamed = AddressImport { file: file(&shorter), ..import.clone() };
        let refused = addresses(&db, &unnamed, clock::now(), &ProgressBar::hidden()).await.unwrap_err();
        assert!(refused.to_string().contains("--source adresses"), "{refused}");
        let import = AddressImport { source: Some("adresses".into()), ..unnamed };
        let outcome = import_addresses(&db, &import).await;
        assert_eq!((done(&outcome), outcome.removed), ((0, 1, 0, 0), 3));
        assert_eq!(gazetteer::store::count(&db).await.unwrap(), (1, 1));
    }

    async fn every_address_of_paris_and_toulouse_is_found(db: Db) {
        let (Some(paris), Some(toulouse)) = (shared("paris/adresses-75.csv.gz"), shared("toulouse/adresses-2013.csv.gz"))
        else { return };
        for (path, map, rows) in [(paris, "ban-adresses.toml", 158_048), (toulouse, "toulouse-adresses-2013.toml", 65_396)] {
            let import = AddressImport {
                file: file(path), mapping: mapping(map), source: Some(map.into()), kind: "street".into(),
            };
            let outcome = import_addresses(&db, &import).await;
            assert_eq!((outcome.report.accepted, outcome.report.rejected), (rows, 0));
            assert!(outcome.created > 3_000, "{outcome:?}");
        }
        let first = |text: &'static str| { let db = &db; async move { places(db, text).await.remove(0) } };
        let rivoli = first("12 rue de rivoli paris").await;
        assert_eq!(rivoli.house.map(|h| h.number), Some(12));
        assert!(rivoli.locality.starts_with("75004"), "{}", rivoli.locality);
        assert!(first("bd st germain 75007").await.name.starts_with("Boulevard Saint-Germain"));
        assert_eq!(first("av du gal de croutte toulouse").await.name, "Avenue du General de Croutte");
        for text in ["r", "rue", "12 rue", "a", "place d"] {
            assert_eq!(places(&db, text).await.len(), 8, "{text}");
        }
    }
}

/// Each area asks an index for its parent and is known by its code: thirty-five thousand are as easy as one.
#[tokio::test]
async fn all_the_communes_of_a_country_are_read_in_one_go() {
    crate::server::testing::on_sqlite(|db| async move {
        let folder = tempfile::tempdir().unwrap();
        let square = |code: String, x: f64, y: f64, side: f64| {
            let ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]];
            serde_json::json!({ "type": "Feature", "properties": { "nom": format!("Saint-Martin {}", code.len()), "code": code },
                "geometry": { "type": "Polygon", "coordinates": [ring] } })
        };
        let write = |name: &str, features: Vec<serde_json::Value>| {
            let path = folder.path().join(name);
            let text = serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string();
            std::fs::write(&path, text).unwrap();
            path
        };
        let departments = (0..100).map(|n| square(format!("D{n}"), f64::from(n % 10), 42.0 + f64::from(n / 10), 1.0));
        let path = write("departements.geojson", departments.collect());
        assert_eq!(done(&import_areas(&db, &area_import(path, "departement", "nom", "code")).await), (100, 0, 0, 0));
        let communes = (0..35_000).map(|n| {
            let (x, y) = (f64::from(n % 200), f64::from(n / 200));
            square(format!("{n:05}"), x * 0.05, 42.0 + y * 0.05, 0.05)
        });
        let path = write("communes.geojson", communes.collect());
        let mut asked = area_import(path, "commune", "nom", "code");
        asked.parent_level = Some("departement".into());
        assert_eq!(done(&import_areas(&db, &asked).await), (35_000, 0, 0, 0));
        let all = crate::core::territory::store::all(&db).await.unwrap();
        let slugs: std::collections::HashSet<&str> = all.iter().map(|area| area.slug.as_str()).collect();
        assert_eq!(slugs.len(), 35_100, "each has a word of its own");
        assert!(all.iter().filter(|area| area.level == "commune").all(|area| area.parent_id.is_some()));
        assert_eq!(done(&import_areas(&db, &asked).await), (0, 0, 35_000, 0));
    })
    .await;
}
