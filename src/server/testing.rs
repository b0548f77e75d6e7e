//! What the tests stand on: a fresh database of each sort, and a server in process. Not built into the binary.

use crate::base::config::{Config, Secret};
use crate::base::db::{self, Db};
use crate::core::app::App;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use std::future::Future;
use tower::ServiceExt;

/// The environment's variable that names a PostgreSQL server on which databases may be made; `tests/with-postgres` sets
/// it to a private cluster.
#[allow(clippy::disallowed_methods)] // Tests have no configuration.
fn postgres_server() -> Option<String> {
    match std::env::var("PARVIS_TEST_POSTGRES") {
        Ok(url) => Some(url),
        Err(_) if std::env::var("CI").is_ok() => {
            panic!("in CI, a missing PostGIS is a failure: set PARVIS_TEST_POSTGRES")
        }
        Err(_) => {
            eprintln!("SKIPPED on PostGIS: PARVIS_TEST_POSTGRES is not set; run `make test`");
            None
        }
    }
}

/// Runs a test on a fresh SQLite file.
pub(crate) async fn on_sqlite<F: Future<Output = ()>>(test: impl FnOnce(Db) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    std::fs::write(&path, MIGRATED_FILE.get_or_init(migrated_file).await).unwrap();
    let db = Db::connect(&format!("sqlite:{}", path.display()), 8).await.unwrap();
    test(db.clone()).await;
    db.close().await;
}

/// The file that the others are copied from: the migrations run once, not once a test.
static MIGRATED_FILE: tokio::sync::OnceCell<Vec<u8>> = tokio::sync::OnceCell::const_new();

async fn migrated_file() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("migrated.db");
    let db = Db::connect(&format!("sqlite:{}", path.display()), 1).await.unwrap();
    db::migrate(&db).await.unwrap();
    db.close().await;
    std::fs::read(path).unwrap()
}

/// Runs a test on a fresh PostGIS database, if there is a server for it.
pub(crate) async fn on_postgis<F: Future<Output = ()>>(test: impl FnOnce(Db) -> F) {
    let Some(server) = postgres_server() else { return };
    let name = format!("parvis_{}", uuid::Uuid::new_v4().simple());
    let admin = sqlx::PgPool::connect(&server).await.unwrap();
    let template = MIGRATED.get_or_init(|| migrated(&server, &admin)).await;
    create(&admin, &name, template).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let db = Db::connect(&format!("{base}/{name}"), 40).await.unwrap();
    test(db.clone()).await;
    db.close().await;
    let drop = sqlx::AssertSqlSafe(format!("drop database {name} with (force)"));
    sqlx::query(drop).execute(&admin).await.unwrap();
}

/// The database that the others are copied from: the migrations run once, not once a test.
static MIGRATED: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();

/// Makes that database, named after the migrations that are in it; the one that an earlier run left is as good.
async fn migrated(server: &str, admin: &sqlx::PgPool) -> String {
    let name = format!("parvis_migrated_{}", db::schema_mark());
    let draft = format!("parvis_{}", uuid::Uuid::new_v4().simple());
    let statement = |sql: String| sqlx::query(sqlx::AssertSqlSafe(sql)).execute(admin);
    // With PostGIS already in it, a copy takes a twentieth of the time that the extension needs.
    if create(admin, &draft, "parvis_template").await.is_err() {
        statement(format!("create database {draft}")).await.unwrap();
    }
    let (base, _) = server.rsplit_once('/').unwrap();
    let db = Db::connect(&format!("{base}/{draft}"), 4).await.unwrap();
    db::migrate(&db).await.unwrap();
    db.close().await;
    if statement(format!("alter database {draft} rename to {name}")).await.is_err() {
        statement(format!("drop database {draft} with (force)")).await.unwrap();
    }
    name
}

async fn create(admin: &sqlx::PgPool, name: &str, template: &str) -> sqlx::Result<()> {
    // Copying files asks for two checkpoints, which cost nothing where nothing is made durable, and a third of the time of writing every page.
    let sql = format!("create database {name} template {template} strategy file_copy");
    sqlx::query(sqlx::AssertSqlSafe(sql)).execute(admin).await.map(drop)
}

/// `on_both! { async fn a_sentence(db: Db) { … } }`: one test on each database.
macro_rules! on_both {
    ($($(#[$doc:meta])* async fn $name:ident($db:ident: Db) $body:block)*) => {$(
        $(#[$doc])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn test($db: $crate::base::db::Db) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                $crate::server::testing::on_sqlite(test).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgis() {
                $crate::server::testing::on_postgis(test).await;
            }
        }
    )*};
}
pub(crate) use on_both;

