//! Every form that acts, sent twice, one after the other and at once: done once, and answered alike.

use super::cases::{CHANGES, Case, IDEA, cases, ready, send};
use super::every_route;
use super::knocking::{House, Person};
use crate::base::db::{Db, Sql};
use crate::civic::accounts::{Access, Limit, Role};
use crate::civic::processes::{self, Moderation, Settings, State};
use crate::modules::limits;
use crate::server::testing::{Answer, Client, on_both};
use axum::http::{Method, StatusCode};

#[test]
fn each_route_that_acts_is_tried_twice_or_said_to_make_nothing() {
    let acts: Vec<_> = every_route().into_iter().filter(|route| route.method == Method::POST).collect();
    let is_tried = |path: &str| cases().iter().any(|case| case.route == path);
    let unsaid: Vec<&str> =
        acts.iter().map(|route| route.path).filter(|path| is_tried(path) == CHANGES.contains(path)).collect();
    assert!(
        unsaid.is_empty(),
        "say what each makes one of in &cases(), or that it makes nothing: {unsaid:?}"
    );
    for route in acts {
        let is_tried = is_tried(route.path);
        assert!(
            !route.creates
                || is_tried
                // Where a key is needed: `a_request_that_a_program_repeats_with_its_own_number_is_one_report`.
                || route.access == Access::Key
                || route.path.contains("/appeal")
                || route.path == "/flag/{thing}",
            "{} creates: try it",
            route.path
        );
    }
}

async fn count(db: &Db, sql: &'static str) -> i64 {
    let (count,): (i64,) = db.one(sql, ()).await.unwrap();
    count
}

/// What must be the same in two answers: an answer in the middle of a page may differ in its keys.
fn gist(answer: &Answer) -> (StatusCode, String, String) {
    let is_json = answer.header("content-type").contains("json");
    let body = if is_json { answer.text() } else { String::new() };
    (answer.status, answer.header("location").to_owned(), body)
}

/// Sends a case twice at once and once more: one row, and answers that are alike.
async fn try_case(house: &House, db: &Db, case: &Case, accept: &'static str) {
    let ready = ready(house, case).await;
    let mut client = house.enter(case.who).await;
    client.headers = vec![("accept", accept.into())];
    let name = format!("{} as {accept}", case.route);
    let key = house.app.once_keys().fresh(ready.class.word());
    let before = count(db, case.count).await;
    // Three tabs of one browser, none of which has the others' cookies yet.
    let once = || send(client.clone(), case, &ready, &key);
    let (first, second) = tokio::join!(once(), once());
    let third = once().await;
    assert!(first.status.as_u16() < 400, "{name}: {} {}", first.status, first.text());
    assert_eq!(gist(&first), gist(&second), "{name}: at once\n{}", second.text());
    assert_eq!(gist(&first), gist(&third), "{name}: one after the other\n{}", third.text());
    assert_eq!(count(db, case.count).await, before + 1, "{name}");
}

