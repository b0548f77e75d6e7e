//! Placing an idea, giving it a voice, taking it back: over HTTP in process, on both databases.

use crate::features;
use crate::journal::Act;
use crate::territory;
use crate::testing::{Client, app, on_both, proposal, shared, square};
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
        features::store::insert(&mut write, &proposal("Un banc", 2.35, 48.85), Act::Placed).await.unwrap();
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
        assert_eq!(author.post("/features/1/withdraw", &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(author.get("/features/1").await.status, StatusCode::NOT_FOUND);
        assert_eq!(author.get("/tiles/10/518/352.mvt").await.status, StatusCode::NO_CONTENT);
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
}
