//! Every door of the house, tried as everybody: who may use it, from where, and what the docs say of it. Doors that a module adds are
//! tried without a line here; where one needs more, the failure says what.

use crate::accounts::{Access, Door, Doors, Limit, Role};
use crate::app::App;
use crate::config::{Config, Secret};
use crate::db::{Db, Sql};
use crate::testing::{Answer, Client, harmless, on_sqlite};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use std::fmt::Write as _;
use std::path::Path;

fn modules() -> Vec<(&'static str, Doors)> {
    super::modules().iter().map(|module| (module.name, (module.doors)())).collect()
}

fn every_door() -> Vec<Door> {
    modules().into_iter().flat_map(|(_, doors)| doors.iter().cloned().collect::<Vec<_>>()).collect()
}

// The docs.

fn who(access: Access) -> String {
    match access {
        Access::Everyone => "everybody".into(),
        Access::Owner => "its author, or who holds the link".into(),
        Access::SignedIn => "who is signed in".into(),
        Access::Holder(role) => {
            let all = Role::ALL.into_iter().filter(|other| other.covers(role)).map(Role::word);
            all.collect::<Vec<_>>().join(", ")
        }
    }
}

fn table() -> String {
    let mut text = "# Routes\n\nWho may use which address. Written by a test from what the modules declare (`Doors`), and tried as each \
                    role by another: do not edit. `PARVIS_TEST_WRITE=1 cargo test --lib the_docs_list_every_door` writes it anew.\n\n\
                    A role holds where it was given: everywhere, or in one process or area, which the handler asks. Every act must come \
                    from one of our own pages, and is counted (see `limits` in `parvis.example.toml`).\n"
        .to_owned();
    for (module, doors) in modules() {
        write!(text, "\n## {module}\n\n| method | address | who | counted as |\n|---|---|---|---|\n")
            .unwrap();
        for door in doors.iter() {
            let counted = door.limit.map_or("", Limit::word);
            writeln!(text, "| {} | `{}` | {} | {counted} |", door.method, door.path, who(door.access))
                .unwrap();
        }
    }
    text + "\n## The house itself\n\n| method | address | who | counted as |\n|---|---|---|---|\n\
            | GET | `/assets/{*name}` | everybody | |\n| GET | `/healthz` | everybody | |\n\
            | GET | `/readyz` | everybody | |\n| GET | `/metrics` | everybody: keep it from the public in the proxy | |\n"
}

#[test]
#[allow(clippy::disallowed_methods)] // Tests have no configuration.
fn the_docs_list_every_door() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ROUTES.md");
    if std::env::var("PARVIS_TEST_WRITE").is_ok() {
        std::fs::write(&file, table()).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == table(),
        "docs/ROUTES.md is not what the doors say; write it anew and look at what changed:\n\
         PARVIS_TEST_WRITE=1 cargo test --lib the_docs_list_every_door"
    );
}

#[test]
fn no_address_is_served_beside_the_doors() {
    fn visit(folder: &Path, wrong: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                visit(&path, wrong);
                continue;
            }
            let may = ["accounts/doors.rs", "src/router.rs", "router/tests.rs"];
            if path.extension().is_none_or(|e| e != "rs") || may.iter().any(|name| path.ends_with(name)) {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let routes = text.lines().filter(|line| line.contains(".route(") || line.contains(".nest("));
            wrong.extend(routes.map(|line| format!("{}: {}", path.display(), line.trim())));
        }
    }
    let mut wrong = Vec::new();
    visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut wrong);
    assert!(
        wrong.is_empty(),
        "declare it in the module's `doors()`, with who may use it:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn each_act_is_counted_with_its_kind() {
    for door in every_door() {
        if door.method == Method::GET {
            continue;
        }
        let kinds = [("sign-in", Limit::SignIn), ("flag", Limit::Flag), ("vote", Limit::Vote)];
        let limit = door.limit.unwrap_or_else(|| panic!("{} {} is not counted", door.method, door.path));
        for (word, kind) in kinds {
            let is_said = door.path.split('/').any(|part| part == word);
            assert!(!is_said || limit == kind, "{}: say `.limited(Limit::{kind:?})` after it", door.path);
        }
    }
}

// Who knocks.

#[derive(Debug, Clone, Copy, PartialEq)]
enum Person {
    /// Nobody yet: no cookie.
    Stranger,
    /// Acted in this browser, signed in nowhere.
    Visitor,
    /// Was signed in, too long ago.
    Expired,
    Resident,
    /// Has the role, and has not shown the second factor.
    Weak(Role),
    Holder(Role),
}

fn people() -> Vec<Person> {
    let mut all = vec![Person::Stranger, Person::Visitor, Person::Expired, Person::Resident];
    for role in Role::ALL {
        all.extend([Person::Weak(role), Person::Holder(role)]);
    }
    all
}

struct House {
    app: App,
    first: Client,
    folder: tempfile::TempDir,
}

