//! Who knocks at routes in the tests, what they hold in their hands, and what every answer owes them.

use crate::base::config::{Config, Secret};
use crate::base::db::{Db, Sql};
use crate::civic::accounts::{Role, Route};
use crate::core::app::App;
use crate::server::testing::{Answer, Client, harmless};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Person {
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

pub(super) fn people() -> Vec<Person> {
    let mut all = vec![Person::Stranger, Person::Visitor, Person::Expired, Person::Resident];
    for role in Role::ALL.iter().copied() {
        all.extend([Person::Weak(role), Person::Holder(role)]);
    }
    all
}

pub(super) struct House {
    pub(super) app: App,
    /// A browser on the whole server.
    first: Client,
    /// A browser on other routes, where a test has some.
    pub(super) street: Option<Client>,
    _folder: tempfile::TempDir,
}

impl House {
    pub(super) async fn new(db: &Db) -> House {
        House::at(db, "").await
    }

    /// The same under an address (`public_url`).
    pub(super) async fn at(db: &Db, public_url: &str) -> House {
        let folder = tempfile::tempdir().unwrap();
        // Everything that an operator can open is open; nobody knocks too often.
        let config = Config {
            database: Secret::new("unused"),
            media: folder.path().join("media"),
            demo_inbox: true,
            public_url: public_url.into(),
            embed: "https://www.ville.example".into(),
            limits: "off".into(),
            ..Config::default()
        };
        let app = App::on(config, db.clone()).await.unwrap();
        let first = Client::new(&app);
        House { app, first, street: None, _folder: folder }
    }

    /// A browser of nobody.
    pub(super) fn browser(&self) -> Client {
        let mut client = self.street.as_ref().unwrap_or(&self.first).clone();
        client.forget();
        client.headers = vec![("accept", "text/html".into())];
        client
    }

    pub(super) async fn enter(&self, person: Person) -> Client {
        let mut client = self.browser();
        let email = format!("{}@mail.example", uuid::Uuid::new_v4().simple());
        let set = |sql: &'static str, account, at| self.app.db.run(sql, (account, at));
        let past: Option<crate::base::clock::Timestamp> = Some("2020-01-01T00:00:00Z".parse().unwrap());
        match person {
            Person::Stranger => {}
            Person::Visitor => {
                let mut acting = self.first.clone();
                self.idea(&mut acting).await;
                client.cookies_of(&acting);
            }
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

    /// Says where letters to the authority go.
    pub(super) async fn is_reached(&self, email: &str) {
        let mut write = self.app.begin().await.unwrap();
        let mut site = crate::core::site::store::current(write.tx()).await.unwrap();
        site.set("contact_email", email);
        crate::core::site::store::write(&mut write, &site, None).await.unwrap();
        self.app.commit(write).await.unwrap();
    }

    /// Places an idea, as who has this browser.
    pub(super) async fn idea(&self, client: &mut Client) -> String {
        let asked = std::mem::replace(&mut client.headers, vec![("accept", "application/json".into())]);
        let placed =
            client.post("/proposals", &[("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85")]).await;
        client.headers = asked;
        assert_eq!(placed.status, StatusCode::CREATED, "{}", placed.text());
        placed.json()["id"].to_string()
    }

    /// Something can be reported.
    pub(super) async fn takes_reports(&self) {
        let (count,): (i64,) = self.app.db.one("select count(*) from report_category", ()).await.unwrap();
        if count == 0 {
            let mut administrator = self.enter(Person::Holder(Role::Administrator)).await;
            let made = administrator.post("/admin/reports/catalogue/usual", &[]).await;
            assert!(made.status.is_redirection(), "{}", made.text());
        }
    }

    /// Makes a report, as who has this browser.
    pub(super) async fn report(&self, client: &mut Client) -> String {
        self.takes_reports().await;
        let asked = std::mem::replace(&mut client.headers, vec![("accept", "application/json".into())]);
        let form = [("category", "nid-de-poule"), ("lon", "2.35"), ("lat", "48.85")];
        let made = client.post("/reports", &form).await;
        client.headers = asked;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        made.json()["id"].to_string()
    }

    /// What is somebody's own, in the order of a path's parameters.
    pub(super) async fn things(&self, client: &mut Client, path: &str) -> Vec<String> {
        let idea = self.idea(client).await;
        let asked = std::mem::replace(&mut client.headers, vec![("accept", "application/json".into())]);
        let mut things = vec![idea.clone()];
        if path.contains("{argument}") {
            let form = [("side", "for"), ("body", "De l’ombre")];
            things.push(
                client.post(&format!("/features/{idea}/arguments"), &form).await.json()["id"].to_string(),
            );
        }
        if path.starts_with("/reports/") {
            things = vec![self.report(client).await];
        }
        if path.starts_with("/photos/") {
            let mut jpeg = std::io::Cursor::new(Vec::new());
            image::RgbImage::new(40, 30).write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
            let sent = client.upload("/photos", &[], &[("photo", "banc.jpg", jpeg.get_ref())]).await;
            things = vec![sent.json()["id"].to_string()];
        }
        if path.ends_with("/appeal") || path.starts_with("/appeal/") {
            let mut moderator = self.enter(Person::Holder(Role::Moderator)).await;
            let hide = [("act", "hide"), ("reason", "personal")];
            let hidden = moderator.post(&format!("/admin/moderation/{idea}"), &hide).await;
            assert!(hidden.status.as_u16() < 400, "{}", hidden.text());
            if path.starts_with("/appeal/") {
                let (id,): (i64,) = self.app.db.one("select max(id) from decision", ()).await.unwrap();
                things = vec![id.to_string()];
            }
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
    ("decision", "1"),
    ("category", "nid-de-poule"),
    ("note", "Toujours là"),
];

/// The address of a route, its parameters filled in: `things`, then what is there in every house.
pub(super) fn address(path: &str, things: &[String]) -> String {
    let mut things = things.iter();
    let fill = |part: &str| match part {
        "{z}" | "{x}" | "{y}" => "0".to_owned(),
        "{layers}" => "features".into(),
        "{code}" => "en".into(),
        "{digest}" => "0".repeat(64),
        "{file}" if path.starts_with("/export") => "features.csv".into(),
        "{file}" if path.contains("/figures/") => "themes.png".into(),
        "{file}" => "small.jpg".into(),
        part if part.contains('{') => {
            let value = things.next().cloned().unwrap_or_else(|| "1".into());
            format!("{}{value}{}", part.split('{').next().unwrap(), part.rsplit('}').next().unwrap())
        }
        part => part.to_owned(),
    };
    path.split('/').map(fill).collect::<Vec<_>>().join("/")
}

pub(super) async fn knock(client: &mut Client, route: &Route, things: &[String]) -> Answer {
    let request = Request::builder().method(&route.method).uri(address(route.path, things));
    let form: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(FORM).finish();
    let (request, body) = if route.method == Method::POST {
        (request.header("content-type", "application/x-www-form-urlencoded"), Body::from(form))
    } else {
        (request, Body::empty())
    };
    let answer = tokio::time::timeout(std::time::Duration::from_secs(60), client.send(request, body)).await;
    answer.unwrap_or_else(|_| panic!("{} {} never ends its answer", route.method, route.path))
}

/// Told to say first who they are.
pub(super) fn asks_who(answer: &Answer) -> bool {
    answer.status == StatusCode::UNAUTHORIZED || answer.header("location").starts_with("/sign-in?to=")
}

pub(super) fn is_refused(answer: &Answer) -> bool {
    asks_who(answer) || answer.status == StatusCode::FORBIDDEN
}

/// What every answer owes, whoever gets it.
pub(super) fn check_answer(route: &Route, answer: &Answer) {
    let name = format!("{} {}", route.method, route.path);
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
