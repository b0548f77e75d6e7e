//! Handing over, on both databases: to another Parvis, to a strict door of another make (`tests/open311/strict.py`), by letter; the way back,
//! and all that may go wrong. What leaves is looked at field by field.

use super::{State, To, hand_over, sending, store};
use crate::base::clock;
use crate::base::config::Config;
use crate::base::db::{Db, Sql};
use crate::base::error::Error;
use crate::base::ids::FeatureId;
use crate::civic::accounts::Role;
use crate::core::app::App;
use crate::core::features::Status;
use crate::modules::reports::model::{Clock, EndReason, Report, ServiceId};
use crate::modules::reports::open311::tests::{house, pothole, send, sent};
use crate::modules::reports::store as reports;
use crate::modules::reports::treating::{self, Said};
use crate::server::testing::{Client, on_both, on_sqlite};
use axum::http::StatusCode;
use chrono::TimeDelta;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// An authority outside, behind a door or an address.
async fn authority(db: &Db, door: Option<(&str, &str)>, email: &str) -> ServiceId {
    let sql = "insert into report_service (slug, name, email, is_outside, open311_url, open311_key, open311_jurisdiction)
               values ($1, 'Le Département', $2, $3, $4, $5, $6) returning id";
    let jurisdiction = door.filter(|(_, key)| *key == "strict-key").map(|_| "strict.example");
    let (url, key) = door.unzip();
    let slug = format!("departement-{}", uuid::Uuid::new_v4().simple());
    let (id,): (i64,) = db.one(sql, (slug, email, true, url, key, jurisdiction)).await.unwrap();
    ServiceId(id)
}

/// The same application, which may reach a host.
async fn reaching(app: &App, host: &str) -> App {
    let config = Config {
        outside_hosts: host.into(),
        public_url: "https://ville.example".into(),
        ..app.config.clone()
    };
    App::on(config, app.db.clone()).await.unwrap()
}

async fn hand(app: &App, id: i64, to: ServiceId, code: &str) -> Result<i64, Error> {
    let mut write = app.begin().await.unwrap();
    let mut report = reports::lock(&mut write, FeatureId(id)).await.unwrap();
    let said = Said { by: None, note: "C’est la route du Département." };
    let made = hand_over(app, &mut write, &mut report, To { service: to, code }, said).await?;
    app.commit(write).await.unwrap();
    Ok(made)
}

async fn report(app: &App, id: i64) -> Report {
    reports::find(&app.db, FeatureId(id)).await.unwrap().unwrap()
}

async fn active(app: &App, id: i64) -> store::Handover {
    store::active(&app.db, FeatureId(id)).await.unwrap().unwrap()
}

async fn run(app: &App, minutes: i64) -> u64 {
    sending::run(app, clock::now() + TimeDelta::minutes(minutes)).await.unwrap()
}

async fn notes(app: &App, id: i64) -> Vec<String> {
    let history = reports::history(&app.db, FeatureId(id)).await.unwrap();
    history.into_iter().map(|line| format!("{}: {}", line.act.word(), line.note)).collect()
}