/// The application on a database, as `parvis serve` would start it.
pub(crate) async fn app(db: &Db) -> App {
    // A folder of its own, made only where a test keeps pictures.
    let media = format!("target/test-media/{}", uuid::Uuid::new_v4().simple());
    let media = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(media);
    let config = Config {
        database: Secret::new("unused"),
        tile_cache_mb: 16,
        media,
        // A test does in a second what people do in a day.
        limits: "off".into(),
        // Letters are asked for, and wait: nothing sends them here.
        mail: Secret::new("folder:unused"),
        ..Config::default()
    };
    App::on(config, db.clone()).await.unwrap()
}

/// A server in process and a browser's cookies. A clone is the same browser, in another tab.
#[derive(Clone)]
pub(crate) struct Client {
    router: Router,
    cookies: Vec<String>,
    pub(crate) headers: Vec<(&'static str, String)>,
}

/// An answer, read whole.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Client {
    /// A browser of a server that was put together otherwise.
    pub(crate) fn of(router: Router) -> Client {
        Client { router, cookies: Vec::new(), headers: Vec::new() }
    }

    pub(crate) fn new(app: &App) -> Client {
        Client::of(crate::server::router::router(app.clone()).unwrap())
    }

    pub(crate) fn json(app: &App) -> Client {
        Client { headers: vec![("accept", "application/json".into())], ..Client::new(app) }
    }

    /// Forgets every cookie: somebody else.
    pub(crate) fn forget(&mut self) {
        self.cookies.clear();
    }

    /// Takes over another browser's cookies.
    pub(crate) fn cookies_of(&mut self, other: &Client) {
        self.cookies.clone_from(&other.cookies);
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    pub(crate) async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        self.send(request, Body::from(body)).await
    }

    pub(crate) async fn delete(&mut self, path: &str) -> Answer {
        self.send(Request::delete(path), Body::empty()).await
    }

    /// Posts a multipart form: text fields, and files with their names.
    pub(crate) async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            let head =
                format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(head.as_bytes());
        }
        for (name, file, bytes) in files {
            let head = format!(
                "--edge\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
                 content-type: image/jpeg\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--edge--\r\n");
        let request = Request::post(path).header("content-type", "multipart/form-data; boundary=edge");
        self.send(request, Body::from(body)).await
    }

    /// Signs in as the owner of an e-mail address who has these roles, with a second factor shown.
    pub(crate) async fn sign_in(
        &mut self,
        app: &App,
        email: &str,
        roles: &[crate::civic::accounts::Role],
    ) -> crate::civic::accounts::Account {
        let mut write = app.begin().await.unwrap();
        let account = crate::civic::accounts::store::ensure(&mut write, email).await.unwrap();
        for role in roles {
            crate::civic::accounts::store::grant(&mut write, account.id, *role, (None, None), None)
                .await
                .unwrap();
        }
        app.commit(write).await.unwrap();
        self.open(app, &account).await;
        account
    }

    /// Opens a session of an account in this browser, with a second factor shown.
    pub(crate) async fn open(&mut self, app: &App, account: &crate::civic::accounts::Account) {
        use sha2::{Digest, Sha256};
        let value = uuid::Uuid::new_v4().simple().to_string();
        let mut write = app.begin().await.unwrap();
        let digest = Sha256::digest(value.as_bytes());
        let ends = write.at() + chrono::TimeDelta::hours(1);
        crate::civic::accounts::store::open_session(&mut write, &digest, account.id, "test", ends)
            .await
            .unwrap();
        crate::civic::accounts::store::show_second_factor(&mut write, &digest).await.unwrap();
        app.commit(write).await.unwrap();
        let name = crate::civic::accounts::session_cookie(&app.config);
        self.plant(&app.config.prefix().cookie_name(name), &value);
    }

    /// Whether this browser holds a session's cookie.
    pub(crate) fn is_signed_in(&self) -> bool {
        self.cookie("session").is_some()
    }

    /// The value of a cookie that this browser holds.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let held = self.cookies.iter().find_map(|c| c.strip_prefix(&format!("{name}=")));
        held.filter(|value| !value.is_empty()).map(ToOwned::to_owned)
    }

    /// Plants a cookie, as somebody would who can.
    pub(crate) fn plant(&mut self, name: &str, value: &str) {
        self.cookies.retain(|c| !c.starts_with(&format!("{name}=")));
        self.cookies.push(format!("{name}={value}"));
    }

    /// Who the server takes this client for; it must have acted.
    pub(crate) fn visitor(&self, app: &App) -> crate::base::ids::Visitor {
        use axum::extract::FromRef;
        use axum_extra::extract::cookie::{Key, SignedCookieJar};
        let mut headers = HeaderMap::new();
        headers.insert("cookie", self.cookies.join("; ").parse().unwrap());
        let jar = SignedCookieJar::from_headers(&headers, Key::from_ref(app));
        crate::base::ids::Visitor(jar.get("visitor").unwrap().value().parse().unwrap())
    }

    /// Sends any request, with this browser's cookies. Of what never ends (the live stream) the beginning is read.
    pub(crate) async fn send(&mut self, mut request: axum::http::request::Builder, body: Body) -> Answer {
        request = request.header("host", "parvis.test").header("cookie", self.cookies.join("; "));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
            let name = pair.split('=').next().unwrap().to_owned();
            self.cookies.retain(|c| !c.starts_with(&format!("{name}=")));
            self.cookies.push(pair);
        }
        let is_live = parts.headers.get("content-type").is_some_and(|kind| kind == "text/event-stream");
        let body = match is_live {
            true => beginning(body).await,
            false => axum::body::to_bytes(body, usize::MAX).await.unwrap(),
        };
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

