//! Taking back what was just said, over HTTP in process, on both databases.

use super::{YES, agent, letters, placed};
use crate::base::db::Sql as _;
use crate::base::ids::FeatureId;
use crate::civic::accounts::Role;
use crate::civic::contributions::answers;
use crate::core::app::App;
use crate::core::features::{self, Status};
use crate::server::testing::{Client, app, harmless, on_both, proposal};
use axum::http::StatusCode;

/// An idea of somebody who is told of it.
async fn told(app: &App) -> Client {
    let mut author = Client::new(app);
    author.sign_in(app, "lea@mail.example", &[]).await;
    let form = [("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
    assert!(author.post("/proposals", &form).await.status.is_redirection());
    author
}

/// Everything that was said is as if it had been said so many seconds ago.
async fn seconds_ago(app: &App, seconds: i64) {
    let then = crate::base::clock::now() - chrono::TimeDelta::seconds(seconds);
    app.db.run("update answer set answered_at = $1", (then,)).await.unwrap();
    app.db.run("update status_change set changed_at = $1", (then,)).await.unwrap();
}

async fn is_intact(app: &App) {
    let checked = crate::modules::register::verify(&app.db, |_, _| {}).await.unwrap();
    assert!(checked.findings.is_empty(), "{:?}", checked.findings);
}

on_both! {
    async fn an_answer_is_undone_within_ten_seconds_as_if_it_was_never_given(db: Db) {
        let app = app(&db).await;
        told(&app).await;
        let id = placed(&app, &proposal("Deux bancs", 2.36, 48.85)).await;
        let mut agent = agent(&app).await;
        agent.post("/admin/answers/2/status", &[("status", "under_review")]).await;
        let form: Vec<_> = [("feature", "1"), ("feature", "2"), ("query", "")].into_iter().chain(YES).collect();
        let sent = agent.post("/admin/answers", &form).await;
        let list = agent.get(sent.header("location")).await.text();
        assert!(list.contains("action=\"/admin/answers/undo\"") && list.contains("name=\"said\" value=\"answer:"), "{list}");
        harmless(&list);
        assert!(agent.get("/features/1").await.text().contains("/admin/answers/undo"), "on its own page, too");
        assert!(!Client::new(&app).get("/features/1").await.text().contains("/admin/answers/undo"));
        assert_eq!(letters(&app).await.len(), 1, "to its author");
        let words: Vec<String> = sent.header("location").split("undo=").nth(1).unwrap().split('.').map(str::to_owned).collect();
        let undo: Vec<(&str, &str)> = words.iter().map(|word| ("said", word.as_str())).collect();
        let mut other = Client::new(&app);
        other.sign_in(&app, "autre@ville.example", &[Role::Agent]).await;
        assert_eq!(other.post("/admin/answers/undo", &undo).await.status, StatusCode::NOT_FOUND, "who did not say it does not undo it");
        let undone = agent.post("/admin/answers/undo", &undo).await;
        assert_eq!(undone.header("location"), "/admin/answers?undone=2", "{}", undone.text());
        assert!(agent.get("/admin/answers?undone=2").await.text().contains("comme si de rien n’était"));
        assert!(letters(&app).await.is_empty(), "nobody is told");
        for (id, status) in [(FeatureId(1), Status::OPEN), (id, Status::UNDER_REVIEW)] {
            assert!(answers::of(&app.db, id).await.unwrap().is_empty());
            let card = features::store::find(&app.db, id).await.unwrap();
            assert_eq!((card.status, card.answered_by), (status, None));
        }
        let page = Client::new(&app).get("/features/1").await.text();
        assert!(!page.contains("dès mars") && !page.contains("id=\"history\""), "{page}");
        assert!(Client::new(&app).get("/list?status=open").await.text().contains("Un banc"), "the index follows");
        for file in ["/export/features.csv", "/api/features/1", "/figures.csv"] {
            assert!(!Client::new(&app).get(file).await.text().contains("dès mars"), "{file}");
        }
        is_intact(&app).await;
        assert_eq!(agent.post("/admin/answers/undo", &undo).await.status, StatusCode::NOT_FOUND, "once");
        agent.post("/admin/answers/1", &YES).await;
        assert_eq!(answers::of(&app.db, FeatureId(1)).await.unwrap().len(), 1, "it is answered as for the first time");
        assert!(!agent.get("/features/1").await.text().contains("Versions précédentes"));
        is_intact(&app).await;
    }

    async fn who_undoes_an_answer_takes_back_nobody_elses_status(db: Db) {
        let app = app(&db).await;
        told(&app).await;
        let mut agent = agent(&app).await;
        let sent = agent.post("/admin/answers/1", &YES).await;
        assert!(sent.status.is_redirection(), "{}", sent.text());
        let (answer,): (i64,) = db.one("select max(id) from answer", ()).await.unwrap();
        let mut other = Client::new(&app);
        other.sign_in(&app, "autre@ville.example", &[Role::Agent]).await;
        let moved = other.post("/admin/answers/1/status", &[("status", "done")]).await;
        assert!(moved.status.is_redirection(), "{}", moved.text());
        let word = format!("answer:{answer}");
        let undone = agent.post("/admin/answers/undo", &[("said", word.as_str())]).await;
        assert_eq!(undone.status, StatusCode::CONFLICT, "{}", undone.text());
        let card = features::store::find(&app.db, FeatureId(1)).await.unwrap();
        assert_eq!(card.status, Status::DONE);
        assert_eq!(answers::of(&app.db, FeatureId(1)).await.unwrap().len(), 1);
    }

    async fn what_letters_tell_of_is_not_undone_any_more_nor_what_somebody_said_more_on(db: Db) {
        let app = app(&db).await;
        told(&app).await;
        let mut agent = agent(&app).await;
        agent.post("/admin/answers/1/status", &[("status", "under_review")]).await;
        let word = async |sql: &'static str| { let (id,): (i64,) = app.db.one(sql, ()).await.unwrap(); id };
        let status = format!("status:{}", word("select max(id) from status_change").await);
        let undo = agent.post("/admin/answers/undo", &[("said", &status), ("feature", "1")]).await;
        assert_eq!(undo.header("location"), "/features/1", "{}", undo.text());
        assert!(answers::history(&app.db, FeatureId(1)).await.unwrap().is_empty() && letters(&app).await.is_empty());
        is_intact(&app).await;
        agent.post("/admin/answers/1", &YES).await;
        let first = format!("answer:{}", word("select max(id) from answer").await);
        agent.post("/admin/answers/1", &YES).await;
        let second = format!("answer:{}", word("select max(id) from answer").await);
        let not_last = agent.post("/admin/answers/undo", &[("said", &first)]).await;
        assert!(not_last.status == StatusCode::CONFLICT && not_last.text().contains("depuis"), "{}", not_last.text());
        seconds_ago(&app, 11).await;
        let late = agent.post("/admin/answers/undo", &[("said", &second)]).await;
        assert!(late.status == StatusCode::CONFLICT && late.text().contains("Trop tard"), "{}", late.text());
        assert!(!agent.get("/features/1").await.text().contains("/admin/answers/undo"), "nor is it offered");
        assert_eq!(answers::of(&app.db, FeatureId(1)).await.unwrap().len(), 2);
        for bad in ["", "x", "answer:x", "answer:0", "status:99", "photo:1"] {
            assert_eq!(agent.post("/admin/answers/undo", &[("said", bad)]).await.status, StatusCode::NOT_FOUND, "{bad}");
        }
        assert_eq!(agent.post("/admin/answers/undo", &[]).await.status, StatusCode::NOT_FOUND);
        assert!(agent.get("/admin/answers?undo=x.answer:..status:1x&undone=x").await.status.is_success());
    }
}
