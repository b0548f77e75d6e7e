//! A feature's page, its voices and arguments: over HTTP in process, on both databases.

use crate::base::db::Sql as _;
use crate::base::ids::{FeatureId, PhotoId};
use crate::core::app::App;
use crate::core::features::{Hold, NewFeature, photos, store};
use crate::core::journal::Act;
use crate::server::testing::{Client, app, harmless, on_both, proposal, shared};
use axum::http::StatusCode;

async fn placed(app: &App, new: &NewFeature) -> FeatureId {
    let mut write = app.begin().await.unwrap();
    let id = store::insert(&mut write, new, Act::PLACED).await.unwrap();
    app.commit(write).await.unwrap();
    id
}

fn fragment(app: &App) -> Client {
    let mut client = Client::new(app);
    client.headers.push(("hx-request", "true".into()));
    client
}

on_both! {
    async fn an_argument_is_given_shown_and_taken_back_by_its_author_alone(db: Db) {
        let app = app(&db).await;
        placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let (mut author, mut other) = (Client::new(&app), Client::new(&app));
        let empty = other.get("/features/1").await.text();
        assert!(empty.contains("Soyez la première personne"), "{empty}");
        let sent = author.post("/features/1/arguments", &[("side", "for"), ("body", " De **l’ombre** ")]).await;
        assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, "/features/1#argument-1"));
        let page = author.get("/features/1").await.text();
        assert!(page.contains("<p>De <strong>l’ombre</strong></p>"), "{page}");
        assert!(page.contains("/features/1/arguments/1/withdraw"), "its author may take it back");
        let page = other.get("/features/1").await.text();
        assert!(page.contains("l’ombre") && !page.contains("/arguments/1/withdraw"));
        assert_eq!(other.post("/features/1/arguments/1/withdraw", &[]).await.status, StatusCode::NOT_FOUND);
        let taken = author.post("/features/1/arguments/1/withdraw", &[]).await;
        assert_eq!((taken.status, taken.header("location")), (StatusCode::SEE_OTHER, "/features/1#arguments"));
        assert!(!other.get("/features/1").await.text().contains("l’ombre"));
        assert_eq!(author.post("/features/9/arguments", &[("side", "for"), ("body", "Bien")]).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_program_argues_in_json(db: Db) {
        let app = app(&db).await;
        placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let mut client = Client::json(&app);
        let sent = client.post("/features/1/arguments", &[("side", "against"), ("body", "Trop cher")]).await;
        assert_eq!(sent.status, StatusCode::CREATED);
        assert_eq!(sent.json(), serde_json::json!({ "id": 1, "arguments_for": 0, "arguments_against": 1 }));
        let taken = client.post("/features/1/arguments/1/withdraw", &[]).await;
        assert_eq!((taken.status, taken.json()["arguments_against"].as_i64()), (StatusCode::OK, Some(0)));
        for form in [vec![("side", "for"), ("body", "  ")], vec![("side", "up"), ("body", "Bien vu")], vec![]] {
            assert_eq!(client.post("/features/1/arguments", &form).await.status, StatusCode::BAD_REQUEST, "{form:?}");
        }
    }

    async fn our_own_script_gets_the_changed_part_alone(db: Db) {
        let app = app(&db).await;
        placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let mut client = fragment(&app);
        let voted = client.post("/features/1/vote", &[("voice", "for")]).await.text();
        assert!(voted.starts_with("<section class=\"votes\"") && !voted.contains("<html"), "{voted}");
        assert!(voted.contains("100 % pour\u{a0}: 1 pour, 0 contre") && voted.contains("aria-pressed=\"true\""), "{voted}");
        let argued = client.post("/features/1/arguments", &[("side", "for"), ("body", "Bien vu")]).await.text();
        assert!(argued.starts_with("<section class=\"arguments\""), "{argued}");
        assert!(argued.contains("data-added=\"1\"") && argued.contains("est publié"), "{argued}");
        for path in ["/features/1/votes", "/features/1/arguments"] {
            let part = client.get(path).await;
            assert_eq!((part.status, part.header("cache-control")), (StatusCode::OK, "no-store"));
            assert!(part.text().starts_with("<section"));
        }
        assert_eq!(client.get("/features/9/arguments").await.status, StatusCode::NOT_FOUND);
    }

    async fn what_is_wrong_with_an_argument_is_said_beside_what_was_typed(db: Db) {
        let app = app(&db).await;
        placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let long = format!("{}<", "x".repeat(1_000));
        for (body, says) in [("ok", "au moins 3 caractères"), (long.as_str(), "1001 caractères")] {
            let form = [("side", "against"), ("body", body)];
            for mut client in [Client::new(&app), fragment(&app)] {
                let answer = client.post("/features/1/arguments", &form).await;
                assert_eq!(answer.status, StatusCode::BAD_REQUEST);
                let text = answer.text();
                assert!(text.contains(says) && text.contains(&body.replace('<', "&#60;")), "{text}");
                assert_eq!(text.matches("aria-invalid").count(), 1, "on its own side only");
            }
        }
    }

    async fn a_closed_map_shows_arguments_and_takes_none(db: Db) {
        let open = app(&db).await;
        placed(&open, &proposal("Un banc", 2.35, 48.85)).await;
        Client::new(&open).post("/features/1/arguments", &[("side", "for"), ("body", "Bien vu")]).await;
        let config = crate::base::config::Config { participation: false, ..open.config.clone() };
        let closed = App::on(config, db.clone()).await.unwrap();
        let mut client = Client::new(&closed);
        let page = client.get("/features/1").await.text();
        assert!(page.contains("Bien vu") && page.contains("La participation est fermée"), "{page}");
        assert!(!page.contains("<textarea") && !page.contains("/features/1/vote\""));
        let refused = client.post("/features/1/arguments", &[("side", "for"), ("body", "Encore")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }

    async fn every_kind_has_a_page_that_can_be_shared_and_shows_its_photos(db: Db) {
        let app = app(&db).await;
        let mut new = proposal("Une rampe « là »", 2.35, 48.85);
        (new.kind, new.body) = (crate::core::features::Kind::REPORT, "# Cassée\n\n- depuis *mars*".into());
        let id = placed(&app, &new).await;
        let mut client = Client::json(&app);
        let mut jpeg = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(30, 20).write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
        let sent = client.upload("/photos", &[], &[("photo", "a.jpg", jpeg.get_ref())]).await.json();
        let mut write = app.begin().await.unwrap();
        let photo = [(PhotoId(sent["id"].as_i64().unwrap()), "La rampe".into())];
        photos::attach(&mut write, id, client.visitor(&app), &photo).await.unwrap();
        app.commit(write).await.unwrap();
        let page = Client::new(&app).get("/features/1").await.text();
        let large = sent["large"].as_str().unwrap();
        for expected in [
            "<p><strong>Cassée</strong></p>", "<li>depuis <em>mars</em></li>", "alt=\"La rampe\"", "width=\"30\" height=\"20\"",
            "<link rel=\"canonical\" href=\"http://parvis.test/features/1\">",
            "<meta name=\"description\" content=\"Cassée • depuis mars\">",
            &format!("<meta property=\"og:image\" content=\"http://parvis.test{large}\">"),
            "mailto:?subject=Une%20rampe%20", "data-lon=\"2.350000\"", "Signalement",
        ] {
            assert!(page.contains(expected), "{expected}: {page}");
        }
        harmless(&page);
    }

    async fn naughty_strings_as_title_text_and_argument_never_break_a_page(db: Db) {
        let Some(file) = shared("adversarial/blns.json") else { return };
        let mut strings: Vec<String> = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        if let Some(file) = shared("adversarial/csv-injection-payloads.txt") {
            strings.extend(std::fs::read_to_string(file).unwrap().lines().map(str::to_owned));
        }
        let app = app(&db).await;
        let mut client = Client::json(&app);
        let mut taken = 0;
        // Pages are the same on both: one database shows all of them, the other stores enough.
        let each = if db.name() == "sqlite" { 1 } else { 5 };
        for text in strings.iter().step_by(each) {
            // A title is one line without control characters, 3 to 120 characters long, on purpose.
            let title: String = format!("Titre : {text}").chars().take(110).collect();
            let argument: String = format!("Argument : {text}").chars().take(990).collect();
            let form = [("title", title.as_str()), ("body", text), ("lon", "2.35"), ("lat", "48.85")];
            let placed = client.post("/proposals", &form).await;
            assert_eq!(placed.status, StatusCode::CREATED, "{text:?}: {}", placed.text());
            taken += 1;
            let path = placed.header("location").to_owned();
            let argued = client.post(&format!("{path}/arguments"), &[("side", "for"), ("body", &argument)]).await;
            assert_eq!(argued.status, StatusCode::CREATED, "{text:?}");
            let back = client.get(&format!("/api{path}")).await.json();
            assert_eq!(back["properties"]["body"], crate::base::text::clean(text));
            assert_eq!(back["properties"]["title"], crate::base::text::clean(&title.replace(['\n', '\r', '\t'], " ")));
            let page = client.get(&path).await;
            assert_eq!(page.status, StatusCode::OK);
            harmless(&page.text());
        }
        assert!(taken > 480 / each, "{taken}");
        harmless(&client.get("/").await.text());
        assert_eq!(client.get("/tiles/18/132783/90190.mvt").await.status.as_u16() / 100, 2);
        let csv = client.get("/export/features.csv").await.text();
        let mut rows = 0;
        for row in csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes()).records() {
            let row = row.unwrap();
            rows += 1;
            for cell in [&row[5], &row[6]] {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
            }
        }
        assert_eq!(rows, taken);
    }

    async fn the_author_of_what_is_hidden_or_waits_finds_the_form_to_change_it_while_nothing_became_of_it(db: Db) {
        const EDIT: &str = "href=\"/features/1/edit\"";
        let app = app(&db).await;
        let (mut author, mut other) = (Client::new(&app), Client::new(&app));
        let sent = author.post("/proposals", &[("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")]).await;
        assert!(sent.status.is_redirection());
        for held in [Hold::Hidden, Hold::Waiting] {
            let mut write = app.begin().await.unwrap();
            store::hold(&mut write, FeatureId(1), Some(held), Act::HIDDEN).await.unwrap();
            app.commit(write).await.unwrap();
            let page = author.get("/features/1").await;
            assert!(page.status.is_success() && page.text().contains(EDIT), "{held:?}: {}", page.text());
            assert!(author.get("/features/1/edit").await.status.is_success(), "{held:?}");
            assert!(!other.get("/features/1").await.text().contains(EDIT), "{held:?}");
        }
        let mut write = app.begin().await.unwrap();
        store::hold(&mut write, FeatureId(1), Some(Hold::Hidden), Act::HIDDEN).await.unwrap();
        app.commit(write).await.unwrap();
        // What was answered is changed no more, nor is what came by an import.
        for (column, value) in [("status", "accepted"), ("kind", "project"), ("channel", "import")] {
            let sql = match column {
                "status" => "update feature set status = $1 where id = 1",
                "kind" => "update feature set kind = $1 where id = 1",
                _ => "update feature set channel = $1 where id = 1",
            };
            (&app.db).run(sql, (value,)).await.unwrap();
            let page = author.get("/features/1").await.text();
            assert!(page.contains("Un banc") && !page.contains(EDIT), "{column}: {page}");
            (&app.db).run("update feature set status = 'open', kind = 'proposal', channel = 'web' where id = 1", ()).await.unwrap();
        }
    }
}
