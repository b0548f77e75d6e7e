//! Updates: what was done is read line by line, and what another program says is said once, in public, under its name.

use super::{house, sent};
use crate::base::ids::FeatureId;
use crate::core::app::App;
use crate::core::features::Status;
use crate::modules::reports::model::EndReason;
use crate::modules::reports::store;
use crate::modules::reports::treating::{self, Said};
use crate::server::testing::{Answer, Client, on_both};
use axum::http::StatusCode;
use serde_json::Value;

async fn set(app: &App, id: i64, status: Status, reason: Option<EndReason>) {
    let mut write = app.begin().await.unwrap();
    let mut report = store::lock(&mut write, FeatureId(id)).await.unwrap();
    treating::set_status(app, &mut write, &mut report, (status, reason), Said::default()).await.unwrap();
    app.commit(write).await.unwrap();
}

async fn update(client: &mut Client, key: &str, id: i64, more: &[(&str, &str)]) -> Answer {
    let id = id.to_string();
    let mut fields = vec![("api_key", key), ("service_request_id", id.as_str())];
    fields.extend_from_slice(more);
    client.post("/open311/v2/servicerequestupdates.json", &fields).await
}

async fn lines(client: &mut Client) -> Vec<(String, String)> {
    let all = client.get("/open311/v2/servicerequestupdates.json").await.json();
    let text = |line: &Value, name: &str| line[name].as_str().unwrap_or_default().to_owned();
    all.as_array().unwrap().iter().map(|line| (text(line, "status"), text(line, "description"))).collect()
}

on_both! {
    async fn what_ended_without_a_repair_is_never_told_as_repaired(db: Db) {
        let (app, key) = house(&db).await;
        let mut client = Client::new(&app);
        let (fixed, closed) = (sent(&mut client, &key).await, sent(&mut client, &key).await);
        set(&app, fixed, Status::UNDER_REVIEW, None).await;
        set(&app, fixed, Status::PLANNED, None).await;
        set(&app, fixed, Status::DONE, None).await;
        set(&app, closed, Status::CLOSED, Some(EndReason::NotOurs)).await;
        let all = lines(&mut client).await;
        let words: Vec<&str> = all.iter().map(|(status, _)| status.as_str()).collect();
        assert_eq!(words, ["open", "open", "investigating", "action_scheduled", "fixed", "not_councils_responsibility"]);
        assert!(all.iter().all(|(_, text)| !text.is_empty()), "FixMyStreet leaves out what says nothing: {all:?}");
        for (id, said) in [(fixed, "Réparé"), (closed, "Cela ne relève d’aucun service ici")] {
            let one = client.get(&format!("/open311/v2/requests/{id}.json?extensions=true")).await.json();
            assert_eq!(one[0]["status"], "closed");
            assert!(one[0]["status_notes"].as_str().unwrap().contains(said), "{one}");
            assert!(one[0]["notes"].as_array().unwrap().len() > 1, "{one}");
        }
    }

    async fn what_another_program_says_is_said_once_and_under_its_name(db: Db) {
        let (app, key) = house(&db).await;
        let mut client = Client::new(&app);
        let id = sent(&mut client, &key).await;
        let said = [("description", "Le trou grandit"), ("status", "OPEN"), ("email", "lea@mail.example"), ("last_name", "Martin")];
        let first = update(&mut client, &key, id, &said).await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.text());
        let again = update(&mut client, &key, id, &said).await;
        assert_eq!(again.json(), first.json(), "the same said twice is one line");
        let all = lines(&mut client).await;
        assert_eq!(all.len(), 2, "{all:?}");
        assert_eq!(all[1].1, "FixMyStreet : Le trou grandit");
        assert!(!format!("{all:?}").contains("Martin") && !format!("{all:?}").contains("mail.example"));
        // It ends nothing: its service does that.
        update(&mut client, &key, id, &[("description", "Réparé, dit quelqu’un"), ("status", "CLOSED")]).await;
        let report = store::find(&app.db, FeatureId(id)).await.unwrap().unwrap();
        assert_eq!((report.status, report.ended_at), (Status::OPEN, None));
    }

    async fn who_says_that_it_is_not_repaired_opens_it_again_where_it_was_said_after_its_end(db: Db) {
        let (app, key) = house(&db).await;
        let mut client = Client::new(&app);
        let id = sent(&mut client, &key).await;
        set(&app, id, Status::DONE, None).await;
        let before = [("description", "Toujours là hier"), ("status", "OPEN"), ("updated_datetime", "2026-01-01T00:00:00Z")];
        assert_eq!(update(&mut client, &key, id, &before).await.status, StatusCode::OK);
        let ended = store::find(&app.db, FeatureId(id)).await.unwrap().unwrap();
        assert!(ended.ended_at.is_some(), "it was said before it ended");
        assert_eq!(update(&mut client, &key, id, &[("description", "Toujours là"), ("status", "OPEN")]).await.status, StatusCode::OK);
        let open = store::find(&app.db, FeatureId(id)).await.unwrap().unwrap();
        assert_eq!((open.status, open.ended_at, open.reopened_count), (Status::OPEN, None, 1));
        assert_eq!(lines(&mut client).await.last().unwrap().1, "FixMyStreet : Toujours là");
    }
}
