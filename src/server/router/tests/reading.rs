//! What machines may rely on at every route that is read: HEAD, conditional requests, and which scripts of other sites may read it.

use super::every_route;
use super::knocking::{House, address};
use crate::civic::accounts::{Access, Route};
use crate::server::testing::{Answer, Client, on_sqlite};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};

/// Open routes whose answer is not asked for again: a stream, answers to what somebody types or points at, lines that never change, and
/// the feed of a few heads.
const WITHOUT_TAG: [&str; 6] =
    ["/live", "/api/where", "/api/nearby", "/api/places", "/register/lines", "/register.atom"];

fn read_routes() -> Vec<Route> {
    every_route()
        .into_iter()
        .filter(|route| route.method == Method::GET && route.access == Access::Everyone)
        .collect()
}

/// A route's address with an idea's number, and what it asks for.
fn address_of(route: &Route, id: &str) -> String {
    let path = address(route.path, &[id.to_owned()]);
    match route.path {
        "/api/where" | "/api/nearby" => format!("{path}?lon=2.35&lat=48.85"),
        "/api/places" => format!("{path}?q=rue"),
        _ => path,
    }
}

async fn read(client: &mut Client, method: Method, path: &str) -> Answer {
    let answer = client.send(Request::builder().method(method).uri(path), Body::empty());
    tokio::time::timeout(std::time::Duration::from_secs(30), answer)
        .await
        .unwrap_or_else(|_| panic!("{path} never ends"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_an_answer_is_told_so_however_they_say_it() {
    on_sqlite(async |db| {
        let house = House::new(&db).await;
        let mut client = house.browser();
        let id = house.idea(&mut client).await;
        let mut tagged = 0;
        for route in read_routes().iter().filter(|route| route.path != "/live") {
            let path = address_of(route, &id);
            let answer = read(&mut client, Method::GET, &path).await;
            let tag = answer.header("etag").to_owned();
            let owes_tag = route.is_open_to_other_sites
                && !WITHOUT_TAG.contains(&route.path)
                && answer.status == StatusCode::OK;
            assert!(!owes_tag || !tag.is_empty(), "{path} is asked for again and again, and has no tag");
            if tag.is_empty() || answer.status != StatusCode::OK {
                continue;
            }
            tagged += 1;
            let strong = tag.trim_start_matches("W/");
            for said in [
                tag.clone(),
                strong.to_owned(),
                "*".into(),
                format!("\"other\", W/\"one, more\", {tag}"),
                format!("\"x\",{strong}"),
            ] {
                client.headers = vec![("if-none-match", said.clone())];
                let again = read(&mut client, Method::GET, &path).await;
                assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}: {said}");
                assert!(again.body.is_empty() && again.header("etag") == tag, "{path}: {said}");
                assert_eq!(again.header("cache-control"), answer.header("cache-control"), "{path}");
            }
            client.headers = vec![("if-none-match", "\"other\", W/\"another\"".into())];
            assert_eq!(read(&mut client, Method::GET, &path).await.status, StatusCode::OK, "{path}");
            client.headers.clear();
        }
        assert!(tagged >= 8, "{tagged} routes with a tag");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_that_is_read_answers_head_like_get_without_a_body() {
    on_sqlite(async |db| {
        let house = House::new(&db).await;
        let mut client = house.browser();
        let id = house.idea(&mut client).await;
        // What is answered once only cannot be compared; the stream has no end.
        for route in read_routes().iter().filter(|route| !["/live", "/language/{code}"].contains(&route.path))
        {
            let path = address_of(route, &id);
            let get = read(&mut client, Method::GET, &path).await;
            let head = read(&mut client, Method::HEAD, &path).await;
            assert_eq!(head.status, get.status, "{path}");
            assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
            assert!(head.body.is_empty(), "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scripts_of_other_sites_read_what_is_declared_open_and_nothing_else() {
    on_sqlite(async |db| {
        let house = House::new(&db).await;
        let mut client = house.browser();
        let id = house.idea(&mut client).await;
        for route in every_route().iter().filter(|route| route.method == Method::GET && route.path != "/live")
        {
            let path = address_of(route, &id);
            client.headers = vec![("origin", "https://carte.example".into())];
            let answer = read(&mut client, Method::GET, &path).await;
            let open = if route.is_open_to_other_sites { "*" } else { "" };
            assert_eq!(answer.header("access-control-allow-origin"), open, "{path}");
            assert_eq!(answer.header("access-control-allow-credentials"), "", "{path}");
            let is_page =
                answer.header("content-type").starts_with("text/html") && answer.status == StatusCode::OK;
            assert!(!is_page || answer.header("x-robots-tag").is_empty(), "{path}");
            if route.is_open_to_other_sites {
                assert_eq!(answer.header("x-robots-tag"), "noindex", "{path}");
                client.headers.push(("access-control-request-method", "GET".into()));
                client.headers.push(("access-control-request-headers", "if-none-match, range".into()));
                let asked = read(&mut client, Method::OPTIONS, &path).await;
                assert!(asked.status.is_success(), "{path}: {}", asked.status);
                assert_eq!(asked.header("access-control-allow-origin"), "*", "{path}");
            }
        }
        let open: Vec<_> = every_route()
            .into_iter()
            .filter(|route| route.is_open_to_other_sites)
            .map(|route| route.path)
            .collect();
        for must in [
            "/export/{file}",
            "/live",
            "/style.json",
            "/tiles.json",
            "/api/features",
            "/tiles/{z}/{x}/{y}",
            "/basemap.json",
        ] {
            assert!(open.contains(&must), "{must}");
        }
        let robots = house.browser().get("/robots.txt").await.text();
        assert!(
            !robots.contains("/api") && !robots.contains("/export") && robots.contains("Disallow: /live"),
            "{robots}"
        );
    })
    .await;
}
