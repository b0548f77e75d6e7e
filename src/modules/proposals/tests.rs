//! Placing an idea, giving it a voice, taking it back: over HTTP in process, on both databases.

mod changes;

use crate::base::db::Sql;
use crate::core::features;
use crate::core::journal::Act;
use crate::core::territory;
use crate::server::testing::{Client, app, on_both, proposal, shared, square};
use axum::http::StatusCode;

on_both! {
    async fn a_resident_places_an_idea_and_sees_it_on_the_map(db: Db) {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        let form = [("title", " Un banc\nà l’ombre "), ("body", "Sous\r\nle tilleul"), ("lon", "2,35"), ("lat", "48.85")];
        let placed = client.post("/proposals", &form).await;
        assert_eq!((placed.status, placed.header("location")), (StatusCode::SEE_OTHER, "/features/1"));
        let cookie = placed.header("set-cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        let page = client.get("/features/1").await.text();
        assert!(page.contains("Un banc à l’ombre") && page.contains("Sous<br>\nle tilleul"), "{page}");
        assert!(page.contains("/features/1/withdraw"), "its author may take it back");
        let tile = client.get("/tiles/10/518/352.mvt").await;
        assert_eq!(tile.status, StatusCode::OK);
        let stranger = Client::new(&app).get("/features/1").await.text();
        assert!(!stranger.contains("/features/1/withdraw"));
    }

    async fn what_is_wrong_is_said_beside_what_was_typed(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        territory::store::upsert(&mut write, &square("Centre", 2.0, 48.0, 1.0)).await.unwrap();
        app.commit(write).await.unwrap();
        let mut client = Client::new(&app);
        let long = "x".repeat(121);
        for (form, says) in [
            (vec![("title", "Ok"), ("lon", "2.5"), ("lat", "48.5")], "au moins 3 caractères"),
            (vec![("title", long.as_str()), ("lon", "2.5"), ("lat", "48.5")], "121 caractères"),
            (vec![("title", "Un banc")], "Dites où"),
            (vec![("title", "Un banc"), ("lon", "abc"), ("lat", "48.5")], "pas sur la carte"),
            (vec![("title", "Un banc"), ("lon", "NaN"), ("lat", "48.5")], "pas sur la carte"),
            (vec![("title", "Un banc"), ("lon", "2.5"), ("lat", "89")], "pas sur la carte"),
            (vec![("title", "Un banc"), ("lon", "3.001"), ("lat", "48.5")], "à 74 m"),
            (vec![("title", "Un banc"), ("area", "nowhere")], "secteur n’existe pas"),
            (vec![("title", "Un banc"), ("theme", "x"), ("lon", "2.5"), ("lat", "48.5")], "thème n’existe pas"),
        ] {
            let mut form = form;
            form.push(("body", "Mon texte < précieux"));
            let answer = client.post("/proposals", &form).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{form:?}");
            let page = answer.text();
            assert!(page.contains(says), "{form:?}: {page}");
            assert!(page.contains("Mon texte &#60; précieux"), "nothing typed is lost");
        }
        assert_eq!(features::store::count(&db).await.unwrap(), 0);
    }

    async fn an_idea_about_a_whole_area_has_no_invented_point(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        territory::store::upsert(&mut write, &square("Centre", 2.0, 48.0, 1.0)).await.unwrap();
        app.commit(write).await.unwrap();
        let mut client = Client::json(&app);
        let placed = client.post("/proposals", &[("title", "Plus de bancs"), ("area", "centre")]).await;
        assert_eq!(placed.status, StatusCode::CREATED);
        let feature = client.get("/api/features/1").await.json();
        assert!(feature["geometry"].is_null());
        assert_eq!(feature["properties"]["areas"], serde_json::json!(["centre"]));
        let counts = client.get("/api/counts?area=centre").await.json();
        assert_eq!(counts["total"], 1);
        assert!(client.get("/features/1").await.text().contains("tout le secteur"));
    }

    async fn a_voice_is_given_changed_and_taken_back(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        features::store::insert(&mut write, &proposal("Un banc", 2.35, 48.85), Act::PLACED).await.unwrap();
        app.commit(write).await.unwrap();
        let (mut a, mut b) = (Client::json(&app), Client::json(&app));
        let voice = async |client: &mut Client, word| {
            let said = client.post("/features/1/vote", &[("voice", word)]).await.json();
            (said["votes_for"].as_i64().unwrap(), said["votes_against"].as_i64().unwrap())
        };
        assert_eq!(voice(&mut a, "for").await, (1, 0));
        assert_eq!(voice(&mut a, "for").await, (1, 0), "one voice a visitor");
        assert_eq!(voice(&mut b, "against").await, (1, 1));
        assert_eq!(voice(&mut b, "for").await, (2, 0));
        assert_eq!(voice(&mut a, "none").await, (1, 0));
        assert_eq!(a.post("/features/1/vote", &[("voice", "maybe")]).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(a.post("/features/1/vote", &[]).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(a.post("/features/9/vote", &[("voice", "for")]).await.status, StatusCode::NOT_FOUND);
        let mut plain = Client::new(&app);
        let form = plain.post("/features/1/vote", &[("voice", "for")]).await;
        assert_eq!((form.status, form.header("location")), (StatusCode::SEE_OTHER, "/features/1#votes"));
        assert!(plain.get("/features/1").await.text().contains("aria-pressed=\"true\""));
    }

    async fn only_its_author_withdraws_an_idea(db: Db) {
        let app = app(&db).await;
        let (mut author, mut stranger) = (Client::new(&app), Client::new(&app));
        author.post("/proposals", &[("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85")]).await;
        stranger.post("/features/1/vote", &[("voice", "for")]).await;
        assert_eq!(stranger.post("/features/1/withdraw", &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(Client::new(&app).post("/features/1/withdraw", &[]).await.status, StatusCode::FORBIDDEN);
        let withdrawn = author.post("/features/1/withdraw", &[]).await;
        assert_eq!(withdrawn.status, StatusCode::OK);
        assert!(withdrawn.text().contains("/features/1/restore"), "it may be put back");
        assert_eq!(author.get("/features/1").await.status, StatusCode::NOT_FOUND);
        assert_eq!(author.get("/tiles/10/518/352.mvt").await.status, StatusCode::NO_CONTENT);
        assert_eq!(stranger.post("/features/1/restore", &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(author.post("/features/1/restore", &[]).await.status, StatusCode::SEE_OTHER);
        let back = Client::json(&app).get("/api/features/1").await.json();
        assert_eq!(back["properties"]["votes_for"], 1, "with its voices");
    }

    async fn another_site_cannot_act_for_a_visitor(db: Db) {
        let app = app(&db).await;
        for headers in [
            vec![("origin", "https://evil.test")],
            vec![("sec-fetch-site", "cross-site"), ("origin", "http://parvis.test")],
            vec![("origin", "null")],
        ] {
            let mut client = Client::new(&app);
            client.headers = headers.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
            for path in ["/proposals", "/features/1/vote", "/features/1/withdraw"] {
                let answer = client.post(path, &[("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85")]).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
            }
        }
        let mut ours = Client::new(&app);
        ours.headers = vec![("origin", "http://parvis.test".into())];
        let placed = ours.post("/proposals", &[("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85")]).await;
        assert_eq!(placed.status, StatusCode::SEE_OTHER);
    }

    async fn a_forged_visitor_cookie_is_another_visitor(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        let placed = author.post("/proposals", &[("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85")]).await;
        let cookie = placed.header("set-cookie").split(';').next().unwrap().to_owned();
        let (signature, id) = cookie.trim_start_matches("visitor=").split_once("%3D").unwrap();
        let mut forger = Client::new(&app);
        forger.headers = vec![("cookie", format!("visitor={}%3D{id}", signature.replace(|c: char| c.is_ascii_digit(), "A")))];
        assert_eq!(forger.post("/features/1/withdraw", &[]).await.status, StatusCode::FORBIDDEN);
    }

    async fn naughty_strings_survive_a_round_trip_and_break_nothing(db: Db) {
        let Some(file) = shared("adversarial/blns.json") else { return };
        let strings: Vec<String> = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        let app = app(&db).await;
        let mut client = Client::json(&app);
        for text in strings.iter().step_by(3) {
            let title: String = text.chars().take(100).collect();
            let form = [("title", title.as_str()), ("body", text), ("lon", "2.35"), ("lat", "48.85")];
            let placed = client.post("/proposals", &form).await;
            assert!([400, 201].contains(&placed.status.as_u16()), "{text:?}");
            if placed.status == StatusCode::CREATED {
                let path = placed.header("location").to_owned();
                assert_eq!(client.get(&path).await.status, StatusCode::OK);
                let back = client.get(&format!("/api{path}")).await.json();
                let kept: String = text.replace("\r\n", "\n").replace('\r', "\n").chars()
                    .filter(|c| !c.is_control() || *c == '\n' || *c == '\t').collect();
                assert_eq!(back["properties"]["body"], kept.trim());
            }
        }
        assert_eq!(client.get("/tiles/18/132783/90190.mvt").await.status.as_u16() / 100, 2);
        assert_eq!(client.get("/export/features.csv").await.status, StatusCode::OK);
    }

    async fn a_line_and_an_area_are_placed_as_they_were_drawn_and_lie_in_all_that_they_touch(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        territory::store::upsert(&mut write, &square("Centre", 2.0, 48.0, 1.0)).await.unwrap();
        app.commit(write).await.unwrap();
        let mut client = Client::json(&app);
        let line = r#"{"type":"LineString","coordinates":[[2.5,48.5],[2.51,48.5],[2.52,48.51]]}"#;
        let placed = client.post("/proposals", &[("title", "Une piste"), ("geometry", line)]).await;
        assert_eq!(placed.status, StatusCode::CREATED);
        let feature = client.get("/api/features/1").await.json();
        assert_eq!(feature["geometry"]["type"], "LineString");
        assert_eq!(feature["geometry"]["coordinates"][2], serde_json::json!([2.52, 48.51]));
        assert_eq!(feature["properties"]["areas"], serde_json::json!(["centre"]));
        let area = r#"{"type":"Polygon","coordinates":[[[2.5,48.5],[2.5,48.51],[2.51,48.51],[2.5,48.5]]]}"#;
        assert_eq!(client.post("/proposals", &[("title", "Un parc"), ("geometry", area)]).await.status, StatusCode::CREATED);

        let leaving = r#"{"type":"LineString","coordinates":[[2.999,48.5],[3.001,48.5]]}"#;
        let refused = client.post("/proposals", &[("title", "Une piste"), ("geometry", leaving)]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.text().contains("sort du territoire, jusqu’à 74 m"), "{}", refused.text());
    }

    async fn a_preview_shows_what_will_be_seen_and_ideas_like_it_and_publishes_nothing(db: Db) {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        let there = [("title", "Des bancs à l’ombre du marché"), ("lon", "2.35"), ("lat", "48.85")];
        client.post("/proposals", &there).await;
        let new = [("title", "Bancs et ombre"), ("body", "**Vite** <script>"), ("lon", "2.3503"), ("lat", "48.8502"), ("step", "preview")];
        let preview = client.post("/proposals", &new).await;
        assert_eq!(preview.status, StatusCode::OK);
        let page = preview.text();
        assert!(page.contains("<strong>Vite</strong>") && !page.contains("<script>,"), "{page}");
        assert!(page.contains("Des bancs à l’ombre du marché") && page.contains("à 31 m"), "{page}");
        assert_eq!(features::store::count(&db).await.unwrap(), 1, "nothing is written yet");
        let again = client.post("/proposals", &[("title", "Bancs"), ("body", "Mon texte"), ("step", "correct")]).await;
        assert_eq!(again.status, StatusCode::OK);
        assert!(again.text().contains("Mon texte") && !again.text().contains("Dites où"), "a draft is not scolded");
        let part = client.get("/proposals/similar?title=Bancs%20%C3%A0%20l%27ombre&lon=&lat=").await.text();
        assert!(part.contains("Des bancs à l’ombre du marché") && !part.contains("<html"), "{part}");
    }

    async fn an_author_changes_an_idea_here_or_by_the_link_until_it_is_answered(db: Db) {
        let app = app(&db).await;
        let (mut author, mut elsewhere) = (Client::new(&app), Client::new(&app));
        author.post("/proposals", &[("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85")]).await;
        let page = author.get("/features/1").await.text();
        let (_, link) = page.split_once("/features/1/edit?key=").unwrap();
        let key = link.split('"').next().unwrap().to_owned();
        assert!(!elsewhere.get("/features/1").await.text().contains("edit?key="), "nobody else is shown the link");

        assert_eq!(elsewhere.get("/features/1/edit").await.status, StatusCode::FORBIDDEN);
        for wrong in ["", "00", "zz", &key[..30], &format!("{key}00"), &"0".repeat(32)] {
            let path = format!("/features/1/edit?key={wrong}");
            assert_eq!(elsewhere.get(&path).await.status, StatusCode::FORBIDDEN, "{wrong}");
        }
        let form = elsewhere.get(&format!("/features/1/edit?key={key}")).await.text();
        assert!(form.contains("value=\"Un banc\"") && form.contains("value=\"2.350000\""), "{form}");
        let change = [("title", "Deux bancs"), ("lon", "2.36"), ("lat", "48.85"), ("key", key.as_str())];
        assert_eq!(elsewhere.post("/features/1/edit", &change).await.status, StatusCode::SEE_OTHER);
        let feature = Client::json(&app).get("/api/features/1").await.json();
        assert_eq!((feature["properties"]["title"].as_str(), feature["geometry"]["coordinates"][0].as_f64()), (Some("Deux bancs"), Some(2.36)));
        // The same key opens no other idea.
        author.post("/proposals", &[("title", "Un arbre"), ("lon", "2.35"), ("lat", "48.85")]).await;
        assert_eq!(elsewhere.get(&format!("/features/2/edit?key={key}")).await.status, StatusCode::FORBIDDEN);

        let mut write = app.begin().await.unwrap();
        write.tx().run("update feature set status = 'accepted' where id = 1", ()).await.unwrap();
        app.commit(write).await.unwrap();
        assert_eq!(author.post("/features/1/edit", &[("title", "Rien"), ("lon", "2.36"), ("lat", "48.85")]).await.status, StatusCode::CONFLICT);
    }

    async fn a_form_carries_its_photos_and_keeps_them_whatever_else_is_wrong(db: Db) {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        let mut photo = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(64, 48).write_to(&mut photo, image::ImageFormat::Jpeg).unwrap();
        let photo = photo.into_inner();
        let refused = client.upload("/proposals", &[("title", "x")], &[("photo", "IMG_1.jpg", &photo)]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        let page = refused.text();
        let id = page.split("name=\"photo\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let alt = format!("alt-{id}");
        let form = [("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85"), ("photo", id.as_str()), (alt.as_str(), "Le mur nord")];
        assert_eq!(client.upload("/proposals", &form, &[]).await.status, StatusCode::SEE_OTHER);
        let shown = client.get("/features/1").await.text();
        assert!(shown.contains("alt=\"Le mur nord\"") && shown.contains("/large.jpg"), "{shown}");

        // Whoever holds the link may take a photo away, and its files go.
        let (_, link) = shown.split_once("/features/1/edit?key=").unwrap();
        let key = link.split('"').next().unwrap().to_owned();
        let picture = shown.split("href=\"/photos/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let mut elsewhere = Client::new(&app);
        let drop = [("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85"), ("key", key.as_str()), ("drop", id.as_str())];
        assert_eq!(elsewhere.post("/features/1/edit", &drop).await.status, StatusCode::SEE_OTHER);
        assert!(!elsewhere.get("/features/1").await.text().contains("/large.jpg"));
        assert_eq!(elsewhere.get(&format!("/photos/{picture}")).await.status, StatusCode::NOT_FOUND);

        // Nobody attaches another visitor's photo.
        let mut thief = Client::new(&app);
        client.upload("/proposals", &[("title", "x")], &[("photo", "IMG_1.jpg", &photo)]).await;
        thief.post("/proposals", &[("title", "Un arbre"), ("lon", "2.35"), ("lat", "48.85"), ("photo", "2")]).await;
        assert!(!thief.get("/features/2").await.text().contains("/large.jpg"));

        let broken = client.upload("/proposals", &form, &[("photo", "IMG_2.jpg", b"no picture")]).await;
        assert_eq!(broken.status, StatusCode::BAD_REQUEST);
        assert!(broken.text().contains("photo-problem"), "{}", broken.text());
    }

    async fn an_address_is_found_without_scripts(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let street = crate::core::gazetteer::NewPlace {
            kind: "street".into(), name: "Rue des Tanneurs".into(), locality: "Montclar".into(), lon: 2.35, lat: 48.85, numbers: Vec::new(),
        };
        crate::core::gazetteer::store::replace(&mut write, "test", &[street]).await.unwrap();
        app.commit(write).await.unwrap();
        let mut client = Client::new(&app);
        let found = client.post("/proposals", &[("address", "tanneurs"), ("title", "Mon titre"), ("step", "find")]).await;
        assert_eq!(found.status, StatusCode::OK);
        let page = found.text();
        assert!(page.contains("Rue des Tanneurs") && page.contains("value=\"2.350000,48.850000\"") && page.contains("Mon titre"), "{page}");
        let placed = client.post("/proposals", &[("title", "Un banc"), ("found", "2.350000,48.850000")]).await;
        assert_eq!(placed.status, StatusCode::SEE_OTHER);
        assert!(client.post("/proposals", &[("address", "zzzz"), ("step", "find")]).await.text().contains("Aucun lieu connu"));
    }
}
