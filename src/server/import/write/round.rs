//! Our own exports, imported into an empty database and exported again, say the same: every kind, shape and status, answers,
//! places known by their area only; for programs, for spreadsheets, as GeoJSON.

use super::tests::{done, feature_import, import};
use super::*;
use crate::base::clock::Timestamp;
use crate::civic::contributions::answers::{self, NewAnswer};
use crate::core::app::App;
use crate::core::features::Verdict;
use crate::core::features::{Channel, NewFeature, Status, vocabulary};
use crate::core::features::{Kind, store};
use crate::core::journal::{self, Act};
use crate::core::territory;
use crate::server::import::Mapping;
use crate::server::testing::{Client, app, on_both, on_sqlite, square};
use serde_json::{Value, json};

/// The same three areas in any database.
async fn areas_of(app: &App) -> [crate::base::ids::AreaId; 3] {
    let mut write = app.begin().await.unwrap();
    let mut town = square("Saint-Étienne-sur-Mer", 2.0, 48.0, 1.0);
    (town.level, town.code) = ("commune".into(), "42000".into());
    let (town, _) = territory::store::upsert(&mut write, &town).await.unwrap();
    let mut parts = Vec::new();
    for (name, west) in [("Centre", 2.0), ("Le Port, l’Île", 2.5)] {
        let mut part = square(name, west, 48.0, 0.5);
        part.parent = Some(town);
        parts.push(territory::store::upsert(&mut write, &part).await.unwrap().0);
    }
    app.commit(write).await.unwrap();
    [town, parts[0], parts[1]]
}

async fn fill(app: &App) {
    let areas = areas_of(app).await;
    let world = app.atlas.world();
    let mut write = app.begin().await.unwrap();
    let process = vocabulary::ensure_process(&mut write, "Budget participatif").await.unwrap();
    let theme = vocabulary::ensure_theme_in(&mut write, Some(process), "Nature & eau").await.unwrap();
    let shapes: [geo::Geometry<f64>; 6] = [
        geo::Point::new(2.123_456_789, 48.25).into(),
        geo::LineString::from(vec![(2.1, 48.1), (2.2, 48.2), (2.7, 48.3)]).into(),
        geo::Rect::new((2.6, 48.1), (2.7, 48.2)).to_polygon().into(),
        geo::MultiPolygon(vec![
            geo::Rect::new((2.1, 48.1), (2.2, 48.2)).to_polygon(),
            geo::Rect::new((2.3, 48.3), (2.4, 48.4)).to_polygon(),
        ])
        .into(),
        geo::MultiPoint::from(vec![(2.1, 48.1), (2.9, 48.9)]).into(),
        geo::MultiLineString(vec![
            geo::LineString::from(vec![(2.1, 48.1), (2.2, 48.2)]),
            geo::LineString::from(vec![(2.3, 48.1), (2.4, 48.2)]),
        ])
        .into(),
    ];
    let shapes: Vec<geo::Geometry<f64>> =
        shapes.into_iter().map(|shape| parvis_tiles::mend::mend(&shape).unwrap().geometry).collect();
    let titles = ["Un banc", "=1+1", "'=déjà", "Dit \"ici; là\", puis là", "-5", "@tous", "'apostrophe"];
    let mut count = 0;
    for kind in Kind::all() {
        for place in 0..=shapes.len() + 1 {
            count += 1;
            let geometry = shapes.get(place).cloned();
            let stated = [areas[2], areas[0]].get(place.wrapping_sub(shapes.len())).copied();
            let located = match (&geometry, stated) {
                (Some(geometry), _) => world.territory().areas_of(geometry),
                (None, area) => world.territory().with_parents(area),
            };
            let status = Status::all()
                .iter()
                .copied()
                .cycle()
                .skip(count)
                .find(|status| status.fits(*kind) && *status != Status::REFUSED);
            let new = NewFeature {
                kind: *kind,
                process: count.is_multiple_of(2).then_some(process),
                theme: count.is_multiple_of(3).then_some(theme),
                status: status.unwrap(),
                title: titles[count % titles.len()].into(),
                body: if count.is_multiple_of(2) {
                    "=A1\n\nDeux « paragraphes » ; et \"puis\"".into()
                } else {
                    String::new()
                },
                geometry,
                stated_area: stated,
                areas: located,
                author: None,
                channel: Channel::Web,
                created_at: format!("2026-0{}-12T17:05:{:02}Z", 1 + count % 6, count)
                    .parse::<Timestamp>()
                    .unwrap(),
                held: None,
                origin: None,
            };
            let id = store::insert(&mut write, &new, Act::PLACED).await.unwrap();
            if count.is_multiple_of(4) && kind.is_answered() {
                let verdict = Verdict::of_kind(*kind).nth(count % kind.0.verdicts.len()).unwrap();
                let answer = NewAnswer {
                    verdict,
                    body: "+1, dit la **ville**\n\n- d’accord".into(),
                    motive: "=parce que".into(),
                    link: "https://ville.example/x".into(),
                    authority: "@Ville".into(),
                    by: None,
                    at: "2026-08-01T08:00:00Z".parse().unwrap(),
                };
                answers::insert(&mut write, id, &answer).await.unwrap();
            }
        }
    }
    app.commit(write).await.unwrap();
}

