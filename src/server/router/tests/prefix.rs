//! The site below a path of its host, as `public_url` says: every page, every answer and every cookie stays there, and what pages link
//! to is found. Routes that a module adds are walked without a line here; where one fails, its template writes an address without `|url`.

use super::every_route;
use super::knocking::{House, Person, knock};
use crate::base::config::Config;
use crate::civic::accounts::{Role, Route};
use crate::core::app::App;
use crate::server::testing::{Answer, Client, on_sqlite};
use axum::http::Method;
use std::collections::BTreeSet;
use std::path::Path;

const SITE: &str = "https://ville.example/carte";

/// Addresses of the site in a page, and what is none of its addresses although it should be.
fn addresses(page: &str) -> (BTreeSet<String>, Vec<String>) {
    let (mut found, mut wrong) = (BTreeSet::new(), Vec::new());
    let document = scraper::Html::parse_document(page);
    for element in document.select(&scraper::Selector::parse("*").unwrap()) {
        for (name, value) in element.value().attrs() {
            if value.contains(SITE.trim_end_matches("/carte")) && !value.contains(SITE) {
                wrong.push(format!("<{} {name}=\"{value}\">", element.value().name()));
            }
            // What a form carries back, or a script leads to, is an address as the site itself writes it.
            let is_inside = matches!(name, "value" | "data-to");
            let pieces = value.split(", ").map(|piece| piece.split(' ').next().unwrap_or_default());
            for path in pieces.filter(|path| path.starts_with('/') && !path.starts_with("//")) {
                match path.strip_prefix("/carte") {
                    Some(rest) if rest.is_empty() || rest.starts_with(['/', '?', '#']) => {
                        if matches!(name, "href" | "src") && element.value().attr("rel") != Some("nofollow") {
                            found.insert(path.split('#').next().unwrap().to_owned());
                        }
                    }
                    _ if is_inside => {}
                    _ => wrong.push(format!("<{} {name}=\"{value}\">", element.value().name())),
                }
            }
        }
    }
    (found, wrong)
}

/// Texts of a JSON answer that are addresses without the prefix.
fn bare_texts(value: &serde_json::Value, wrong: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) if text.starts_with('/') && !text.starts_with("/carte/") => {
            wrong.push(text.clone());
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| bare_texts(value, wrong)),
        serde_json::Value::Object(values) => values.values().for_each(|value| bare_texts(value, wrong)),
        _ => {}
    }
}

