//! Searches through whatever route are counted; bursts are told to moderators. On both databases.

use crate::base::config::{Config, Secret};
use crate::base::db::{Db, Sql as _};
use crate::civic::accounts::{Access, Role};
use crate::core::app::App;
use crate::core::features;
use crate::core::journal::Act;
use crate::server::testing::{Answer, Client, app, on_both, proposal};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode};
use std::net::SocketAddr;

async fn limited(db: &Db, limits: &str) -> App {
    let config = Config {
        database: Secret::new("unused"),
        media: std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/test-media/counted"),
        limits: limits.into(),
        ..Config::default()
    };
    App::on(config, db.clone()).await.unwrap()
}

async fn from(client: &mut Client, method: Method, path: &str, body: &str) -> Answer {
    let peer: SocketAddr = "192.0.2.7:4711".parse().unwrap();
    let request = Request::builder().method(method).uri(path).extension(ConnectInfo(peer));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    client.send(request, Body::from(body.to_owned())).await
}

on_both! {
    async fn a_search_by_words_is_counted_through_every_route(db: Db) {
        // Ten people's share an address, one search a day a person.
        let app = limited(&db, "search=1/day").await;
        let routes: Vec<_> = crate::modules::MODULES.iter().flat_map(|module| (module.routes)().iter().cloned().collect::<Vec<_>>()).collect();
        let searched = routes.iter().filter(|route| {
            route.method == Method::GET && matches!(route.access, Access::Everyone) && !route.path.contains('{') && route.limit.is_none() && route.path != "/live"
        });
        let mut tried = 0;
        for route in searched {
            // A server of its own, with counters of its own.
            let mut client = Client::new(&app);
            let mut refused = 0;
            for n in 0..12 {
                let answer = from(&mut client, Method::GET, &format!("{}?q=mot{n}", route.path), "").await;
                refused += i32::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
            }
            assert_eq!(refused, 2, "{} counts no search", route.path);
            for _ in 0..20 {
                let same = from(&mut client, Method::GET, &format!("{}?q=mot3", route.path), "").await;
                assert_ne!(same.status, StatusCode::TOO_MANY_REQUESTS, "{}: the same words are one search", route.path);
            }
            tried += 1;
        }
        assert!(tried > 10, "{tried} routes");
    }

    async fn every_read_that_says_it_is_counted_is_counted(db: Db) {
        let once_a_day = |limit: crate::civic::accounts::Limit| format!("{}=1/day", limit.word());
        let all: Vec<String> = crate::modules::limits().map(once_a_day).collect();
        let app = limited(&db, &all.join(", ")).await;
        let routes: Vec<_> = crate::modules::MODULES.iter().flat_map(|module| (module.routes)().iter().cloned().collect::<Vec<_>>()).collect();
        let counted = routes.iter().filter(|route| {
            let is_open = route.method == Method::GET && matches!(route.access, Access::Everyone);
            is_open && !route.path.contains('{') && route.limit.is_some()
        });
        let mut tried = Vec::new();
        for (house, route) in (1u8..).zip(counted) {
            // Ten people share an address; each route is asked from another.
            let peer = SocketAddr::from(([192, 0, 2, house], 4711));
            let mut client = Client::new(&app);
            let mut refused = 0;
            for n in 0..12 {
                let request = Request::builder().uri(format!("{}?q=mot{n}", route.path)).extension(ConnectInfo(peer));
                let answer = client.send(request, Body::empty()).await;
                refused += i32::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
            }
            assert_eq!(refused, 2, "{}", route.path);
            tried.push(route.path);
        }
        // Each of these takes a processor for a moment.
        for drawn in ["/map.svg", "/map.png"] {
            assert!(tried.contains(&drawn), "{tried:?}");
        }
    }

    async fn an_address_sends_only_so_many_photos_whoever_it_says_that_it_is(db: Db) {
        let app = limited(&db, "").await;
        let mut client = Client::new(&app);
        let mut refused = 0;
        for _ in 0..401 {
            client.forget();
            refused += i32::from(from(&mut client, Method::POST, "/photos", "x=1").await.status == StatusCode::TOO_MANY_REQUESTS);
        }
        assert_eq!(refused, 1, "forty a person, ten people an address, an hour");
    }

    async fn a_burst_is_told_to_moderators_until_one_looked_and_names_no_address(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        features::store::insert(&mut write, &proposal("Un banc", 2.35, 48.85), Act::PLACED).await.unwrap();
        app.commit(write).await.unwrap();
        let mut moderator = Client::new(&app);
        moderator.sign_in(&app, "une@ville.example", &[Role::Moderator]).await;
        moderator.post("/admin/moderation/1", &[("act", "publish")]).await;
        assert!(!moderator.get("/admin/moderation?tab=suspicious").await.text().contains("thing-1\""));
        // One server, twenty-five browsers.
        let mut voter = Client::new(&app);
        for _ in 0..25 {
            voter.forget();
            let voted = from(&mut voter, Method::POST, "/features/1/vote", "voice=for").await;
            assert!(voted.status.as_u16() < 400, "{}", voted.text());
        }
        // It is written beside the votes, not before their answer.
        let mut page = String::new();
        for _ in 0..100 {
            page = moderator.get("/admin/moderation?tab=suspicious").await.text();
            if page.contains("thing-1\"") {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert!(page.contains("20 voix depuis une même connexion") && page.contains("identité plus forte"), "{page}");
        let votes: (i64,) = db.one("select votes_for from feature where id = 1", ()).await.unwrap();
        assert_eq!(votes.0, 25, "nothing is removed");
        assert!(!page.contains("192.0.2"));
        let rows: Vec<(String, i64)> = db.all("select subject_kind || ' ' || sort, count from burst", ()).await.unwrap();
        assert_eq!(rows, [("feature voices".to_owned(), 20)]);
        moderator.post("/admin/moderation/1", &[("act", "publish")]).await;
        assert!(!moderator.get("/admin/moderation?tab=suspicious").await.text().contains("thing-1\""), "somebody looked");
    }
}
