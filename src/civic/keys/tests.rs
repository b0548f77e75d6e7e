//! Keys over HTTP, on both databases: made, shown once, asked for, counted, revoked; and what no log and no table says of them.

use super::{Presented, Scope, Secret, check, store};
use crate::base::db::Sql;
use crate::base::error::Error;
use crate::civic::accounts::Role;
use crate::core::app::App;
use crate::core::journal;
use crate::server::testing::{Client, app, on_both, on_sqlite};
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::{Request, StatusCode};
use std::io;
use std::sync::{Arc, Mutex};
use tracing::instrument::WithSubscriber;

const FORM: [(&str, &str); 3] = [("name", "Suivi de voirie"), ("scope", "open311"), ("per_hour", "3")];

async fn administrator(app: &App) -> Client {
    let mut client = Client::new(app);
    client.sign_in(app, "ada@ville.example", &[Role::Administrator]).await;
    client
}

/// The key that a page shows.
fn shown(page: &str) -> String {
    let field = page.split("id=\"key\" value=\"").nth(1).unwrap_or_else(|| panic!("no key: {page}"));
    field.split('"').next().unwrap().to_owned()
}

/// What a request presents: its address and headers.
async fn presented(address: &str, headers: &[(&str, &str)]) -> Presented {
    let request =
        headers.iter().fold(Request::get(address), |request, (name, value)| request.header(*name, *value));
    let (mut parts, ()) = request.body(()).unwrap().into_parts();
    let Ok(presented) = Presented::from_request_parts(&mut parts, &()).await;
    presented
}

on_both! {
    async fn a_key_is_shown_once_opens_its_door_and_nothing_once_it_is_revoked(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        assert!(admin.get("/admin/keys").await.text().contains("Aucune clé pour l’instant"));
        let made = admin.post("/admin/keys", &FORM).await;
        assert_eq!((made.status, made.header("cache-control")), (StatusCode::OK, "no-store"), "{}", made.text());
        let key = shown(&made.text());
        let list = admin.get("/admin/keys").await.text();
        assert!(list.contains("Suivi de voirie") && list.contains("3 par heure") && list.contains("Jamais"), "{list}");
        assert!(!list.contains(&key), "shown once");

        let asked = presented("/x", &[("x-api-key", &key)]).await;
        let found = check(&app, &asked, Scope::Open311).await.unwrap();
        assert_eq!((found.name.as_str(), found.used_on), ("Suivi de voirie", None));
        let kept = store::all(&app.db).await.unwrap();
        let today = crate::base::clock::now().with_timezone(&crate::base::clock::zone()).date_naive();
        assert_eq!(kept[0].used_on, Some(today.to_string()), "the day alone");
        assert!(!admin.get("/admin/keys").await.text().contains("Jamais"));

        let id = kept[0].id;
        assert_eq!(admin.post(&format!("/admin/keys/{id}/revoke"), &[]).await.header("location"), "/admin/keys?done=revoked");
        assert!(matches!(check(&app, &asked, Scope::Open311).await, Err(Error::Forbidden(_))));
        assert_eq!(admin.post(&format!("/admin/keys/{id}/revoke"), &[]).await.status, StatusCode::CONFLICT);
        assert_eq!(admin.post("/admin/keys/999/revoke", &[]).await.status, StatusCode::NOT_FOUND);
        let page = admin.get("/admin/keys?done=revoked").await.text();
        assert!(page.contains("n’ouvre plus rien") && page.contains("Clés révoquées"), "{page}");
        let said: Vec<_> = journal::after(&app.db, 0, 100).await.unwrap().into_iter().filter(|line| line.act.word().starts_with("key_")).collect();
        let said: Vec<_> = said.iter().map(|line| (line.act.word(), line.subject.clone().unwrap_or_default())).collect();
        assert_eq!(said, [("key_made", format!("open311 {id}")), ("key_revoked", format!("open311 {id}"))]);
    }

    async fn nothing_in_the_database_says_a_key(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        // With the one-time key of the page's form, whose answer is remembered.
        let page = admin.get("/admin/keys").await.text();
        let once = page.split("action=\"/admin/keys#made\"").nth(1).unwrap().split("name=\"once\" value=\"").nth(1).unwrap();
        let mut form = FORM.to_vec();
        form.push(("once", once.split('"').next().unwrap()));
        let key = shown(&admin.post("/admin/keys", &form).await.text());
        let again = admin.post("/admin/keys", &form).await;
        assert!(!again.text().contains(&key), "a form that is sent again shows nothing: {}", again.text());
        assert_eq!(store::all(&app.db).await.unwrap().len(), 1, "nor makes anything");
        let sql = "select coalesce(answer, '') from done_once union all select name || scope from api_key
                   union all select coalesce(subject, '') from journal";
        let said: Vec<(String,)> = db.all(sql, ()).await.unwrap();
        assert!(said.len() > 2 && said.iter().all(|(text,)| !text.contains(&key[10..40])), "{said:?}");
        let digest = Secret::of_text(&key).unwrap().digest().to_vec();
        let (kept,): (Vec<u8>,) = db.one("select digest from api_key", ()).await.unwrap();
        assert_eq!(kept, digest);
    }

    async fn what_is_wrong_in_the_form_is_said_beside_what_was_typed(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        for (form, said) in [
            ([("name", " – "), ("scope", "open311"), ("per_hour", "600")], "Donnez un nom"),
            ([("name", "Voirie <b>"), ("scope", "tout"), ("per_hour", "600")], "Dites ce que la clé ouvre"),
            ([("name", "Voirie"), ("scope", "open311"), ("per_hour", "0")], "de 1 à 100"),
            ([("name", "Voirie"), ("scope", "open311"), ("per_hour", "beaucoup")], "de 1 à 100"),
        ] {
            let answer = admin.post("/admin/keys", &form).await;
            let page = answer.text();
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{form:?}");
            assert!(page.contains(said) && !page.contains("id=\"key\""), "{form:?}: {page}");
            assert!(form[0].1 != "Voirie <b>" || page.contains("Voirie &#60;b&#62;"), "{page}");
        }
        assert_eq!(store::all(&app.db).await.unwrap(), []);
    }

    async fn a_key_used_too_often_is_told_when_to_come_back(db: Db) {
        let app = app(&db).await;
        let key = shown(&administrator(&app).await.post("/admin/keys", &FORM).await.text());
        let asked = presented(&format!("/x?api_key={key}"), &[]).await;
        for _ in 0..3 {
            check(&app, &asked, Scope::Open311).await.unwrap();
        }
        let refused = check(&app, &asked, Scope::Open311).await;
        assert!(matches!(refused, Err(Error::Later(wait)) if (1_190..=1_200).contains(&wait.as_secs())), "{refused:?}");
    }
}

