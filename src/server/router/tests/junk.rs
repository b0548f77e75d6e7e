//! Addresses as they come back after years and through other sites: no page stumbles over a parameter that it does not know, and none
//! shows more because it does not know a value.

use super::every_route;
use super::knocking::{House, Person, address};
use crate::civic::accounts::Role;
use crate::server::testing::{Answer, Client, on_both};
use axum::http::{Method, StatusCode};

/// What other sites, letters and hands add to an address.
fn junk() -> Vec<String> {
    let fixed = [
        "fbclid=IwAR0x&utm_source=lettre&utm_campaign=a%20b&gclid=1&mtm_kwd=x",
        "",
        "=",
        "&&&",
        "?",
        "%",
        "%zz=%f0%28",
        "utm_source=1&utm_source=2",
        "to=/&to=/account&q=a&q=b&done=1&done=2&page=1&page=2&undo=1&undo=2&lang=fr&lang=en",
        "page=-1&undo=x&after=x&before=x&limit=x&cursor=x&order=x&seed=x&tab=x&number=x&key=%00&lang=x&process=",
        "a[]=1&b.c=2&__proto__=1",
    ];
    let long = ["x".repeat(8_000), format!("x={}", "y".repeat(8_000)), "&x=1".repeat(2_000)];
    fixed.into_iter().map(str::to_owned).chain(long).collect()
}

/// Whether an address is a page of people, and not a read of programs, which are told what is wrong.
fn is_page(path: &str) -> bool {
    let programs = [
        "/open311/",
        "/api/",
        "/tiles",
        "/export/",
        "/style.json",
        "/basemap",
        "/live",
        "/register/lines",
        "/receipts/{number}/text",
    ];
    !programs.iter().any(|start| path.starts_with(start)) && path != "/proposals/similar"
}

on_both! {
    async fn no_page_stumbles_over_a_parameter_that_it_does_not_know(db: Db) {
        let house = House::new(&db).await;
        let mut client = house.enter(Person::Holder(Role::Administrator)).await;
        let mut wrong = Vec::new();
        for route in every_route().into_iter().filter(|route| route.method == Method::GET && is_page(route.path)) {
            let things = house.things(&mut client, route.path).await;
            let path = address(route.path, &things);
            let plain = client.get(&path).await.status;
            for query in junk() {
                let answer = client.get(&format!("{path}?{query}")).await;
                let is_same = answer.status == plain || (plain.is_client_error() && answer.status.is_client_error());
                if !is_same || answer.status.is_server_error() {
                    let short: String = query.chars().take(80).collect();
                    wrong.push(format!("{path}?{short}: {} instead of {plain}", answer.status));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn a_value_that_is_not_known_shows_nothing_says_so_and_offers_a_way_on(db: Db) {
        let app = crate::server::testing::app(&db).await;
        let mut client = Client::json(&app);
        let idea = [("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
        client.post("/proposals", &idea).await;
        client.headers = vec![("accept", "text/html".into()), ("accept-language", "en".into())];
        let is_empty = |page: &str| page.contains("class=\"empty\"") && !page.contains("Un banc");
        assert!(!is_empty(&client.get("/?utm_source=x").await.text()));
        for unknown in ["theme=gone", "status=x", "kind=idea", "process=gone", "area=gone", "since=31/12/2026", "score_min=many",
            "since=2026-02-01&until=2026-01-01", "bbox=1,2,3", "bbox=%f0", "theme=gone&status=open", "score_max=9999999999999"] {
            for path in ["/", "/list"] {
                let answer = client.get(&format!("{path}?{unknown}&fbclid=1")).await;
                let page = answer.text();
                assert_eq!(answer.status, StatusCode::OK, "{path}?{unknown}");
                assert!(is_empty(&page), "{path}?{unknown} shows nothing");
                assert!(page.contains("See without this condition"), "{path}?{unknown}");
                let site = if path == "/" { "http://parvis.test/" } else { "http://parvis.test/list" };
                assert!(page.contains(&format!("<link rel=\"canonical\" href=\"{site}\">")), "{page}");
                assert!(!page.contains("fbclid"), "{page}");
                crate::server::testing::harmless(&page);
                // Its export and its tiles are as empty, and its scripts ask for what the server reads.
                let query = attribute(&page, "#list", "data-query");
                let export = client.get(&format!("/export/features.csv?{query}")).await;
                assert_eq!((export.status, export.text().trim().lines().count()), (StatusCode::OK, 1), "{query}");
                assert_eq!(client.get(&format!("/style.json?{query}")).await.status, StatusCode::OK);
                assert!(client.get(&format!("/tiles/features/0/0/0.mvt?{query}")).await.body.is_empty());
            }
        }
        // The map's link to the list, and back, ask for the same.
        let list = client.get("/list?theme=gone").await.text();
        assert!(list.contains("href=\"/?theme=gone\""), "{list}");
        strict(&mut client).await;
    }
}

async fn strict(client: &mut Client) {
    let strict = [
        "/api/features",
        "/api/counts",
        "/api/months",
        "/tiles/features/0/0/0.mvt",
        "/export/features.csv",
        "/style.json",
        "/tiles.json",
    ];
    for path in strict {
        for wrong in ["theme=gone", "x=1"] {
            let answer: Answer = client.get(&format!("{path}?{wrong}")).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "programs are told: {path}?{wrong}");
        }
    }
}

fn attribute(page: &str, select: &str, name: &str) -> String {
    let document = scraper::Html::parse_document(page);
    let select = scraper::Selector::parse(select).unwrap();
    document.select(&select).next().unwrap().attr(name).unwrap().to_owned()
}
