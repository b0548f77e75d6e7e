//! Where the links in letters lead: to the address that the operator named, whatever a request says of itself; and what is said where
//! no letter can leave.

use crate::base::config::{Config, Secret};
use crate::base::db::{Db, Sql as _};
use crate::base::ids::FeatureId;
use crate::civic::accounts::{Role, store};
use crate::civic::contributions::follows;
use crate::core::app::App;
use crate::server::testing::{Client, app, harmless, on_both};
use std::path::Path;

/// A server at an address, which people reach as `parvis.test` (every test client's `Host`).
async fn at(db: &Db, public_url: &str, listen: &str) -> App {
    let config = Config {
        public_url: public_url.into(),
        listen: listen.parse().unwrap(),
        ..app(db).await.config.clone()
    };
    App::on(config, db.clone()).await.unwrap()
}

/// Does everything that has a letter written.
async fn walk(app: &App) {
    app.db.run("delete from mail", ()).await.unwrap();
    let turn = uuid::Uuid::new_v4().simple().to_string();
    let mut lea = Client::new(app);
    lea.post("/sign-in", &[("email", &format!("lea{turn}@mail.example"))]).await;
    let account = lea.sign_in(app, &format!("lea{turn}@mail.example"), &[]).await;
    let idea = [
        ("title", "Un banc au soleil"),
        ("body", "Ici."),
        ("lon", "2.35"),
        ("lat", "48.85"),
        ("step", "publish"),
    ];
    let placed = lea.post("/proposals", &idea).await;
    let id = FeatureId::of_text(placed.header("location").rsplit('/').next().unwrap()).unwrap();
    lea.post(&format!("/features/{id}/arguments"), &[("side", "for"), ("body", "On s’y repose.")]).await;
    let mut noe = Client::new(app);
    let follower = noe.sign_in(app, &format!("noe{turn}@mail.example"), &[]).await;
    let mut write = app.begin().await.unwrap();
    follows::set(&mut write, id, follower.id, true).await.unwrap();
    app.commit(write).await.unwrap();
    let mut agent = Client::new(app);
    agent.sign_in(app, "agente@ville.example", &[Role::Administrator]).await;
    let answer = [("verdict", "accepted"), ("body", "Oui."), ("authority", "La Ville"), ("link", "")];
    agent.post(&format!("/admin/answers/{id}"), &answer).await;
    agent.post(&format!("/admin/moderation/{id}"), &[("act", "hide"), ("reason", "personal")]).await;
    let passkey = "insert into passkey (account_id, credential, content, name, created_at) values ($1, $2, '{}', 'Clé', $3)";
    app.db.run(passkey, (account.id, turn.as_bytes().to_vec(), crate::base::clock::now())).await.unwrap();
    let (passkey,): (i64,) = app.db.one("select max(id) from passkey", ()).await.unwrap();
    let removed = lea.post(&format!("/account/passkeys/{passkey}/remove"), &[]).await;
    assert!(removed.status.is_redirection(), "{}", removed.text());
}

async fn bodies(app: &App) -> Vec<String> {
    let rows: Vec<(String, String)> =
        app.db.all("select subject, body from mail order by id", ()).await.unwrap();
    rows.into_iter().map(|(subject, body)| format!("{subject}\n{body}")).collect()
}