impl House {
    async fn new(db: &Db) -> House {
        let folder = tempfile::tempdir().unwrap();
        // Everything that an operator can open is open; nobody knocks too often.
        let config = Config {
            database: Secret::new("unused"),
            media: folder.path().join("media"),
            demo_inbox: true,
            embed: "https://www.ville.example".into(),
            limits: "off".into(),
            ..Config::default()
        };
        let app = App::on(config, db.clone()).await.unwrap();
        let first = Client::new(&app);
        House { app, first, folder }
    }

    /// A browser of nobody.
    fn browser(&self) -> Client {
        let mut client = self.first.clone();
        client.forget();
        client.headers = vec![("accept", "text/html".into())];
        client
    }

    async fn enter(&self, person: Person) -> Client {
        let mut client = self.browser();
        let email = format!("{}@mail.example", uuid::Uuid::new_v4().simple());
        let set = |sql: &'static str, account, at| self.app.db.run(sql, (account, at));
        let past: Option<crate::clock::Timestamp> = Some("2020-01-01T00:00:00Z".parse().unwrap());
        match person {
            Person::Stranger => {}
            Person::Visitor => drop(self.idea(&mut client).await),
            Person::Resident => drop(client.sign_in(&self.app, &email, &[]).await),
            Person::Holder(role) => drop(client.sign_in(&self.app, &email, &[role]).await),
            Person::Expired => {
                let account = client.sign_in(&self.app, &email, &[Role::Administrator]).await.id;
                set("update session set expires_at = $2 where account_id = $1", account, past).await.unwrap();
            }
            Person::Weak(role) => {
                let account = client.sign_in(&self.app, &email, &[role]).await.id;
                set("update session set strong_at = $2 where account_id = $1", account, None).await.unwrap();
            }
        }
        client
    }

    /// Places an idea, as who has this browser.
    async fn idea(&self, client: &mut Client) -> String {
        let asked = std::mem::replace(&mut client.headers, vec![("accept", "application/json".into())]);
        let placed =
            client.post("/proposals", &[("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85")]).await;
        client.headers = asked;
        assert_eq!(placed.status, StatusCode::CREATED, "{}", placed.text());
        placed.json()["id"].to_string()
    }

    /// What is somebody's own, in the order of a path's parameters.
    async fn things(&self, client: &mut Client, path: &str) -> Vec<String> {
        let idea = self.idea(client).await;
        let asked = std::mem::replace(&mut client.headers, vec![("accept", "application/json".into())]);
        let mut things = vec![idea.clone()];
        if path.contains("{argument}") {
            let form = [("side", "for"), ("body", "De l’ombre")];
            things.push(
                client.post(&format!("/features/{idea}/arguments"), &form).await.json()["id"].to_string(),
            );
        }
        if path.starts_with("/photos/") {
            let mut jpeg = std::io::Cursor::new(Vec::new());
            image::RgbImage::new(40, 30).write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
            let sent = client.upload("/photos", &[], &[("photo", "banc.jpg", jpeg.get_ref())]).await;
            things = vec![sent.json()["id"].to_string()];
        }
        if path.ends_with("/restore") {
            assert!(client.post(&format!("/features/{idea}/withdraw"), &[]).await.status.as_u16() < 400);
        }
        client.headers = asked;
        things
    }
}

/// What an owner would send: enough for the handler to get as far as asking whose the thing is.
const FORM: &[(&str, &str)] = &[
    ("title", "Un banc rouge"),
    ("body", "Sous le tilleul"),
    ("lon", "2.35"),
    ("lat", "48.85"),
    ("step", "publish"),
    ("side", "for"),
    ("voice", "for"),
    ("reason", "Une raison"),
    ("text", "Un texte"),
];

/// The address of a door, its parameters filled in: `things`, then what is there in every house.
fn address(path: &str, things: &[String]) -> String {
    let mut things = things.iter();
    let fill = |part: &str| match part {
        "{z}" | "{x}" | "{y}" => "0".to_owned(),
        "{layers}" => "features".into(),
        "{code}" => "en".into(),
        "{digest}" => "0".repeat(64),
        "{file}" if path.starts_with("/export") => "features.csv".into(),
        "{file}" => "small.jpg".into(),
        part if part.contains('{') => {
            let value = things.next().cloned().unwrap_or_else(|| "1".into());
            format!("{}{value}{}", part.split('{').next().unwrap(), part.rsplit('}').next().unwrap())
        }
        part => part.to_owned(),
    };
    let mut fill = fill;
    path.split('/').map(|part| fill(part)).collect::<Vec<_>>().join("/")
}

async fn knock(client: &mut Client, door: &Door, things: &[String]) -> Answer {
    let request = Request::builder().method(&door.method).uri(address(door.path, things));
    let form: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(FORM).finish();
    let (request, body) = if door.method == Method::POST {
        (request.header("content-type", "application/x-www-form-urlencoded"), Body::from(form))
    } else {
        (request, Body::empty())
    };
    let answer = tokio::time::timeout(std::time::Duration::from_secs(60), client.send(request, body)).await;
    answer.unwrap_or_else(|_| panic!("{} {} never ends its answer", door.method, door.path))
}