#[tokio::test]
async fn a_key_stands_in_a_header_an_address_or_a_form_and_nowhere_else() {
    on_sqlite(async |db| {
        let app = app(&db).await;
        let form = [("name", "Voirie"), ("scope", "open311"), ("per_hour", "600")];
        let key = shown(&administrator(&app).await.post("/admin/keys", &form).await.text());
        let bearer = format!("bEarer {key}");
        for (address, headers) in [
            (format!("/x?service_code=1&api_key={key}"), vec![]),
            ("/x".into(), vec![("authorization", bearer.as_str())]),
            ("/x?api_key=other".into(), vec![("x-api-key", key.as_str())]),
        ] {
            let asked = presented(&address, &headers).await;
            assert!(check(&app, &asked, Scope::Open311).await.is_ok(), "{address} {headers:?}");
        }
        let asked = presented("/x?api_key=", &[]).await.or_field(Some(&key));
        assert!(check(&app, &asked, Scope::Open311).await.is_ok(), "the form's field");
        let changed = key.replace(&key[10..12], "zz");
        let (basic, longer) = (format!("Basic {key}"), format!("{key}0"));
        for headers in [
            vec![],
            vec![("authorization", basic.as_str())],
            vec![("x-api-key", changed.as_str())],
            vec![("x-api-key", longer.as_str())],
            vec![("cookie", key.as_str())],
        ] {
            let asked = presented("/x", &headers).await;
            assert!(
                matches!(check(&app, &asked, Scope::Open311).await, Err(Error::Forbidden(_))),
                "{headers:?}"
            );
            assert!(!format!("{asked:?}").contains("parvis_"));
        }
    })
    .await;
}

/// What is logged, in memory.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_key_in_an_address_is_in_no_log() {
    on_sqlite(async |db| {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        let key = Secret::draw();
        let lines = Lines::default();
        let to = lines.clone();
        let logging = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(move || to.clone())
            .finish();
        async {
            // Lines that another test met first, where nobody listened, are asked for again.
            client.get("/list").await;
            tracing::callsite::rebuild_interest_cache();
            for address in ["/list", "/no/such/page", "/api/counts", "/admin/keys", "/features/999999"] {
                for accept in ["text/html", "application/json"] {
                    client.headers = vec![("accept", accept.into())];
                    client.get(&format!("{address}?api_key={}", key.expose())).await;
                    let post = Request::post(format!("{address}?api_key={}", key.expose()));
                    client.send(post, Body::from(format!("api_key={}", key.expose()))).await;
                }
            }
        }
        .with_subscriber(logging)
        .await;
        let said = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        assert!(said.contains("request") && said.contains("/list"), "nothing was logged: {said}");
        assert!(!said.contains(key.expose()) && !said.contains(&key.expose()[20..]), "{said}");
    })
    .await;
}