/// A file without what another database gives anew: numbers, counts of voices, the time of the last change.
async fn said(app: &App, address: &str) -> Vec<Value> {
    let text = Client::new(app).get(address).await.text();
    if address.contains("geojson") {
        let file: Value = serde_json::from_str(&text).unwrap();
        let features = file["features"].as_array().unwrap().iter().cloned();
        return features
            .map(|mut feature| {
                feature["id"] = json!(null);
                // What came from a file says so.
                feature["properties"]["updated_at"] = json!(null);
                feature["properties"]["channel"] = json!(null);
                feature
            })
            .collect();
    }
    let delimiter = if address.contains("excel") { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let anew = ["id", "updated_at", "Numéro", "Numéro au registre", "Modifiée le", "channel", "Canal"];
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| {
        let cells = names.iter().zip(&row).filter(|(name, _)| !anew.contains(&name.as_str()));
        cells.map(|(name, cell)| (name.clone(), json!(cell))).collect::<serde_json::Map<_, _>>().into()
    })
    .collect()
}

async fn comes_round(db: crate::base::db::Db, name: &'static str, address: &'static str) {
    let target = app(&db).await;
    areas_of(&target).await;
    on_sqlite(|source| async move {
        let source = app(&source).await;
        fill(&source).await;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, Client::new(&source).get(address).await.text()).unwrap();
        let before = said(&source, address).await;
        // Of each kind one at each place.
        let all = 8 * Kind::all().len();
        assert_eq!(before.len(), all);
        let asked = feature_import(&path, Kind::PROPOSAL, Mapping::default());
        let outcome = import(&db, &asked).await;
        assert_eq!(done(&outcome), (all as u64, 0, 0, 0), "{}", outcome.report);
        assert_eq!(done(&import(&db, &asked).await), (0, 0, all as u64, 0), "again");
        target.atlas.reach(journal::head(&db).await.unwrap()).await.unwrap();
        let after = said(&target, address).await;
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(before, after);
        }
        assert_eq!(after.len(), all);
    })
    .await;
}

on_both! {
    async fn our_table_for_programs_is_read_without_a_mapping_and_says_the_same_again(db: Db) {
        comes_round(db, "ours.csv", "/export/features.csv").await;
    }

    async fn our_geojson_is_read_without_a_mapping_and_says_the_same_again(db: Db) {
        comes_round(db, "ours.geojson", "/export/features.geojson").await;
    }

    async fn our_table_for_people_is_read_without_a_mapping_and_says_the_same_again(db: Db) {
        comes_round(db, "tableur.csv", "/export/features.csv?for=excel").await;
    }

    async fn another_file_of_the_same_name_is_not_taken_for_the_one_before(db: Db) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("export.csv");
        let mapping = || Mapping::parse("id=id,title=titre").unwrap();
        std::fs::write(&path, "id;titre;lon;lat\n1;Un banc;2.35;48.85\n").unwrap();
        let asked = feature_import(&path, Kind::PROPOSAL, mapping());
        assert_eq!(done(&import(&db, &asked).await), (1, 0, 0, 0));
        assert_eq!(done(&import(&db, &asked).await), (0, 0, 1, 0));
        std::fs::write(&path, "id;titre;lon;lat;quartier\n1;Autre ville;2.35;48.85;Nord\n").unwrap();
        let refused = features(&db, &asked, crate::base::clock::now(), &ProgressBar::hidden()).await.unwrap_err();
        assert!(refused.to_string().contains("--source"), "{refused}");
        let named = |name: &str| FeatureImport { source: Some(name.into()), ..feature_import(&path, Kind::PROPOSAL, mapping()) };
        assert_eq!(done(&import(&db, &named("autre")).await), (1, 0, 0, 0));
        assert_eq!(done(&import(&db, &named("export")).await), (0, 1, 0, 0));
        assert_eq!(done(&import(&db, &asked).await), (0, 0, 1, 0), "said once, it is the one");
    }
}
