//! Reading everything through the API while it changes, and boxes over the antimeridian. Tests only.

use crate::core::app::App;
use crate::core::features;
use crate::core::journal::Act;
use crate::server::testing::{Client, app, on_both, proposal};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

async fn place(app: &App, places: impl IntoIterator<Item = (f64, f64)>) -> Vec<i64> {
    let mut write = app.begin().await.unwrap();
    let new: Vec<_> = places.into_iter().map(|(lon, lat)| proposal("Un banc", lon, lat)).collect();
    let ids = features::store::insert_all(&mut write, &new, Act::PLACED).await.unwrap();
    app.commit(write).await.unwrap();
    ids.into_iter().map(|id| id.0).collect()
}

fn ids(page: &Value) -> Vec<i64> {
    page["features"].as_array().unwrap().iter().map(|f| f["id"].as_i64().unwrap()).collect()
}

fn said(page: &Value) -> [&str; 2] {
    ["order", "may_miss"].map(|name| page[name].as_str().unwrap())
}

fn link(page: &Value, rel: &str) -> Option<String> {
    let links = page["links"].as_array().unwrap().iter();
    let found = links.filter(|link| link["rel"] == rel).find_map(|link| link["href"].as_str())?;
    Some(found.strip_prefix("http://parvis.test").unwrap().to_owned())
}

on_both! {
    async fn the_oldest_first_misses_nothing_while_people_vote_and_place(db: Db) {
        let app = app(&db).await;
        let first = place(&app, (0..200).map(|n| (2.0 + f64::from(n) * 0.001, 48.0))).await;
        let (is_over, added) = (AtomicBool::new(false), AtomicUsize::new(0));
        let voting = async {
            let mut client = Client::json(&app);
            let mut n = 0;
            while !is_over.load(Ordering::Relaxed) {
                // Others each time, from the end of the list, which a list by score would carry past the reader.
                client.forget();
                let id = first[first.len() - 1 - n % first.len()];
                client.post(&format!("/features/{id}/vote"), &[("voice", "for")]).await;
                n += 1;
            }
        };
        let placing = async {
            while !is_over.load(Ordering::Relaxed) {
                place(&app, [(3.0, 48.0)]).await;
                added.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        };
        let reading = async {
            let mut client = Client::json(&app);
            let usual = client.get("/api/features?limit=10&order=score").await.json();
            assert_eq!(said(&usual), ["score", "moved"]);
            let mut path = link(&usual, "harvest").unwrap() + "&limit=10";
            let (mut seen, mut before) = (BTreeMap::<i64, u32>::new(), 0);
            loop {
                before = added.load(Ordering::Relaxed).max(before);
                let answer = client.get(&path).await;
                let page = answer.json();
                assert_eq!(said(&page), ["oldest", "nothing"]);
                ids(&page).into_iter().for_each(|id| *seen.entry(id).or_default() += 1);
                match link(&page, "next") {
                    Some(next) => {
                        assert!(answer.header("link").ends_with(&format!("{next}>; rel=\"next\"")), "for clients that look there");
                        path = next;
                    }
                    None => break,
                }
            }
            is_over.store(true, Ordering::Relaxed);
            (seen, before)
        };
        let ((seen, before), (), ()) = tokio::join!(reading, voting, placing);
        assert!(first.iter().all(|id| seen.get(id) == Some(&1)), "each that was there, once");
        assert!(seen.len() >= first.len() + before, "what was added before the last page was asked for, too");
        assert!(seen.values().all(|times| *times == 1));
    }

    async fn a_box_whose_west_is_east_of_its_east_goes_over_the_antimeridian(db: Db) {
        let app = app(&db).await;
        let [fiji, wallis, paris] = place(&app, [(179.5, -17.0), (-176.2, -13.3), (2.35, 48.85)]).await[..] else {
            unreachable!("three were placed")
        };
        let mut client = Client::json(&app);
        let found = ids(&client.get("/api/features?bbox=170,-30,-170,0&order=oldest").await.json());
        assert_eq!(found, [fiji, wallis]);
        let one = client.get("/api/features?bbox=170,-30,-170,0&order=oldest&limit=1").await.json();
        assert_eq!(ids(&one), [fiji]);
        assert_eq!(ids(&client.get(&link(&one, "next").unwrap()).await.json()), [wallis], "page by page");
        assert_eq!(client.get("/api/counts?bbox=170,-30,-170,0").await.json()["total"], 2);
        assert_eq!(ids(&client.get("/api/features?bbox=-170,-30,170,60").await.json()), [paris]);
        for wrong in ["10,20,30,10", "200,0,-200,1", "a,0,1,1", "1,2,3"] {
            assert_eq!(client.get(&format!("/api/features?bbox={wrong}")).await.status.as_u16(), 400, "{wrong}");
        }
    }

    async fn an_export_that_is_known_is_not_made_again_and_does_not_ask_the_database(db: Db) {
        let app = app(&db).await;
        place(&app, [(2.35, 48.85)]).await;
        let mut client = Client::new(&app);
        let path = "/export/features.geojson?kind=proposal";
        let whole = client.get(path).await;
        let tag = whole.header("etag").to_owned();
        assert!(tag.starts_with("W/\"") && whole.body.len() > 100);
        client.headers = vec![("if-none-match", tag.clone())];
        assert_eq!(client.get("/export/features.csv?kind=proposal").await.status.as_u16(), 200, "another file");
        assert_eq!(client.get("/export/features.geojson").await.status.as_u16(), 200, "another filter");
        place(&app, [(2.36, 48.85)]).await;
        let changed = client.get(path).await;
        assert_eq!(changed.status.as_u16(), 200, "the journal went on");
        client.headers = vec![("if-none-match", changed.header("etag").to_owned())];
        db.close().await;
        let again = client.get(path).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "without the database");
    }
}
