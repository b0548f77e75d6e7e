//! What an author or a resident sends is asked again inside the transaction that writes it. A moderator, an agent or the calendar is a
//! moment faster: their transaction holds the database while the act is admitted, and commits before it is written.

use super::every_route;
use super::knocking::{House, Person};
use crate::base::ids::{FeatureId, ProcessId};
use crate::civic::contributions::answers::{self, NewAnswer};
use crate::civic::contributions::decisions;
use crate::civic::processes::store::{self, Decided};
use crate::civic::processes::{Action, Phase, Settings, State};
use crate::core::app::App;
use crate::core::features::Verdict;
use crate::core::features::{self, Hold};
use crate::core::journal::{Act, Write};
use crate::server::testing::{Answer, Client, on_both};
use axum::http::Method;
use std::time::Duration;

/// Every act of residents and authors about a contribution.
const ACTS: &[&str] = &[
    "/proposals",
    "/features/{id}/edit",
    "/features/{id}/withdraw",
    "/features/{id}/restore",
    "/features/{id}/vote",
    "/features/{id}/arguments",
    "/features/{id}/arguments/{argument}/withdraw",
];

#[test]
fn every_act_about_a_contribution_is_raced() {
    for route in every_route() {
        let is_ours = route.path == "/proposals" || route.path.starts_with("/features/");
        // Flags, appeals and following change nothing of what anybody reads; the authority's own acts are asked elsewhere.
        let is_beside = ["/flag", "/appeal", "/follow", "/follow-by-letter", "/unfollow"]
            .iter()
            .any(|end| route.path.ends_with(end));
        if route.method == Method::POST && is_ours && !is_beside {
            assert!(
                ACTS.contains(&route.path),
                "{}: ask the rule again inside its transaction, and name it in ACTS with what it may meet",
                route.path
            );
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Meanwhile {
    /// The authority answers it.
    Answered,
    /// The phase ends.
    Closed,
    /// It goes where other rules hold.
    Moved,
    /// A moderator hides it.
    Hidden,
}

/// Whether an act that was admitted must be refused after that.
fn is_refused(act: &str, meanwhile: Meanwhile) -> bool {
    match (act, meanwhile) {
        ("/proposals", Meanwhile::Closed) => true,
        ("/features/{id}/edit", Meanwhile::Answered | Meanwhile::Closed | Meanwhile::Moved) => true,
        ("/features/{id}/withdraw", Meanwhile::Hidden) => true,
        (
            "/features/{id}/vote" | "/features/{id}/arguments",
            Meanwhile::Closed | Meanwhile::Moved | Meanwhile::Hidden,
        ) => true,
        // What one said oneself can always be taken back; what was hidden cannot be changed by putting it back.
        _ => false,
    }
}

fn settings(is_open: bool) -> Settings {
    let now = crate::base::clock::now();
    let hours = chrono::TimeDelta::hours;
    let closes = if is_open { now + hours(24) } else { now - hours(1) };
    let phase = Phase {
        key: "idees".into(),
        title: "Idées".into(),
        opens: now - hours(48),
        closes,
        acts: Action::words(&[Action::PROPOSE, Action::ARGUE, Action::VOTE]),
    };
    Settings { phases: vec![phase], ..Settings::default() }
}

/// What is raced about: a process, another one, an idea in the first with an argument.
struct Race {
    process: ProcessId,
    other: ProcessId,
    id: FeatureId,
    author: Client,
}

async fn race(house: &House) -> Race {
    let mut write = house.app.begin().await.unwrap();
    let title = format!("Démarche {}", uuid::Uuid::new_v4().simple());
    let (process, slug) =
        store::insert(&mut write, &title, &settings(true), State::Public, None).await.unwrap();
    let (other, _) = store::insert(&mut write, "Autre", &settings(true), State::Public, None).await.unwrap();
    house.app.commit(write).await.unwrap();
    let mut author = house.enter(Person::Resident).await;
    author.headers = vec![("accept", "application/json".into())];
    let form =
        [("title", "Un banc"), ("body", "À l’ombre"), ("lon", "2.35"), ("lat", "48.85"), ("process", &slug)];
    let placed = author.post("/proposals", &form).await;
    let id = FeatureId(placed.json()["id"].as_i64().unwrap());
    author.post(&format!("/features/{id}/arguments"), &[("side", "for"), ("body", "On s’y repose")]).await;
    Race { process, other, id, author }
}

async fn happens(write: &mut Write, race: &Race, meanwhile: Meanwhile) {
    let id = race.id;
    match meanwhile {
        Meanwhile::Answered => {
            let new = NewAnswer {
                verdict: Verdict::Refused,
                body: "Non.".into(),
                motive: "Trop cher".into(),
                link: String::new(),
                authority: "La ville".into(),
                by: None,
                at: write.at(),
            };
            answers::insert(write, id, &new).await.unwrap();
        }
        Meanwhile::Closed => {
            let settings = settings(false);
            let decided = Decided { title: "Fermée", settings: &settings, state: State::Public, note: "" };
            store::update(write, race.process, 1, &decided, None).await.unwrap();
        }
        Meanwhile::Moved => {
            decisions::set_process(write, id, Some(race.other)).await.unwrap();
            write.record_about(Act::MOVED, id, "a → b");
        }
        Meanwhile::Hidden => features::store::hold(write, id, Some(Hold::Hidden), Act::HIDDEN).await.unwrap(),
    }
}

/// Holds what the act will want, lets the act come, lets the other thing happen first. Gives the answer to the act.
async fn raced(app: &App, race: &mut Race, act: &str, meanwhile: Meanwhile) -> Answer {
    let slug = app.atlas.world().processes().iter().find(|p| p.id == race.process).unwrap().slug.clone();
    let mut write = app.begin().await.unwrap();
    // On PostgreSQL these rows wait; on SQLite everything does.
    for sql in [
        "update feature set updated_at = updated_at where id = $1",
        "update process set version = version where id = (select process_id from feature where id = $1)",
    ] {
        crate::base::db::Sql::run(write.tx(), sql, (race.id,)).await.unwrap();
    }
    let path = act.replace("{id}", &race.id.to_string()).replace("{argument}", "1");
    let mut client = race.author.clone();
    let acting = tokio::spawn(async move {
        let form = [
            ("title", "Un banc rouge"),
            ("body", "À l’ombre"),
            ("lon", "2.35"),
            ("lat", "48.85"),
            ("process", slug.as_str()),
            ("voice", "for"),
            ("side", "for"),
        ];
        client.post(&path, &form).await
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    happens(&mut write, race, meanwhile).await;
    app.commit(write).await.unwrap();
    acting.await.unwrap()
}

on_both! {
    async fn what_changed_between_the_form_and_the_transaction_is_asked_again(db: Db) {
        let house = House::new(&db).await;
        let mut wrong = Vec::new();
        for act in ACTS {
            for meanwhile in [Meanwhile::Answered, Meanwhile::Closed, Meanwhile::Moved, Meanwhile::Hidden] {
                let mut race = race(&house).await;
                if act.ends_with("{argument}/withdraw") {
                    continue;
                }
                if act.ends_with("/restore") {
                    race.author.post(&format!("/features/{}/withdraw", race.id), &[]).await;
                }
                if act.ends_with("/restore") && meanwhile == Meanwhile::Answered {
                    // What was taken back is not answered.
                    continue;
                }
                let answer = raced(&house.app, &mut race, act, meanwhile).await;
                let refused = answer.status.is_client_error();
                if refused != is_refused(act, meanwhile) || answer.status.is_server_error() {
                    wrong.push(format!("{act} after {meanwhile:?}: {} {}", answer.status, answer.text()));
                }
                let (title, held): (String, Option<Hold>) =
                    crate::base::db::Sql::one(&db, "select title, held from feature where id = $1", (race.id,)).await.unwrap();
                if is_refused(act, meanwhile) && title == "Un banc rouge" {
                    wrong.push(format!("{act} after {meanwhile:?} was refused, and done"));
                }
                if meanwhile == Meanwhile::Hidden && held != Some(Hold::Hidden) {
                    wrong.push(format!("{act} after {meanwhile:?}: {held:?}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