/// Told to say first who they are.
fn asks_who(answer: &Answer) -> bool {
    answer.status == StatusCode::UNAUTHORIZED || answer.header("location").starts_with("/sign-in?to=")
}

fn is_refused(answer: &Answer) -> bool {
    asks_who(answer) || answer.status == StatusCode::FORBIDDEN
}

/// What every answer owes, whoever gets it.
fn check_answer(door: &Door, answer: &Answer) {
    let name = format!("{} {}", door.method, door.path);
    assert!(
        !answer.status.is_server_error() || answer.status == StatusCode::SERVICE_UNAVAILABLE,
        "{name}: {}",
        answer.text()
    );
    assert_ne!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{name}");
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'self';") && !policy.contains("unsafe"), "{name}: {policy}");
    if answer.header("content-type").starts_with("text/html") && !answer.body.is_empty() {
        harmless(&answer.text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_door_opens_to_whom_it_says_and_to_nobody_else() {
    on_sqlite(async |db| {
        let house = House::new(&db).await;
        // Something to look at under every number that a path says.
        let mut author = house.enter(Person::Resident).await;
        house.things(&mut author, "/features/{id}/arguments/{argument}").await;
        let mut wrong = Vec::new();
        for door in every_door().iter().filter(|door| door.access != Access::Owner) {
            for person in people() {
                // Whoever signs out, or is erased, must not be the next one, too.
                let mut client = house.enter(person).await;
                let answer = knock(&mut client, door, &[]).await;
                check_answer(door, &answer);
                let known = !matches!(person, Person::Stranger | Person::Visitor | Person::Expired);
                let is_right = match (door.access, person) {
                    (Access::Everyone, _) => !is_refused(&answer),
                    (Access::SignedIn, _) if known => !is_refused(&answer),
                    (Access::Holder(role), Person::Holder(held)) if held.covers(role) => !is_refused(&answer),
                    (Access::Holder(_), _) if known => answer.status == StatusCode::FORBIDDEN,
                    _ => asks_who(&answer),
                };
                if !is_right {
                    let (status, to) = (answer.status.as_u16(), answer.header("location"));
                    wrong.push(format!(
                        "{} {} ({:?}) told {person:?}: {status} {to}",
                        door.method, door.path, door.access
                    ));
                }
            }
        }
        assert!(
            wrong.is_empty(),
            "a door is declared with who may use it (`Access`), and its handler must agree:\n{}",
            wrong.join("\n")
        );
        drop(house.folder);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_persons_thing_opens_to_nobody_by_its_number() {
    on_sqlite(async |db| {
        let house = House::new(&db).await;
        let mut wrong = Vec::new();
        for door in every_door().iter().filter(|door| door.access == Access::Owner) {
            let mut author = house.enter(Person::Resident).await;
            let things = house.things(&mut author, door.path).await;
            for person in people() {
                let answer = knock(&mut house.enter(person).await, door, &things).await;
                check_answer(door, &answer);
                if !is_refused(&answer) && answer.status != StatusCode::NOT_FOUND {
                    wrong.push(format!("{} {} told {person:?}: {}", door.method, door.path, answer.status));
                }
            }
            // And it was the number that was right: its owner comes in, after all the others tried.
            let answer = knock(&mut author, door, &things).await;
            check_answer(door, &answer);
            if is_refused(&answer) || answer.status == StatusCode::NOT_FOUND {
                wrong.push(format!("{} {} told its owner: {}", door.method, door.path, answer.status));
            }
        }
        assert!(
            wrong.is_empty(),
            "a handler must ask whose the thing is before it reads anything else. Where it asks for a field first, give FORM a good \
             value; where the thing is no idea, argument or photo, make one in `House::things`:\n{}",
            wrong.join("\n")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_act_is_taken_from_another_sites_page() {
    on_sqlite(async |db| {
        let house = House::new(&db).await;
        let mut wrong = Vec::new();
        for door in every_door().iter().filter(|door| door.method != Method::GET) {
            for header in [
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-site", "same-site"),
                ("origin", "https://evil.example"),
            ] {
                let mut client = house.enter(Person::Holder(Role::Administrator)).await;
                let things = house.things(&mut client, door.path).await;
                client.headers.push((header.0, header.1.into()));
                let answer = knock(&mut client, door, &things).await;
                if answer.status != StatusCode::FORBIDDEN {
                    wrong.push(format!("{} {} with {header:?}: {}", door.method, door.path, answer.status));
                }
            }
        }
        assert!(
            wrong.is_empty(),
            "the handler must take `SameOrigin`, right after the state:\n{}",
            wrong.join("\n")
        );
    })
    .await;
}