on_both! {
    async fn every_link_in_every_letter_begins_with_the_address_that_the_operator_named(db: Db) {
        let cases = [("http://carte.ville.example", "0.0.0.0:8600", "http://carte.ville.example/"), ("", "127.0.0.1:8611", "http://127.0.0.1:8611/")];
        for (public_url, listen, base) in cases {
            let app = at(&db, public_url, listen).await;
            walk(&app).await;
            let letters = bodies(&app).await;
            // Sign-in, two receipts, the answer and the hiding to author and follower, the passkey.
            assert!(letters.len() >= 7, "{}: {letters:#?}", letters.len());
            for letter in &letters {
                assert!(!letter.contains("parvis.test"), "{letter}");
                for (at, _) in letter.match_indices("://") {
                    let start = letter[..at].rfind(char::is_whitespace).map_or(0, |space| space + 1);
                    assert!(letter[start..].starts_with(base), "{letter}");
                }
            }
            assert!(letters.iter().filter(|letter| letter.contains(base)).count() >= 7, "{letters:#?}");
        }
    }

    async fn before_the_address_is_named_no_letter_has_a_link_and_nobody_is_told_that_one_was_sent(db: Db) {
        let app = at(&db, "", "0.0.0.0:8600").await;
        walk(&app).await;
        let letters = bodies(&app).await;
        assert!(letters.iter().all(|letter| !letter.contains("://")), "{letters:#?}");
        assert!(!letters.iter().any(|letter| letter.contains("/sign-in/")), "{letters:#?}");
        let (links,): (i64,) = db.one("select count(*) from sign_in_link", ()).await.unwrap();
        assert_eq!(links, 0);
    }

    async fn where_no_letter_can_leave_the_page_says_so_and_the_desk_says_what_to_set(db: Db) {
        let config = Config { mail: Secret::new(""), ..app(&db).await.config.clone() };
        let mute = App::on(config, db.clone()).await.unwrap();
        for (app, key) in [(mute, "PARVIS_MAIL="), (at(&db, "", "0.0.0.0:8600").await, "PARVIS_PUBLIC_URL=")] {
            let mut reader = Client::new(&app);
            reader.headers.push(("accept", "text/html".into()));
            for page in [reader.get("/sign-in").await, reader.post("/sign-in", &[("email", "lea@mail.example")]).await] {
                let text = page.text();
                assert!(text.contains("ne peut pas encore envoyer de courriels"), "{text}");
                assert!(!text.contains("name=\"email\"") && !text.contains(key), "a reader is told no setting");
                harmless(&text);
            }
            let (letters,): (i64,) = db.one("select count(*) from mail", ()).await.unwrap();
            assert_eq!(letters, 0);
            let mut admin = Client::new(&app);
            admin.sign_in(&app, "ada@ville.example", &[Role::Administrator]).await;
            assert!(admin.get("/admin/people").await.text().contains(key));
        }
        let ready = app(&db).await;
        assert!(Client::new(&ready).get("/sign-in").await.text().contains("name=\"email\""));
        assert!(store::of_email(&db, "lea@mail.example").await.unwrap().is_none());
    }
}

/// Files that may name the address by which a reader came: what they make is shown to that reader, or names the site to who asked.
const FOR_READERS: [&str; 25] = [
    "modules/reports/open311/asked.rs",
    "modules/reports/open311/discovery.rs",
    "modules/reports/open311/requests.rs",
    "core/app.rs",
    "civic/processes/admin.rs",
    "civic/processes/routes.rs",
    "modules/moderation/public.rs",
    "modules/register/routes.rs",
    "modules/basemap/routes.rs",
    "modules/discussion/routes.rs",
    "modules/map/page.rs",
    "modules/map/embed.rs",
    "modules/map/feed.rs",
    "modules/map/style/mod.rs",
    "modules/map/style/tilejson.rs",
    "modules/map/api.rs",
    "civic/accounts/passkeys/routes.rs",
    "civic/accounts/outside/routes.rs",
    "base/http/reader.rs",
    "base/http/address.rs",
    "server/router/same.rs",
    "modules/about/routes.rs",
    "modules/figures/routes.rs",
    "modules/reports/delays/routes.rs",
    "modules/settings/setup.rs",
];

#[test]
fn nothing_that_writes_letters_reads_the_address_of_a_request() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut wrong) = (vec![src.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&src).unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            let reads = ["app.base(", "reader.base", "header::HOST", "\"host\""]
                .iter()
                .any(|call| text.contains(call));
            let is_test = name.contains("tests")
                || ["server/testing.rs", "base/http/guard.rs"].contains(&name.as_str());
            if reads && !is_test && !FOR_READERS.contains(&name.as_str()) {
                wrong.push(name);
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "these read the address that a request claims. A letter's links begin with `app.config.letters_base()`; what is shown to the \
         reader alone may be added to FOR_READERS: {wrong:?}"
    );
}