/// What of an answer leaves the prefix; the addresses that its page links to go into `found`.
fn strays(answer: &Answer, found: &mut BTreeSet<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    let to = answer.header("location");
    if to.starts_with('/') && to != "/carte" && !to.starts_with("/carte/") {
        wrong.push(format!("location: {to}"));
    }
    for cookie in answer.headers.get_all("set-cookie") {
        let text = cookie.to_str().unwrap();
        let name = text.split('=').next().unwrap();
        if !(text.contains("Path=/carte;") || text.contains("Path=/carte/") || text.ends_with("Path=/carte"))
            || !name.ends_with(".carte")
            || name.starts_with("__Host-")
        {
            wrong.push(format!("set-cookie: {text}"));
        }
    }
    let kind = answer.header("content-type").to_owned();
    if kind.starts_with("text/html") {
        let (links, strays) = addresses(&answer.text());
        found.extend(links);
        wrong.extend(strays);
    } else if kind.contains("json") && !kind.contains("problem") {
        // What is sent as a stream of pieces is no single value.
        let value = serde_json::from_str(&answer.text()).unwrap_or_default();
        bare_texts(&value, &mut wrong);
    }
    wrong
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn below_a_path_every_answer_stays_there_and_every_link_is_found() {
    on_sqlite(async |db| {
        let house = House::at(&db, SITE).await;
        let mut author = house.enter(Person::Resident).await;
        let mut wrong = Vec::new();
        for person in [Person::Stranger, Person::Resident, Person::Holder(Role::Administrator)] {
            let (mut found, mut pages) = (BTreeSet::new(), 0);
            let gets_last = |route: &Route| route.method == Method::GET;
            let mut routes = every_route();
            routes.sort_by_key(gets_last);
            for route in &routes {
                let mut client = house.enter(person).await;
                let things = house.things(&mut author, route.path).await;
                let answer = knock(&mut client, route, &things).await;
                pages += usize::from(answer.header("content-type").starts_with("text/html"));
                wrong.extend(
                    strays(&answer, &mut found)
                        .into_iter()
                        .map(|stray| format!("{} {} as {person:?}: {stray}", route.method, route.path)),
                );
            }
            assert!(pages > 20 && found.len() > 30, "{pages} pages, {} links", found.len());
            for link in &found {
                let answer = house.enter(person).await.get(link).await;
                if answer.status.as_u16() == 404 || answer.status.is_server_error() {
                    wrong.push(format!("{link} as {person:?}: {}", answer.status));
                }
            }
        }
        assert!(wrong.is_empty(), "write addresses with `|url` (base/http/url.rs):\n{}", wrong.join("\n"));
    })
    .await;
}

/// Also where no test brings a page into the state that shows it.
#[test]
fn every_address_in_a_template_goes_through_the_filter() {
    fn visit(folder: &Path, wrong: &mut Vec<String>, seen: &mut usize) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                visit(&path, wrong, seen);
            } else if path.extension().is_some_and(|e| e == "html") {
                let text = std::fs::read_to_string(&path).unwrap();
                for name in [
                    "href",
                    "src",
                    "action",
                    "formaction",
                    "poster",
                    "data-begin",
                    "data-finish",
                    "data-photo",
                ] {
                    for value in text.split(&format!("{name}=\"")).skip(1) {
                        *seen += 1;
                        // What is whole already (`base`), is no address of ours, or has it inside (`asset_path`).
                        let whole = [
                            "{{ base }}",
                            "{{ self.url() }}",
                            "{{ self.mailto() }}",
                            "{{ self.mailto_of(",
                            "{{ piece.text }}",
                            "{{ url }}",
                        ];
                        let is_whole = whole.iter().any(|start| value.starts_with(start));
                        let is_asset = value.starts_with("{{ crate::base::http::asset_path(");
                        let first = value.split("}}").next().unwrap_or_default();
                        let is_other = !value.starts_with('/') && !value.starts_with("{{");
                        let is_photo = name == "data-photo" && value.starts_with("{{ photo.id }}");
                        if !(is_whole || is_asset || is_other || is_photo || first.contains("|url")) {
                            let line: String = value.chars().take(60).collect();
                            wrong.push(format!("{}: {name}=\"{line}", path.display()));
                        }
                    }
                }
            }
        }
    }
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for folder in ["web/shared/templates", "web/modules", "tests/modules"] {
        visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut wrong, &mut seen);
    }
    assert!(seen > 200, "{seen} addresses were looked at");
    assert!(wrong.is_empty(), "write addresses with `|url`:\n{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn below_a_path_people_sign_in_act_and_go_back_to_where_they_were() {
    on_sqlite(async |db| {
        let house = House::at(&db, SITE).await;
        let mut client = house.enter(Person::Resident).await;
        let id = house.idea(&mut client).await;
        let page = client.get(&format!("/carte/features/{id}")).await;
        assert_eq!(page.status, 200);
        // A proxy may have taken the path off.
        assert_eq!(client.get(&format!("/features/{id}")).await.status, 200);
        client.headers.push(("referer", format!("{SITE}/list?theme=nature")));
        let led = client.get("/carte/language/en").await;
        assert_eq!(led.header("location"), "/carte/list?theme=nature");
        let guarded = house.browser().get("/carte/account?a=b").await;
        assert_eq!(guarded.header("location"), "/carte/sign-in?to=%2Faccount%3Fa%3Db");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_path_that_is_an_address_of_the_site_is_refused_at_the_start() {
    on_sqlite(async |db| {
        for (path, is_taken) in [
            ("/list", true),
            ("/features", true),
            ("/admin/x", true),
            ("/assets", true),
            ("/healthz", true),
            ("/carte", false),
        ] {
            let config = Config { public_url: format!("https://ville.example{path}"), ..Config::default() };
            let app = App::on(config, db.clone()).await.unwrap();
            assert_eq!(crate::server::router::router(app).is_err(), is_taken, "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_public_url_a_proxy_that_is_believed_says_the_address_and_nobody_else_does() {
    on_sqlite(async |db| {
        for (trusted, base) in [("127.0.0.1", "https://ville.example"), ("", "http://parvis.test")] {
            let config =
                Config { trusted_proxies: trusted.into(), limits: "off".into(), ..Config::default() };
            let app = App::on(config, db.clone()).await.unwrap();
            let mut client = Client::new(&app);
            client.headers = vec![
                ("host", "parvis.test".into()),
                ("x-forwarded-proto", "https".into()),
                ("x-forwarded-host", "ville.example".into()),
            ];
            let request = axum::http::Request::get("/tiles.json")
                .extension(axum::extract::ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 4711))));
            let answer = client.send(request, axum::body::Body::empty()).await;
            let address = answer.json()["tiles"][0].as_str().unwrap().to_owned();
            assert!(address.starts_with(&format!("{base}/tiles/")), "{trusted}: {address}");
        }
    })
    .await;
}
