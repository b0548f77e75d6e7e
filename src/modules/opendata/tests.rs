//! Exports: whole, filtered like the map, and safe to open.

use super::*;
use crate::base::ids::FeatureId;
use crate::civic::contributions::answers::{self, NewAnswer};
use crate::civic::contributions::columns::Side;
use crate::core::features;
use crate::core::features::Verdict;
use crate::core::journal::Act;
use crate::server::testing::{Client, app, on_both, proposal};
use serde_json::json;

#[test]
fn the_docs_list_every_column_in_its_place() {
    let page = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/EXPORTS.md"));
    let listed: Vec<&str> =
        page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    // What is compiled for tests only has its names among texts that are not shipped.
    let texts = include_str!(concat!(env!("OUT_DIR"), "/fr.ftl"));
    let columns = crate::civic::contributions::columns::heads;
    let unshipped: Vec<&str> = [Side::Before, Side::Behind]
        .into_iter()
        .flat_map(columns)
        .filter(|head| !texts.contains(&format!("\n{} =", head.key)))
        .map(|head| head.name)
        .collect();
    let mut header = table::header();
    header.retain(|name| !unshipped.contains(&name.as_ref()));
    assert_eq!(header, listed);
}

on_both! {
    async fn a_csv_holds_every_public_feature_and_opens_safely(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let titles = ["=cmd|' /C calc'!A0", "+33", "-1", "@sum", "Un \"banc\"; ici,\nlà", "Été"];
        for title in titles {
            features::store::insert(&mut write, &proposal(title, 2.35, 48.85), Act::PLACED).await.unwrap();
        }
        let mut line = proposal("Une piste", 0.0, 0.0);
        line.geometry = Some(geo::LineString::from(vec![(2.0, 48.0), (2.1, 48.1)]).into());
        features::store::insert(&mut write, &line, Act::PLACED).await.unwrap();
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
        assert_eq!((&rows[1][8], &rows[1][9], &rows[1][10]), ("2.3500000", "48.8500000", "POINT(2.35 48.85)"));
        assert!(rows[0][10].starts_with("LINESTRING"), "{}", &rows[0][10]);
    }

    async fn a_spreadsheet_opens_the_table_for_people_and_the_arguments_have_one_of_their_own(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let mut town = crate::server::testing::square("Bourg", 2.0, 48.0, 1.0);
        town.level = "commune".into();
        let (town, _) = crate::core::territory::store::upsert(&mut write, &town).await.unwrap();
        let mut part = crate::server::testing::square("Centre", 2.3, 48.8, 0.2);
        (part.level, part.parent) = ("quartier".into(), Some(town));
        let (part, _) = crate::core::territory::store::upsert(&mut write, &part).await.unwrap();
        let mut idea = proposal("=1+1", 2.35, 48.85);
        idea.areas = vec![town, part];
        idea.created_at = "2026-03-12T17:05:09Z".parse().unwrap();
        let id = features::store::insert(&mut write, &idea, Act::PLACED).await.unwrap();
        app.commit(write).await.unwrap();
        let mut write = app.begin().await.unwrap();
        let new = features::arguments::NewArgument {
            feature: id,
            side: features::Voice::For,
            body: "-Oui ; \"vraiment\"".into(),
            author: None,
            channel: features::Channel::Web,
            at: write.at(),
        };
        features::arguments::insert(&mut write, &new).await.unwrap();
        app.commit(write).await.unwrap();
        let mut client = Client::new(&app);
        let sheet = client.get("/export/features.csv?for=excel").await;
        assert!(sheet.header("content-disposition").contains("parvis-tableur.csv"));
        let text = sheet.text();
        assert!(text.starts_with("\u{feff}Numéro;Numéro au registre;Nature;Statut;Démarche;Thème;Titre;Texte;Commune;Quartier;Longitude;"), "{text}");
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!((&row[0], &row[2], &row[3], &row[6]), ("1", "Idée", "Reçue", "'=1+1"));
        assert!(row[1].parse::<u64>().is_ok(), "{row:?}");
        assert_eq!((&row[8], &row[9], &row[10], &row[12]), ("Bourg", "Centre", "2,3500000", "POINT(2.35 48.85)"));
        assert_eq!(&row[18], "12/03/2026 18:05:09 +01:00");
        let arguments = client.get("/export/arguments.csv?for=excel").await.text();
        assert!(arguments.starts_with("\u{feff}Numéro;Contribution;Position;Argument;Écrit le\n1;1;Pour;\"'-Oui ; \"\"vraiment\"\"\";"), "{arguments}");
        let plain = client.get("/export/arguments.csv").await.text();
        assert!(plain.starts_with("\u{feff}id,feature_id,side,body,created_at\n1,1,for,"), "{plain}");
        assert_eq!(client.get("/export/arguments.csv?score_min=5").await.text().lines().count(), 1);
        assert_eq!(client.get("/export/features.csv?for=word").await.status.as_u16(), 400);
        assert_eq!(client.get("/export/arguments.geojson").await.status.as_u16(), 404);
    }

    async fn a_geojson_export_is_filtered_like_the_map_and_complete_beyond_a_page(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let mut new: Vec<_> = (0..2_101).map(|n| proposal(&format!("{n}"), 2.35, 48.85)).collect();
        new.iter_mut().step_by(7).for_each(|f| f.kind = features::Kind::REPORT);
        features::store::insert_all(&mut write, &new, Act::IMPORTED).await.unwrap();
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

    async fn what_the_authority_answered_is_in_the_files_and_the_single_feature_without_who_wrote_it(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let agent = crate::civic::accounts::store::ensure(&mut write, "agente@ville.example").await.unwrap();
        for title in ["Un banc", "Deux bancs", "Trois bancs"] {
            features::store::insert(&mut write, &proposal(title, 2.35, 48.85), Act::PLACED).await.unwrap();
        }
        let at = "2026-03-02T09:30:00Z".parse().unwrap();
        let said = |body: &str, verdict| NewAnswer {
            verdict,
            body: body.into(),
            motive: "+33 1".into(),
            link: "https://ville.example/bancs".into(),
            authority: "@Ville \"du\" Val; service".into(),
            by: Some(agent.id),
            at,
        };
        answers::insert(&mut write, FeatureId(2), &said("Autrefois.", Verdict::Noted)).await.unwrap();
        answers::insert(&mut write, FeatureId(2), &said("=HYPERLINK(\"x\")\net **oui**", Verdict::Accepted)).await.unwrap();
        answers::insert(&mut write, FeatureId(3), &said("-1", Verdict::Refused)).await.unwrap();
        app.commit(write).await.unwrap();
        let standing = answers::standing(&app.db, &[1, 2, 99]).await.unwrap();
        assert_eq!(standing.keys().collect::<Vec<_>>(), [&FeatureId(2)]);
        assert!(answers::standing(&app.db, &[]).await.unwrap().is_empty());

        let mut client = Client::new(&app);
        let text = client.get("/export/features.csv").await.text();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let head: Vec<String> = reader.headers().unwrap().iter().skip(16).take(6).map(str::to_owned).collect();
        assert_eq!(head, ["answer_verdict", "answer_text", "answer_motive", "answer_link", "answer_authority", "answer_date"]);
        let rows: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().skip(16).take(6).map(str::to_owned).collect()).collect();
        // The newest first.
        assert_eq!(&rows[0][..2], ["refused", "'-1"]);
        let link = "https://ville.example/bancs";
        let second = ["accepted", "'=HYPERLINK(\"x\")\net **oui**", "'+33 1", link, "'@Ville \"du\" Val; service", "2026-03-02T09:30:00+00:00"];
        assert_eq!(rows[1], second, "the version that holds");
        assert!(rows[2].iter().all(String::is_empty), "{:?}", rows[2]);
        assert!(!text.contains("Autrefois") && !text.contains("agente"), "{text}");

        let file = client.get("/export/features.geojson").await.json();
        let one = client.get("/api/features/2").await;
        assert!(!one.text().contains("agente") && !one.text().contains("answered_by"), "{}", one.text());
        let answer = json!({
            "verdict": "accepted", "text": "=HYPERLINK(\"x\")\net **oui**", "motive": "+33 1", "link": link,
            "authority": "@Ville \"du\" Val; service", "date": "2026-03-02T09:30:00Z",
        });
        assert_eq!(one.json()["properties"]["answer"], answer);
        assert_eq!(file["features"][1]["properties"]["answer"], answer);
        assert_eq!(client.get("/api/features/1").await.json()["properties"]["answer"], json!(null));
        assert_eq!(file["features"][2]["properties"]["answer"], json!(null));
        // A list stays light, and tiles are drawings.
        assert!(client.get("/api/features").await.json()["features"][1]["properties"].get("answer").is_none());
    }
}

#[test]
fn each_address_of_a_file_has_a_format_and_a_name() {
    for format in <Format as clap::ValueEnum>::value_variants() {
        assert!(format.file_name().starts_with("parvis") && !format.media_type().is_empty());
    }
    assert_eq!(Format::of_address("features.csv", true), Some(Format::Excel));
    assert_eq!(Format::of_address("features.pdf", false), None);
}
