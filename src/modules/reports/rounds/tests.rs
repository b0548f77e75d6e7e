//! Rounds over HTTP, on both databases.

use crate::base::ids::FeatureId;
use crate::civic::accounts::Role;
use crate::core::features::{Status, photos};
use crate::modules::reports::store;
use crate::modules::reports::tests::{catalogue, pothole};
use crate::server::testing::{Client, app, harmless, on_both};
use axum::http::StatusCode;

const HERE: &str = "/admin/reports/rounds";

/// In which order the stops stand on a round's page.
fn order(page: &str) -> Vec<FeatureId> {
    let stops = page.split("<li id=\"stop-").skip(1);
    stops.map(|stop| stop.split('"').next().unwrap().parse().unwrap()).collect()
}

/// A picture, red all over.
fn jpeg() -> Vec<u8> {
    let pixels = image::RgbImage::from_pixel(64, 48, image::Rgb([200, 20, 20]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

on_both! {
    async fn a_round_goes_from_the_nearest_to_the_nearest_and_what_is_done_there_is_done_to_the_report(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut author = Client::new(&app);
        let first = pothole(&mut author, &[]).await;
        let far = pothole(&mut author, &[("lon", "2.9")]).await;
        let near = pothole(&mut author, &[("lon", "2.75")]).await;
        let mut client = Client::new(&app);
        client.sign_in(&app, "agent@ville.example", &[Role::Agent]).await;
        assert!(client.get(HERE).await.text().contains("pas encore de tournée"));
        let (a, b, c) = (first.to_string(), far.to_string(), near.to_string());
        let made = client.post(HERE, &[("feature", &a), ("feature", &b), ("feature", &c), ("feature", &c)]).await;
        let own = made.header("location").to_owned();
        assert!(own.starts_with(&format!("{HERE}/")), "{}", made.text());
        let page = client.get(&own).await.text();
        harmless(&page);
        assert_eq!(order(&page), [first, near, far]);
        // From where one stands, in the east.
        let from = client.post(&own, &[("do", "order"), ("lon", "2.95"), ("lat", "48.2")]).await;
        assert_eq!(from.header("location"), own);
        assert_eq!(order(&client.get(&own).await.text()), [far, near, first]);
        let red = jpeg();
        let fixed = client
            .upload(&format!("{own}/stops/{far}"), &[("do", "fixed"), ("note", "Rebouché")], &[("photo", "apres.jpg", &red)])
            .await;
        assert_eq!(fixed.header("location"), format!("{own}?done=1#stop-{far}"), "{}", fixed.text());
        let report = store::find(&app.db, far).await.unwrap().unwrap();
        assert_eq!(report.status, Status::DONE);
        assert_eq!(store::history(&app.db, far).await.unwrap().last().unwrap().note, "Rebouché");
        assert_eq!(photos::of(&app.db, far).await.unwrap().len(), 1);
        // Without a photo, and without scripts: a plain form.
        assert!(client.post(&format!("{own}/stops/{near}"), &[("do", "done")]).await.status.is_redirection());
        assert_eq!(store::find(&app.db, near).await.unwrap().unwrap().status, Status::OPEN, "seen, not repaired");
        let page = client.get(&own).await.text();
        assert!(page.contains("2 / 3") && page.contains("Pas encore fait"), "{page}");
        assert!(client.post(&format!("{own}/stops/{near}"), &[("do", "back")]).await.status.is_redirection());
        assert!(client.post(&format!("{own}/stops/{first}"), &[("do", "drop")]).await.status.is_redirection());
        assert!(client.get(&own).await.text().contains("1 / 2"));
        let paper = client.get(&format!("{own}/print")).await.text();
        harmless(&paper);
        assert!(paper.contains("Nid-de-poule") && paper.contains("48.20000,2.75000"), "{paper}");
        assert_eq!(client.post(&own, &[("do", "end")]).await.header("location"), HERE);
        assert!(client.get(HERE).await.text().contains("terminée"));
        assert!(client.post(&own, &[("do", "again")]).await.status.is_redirection());
    }

    async fn a_round_is_its_agents_own(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let id = pothole(&mut Client::new(&app), &[]).await.to_string();
        let mut client = Client::new(&app);
        client.sign_in(&app, "agent@ville.example", &[Role::Agent]).await;
        let own = client.post(HERE, &[("feature", &id)]).await.header("location").to_owned();
        let mut other = Client::new(&app);
        other.sign_in(&app, "autre@ville.example", &[Role::Agent]).await;
        assert_eq!(other.get(&own).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.get(&format!("{own}/print")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.post(&own, &[("do", "end")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.post(&format!("{own}/stops/{id}"), &[("do", "fixed")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(client.post(HERE, &[]).await.status, StatusCode::CONFLICT);
        assert_eq!(client.post(HERE, &[("feature", "99999")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(client.post(&own, &[("do", "fly")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(client.post(&format!("{own}/stops/99999"), &[("do", "done")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(client.get(&format!("{HERE}/x")).await.status, StatusCode::NOT_FOUND);
        client.forget();
        assert_eq!(client.get(HERE).await.status, StatusCode::UNAUTHORIZED);
    }
}
