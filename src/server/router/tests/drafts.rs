//! What belongs to a draft is answered, by every route, like what there is not: nobody learns of it by guessing.

use super::every_route;
use super::knocking::{House, Person, address};
use crate::civic::accounts::Role;
use crate::server::testing::{Answer, on_sqlite};
use axum::http::{Method, header};

/// What can be told apart from outside: status, where it leads, and the words, whatever was asked for.
fn told(answer: &Answer, asked: &str) -> (u16, String, String) {
    let kind = answer.header("content-type").to_owned();
    let text = if kind.starts_with("text/html") {
        let page = scraper::Html::parse_document(&answer.text());
        page.root_element().text().collect::<Vec<_>>().join(" ")
    } else if kind.contains("json") || kind.starts_with("text/") {
        answer.text()
    } else if kind == "application/zip" {
        // It says when it was packed: what is in it is told by its names.
        let zip = zip::ZipArchive::new(std::io::Cursor::new(answer.body.clone())).unwrap();
        format!("{:?}", zip.file_names().collect::<Vec<_>>())
    } else {
        answer.body.len().to_string()
    };
    let plain = |text: String| text.replace(asked, "…").split_whitespace().collect::<Vec<_>>().join(" ");
    let to = answer
        .headers
        .get(header::LOCATION)
        .map_or(String::new(), |to| to.to_str().unwrap_or_default().to_owned());
    (answer.status.as_u16(), plain(to), plain(text))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_answers_like_nothing_through_every_route() {
    on_sqlite(async |db| {
        let house = House::new(&db).await;
        let mut admin = house.enter(Person::Holder(Role::Administrator)).await;
        admin.post("/admin/processes", &[("title", "Projet caché")]).await;
        let made = [
            ("label", "Thème caché"),
            ("color", "#0072b2"),
            ("icon", "bicycle"),
            ("process", "projet-cache"),
        ];
        assert!(admin.post("/admin/themes", &made).await.status.is_redirection());
        let (hidden, missing) = (("projet-cache", "theme-cache"), ("projet-perdu", "theme-perdu"));
        let themes = crate::core::features::vocabulary::themes(&db).await.unwrap();
        assert!(themes.iter().any(|theme| theme.slug == hidden.1), "{themes:?}");
        let mut author = house.enter(Person::Resident).await;
        house.idea(&mut author).await;
        let mut wrong = Vec::new();
        // Who has a role over everything is of each process's team.
        for person in [Person::Stranger, Person::Resident] {
            for route in every_route() {
                let is_act = route.method != Method::GET;
                if route.path == "/live"
                    || route.path.starts_with("/admin")
                    || (is_act && route.path != "/proposals")
                {
                    continue;
                }
                for json in [false, true] {
                    for (name, at) in [("process", 0), ("theme", 1), ("slug", 0)] {
                        let mut answers = Vec::new();
                        let mut client = house.enter(person).await;
                        for slugs in [hidden, missing] {
                            let slug = [slugs.0, slugs.1][at];
                            if json {
                                client.headers = vec![("accept", "application/json".into())];
                            }
                            let path = address(&route.path.replace("{slug}", slug), &["1".to_owned()]);
                            let answer = if is_act {
                                let form = [
                                    ("title", "Un banc"),
                                    ("lon", "2.35"),
                                    ("lat", "48.85"),
                                    ("step", "preview"),
                                    (name, slug),
                                ];
                                client.post(&path, &form).await
                            } else {
                                client.get(&format!("{path}?{name}={slug}&q=")).await
                            };
                            answers.push(told(&answer, slug));
                        }
                        if answers[0] != answers[1] {
                            wrong.push(format!(
                                "{} {} {name} (json {json}) told {person:?}: {:?}",
                                route.method, route.path, answers
                            ));
                        }
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}
