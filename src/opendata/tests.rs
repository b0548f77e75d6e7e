//! Exports: whole, filtered like the map, and safe to open.

use super::*;
use crate::features;
use crate::journal::Act;
use crate::testing::{Client, app, on_both, proposal};

on_both! {
    async fn a_csv_holds_every_public_feature_and_opens_safely(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let titles = ["=cmd|' /C calc'!A0", "+33", "-1", "@sum", "Un \"banc\"; ici,\nlà", "Été"];
        for title in titles {
            features::store::insert(&mut write, &proposal(title, 2.35, 48.85), Act::Placed).await.unwrap();
        }
        let mut line = proposal("Une piste", 0.0, 0.0);
        line.geometry = Some(geo::LineString::from(vec![(2.0, 48.0), (2.1, 48.1)]).into());
        features::store::insert(&mut write, &line, Act::Placed).await.unwrap();
        app.commit(write).await.unwrap();
        let answer = Client::new(&app).get("/export/features.csv").await;
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        assert!(answer.header("content-disposition").contains("parvis.csv"));
        let text = answer.text();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 7);
        for row in &rows {
            assert!(!row[5].starts_with(['=', '+', '-', '@']), "{}", &row[5]);
        }
        assert_eq!(&rows[6][5], "'=cmd|' /C calc'!A0");
        assert_eq!(&rows[2][5], "Un \"banc\"; ici,\nlà");
        assert_eq!((&rows[1][8], &rows[1][9], &rows[1][10]), ("2.3500000", "48.8500000", ""));
        assert!(rows[0][10].starts_with("LINESTRING"), "{}", &rows[0][10]);
    }

    async fn a_geojson_export_is_filtered_like_the_map_and_complete_beyond_a_page(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let mut new: Vec<_> = (0..2_101).map(|n| proposal(&format!("{n}"), 2.35, 48.85)).collect();
        new.iter_mut().step_by(7).for_each(|f| f.kind = features::Kind::Report);
        features::store::insert_all(&mut write, &new, Act::Imported).await.unwrap();
        app.commit(write).await.unwrap();
        let mut client = Client::new(&app);
        let all = client.get("/export/features.geojson").await.json();
        assert_eq!(all["features"].as_array().unwrap().len(), 2_101);
        let reports = client.get("/export/features.geojson?kind=report").await.json();
        assert_eq!(reports["features"].as_array().unwrap().len(), 301);
        let none = client.get("/export/features.geojson?score_min=5").await.json();
        assert!(none["features"].as_array().unwrap().is_empty());
        assert_eq!(client.get("/export/features.geojson?theme=x").await.status.as_u16(), 400);
    }
}

#[test]
fn each_format_has_a_media_type_and_an_extension() {
    assert!(Format::Csv.media_type().starts_with("text/csv"));
    assert_eq!(Format::Geojson.extension(), "geojson");
}