/// What a stream says until it falls silent for a moment.
async fn beginning(body: Body) -> Bytes {
    use tokio_stream::StreamExt as _;
    let (mut said, mut pieces) = (Vec::new(), body.into_data_stream());
    let pause = std::time::Duration::from_millis(100);
    while let Ok(Some(piece)) = tokio::time::timeout(pause, pieces.next()).await {
        said.extend_from_slice(&piece.unwrap());
    }
    said.into()
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

/// The folder of real data beside the project, if it is there.
pub(crate) fn shared(path: &str) -> Option<std::path::PathBuf> {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if file.exists() {
        return Some(file);
    }
    eprintln!("SKIPPED: {path} of the shared data is not here");
    None
}

/// A square area, degrees.
pub(crate) fn square(name: &str, west: f64, south: f64, side: f64) -> crate::core::territory::NewArea {
    let rect = geo::Rect::new((west, south), (west + side, south + side));
    crate::core::territory::NewArea {
        level: "quartier".into(),
        code: name.into(),
        name: name.into(),
        parent: None,
        outline: geo::MultiPolygon(vec![rect.to_polygon()]),
        population: None,
    }
}

/// A proposal at a place.
pub(crate) fn proposal(title: &str, lon: f64, lat: f64) -> crate::core::features::NewFeature {
    crate::core::features::NewFeature {
        kind: crate::core::features::Kind::PROPOSAL,
        process: None,
        theme: None,
        status: crate::core::features::Status::OPEN,
        title: title.into(),
        body: String::new(),
        geometry: Some(geo::Point::new(lon, lat).into()),
        stated_area: None,
        areas: Vec::new(),
        author: None,
        channel: crate::core::features::Channel::Web,
        origin: None,
        held: None,
        created_at: "2026-05-01T12:00:00Z".parse().unwrap(),
    }
}

/// Parses a page as a browser does and fails where a text of a stranger became more than words: a script of ours apart, no
/// script, no handler, no style, no address but of the web, our own site or a mailbox.
pub(crate) fn harmless(page: &str) {
    let document = scraper::Html::parse_document(page);
    let every = scraper::Selector::parse("*").unwrap();
    for element in document.select(&every) {
        let name = element.value().name();
        if name == "script" {
            let src = element.value().attr("src").unwrap_or_default();
            assert!(
                src.starts_with("/assets/") && element.inner_html().is_empty(),
                "a script: {}",
                element.html()
            );
        }
        assert!(
            !["iframe", "object", "embed", "base", "style", "marquee", "frameset", "applet"].contains(&name),
            "<{name}>"
        );
        for (attribute, value) in element.value().attrs() {
            assert!(
                !attribute.starts_with("on") && attribute != "style",
                "{attribute} in {}",
                element.html()
            );
            if ["href", "src", "action", "formaction", "data"].contains(&attribute) {
                let value: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
                let value = value.to_lowercase();
                let scheme = value.split(['/', '?', '#']).next().unwrap_or_default().split_once(':');
                let taken = scheme.is_none_or(|(scheme, _)| ["http", "https", "mailto"].contains(&scheme));
                assert!(taken, "{attribute}={value}");
            }
        }
    }
}
