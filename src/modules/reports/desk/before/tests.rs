//! Filing, services and clocks that are taken back, over HTTP on both databases.

use crate::base::db::{Db, Sql};
use crate::base::ids::FeatureId;
use crate::core::app::App;
use crate::modules::reports::desk::tests::{HERE, agent, counted, of, undo};
use crate::modules::reports::model::{Report, ServiceId, Told};
use crate::modules::reports::store;
use crate::modules::reports::tests::{catalogue, pothole};
use crate::server::testing::{Answer, Client, app, harmless, on_both};
use axum::http::StatusCode;

/// Does something with these reports; gives what takes it back.
async fn act(client: &mut Client, what: &[(&str, &str)], ids: &[FeatureId]) -> Vec<String> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let mut form = what.to_vec();
    form.extend(ids.iter().map(|id| ("feature", id.as_str())));
    let done = client.post(HERE, &form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    undo(done.header("location")).split('.').map(str::to_owned).collect()
}

async fn take_back(client: &mut Client, words: &[String]) -> Answer {
    let form: Vec<(&str, &str)> = words.iter().map(|word| ("said", word.as_str())).collect();
    client.post(&format!("{HERE}/undo"), &form).await
}

/// What the public page calls it.
async fn title(app: &App, id: FeatureId) -> String {
    crate::core::features::store::find(&app.db, id).await.unwrap().title
}

/// How many letters to services wait to be taken back.
async fn letters(db: &Db) -> i64 {
    let sql = "select count(*) from mail where cause like 'report:%' and sent_at is null";
    let (count,): (i64,) = db.one(sql, ()).await.unwrap();
    count
}

/// How long its pauses took, in seconds, and whether one lasts.
async fn paused(app: &App, report: &Report) -> (i64, bool) {
    let pauses = store::pauses(&app.db, report.id, report.received_at).await.unwrap();
    let ended = pauses.iter().filter_map(|one| Some((one.until? - one.from).num_seconds()));
    (ended.sum(), pauses.iter().any(|one| one.until.is_none()))
}