/// What must never leave.
fn says_nobody(text: &str) {
    for secret in ["lea@mail.example", "Martin", "0601020304"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}

async fn reported(app: &App, key: &str) -> i64 {
    let mut fields = pothole(key);
    fields.extend([
        ("email", "lea@mail.example"),
        ("last_name", "Martin"),
        ("phone", "0601020304"),
        ("address_string", "3 rue Haute"),
    ]);
    let made = send(&mut Client::new(app), &fields).await;
    made.json()[0]["service_request_id"].as_str().unwrap().parse().unwrap()
}

on_both! {
    async fn a_report_goes_to_another_parvis_is_followed_there_and_comes_back(db: Db) {
        crate::server::testing::on_sqlite(async |there| {
            let (other, their_key) = house(&there).await;
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let host = listener.local_addr().unwrap().to_string();
            let router = crate::server::router::router(other.clone()).unwrap();
            let server = tokio::spawn(async move { axum::serve(listener, router).await });

            let (app, key) = house(&db).await;
            let to = authority(&db, Some((&format!("http://{host}/open311/v2/"), &their_key)), "").await;
            let app = reaching(&app, &host).await;
            // Their numbers are not ours.
            for _ in 0..3 {
                sent(&mut Client::new(&other), &their_key).await;
            }
            let id = reported(&app, &key).await;
            let promised = report(&app, id).await.due_at;
            hand(&app, id, to, "").await.unwrap();
            let handed = report(&app, id).await;
            assert_eq!((handed.service, handed.clock(), handed.due_at), (Some(to), Clock::Paused, None));
            assert_eq!(run(&app, 0).await, 0, "it can still be taken back");
            assert_eq!(run(&app, 1).await, 1);
            let kept = active(&app, id).await;
            assert_eq!((kept.state, kept.reference.as_str(), kept.problem.as_str()), (State::Sent, "4", ""));

            let theirs = report(&other, 4).await;
            assert_eq!(theirs.answers["size"], ["large"]);
            assert_eq!(theirs.address, "3 rue Haute");
            let text: (String,) = there.one("select body from feature where id = 4", ()).await.unwrap();
            assert!(text.0.contains("devant l’école") && text.0.contains("route du Département"), "{}", text.0);
            assert!(text.0.contains(&format!("https://ville.example/features/{id}")), "{}", text.0);
            says_nobody(&text.0);

            // Sent again because the first answer was lost: it is known there.
            db.run("update report_handover set state = 'waiting', next_try_at = made_at", ()).await.unwrap();
            assert_eq!(run(&app, 1).await, 1);
            let count: (i64,) = there.one("select count(*) from feature", ()).await.unwrap();
            assert_eq!((count.0, active(&app, id).await.reference.as_str()), (4, "4"));

            let set = async |status, reason| {
                let mut write = other.begin().await.unwrap();
                let mut report = reports::lock(&mut write, FeatureId(4)).await.unwrap();
                treating::set_status(&other, &mut write, &mut report, (status, reason), Said { by: None, note: "Voirie 3" }).await.unwrap();
                other.commit(write).await.unwrap();
            };
            set(Status::PLANNED, None).await;
            assert_eq!(run(&app, 60).await, 1);
            assert_eq!(report(&app, id).await.status, Status::PLANNED);
            assert!(notes(&app, id).await.last().unwrap().contains("Le Département : "), "{:?}", notes(&app, id).await);
            assert_eq!(run(&app, 120).await, 0, "nothing new");
            set(Status::CLOSED, Some(EndReason::NotOurs)).await;
            assert_eq!(run(&app, 180).await, 1);
            let back = report(&app, id).await;
            assert_eq!((back.service, back.ended_at), (Some(ServiceId(1)), None), "the rules say anew whose it is");
            assert!(back.due_at >= promised && back.clock() == Clock::Running, "its clock runs on: {:?} {promised:?}", back.due_at);
            assert!(store::active(&app.db, FeatureId(id)).await.unwrap().is_none());
            assert_eq!(run(&app, 600).await, 0, "and nobody is asked any more");
            server.abort();
        })
        .await;
    }

    async fn a_report_goes_by_letter_and_says_nothing_of_who_reported_it(db: Db) {
        let (app, key) = house(&db).await;
        let to = authority(&db, None, "routes@departement.example").await;
        let app = reaching(&app, "").await;
        let id = reported(&app, &key).await;
        hand(&app, id, to, "").await.unwrap();
        assert_eq!(run(&app, 1).await, 1);
        let letters: Vec<(String, String, String)> = db.all("select recipient, subject, body from mail", ()).await.unwrap();
        let [(recipient, subject, body)] = letters.as_slice() else { panic!("{letters:?}") };
        assert_eq!(recipient, "routes@departement.example");
        assert!(subject.contains("Nid-de-poule") && subject.contains(&id.to_string()), "{subject}");
        for said in ["Le Département", "devant l’école", "Grand", "3 rue Haute", "48.850000", "route du Département", "https://ville.example/features/"] {
            assert!(body.contains(said), "{said}: {body}");
        }
        says_nobody(body);
        assert_eq!(active(&app, id).await.state, State::Sent);
        assert_eq!(run(&app, 60).await, 0, "a letter is not asked after");
    }

    async fn what_cannot_be_handed_over_is_refused_with_why(db: Db) {
        let (app, key) = house(&db).await;
        let (to, mute) = (authority(&db, None, "a@departement.example").await, authority(&db, None, "").await);
        let app = reaching(&app, "").await;
        let id = sent(&mut Client::new(&app), &key).await;
        let why = |result: Result<i64, Error>| match result {
            Err(Error::Conflict(message)) => message.key.into_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(why(hand(&app, id, mute, "").await), "handover-no-way");
        assert!(matches!(hand(&app, id, ServiceId(1), "").await, Err(Error::NotFound)), "a service of ours is no authority outside");
        hand(&app, id, to, "").await.unwrap();
        assert_eq!(why(hand(&app, id, to, "").await), "handover-already");
        let hidden = sent(&mut Client::new(&app), &key).await;
        let mut write = app.begin().await.unwrap();
        let hide = crate::core::journal::Act::HIDDEN;
        crate::core::features::store::hold(&mut write, FeatureId(hidden), Some(crate::core::features::Hold::Hidden), hide).await.unwrap();
        app.commit(write).await.unwrap();
        assert_eq!(why(hand(&app, hidden, to, "").await), "handover-not-public");
        // Hidden after it was handed over, and before it left: it does not leave.
        let mut write = app.begin().await.unwrap();
        crate::core::features::store::hold(&mut write, FeatureId(id), Some(crate::core::features::Hold::Hidden), hide).await.unwrap();
        app.commit(write).await.unwrap();
        assert_eq!(run(&app, 1).await, 0);
        let count: (i64,) = db.one("select count(*) from mail", ()).await.unwrap();
        assert_eq!(count.0, 0);
    }

    async fn an_agent_sees_what_leaves_hands_over_and_takes_back(db: Db) {
        let (app, key) = house(&db).await;
        authority(&db, None, "a@departement.example").await;
        let app = reaching(&app, "").await;
        let id = reported(&app, &key).await;
        let mut agent = Client::new(&app);
        agent.sign_in(&app, "agent@ville.example", &[Role::Agent]).await;
        let path = format!("/admin/reports/{id}/hand-over");
        let page = agent.get(&path).await.text();
        for said in ["Ce qui sera transmis", "devant l’école", "3 rue Haute", "Grand", "Le Département", "Ni le nom"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        says_nobody(&page);
        let made = agent.post(&path, &[("service", "2"), ("note", "À vous")]).await;
        assert_eq!(made.header("location"), format!("{path}?done=sent"), "{}", made.text());
        let page = agent.get(&format!("{path}?done=sent")).await.text();
        assert!(page.contains("En attente d’envoi") && page.contains("Reprendre le signalement"), "{page}");
        assert_eq!(agent.post(&path, &[("service", "2")]).await.status, StatusCode::CONFLICT);
        assert_eq!(agent.post(&path, &[("service", "99")]).await.status, StatusCode::NOT_FOUND);
        let back = agent.post(&format!("{path}/back"), &[("note", "C’était à nous")]).await;
        assert_eq!(back.header("location"), format!("{path}?done=back"));
        assert_eq!(run(&app, 1).await, 0, "what was taken back in time never leaves");
        assert_eq!(agent.post(&format!("{path}/back"), &[]).await.status, StatusCode::CONFLICT);
        let all = notes(&app, id).await;
        assert!(all.contains(&"handed_over: À vous".to_owned()) && all.contains(&"returned: C’était à nous".to_owned()), "{all:?}");
        assert_eq!(agent.get("/admin/reports/999/hand-over").await.status, StatusCode::NOT_FOUND);
    }
}

/// The strict door, ended with this value.
struct Strict {
    child: Child,
    host: String,
}

impl Strict {
    fn start() -> Option<Strict> {
        let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/open311/strict.py");
        let started = Command::new("python3").arg(script).stdout(Stdio::piped()).spawn();
        let Ok(mut child) = started else {
            eprintln!("SKIPPED: no python3 for the strict door");
            return None;
        };
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Some(Strict { child, host: format!("127.0.0.1:{}", line.trim()) })
    }
}

impl Drop for Strict {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_strict_door_of_another_make_takes_what_is_sent_and_its_refusals_are_told() {
    let Some(strict) = Strict::start() else { return };
    on_sqlite(async |db| {
        let (app, key) = house(&db).await;
        let host = &strict.host;
        let mut services = std::collections::HashMap::new();
        for mode in ["ok", "token", "refuse", "busy", "garbage", "none"] {
            services.insert(
                mode,
                authority(&db, Some((&format!("http://{host}/{mode}"), "strict-key")), "").await,
            );
        }
        let unnamed = authority(&db, Some(("http://127.0.0.1:9/", "strict-key")), "").await;
        let app = reaching(&app, host).await;
        let mut ids = std::collections::HashMap::new();
        for (mode, service) in
            services.iter().map(|(mode, service)| (*mode, *service)).chain([("private", unnamed)])
        {
            let id = reported(&app, &key).await;
            hand(&app, id, service, "").await.unwrap();
            ids.insert(mode, id);
        }
        run(&app, 1).await;
        for (mode, state, reference, problem) in [
            ("ok", State::Sent, "S-", ""),
            ("token", State::Sent, "token:tok en/1", ""),
            ("refuse", State::Failed, "", "refused\n403 api_key is wrong & was never right"),
            ("busy", State::Waiting, "", "refused\n503"),
            ("garbage", State::Waiting, "", "unreadable\n"),
            ("none", State::Failed, "", "no-service\nAutre chose (9)"),
            ("private", State::Failed, "", "address\n"),
        ] {
            let kept = active(&app, ids[mode]).await;
            assert_eq!((kept.state, kept.problem.trim_end()), (state, problem.trim_end()), "{mode}");
            assert!(
                kept.reference.starts_with(reference) && kept.reference.is_empty() == reference.is_empty(),
                "{mode}: {}",
                kept.reference
            );
        }
        // The token has no number at first, then one; and what is only closed there ends nothing here.
        assert_eq!(run(&app, 40).await, 1, "the other has news");
        run(&app, 80).await;
        run(&app, 120).await;
        assert_eq!(active(&app, ids["token"]).await.reference, "T-77");
        for mode in ["ok", "token"] {
            assert_eq!(report(&app, ids[mode]).await.ended_at, None, "{mode}");
            let said = notes(&app, ids[mode]).await;
            assert_eq!(said.last().unwrap(), "handed_over: Le Département : Terminé & classé", "{mode}");
        }
        // A code that an agent chose.
        let chosen = reported(&app, &key).await;
        hand(&app, chosen, services["none"], "0043").await.unwrap();
        run(&app, 1).await;
        assert_eq!(active(&app, chosen).await.state, State::Sent);
        // What failed is tried again where an agent says so; what is given up in the end is told.
        let mut tries = 0;
        while active(&app, ids["busy"]).await.state == State::Waiting {
            run(&app, 100_000 + tries * 1_000).await;
            tries += 1;
            assert!(tries < 20, "it is never given up");
        }
        assert_eq!(active(&app, ids["busy"]).await.tries, 10);

        let seen = crate::base::fetch::Outside::new(host).get(&format!("http://{host}/seen")).await.unwrap();
        let seen: serde_json::Value = serde_json::from_str(&seen.body).unwrap();
        let taken = seen.as_array().unwrap();
        assert_eq!(taken.len(), 3, "{seen}");
        for one in taken {
            says_nobody(&one.to_string());
            assert_eq!(one["attribute[size]"], "large");
            assert!(one["description"].as_str().unwrap().contains("route du Département"));
        }
    })
    .await;
}
