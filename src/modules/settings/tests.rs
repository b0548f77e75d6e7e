//! Settings and the first set-up over HTTP in process, on both databases.

use super::*;
use crate::base::config::{Config, Secret};
use crate::base::db::Sql as _;
use crate::civic::accounts;
use crate::core::app::App;
use crate::core::site::store;
use crate::server::testing::{Answer, Client, app, on_both};
use axum::http::StatusCode;

const PNG: &[u8] = include_bytes!("../../../docs/screenshot.jpg");

async fn app_with(db: &crate::base::db::Db, config: Config) -> App {
    let open = app(db).await;
    let config =
        Config { database: open.config.database.clone(), media: open.config.media.clone(), ..config };
    App::on(config, db.clone()).await.unwrap()
}

async fn administrator(app: &App) -> Client {
    let mut client = Client::new(app);
    client.sign_in(app, "maire@ville.example", &[Role::Administrator]).await;
    client
}

fn was(page: &Answer) -> String {
    page.text().split("name=\"was\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

on_both! {
    async fn what_is_saved_is_on_every_page_at_once_and_can_be_taken_back(db: Db) {
        let app = app(&db).await;
        let mut agent = administrator(&app).await;
        let fields = [("was", "0"), ("name", "La carte de Montclar"), ("territory", "Montclar"), ("zone", "Europe/Paris")];
        let saved = agent.post("/admin/site/identity", &fields).await;
        assert_eq!(saved.header("location"), "/admin/site/identity?done=saved");
        let mut reader = Client::new(&app);
        assert!(reader.get("/list").await.text().contains("La carte de Montclar</span></a>"));
        let current = was(&agent.get("/admin/site/face").await);
        agent.post("/admin/site/face", &[("was", &current), ("brand", "#1d4e9f")]).await;
        let page = reader.get("/list").await.text();
        assert!(page.contains("href=\"/site/1d4e9f.css\"") && page.contains("content=\"#1d4e9f\""), "{page}");
        let sheet = reader.get("/site/1d4e9f.css").await;
        assert!(sheet.text().starts_with(":root{--brand:light-dark(#1d4e9f,"), "{}", sheet.text());
        assert_eq!(reader.get("/site/zzzzzz.css").await.status, StatusCode::NOT_FOUND);
        let list = agent.get("/admin/site").await.text();
        assert!(list.contains("/admin/site/versions/1/restore") && !list.contains("/admin/site/versions/2/restore"));
        let back = agent.post("/admin/site/versions/1/restore", &[("was", "2")]).await;
        assert_eq!(back.header("location"), "/admin/site?done=restored");
        assert!(!reader.get("/list").await.text().contains(".css\"><link rel=\"stylesheet\" href=\"/site/"));
        assert_eq!((app.name().as_str(), app.site().get("brand"), app.site().version), ("La carte de Montclar", "", 3));
        assert_eq!(agent.post("/admin/site/versions/99/restore", &[("was", "3")]).await.status, StatusCode::NOT_FOUND);
    }

    async fn what_is_wrong_is_said_beside_what_was_typed_and_nothing_is_kept(db: Db) {
        let app = app(&db).await;
        let mut agent = administrator(&app).await;
        let refused = agent.post("/admin/site/face", &[("was", "0"), ("brand", "rouge pompier")]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.text().contains("value=\"rouge pompier\"") && refused.text().contains("id=\"brand-problem\""));
        assert_eq!(agent.get("/admin/site/nothing").await.status, StatusCode::NOT_FOUND);
        assert_eq!(store::current(&db).await.unwrap().version, 0);
    }

    async fn what_somebody_else_changed_meanwhile_is_not_written_over_unseen(db: Db) {
        let app = app(&db).await;
        let (mut one, mut other) = (administrator(&app).await, administrator(&app).await);
        one.post("/admin/site/contact", &[("was", "0"), ("contact_phone", "01 02 03 04 05")]).await;
        // On another page of settings nothing of it was seen, and nothing of it is touched.
        let elsewhere = other.post("/admin/site/welcome", &[("was", "0"), ("welcome", "Bonjour")]).await;
        assert!(elsewhere.status.is_redirection(), "{}", elsewhere.text());
        assert_eq!(app.site().get("contact_phone"), "01 02 03 04 05");
        let late = other.post("/admin/site/contact", &[("was", "0"), ("contact_phone", "09 09 09 09 09")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.text().contains("09 09 09 09 09") && app.site().get("contact_phone") == "01 02 03 04 05");
        let current = was(&late);
        let again = other.post("/admin/site/contact", &[("was", &current), ("contact_phone", "09 09 09 09 09")]).await;
        assert!(again.status.is_redirection());
        assert_eq!(app.site().get("contact_phone"), "09 09 09 09 09");
    }

    async fn what_the_operator_s_file_says_is_shown_and_stays(db: Db) {
        let app = app_with(&db, Config { name: "Nom du fichier".into(), ..Config::default() }).await;
        let mut agent = administrator(&app).await;
        let page = agent.get("/admin/site/identity").await.text();
        assert!(page.contains("Nom du fichier") && !page.contains("name=\"name\""));
        agent.post("/admin/site/identity", &[("was", "0"), ("name", "Autre"), ("territory", "Montclar")]).await;
        assert_eq!((app.name().as_str(), app.site().get("name"), app.site().get("territory")), ("Nom du fichier", "", "Montclar"));
    }

    async fn the_clock_stays_once_something_happened_by_it(db: Db) {
        let app = app(&db).await;
        let mut agent = administrator(&app).await;
        agent.post("/proposals", &[("step", "publish"), ("title", "Un banc"), ("body", "À l’ombre"), ("lon", "2.35"), ("lat", "48.85")]).await;
        assert!(store::has_dates(&db).await.unwrap());
        let refused = agent.post("/admin/site/identity", &[("was", "0"), ("zone", "Indian/Reunion")]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.text().contains("id=\"zone-problem\""));
    }

    async fn a_logo_is_drawn_anew_with_its_clear_ground_and_shown_while_it_is_in_force(db: Db) {
        let app = app(&db).await;
        let mut agent = administrator(&app).await;
        let mut clear = image::RgbaImage::from_pixel(900, 300, image::Rgba([0, 0, 0, 0]));
        clear.put_pixel(10, 10, image::Rgba([255, 0, 0, 255]));
        let mut png = std::io::Cursor::new(Vec::new());
        clear.write_to(&mut png, image::ImageFormat::Png).unwrap();
        let sent = agent.upload("/admin/site/face", &[("was", "0")], &[("logo", "logo.png", png.get_ref())]).await;
        assert_eq!(sent.header("location"), "/admin/site/face?done=saved", "{}", sent.text());
        let digest = app.site().get("logo").to_owned();
        let mut reader = Client::new(&app);
        let address = format!("/site/{digest}.png");
        assert!(reader.get("/list").await.text().contains(&format!("src=\"{address}\"")));
        let shown = reader.get(&address).await;
        let drawn = image::load_from_memory(&shown.body).unwrap().into_rgba8();
        assert_eq!((shown.header("content-type"), drawn.width(), drawn.get_pixel(400, 100)[3]), ("image/png", 512, 0));
        let photo = agent.upload("/admin/site/face", &[("was", "1")], &[("picture", "place.jpg", PNG)]).await;
        assert!(photo.status.is_redirection(), "{}", photo.text());
        for bad in [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"%PDF-1.7", b"Bonjour"] {
            let refused = agent.upload("/admin/site/face", &[("was", "2"), ("picture_alt", "La place")], &[("logo", "x.png", bad)]).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST);
            assert!(refused.text().contains("id=\"logo-problem\"") && refused.text().contains("value=\"La place\""), "{}", refused.text());
        }
        assert!(agent.get("/admin/site/face").await.text().contains("accept=\"image/svg+xml,"));
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><circle cx="5" cy="5" r="5"/></svg>"#;
        let sent = agent.upload("/admin/site/face", &[("was", "2"), ("brand", "#8a1538"), ("picture_alt", "Le quai")], &[("logo", "logo.svg", svg)]).await;
        assert!(sent.status.is_redirection(), "{}", sent.text());
        let address = format!("/site/{}.png", app.site().get("logo"));
        let drawn = image::load_from_memory(&reader.get(&address).await.body).unwrap().into_rgba8();
        assert_eq!((drawn.width(), drawn.get_pixel(170, 170)[3], drawn.get_pixel(900, 170)[3]), (1_024, 255, 0));
        assert_eq!((app.site().get("brand"), app.site().get("picture_alt")), ("#8a1538", "Le quai"), "what was typed beside it");
        assert!(!reader.get("/list").await.text().contains("site-mark is-light"));
        let white = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><circle cx="5" cy="5" r="5" fill="#fff"/></svg>"##;
        agent.upload("/admin/site/face", &[("was", "3"), ("picture_alt", "Le quai")], &[("logo", "logo.svg", white)]).await;
        assert!(reader.get("/list").await.text().contains("site-mark is-light"), "it stands on something dark");
        let wrong = agent.upload("/admin/site/face", &[("was", "4"), ("brand", "rouge"), ("picture_alt", "Un autre")], &[("logo", "logo.svg", svg)]).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        assert!(wrong.text().contains("Choisissez ce fichier de nouveau") && wrong.text().contains("value=\"Un autre\""), "{}", wrong.text());
        let off = agent.upload("/admin/site/face", &[("was", "4"), ("picture_alt", "Sans logo"), ("remove", "logo")], &[]).await;
        assert_eq!(off.header("location"), "/admin/site/face?done=saved", "{}", off.text());
        assert_eq!(reader.get(&address).await.status, StatusCode::NOT_FOUND);
        assert_eq!((app.site().get("logo"), app.site().get("picture_alt")), ("", "Sans logo"));
        agent.post("/admin/site/face", &[("was", "5"), ("remove", "name")]).await;
        assert!(!app.site().get("picture").is_empty());
    }

    async fn a_mail_server_is_set_at_the_desk_and_its_password_shown_nowhere(db: Db) {
        let config = Config { public_url: "https://ville.example".into(), ..Config::default() };
        let app = app_with(&db, config).await;
        let mut agent = administrator(&app).await;
        assert!(app.letters_lack().is_some() && posting(app.clone())().await.is_none());
        let lacking = agent.post("/admin/site/mail", &[("was", "0"), ("mail_host", "smtp.ville.example")]).await;
        assert_eq!(lacking.status, StatusCode::BAD_REQUEST);
        let fields = [
            ("was", "0"), ("mail_host", "smtp.ville.example:587"), ("mail_encryption", "starttls"), ("mail_user", "carte"),
            ("mail_from", "carte@ville.example"), ("mail_password", "p@ss mot/9"),
        ];
        let saved = agent.post("/admin/site/mail", &fields).await;
        assert!(saved.status.is_redirection(), "{}", saved.text());
        assert!(app.letters_lack().is_none() && posting(app.clone())().await.is_some());
        assert!(agent.get("/admin/site/mail").await.text().contains("value=\"smtp.ville.example:587\""));
        for path in ["/admin/site/mail", "/admin/site"] {
            assert!(!agent.get(path).await.text().contains("p@ss mot"), "{path}");
        }
        assert!(!store::current(&db).await.unwrap().said().contains("p@ss mot"));
        // It goes to no other server than the one that it was typed for.
        let elsewhere = [("was", "1"), ("mail_host", "smtp.ailleurs.example"), ("mail_user", "carte"), ("mail_from", "carte@ville.example")];
        let refused = agent.post("/admin/site/mail", &elsewhere).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.text().contains("id=\"mail_password-problem\""), "{}", refused.text());
    }

    async fn a_trial_letter_says_what_the_mail_server_says(db: Db) {
        let app = app_with(&db, Config::default()).await;
        let mut agent = administrator(&app).await;
        assert!(agent.post("/admin/site/mail/try", &[]).await.text().contains("id=\"try-problem\""));
        // Nobody listens there.
        let fields = [("was", "0"), ("mail_host", "127.0.0.1:9"), ("mail_encryption", "none"), ("mail_from", "a@ville.example")];
        agent.post("/admin/site/mail", &fields).await;
        let refused = agent.post("/admin/site/mail/try", &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let folder = tempfile::tempdir().unwrap();
        let way = Secret::new(format!("folder:{}", folder.path().display()));
        let app = app_with(&db, Config { mail: way, mail_from: "a@ville.example".into(), ..Config::default() }).await;
        let sent = administrator(&app).await.post("/admin/site/mail/try", &[]).await;
        assert_eq!(sent.header("location"), "/admin/site/mail?done=sent");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    async fn the_first_link_makes_one_administrator_and_works_once(db: Db) {
        let app = app(&db).await;
        let link = first_link(&app).await.unwrap().unwrap();
        let key = link.split("key=").nth(1).unwrap();
        let mut first = Client::new(&app);
        assert_eq!(first.get("/setup").await.status, StatusCode::GONE);
        assert_eq!(first.get("/setup?key=0123456789abcdef0123456789abcdef").await.status, StatusCode::GONE);
        assert!(first.get(&format!("/setup?key={key}")).await.text().contains("name=\"email\""));
        let wrong = first.post("/setup", &[("key", key), ("email", "personne")]).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        let entered = first.post("/setup", &[("key", key), ("email", "Maire@Ville.example"), ("name", "Le maire")]).await;
        assert_eq!(entered.header("location"), "/setup", "{}", entered.text());
        // As if a second factor had been shown: the desk is open.
        let steps = first.get("/setup").await.text();
        assert!(steps.contains("/admin/site/identity?setup=true") && steps.contains("/setup/done"), "{steps}");
        assert_eq!(first.get("/admin/people").await.status, StatusCode::OK);
        let mut second = Client::new(&app);
        assert_eq!(second.get(&format!("/setup?key={key}")).await.status, StatusCode::GONE);
        let late = second.post("/setup", &[("key", key), ("email", "autre@ville.example")]).await;
        assert_eq!((late.status, accounts::administrators(&db).await.unwrap()), (StatusCode::GONE, 1));
        // Left and taken up: as long as it is not ended a start prints another.
        let again = first_link(&app).await.unwrap().unwrap();
        assert_ne!(again, link);
        let next = first.post("/admin/site/identity", &[("was", "1"), ("setup", "true"), ("name", "Montclar")]).await;
        assert_eq!(next.header("location"), "/setup");
        first.post("/setup/done", &[]).await;
        assert!(first_link(&app).await.unwrap().is_none());
        // A version of these days brings back how the site looked, and not that it was being set up.
        let current = app.site().version.to_string();
        let back = first.post("/admin/site/versions/1/restore", &[("was", &current)]).await;
        assert!(back.status.is_redirection(), "{}", back.text());
        assert_eq!((app.site().get("name"), app.site().get(super::setup::STATE)), ("", "done"));
        assert!(first_link(&app).await.unwrap().is_none());
    }

    async fn the_set_up_asks_for_a_passkey_where_one_can_be_made(db: Db) {
        let app = app_with(&db, Config { public_url: "https://carte.ville.example".into(), ..Config::default() }).await;
        let mut agent = administrator(&app).await;
        let page = agent.get("/setup").await.text();
        assert!(page.contains("href=\"/account?to=/setup#passkeys\"") && page.contains("dans une demi-journée"), "{page}");
        let before = page.matches("class=\"is-done\"").count();
        let account = agent.get("/account?to=/setup").await.text();
        assert!(account.contains("data-to=\"/setup\""), "{account}");
        assert!(agent.get("/account?to=//elsewhere.example").await.text().contains("data-to=\"/account\""), "no way out of the site");
        let (id,): (i64,) = db.one("select id from account where email = 'maire@ville.example'", ()).await.unwrap();
        let sql = "insert into passkey (account_id, credential, content, name, created_at) values ($1, $2, '', 'Clé', $3)";
        db.run(sql, (id, b"x".as_slice(), crate::base::clock::now())).await.unwrap();
        let page = agent.get("/setup").await.text();
        assert!(page.matches("class=\"is-done\"").count() == before + 1 && !page.contains("demi-journée"), "{page}");
    }

    async fn the_set_up_says_why_no_passkey_can_be_made_and_waits_for_none(db: Db) {
        let app = app_with(&db, Config { public_url: "http://192.0.2.7:8080".into(), ..Config::default() }).await;
        let page = administrator(&app).await.get("/setup").await.text();
        assert!(page.contains("adresse en chiffres") && page.contains("second_factor = false"), "{page}");
        assert!(!page.contains("to=/setup"), "no way to what cannot be done: {page}");
        let left = page.matches("<h2><a href").count() - page.matches("class=\"is-done\"").count();
        assert!(page.contains(&format!("{left} étapes restent à faire")), "{page}");
    }
}