on_both! {
    async fn a_service_given_to_many_is_taken_back_before_it_is_told(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut write = app.begin().await.unwrap();
        write.tx().run("update report_service set email = 'accueil@ville.example' where id = 3", ()).await.unwrap();
        app.commit(write).await.unwrap();
        let mut author = Client::new(&app);
        let (one, two) = (pothole(&mut author, &[]).await, pothole(&mut author, &[("lon", "2.2")]).await);
        let (mut client, _) = agent(&app).await;
        let before = [of(&app, one).await, of(&app, two).await];
        let words = act(&mut client, &[("do", "service"), ("service", "3")], &[one, two]).await;
        assert_eq!((words.len(), letters(&db).await), (2, 2), "the service is told once nobody takes it back");
        assert_eq!((of(&app, one).await.service, counted(&app, "service=accueil").await), (Some(ServiceId(3)), 2));
        let page = client.get(&format!("{HERE}?undo={}", words.join("."))).await.text();
        harmless(&page);
        assert!(page.contains(&format!("name=\"said\" value=\"{}\"", words[0])), "{page}");
        let undone = take_back(&mut client, &words).await;
        assert_eq!(undone.header("location"), format!("{HERE}?&undone=2"), "{}", undone.text());
        assert_eq!([of(&app, one).await, of(&app, two).await], before, "rule and promise, too");
        assert_eq!((counted(&app, "service=voirie").await, counted(&app, "service=departement").await), (1, 1));
        assert_eq!(letters(&db).await, 0);
        let history = store::history(&app.db, one).await.unwrap();
        let said: Vec<_> = history.iter().map(|line| (line.act, line.service_id.map(|id| id.0))).collect();
        assert_eq!(said, [(Told::Routed, Some(1)), (Told::Routed, Some(3)), (Told::Routed, Some(1))], "what was public is not made unsaid");
        assert_eq!(take_back(&mut client, &words).await.status, StatusCode::NOT_FOUND, "once");
    }

    async fn a_category_is_taken_back_with_its_name_its_service_and_its_promise(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let id = pothole(&mut Client::new(&app), &[]).await;
        let (mut client, _) = agent(&app).await;
        let before = of(&app, id).await;
        // Somebody gave it away by hand: no rule holds for it.
        let given = act(&mut client, &[("do", "service"), ("service", "3")], &[id]).await;
        let by_hand = of(&app, id).await;
        assert_eq!((by_hand.rule, by_hand.due_at), (None, before.due_at));
        let words = act(&mut client, &[("do", "category"), ("category", "3")], &[id]).await;
        let filed = of(&app, id).await;
        assert!(filed.due_at > before.due_at && filed.service == Some(ServiceId(1)), "{filed:?}");
        assert_eq!((title(&app, id).await.as_str(), counted(&app, "category=marquage").await), ("Marquage effacé", 1));
        assert_eq!(take_back(&mut client, &given).await.status, StatusCode::CONFLICT, "what came since stands on it");
        assert!(take_back(&mut client, &words).await.status.is_redirection());
        assert_eq!(of(&app, id).await, by_hand);
        assert_eq!((title(&app, id).await.as_str(), counted(&app, "category=nid-de-poule&service=accueil").await), ("Nid-de-poule", 1));
        let page = client.get(&format!("/features/{id}")).await.text();
        assert!(page.contains("Nid-de-poule") && page.contains("Accueil"), "{page}");
    }

    async fn a_clock_that_was_stopped_or_started_by_mistake_is_as_it_was(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut author = Client::new(&app);
        let (one, two) = (pothole(&mut author, &[]).await, pothole(&mut author, &[("lon", "2.8")]).await);
        let (mut client, _) = agent(&app).await;
        let before = [of(&app, one).await, of(&app, two).await];
        let words = act(&mut client, &[("do", "pause"), ("why", "works")], &[one, two]).await;
        assert_eq!((of(&app, one).await.due_at, counted(&app, "clock=paused").await), (None, 2));
        assert!(take_back(&mut client, &words).await.status.is_redirection());
        assert_eq!([of(&app, one).await, of(&app, two).await], before, "to the instant");
        assert_eq!((paused(&app, &before[0]).await, counted(&app, "clock=running").await), ((0, false), 2));
        act(&mut client, &[("do", "pause"), ("why", "works")], &[one]).await;
        // It stood for two days.
        let mut write = app.begin().await.unwrap();
        let ago = write.at() - chrono::TimeDelta::days(2);
        write.tx().run("update report_pause set from_at = $2 where feature_id = $1 and until_at is null", (one, ago)).await.unwrap();
        app.commit(write).await.unwrap();
        let standing = of(&app, one).await;
        let words = act(&mut client, &[("do", "resume")], &[one]).await;
        assert!(of(&app, one).await.due_at.is_some());
        assert!(take_back(&mut client, &words).await.status.is_redirection());
        assert_eq!((of(&app, one).await, paused(&app, &standing).await), (standing, (0, true)), "it stands still since then");
        assert_eq!(counted(&app, "clock=paused").await, 1);
        let last = store::history(&app.db, one).await.unwrap().pop().unwrap();
        assert_eq!((last.act, last.reason.as_deref()), (Told::Paused, Some("works")));
    }

    async fn what_cannot_be_taken_back_any_more_says_so_and_nothing_is(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut author = Client::new(&app);
        let (one, two) = (pothole(&mut author, &[]).await, pothole(&mut author, &[("lon", "2.8")]).await);
        let (mut client, _) = agent(&app).await;
        let words = act(&mut client, &[("do", "service"), ("service", "3")], &[one, two]).await;
        let mut other = Client::new(&app);
        other.sign_in(&app, "autre@ville.example", &[crate::civic::accounts::Role::Agent]).await;
        assert_eq!(take_back(&mut other, &words).await.status, StatusCode::NOT_FOUND, "another's act");
        act(&mut other, &[("do", "status"), ("status", "planned")], &[two]).await;
        let stopped = take_back(&mut client, &words).await;
        assert_eq!(stopped.status, StatusCode::CONFLICT);
        assert!(stopped.text().contains("Autre chose s’est passé depuis"), "{}", stopped.text());
        assert_eq!(of(&app, one).await.service, Some(ServiceId(3)), "none of them");
        let late = act(&mut client, &[("do", "pause"), ("why", "author")], &[one]).await;
        let mut write = app.begin().await.unwrap();
        let then = write.at() - crate::base::mail::UNDO;
        write.tx().run("update report_before set at = $1", (then,)).await.unwrap();
        app.commit(write).await.unwrap();
        let stopped = take_back(&mut client, &late).await;
        assert_eq!(stopped.status, StatusCode::CONFLICT);
        assert!(stopped.text().contains("Trop tard pour le signalement"), "{}", stopped.text());
        assert_eq!(of(&app, one).await.due_at, None, "its clock stands");
        for none in ["report:99999", "report:", "report:x", "status:99999"] {
            assert_eq!(take_back(&mut client, &[none.to_owned()]).await.status, StatusCode::NOT_FOUND, "{none}");
        }
        // What nobody can take back any more is kept no longer.
        let mut write = app.begin().await.unwrap();
        let then = write.at() - crate::base::mail::UNDO * 7;
        write.tx().run("update report_before set at = $1", (then,)).await.unwrap();
        app.commit(write).await.unwrap();
        act(&mut client, &[("do", "service"), ("service", "1")], &[one]).await;
        let (kept,): (i64,) = db.one("select count(*) from report_before", ()).await.unwrap();
        assert_eq!(kept, 1);
    }
}