on_both! {
    async fn a_form_that_is_sent_twice_is_done_once_and_answered_alike(db: Db) {
        let house = House::new(&db).await;
        for case in &cases() {
            try_case(&house, &db, case, "text/html").await;
            try_case(&house, &db, case, "application/json").await;
        }
    }

    async fn two_servers_do_a_form_once(db: Db) {
        let (here, there) = (crate::server::testing::app(&db).await, crate::server::testing::app(&db).await);
        let form = |key: &str| {
            let key = key.to_owned();
            async move |mut client: Client| {
                let mut form = vec![("once", key.as_str())];
                form.extend(IDEA);
                client.post("/proposals", &form).await
            }
        };
        for _ in 0..4 {
            let key = here.once_keys().fresh("propose");
            let (one, other) = (form(&key), form(&key));
            let (one, other) = tokio::join!(one(Client::new(&here)), other(Client::new(&there)));
            assert_eq!(gist(&one), gist(&other));
            assert_eq!(one.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(count(&db, "select count(*) from feature").await, 4);
        assert_eq!(count(&db, "select count(distinct author) from feature").await, 4);
    }

    /// Two taps on one page before the cookie has come, by whatever forms of the page.
    async fn a_page_acts_for_one_person_until_the_cookie_comes(db: Db) {
        let app = crate::server::testing::app(&db).await;
        let mut author = Client::json(&app);
        let idea = author.post("/proposals", IDEA).await.json()["id"].to_string();
        let page = Client::new(&app).get(&format!("/features/{idea}")).await;
        assert!(page.header("set-cookie").is_empty(), "reading sets no cookie");
        assert_eq!(page.header("cache-control"), "private, no-cache");
        let keys = keys_of(&page.text());
        let (vote, argue) = (&keys[&format!("/features/{idea}/vote")], &keys[&format!("/features/{idea}/arguments")]);
        let tab = Client::new(&app);
        let voted = async |voice: &str| tab.clone().post(&format!("/features/{idea}/vote"), &[("once", vote), ("voice", voice)]).await;
        let said = [("once", argue.as_str()), ("side", "for"), ("body", "De l’ombre")];
        let mut other = tab.clone();
        let path = format!("/features/{idea}/arguments");
        let said = other.post(&path, &said);
        let (one, two, three) = tokio::join!(voted("for"), voted("against"), said);
        assert!([&one, &two, &three].iter().all(|a| a.status == StatusCode::SEE_OTHER), "{}", one.text());
        let cookies: Vec<_> = [&one, &two, &three].map(|a| a.header("set-cookie").split(';').next().unwrap().to_owned()).into();
        assert!(cookies[0].starts_with("visitor=") && cookies[0] == cookies[1] && cookies[1] == cookies[2], "{cookies:?}");
        assert_eq!(count(&db, "select count(*) from vote").await, 1);
        let same = "select count(*) from vote v join argument a on a.author = v.voter";
        assert_eq!(count(&db, same).await, 1);
        // Somebody else who reads the same page is given other keys.
        let again = keys_of(&Client::new(&app).get(&format!("/features/{idea}")).await.text());
        assert_ne!(again[&format!("/features/{idea}/vote")], *vote);
    }

    async fn a_voice_that_is_changed_on_the_same_page_is_changed(db: Db) {
        let app = crate::server::testing::app(&db).await;
        let idea = Client::json(&app).post("/proposals", IDEA).await.json()["id"].to_string();
        let key = app.once_keys().fresh("vote");
        let mut client = Client::json(&app);
        for voice in ["for", "against", "for", "none", "for"] {
            let answer = client.post(&format!("/features/{idea}/vote"), &[("once", &key), ("voice", voice)]).await;
            assert_eq!(answer.json()["voice"], voice);
        }
        assert_eq!(count(&db, "select count(*) from vote").await, 1);
    }

    async fn a_used_key_with_another_text_shows_the_first_and_keeps_the_text(db: Db) {
        let app = crate::server::testing::app(&db).await;
        let mut client = Client::new(&app);
        client.headers = vec![("accept", "text/html".into())];
        let key = app.once_keys().fresh("propose");
        let with = |title: &'static str| [("once", key.clone()), ("title", title.into()), ("lon", "2.35".into()), ("lat", "48.85".into()), ("step", "publish".into())];
        let post = async |client: &mut Client, form: &[(&str, String)]| {
            let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            client.post("/proposals", &form).await
        };
        let first = post(&mut client, &with("Un banc")).await;
        let other = post(&mut client, &with("Une fontaine sous le tilleul")).await;
        assert_eq!(other.status, StatusCode::CONFLICT);
        let page = other.text();
        assert!(page.contains(&format!("href=\"{}\"", first.header("location"))), "{page}");
        assert!(page.contains("Une fontaine sous le tilleul</textarea>"), "{page}");
        crate::server::testing::harmless(&page);
        assert_eq!(count(&db, "select count(*) from feature").await, 1);
        // Sent on from there, it is another one.
        let fresh = keys_of(&page).remove("/proposals").unwrap();
        let mut again = with("Une fontaine sous le tilleul");
        again[0].1 = fresh;
        let sent = post(&mut client, &again).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        assert_ne!(sent.header("location"), first.header("location"));
        // A program is refused, in words.
        client.headers = vec![("accept", "application/json".into())];
        let refused = post(&mut client, &with("Autre")).await;
        assert_eq!((refused.status, refused.header("content-type")), (StatusCode::CONFLICT, "application/problem+json"));
    }

    /// Where a moderator reads first, a change waits beside what is public: sent twice, with a photo or without, one version waits.
    async fn a_change_that_waits_and_is_sent_twice_waits_once(db: Db) {
        let house = House::new(&db).await;
        let app = &house.app;
        let mut write = app.begin().await.unwrap();
        let mut settings = Settings::default();
        settings.rules.moderation = Moderation::Before;
        processes::store::insert(&mut write, "Relue", &settings, State::Public, None).await.unwrap();
        app.commit(write).await.unwrap();
        let mut moderator = house.enter(Person::Holder(Role::Moderator)).await;
        let mut author = house.enter(Person::Resident).await;
        let mut jpeg = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(40, 30).write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
        let photo: &[(&str, &str, &[u8])] = &[("photo", "a.jpg", jpeg.get_ref())];
        for (files, waits) in [(&[][..], 1), (photo, 2)] {
            let form: Vec<_> = IDEA.iter().copied().chain([("process", "relue")]).collect();
            let page = author.post("/proposals", &form).await.header("location").to_owned();
            let thing = page.rsplit('/').next().unwrap();
            let read = moderator.post(&format!("/admin/moderation/{thing}"), &[("act", "publish")]).await;
            assert!(read.status.is_redirection(), "{}", read.text());
            let edit = format!("{page}/edit");
            let shown = author.get(&edit).await.text();
            let (base, key) = (value_of(&shown, "base"), value_of(&shown, "once"));
            let change = [("once", key.as_str()), ("title", "Un banc rouge"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish"), ("base", &base)];
            let send = async |mut tab: Client| {
                if files.is_empty() { tab.post(&edit, &change).await } else { tab.upload(&edit, &change, files).await }
            };
            let (one, two) = tokio::join!(send(author.clone()), send(author.clone()));
            let three = send(author.clone()).await;
            assert_eq!((one.status, one.header("location")), (StatusCode::SEE_OTHER, page.as_str()), "{}", one.text());
            assert_eq!((gist(&one), gist(&one)), (gist(&two), gist(&three)), "{}", two.text());
            // What was public is kept nowhere but in its row, until the change is read.
            assert_eq!(count(&db, "select count(*) from revision").await, waits);
            assert_eq!(count(&db, "select count(*) from revision where held = 'waiting'").await, waits);
            assert_eq!(count(&db, "select count(*) from journal where act = 'revised'").await, waits);
            assert_eq!(count(&db, "select count(*) from photo where waits_for is not null").await, waits - 1);
            assert!(!house.browser().get(&page).await.text().contains("Un banc rouge"), "nobody else reads it yet");
            assert!(author.get(&edit).await.text().contains("Un banc rouge"), "its author goes on with it");
            // The same page with another text is another change, of a page that is older than what waits: told so, and not written.
            let other = [("once", key.as_str()), ("title", "Un banc vert"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish"), ("base", &base)];
            assert_eq!(author.post(&edit, &other).await.status, StatusCode::CONFLICT);
            assert_eq!(count(&db, "select count(*) from revision where held = 'waiting'").await, waits);
        }
    }

    async fn what_was_refused_can_be_sent_again_with_its_key(db: Db) {
        let app = crate::server::testing::app(&db).await;
        let key = app.once_keys().fresh("argue");
        let idea = Client::json(&app).post("/proposals", IDEA).await.json()["id"].to_string();
        let mut client = Client::json(&app);
        let path = format!("/features/{idea}/arguments");
        let refused = client.post(&path, &[("once", &key), ("side", "for"), ("body", " ")]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        let taken = client.post(&path, &[("once", &key), ("side", "for"), ("body", "De l’ombre")]).await;
        assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.text());
    }

    async fn a_key_is_one_persons(db: Db) {
        let app = crate::server::testing::app(&db).await;
        let key = app.once_keys().fresh("propose");
        let mut form = vec![("once", key.as_str())];
        form.extend(IDEA);
        // Both have acted before: neither is answered what the other did.
        let (mut anne, mut bruno) = (Client::json(&app), Client::json(&app));
        anne.post("/proposals", IDEA).await;
        bruno.post("/proposals", IDEA).await;
        let (one, other) = (anne.post("/proposals", &form).await, bruno.post("/proposals", &form).await);
        assert_ne!(one.json()["id"], other.json()["id"]);
    }

    async fn a_program_says_its_own_key(db: Db) {
        let app = crate::server::testing::app(&db).await;
        let mut program = Client::json(&app);
        program.headers.push(("idempotency-key", uuid::Uuid::new_v4().to_string()));
        let (mut one, mut two) = (program.clone(), program.clone());
        let (one, two) = tokio::join!(one.post("/proposals", IDEA), two.post("/proposals", IDEA));
        assert_eq!(gist(&one), gist(&two));
        assert_eq!((one.status, count(&db, "select count(*) from feature").await), (StatusCode::CREATED, 1));
        program.headers.pop();
        program.headers.push(("idempotency-key", "1".into()));
        assert_eq!(program.post("/proposals", IDEA).await.status, StatusCode::BAD_REQUEST);
    }

    /// A key is no way round the count by address: it only says who acts.
    async fn two_hundred_keys_of_one_address_give_no_more_voices_than_the_limit(db: Db) {
        let app = crate::server::testing::app(&db).await;
        let idea = Client::json(&app).post("/proposals", IDEA).await.json()["id"].to_string();
        let config = crate::base::config::Config { limits: "vote=2/hour".into(), ..app.config.clone() };
        let app = crate::core::app::App::on(config, db.clone()).await.unwrap();
        let server = Client::json(&app);
        for _ in 0..200 {
            let mut client = server.clone();
            let key = app.once_keys().fresh("vote");
            let path = format!("/features/{idea}/vote");
            let vote = axum::http::Request::post(path)
                .header("content-type", "application/x-www-form-urlencoded")
                .extension(axum::extract::ConnectInfo(std::net::SocketAddr::from(([192, 0, 2, 1], 9))));
            client.send(vote, axum::body::Body::from(format!("once={key}&voice=for"))).await;
        }
        // Ten people's worth for one address.
        assert_eq!(count(&db, "select count(*) from vote").await, 20);
    }

    /// As if the server had ended between the commit and its answer: what was made is in the same transaction.
    async fn the_answer_is_there_as_soon_as_the_act_is(db: Db) {
        let house = House::new(&db).await;
        let mut client = house.browser();
        let key = house.app.once_keys().fresh("propose");
        let mut form = vec![("once", key.as_str())];
        form.extend(IDEA);
        let first = client.post("/proposals", &form).await;
        let (answer,): (Option<String>,) = db.one("select answer from done_once", ()).await.unwrap();
        assert!(answer.unwrap().contains(first.header("location")));
        // And where only the act is known: said in general words, and not done again.
        db.run("update done_once set answer = null", ()).await.unwrap();
        let again = client.post("/proposals", &form).await;
        assert_eq!(again.status, StatusCode::OK, "{}", again.text());
        assert_eq!(count(&db, "select count(*) from feature").await, 1);
    }

    async fn old_keys_are_forgotten(db: Db) {
        let app = crate::server::testing::app(&db).await;
        let mut client = Client::json(&app);
        for age in [0, 14, 16] {
            let key = app.once_keys().fresh("propose");
            let mut form = vec![("once", key.as_str())];
            form.extend(IDEA);
            client.post("/proposals", &form).await;
            let at = crate::base::clock::now() - chrono::TimeDelta::days(age);
            db.run("update done_once set at = $1 where at > $2", (at, crate::base::clock::now() - chrono::TimeDelta::hours(1))).await.unwrap();
        }
        assert_eq!(crate::base::once::clear(&db, crate::base::clock::now()).await.unwrap(), 1);
        assert_eq!(count(&db, "select count(*) from done_once").await, 2);
    }
}

/// The value of the first field of this name in the form of an idea.
fn value_of(page: &str, name: &str) -> String {
    let document = scraper::Html::parse_document(page);
    let field = scraper::Selector::parse(&format!("form#proposal input[name={name}]")).unwrap();
    document.select(&field).next().unwrap().attr("value").unwrap().to_owned()
}

/// The key of each form of a page, by the address that it is sent to.
fn keys_of(page: &str) -> std::collections::HashMap<String, String> {
    let document = scraper::Html::parse_document(page);
    let (form, key) = ("form[method=post]", "input[name=once]");
    let select = |text| scraper::Selector::parse(text).unwrap();
    let forms = document.select(&select(form)).collect::<Vec<_>>();
    let of = |form: &scraper::ElementRef<'_>| {
        let key = form.select(&select(key)).next().expect("each form has a key").attr("value").unwrap();
        (form.attr("action").unwrap().to_owned(), key.to_owned())
    };
    forms.iter().map(of).collect()
}

/// Every form of every template begins with its key, of the class in which its route counts.
#[test]
fn each_form_has_a_key_of_its_routes_class() {
    fn visit(folder: &std::path::Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                visit(&path, found);
            } else if path.extension().is_some_and(|e| e == "html") {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut templates = Vec::new();
    for folder in ["web/shared", "web/modules"] {
        visit(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut templates);
    }
    let shape = |path: &str| {
        let filled = path.split('/').map(|part| if part.contains('{') { "{}" } else { part });
        filled.collect::<Vec<_>>().join("/")
    };
    let (mut seen, mut wrong) = (0, Vec::new());
    for (file, text) in templates {
        for form in text.split("<form").skip(1).filter(|form| form.contains("method=\"post\"")) {
            seen += 1;
            let (tag, rest) =
                form.split_at(form.find("{{ crate::base::once::field(\"").unwrap_or(form.len()));
            let class = rest
                .trim_start_matches("{{ crate::base::once::field(\"")
                .split('"')
                .next()
                .unwrap_or_default();
            let action = tag.split("action=\"").nth(1).and_then(|a| a.split('"').next()).unwrap_or_default();
            // What was sent comes back as it was, its key with it.
            if file.ends_with("once/again.html") || file.ends_with("templates/error.html") {
                continue;
            }
            let mut routes = every_route();
            routes.retain(|route| route.method == Method::POST && shape(route.path) == shape(action));
            let is_right = limits().any(|limit| limit.word() == class)
                && tag.trim_end().ends_with('>')
                && tag.matches('>').count() <= 1 + tag.matches("%}").count() + tag.matches("&gt;").count()
                && routes.iter().all(|route| route.limit.map(Limit::word) == Some(class));
            if !is_right {
                wrong.push(format!("{file}: {action} ({class})"));
            }
        }
    }
    assert!(seen > 40, "{seen}");
    assert!(
        wrong.is_empty(),
        "put {{{{ crate::base::once::field(\"class\")|safe }}}} first in the form:\n{}",
        wrong.join("\n")
    );
}
