//! Accounts: what a role covers and where.

mod claim;
mod counted;
mod letters;
mod own;
mod sign_in;

use super::store;
use super::{Jurisdiction, Level, Role};
use crate::base::ids::{AreaId, ProcessId};
use crate::server::testing::{Client, app, on_both};

#[test]
fn levels_are_in_order_and_roles_cover_those_below() {
    assert!(Level::Visitor < Level::Email && Level::Verified < Level::Roll);
    assert!(Role::Administrator.covers(Role::Planner) && Role::Planner.covers(Role::Moderator));
    assert!(!Role::Agent.covers(Role::Moderator) && !Role::Planner.covers(Role::Administrator));
    assert!(Level::ALL.iter().all(|level| Level::of_word(level.word()) == Some(*level)));
    assert!(Role::ALL.iter().all(|role| Role::of_word(role.word()) == Some(*role)));
}

on_both! {
    async fn a_role_holds_where_it_was_given_and_nowhere_else(db: Db) {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        let account = client.sign_in(&app, "agent@ville.example", &[]).await;
        let mut write = app.begin().await.unwrap();
        crate::core::features::vocabulary::ensure_process(&mut write, "Plan vélo").await.unwrap();
        store::grant(&mut write, account.id, Role::Agent, (Some(ProcessId(1)), None), None).await.unwrap();
        app.commit(write).await.unwrap();
        let grants = store::grants(&app.db, account.id).await.unwrap();
        let here = Jurisdiction { process: Some(ProcessId(1)), areas: vec![AreaId(3)] };
        assert!(grants[0].lets(Role::Agent, &here));
        assert!(!grants[0].lets(Role::Agent, &Jurisdiction { process: None, ..here.clone() }));
        assert!(!grants[0].lets(Role::Planner, &here));
        let lines = crate::core::journal::after(&app.db, 0, 10).await.unwrap();
        let subject = format!("agent {}", account.id);
        assert!(lines.iter().any(|line| line.subject.as_deref() == Some(subject.as_str())), "every grant is journalled");
    }

    async fn who_signed_in_acts_with_one_voice_in_every_browser(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        crate::core::features::store::insert(&mut write, &crate::server::testing::proposal("Un banc", 2.35, 48.85), crate::core::journal::Act::PLACED).await.unwrap();
        app.commit(write).await.unwrap();
        for _ in 0..2 {
            let mut browser = Client::new(&app);
            browser.sign_in(&app, "lea@mail.example", &[]).await;
            assert!(browser.post("/features/1/vote", &[("voice", "for")]).await.status.is_redirection());
        }
        let card = crate::core::features::store::find(&app.db, crate::base::ids::FeatureId(1)).await.unwrap();
        assert_eq!(card.votes_for, 1);
    }
}

/// A server whose visitors may give two voices a minute.
async fn strict(db: &crate::base::db::Db) -> crate::core::app::App {
    let config = crate::base::config::Config {
        limits: "vote=2/minute".into(),
        ..crate::base::config::Config::default()
    };
    let app = crate::core::app::App::on(config, db.clone()).await.unwrap();
    let mut write = app.begin().await.unwrap();
    let idea = crate::server::testing::proposal("Un banc", 2.35, 48.85);
    crate::core::features::store::insert(&mut write, &idea, crate::core::journal::Act::PLACED).await.unwrap();
    app.commit(write).await.unwrap();
    app
}

on_both! {
    async fn who_does_too_much_is_told_when_to_come_back_and_that_nothing_is_lost(db: Db) {
        let app = strict(&db).await;
        let mut client = Client::new(&app);
        client.headers.push(("accept", "text/html".into()));
        // The first act of a visitor is nobody's yet: they get their cookie with its answer.
        for voice in ["for", "against", "for"] {
            assert!(client.post("/features/1/vote", &[("voice", voice)]).await.status.is_redirection());
        }
        let late = client.post("/features/1/vote", &[("voice", "none")]).await;
        assert_eq!(late.status, axum::http::StatusCode::TOO_MANY_REQUESTS);
        let wait: u64 = late.header("retry-after").parse().unwrap();
        assert!((1..=30).contains(&wait), "{wait}");
        assert!(late.text().contains("Vous pourrez recommencer dans") && late.text().contains("Rien n’est perdu"), "{}", late.text());
        let card = crate::core::features::store::find(&app.db, crate::base::ids::FeatureId(1)).await.unwrap();
        assert_eq!(card.votes_for, 1, "what was one too many changed nothing");
        assert_eq!(client.get("/features/1").await.status, axum::http::StatusCode::OK, "reading goes on");
        let argued = client.post("/features/1/arguments", &[("side", "for"), ("body", "De l’ombre")]).await;
        assert!(argued.status.is_redirection(), "another class counts for itself");
        let mut other = client.clone();
        other.forget();
        assert!(other.post("/features/1/vote", &[("voice", "for")]).await.status.is_redirection(), "and another visitor, too");
    }

    async fn an_account_is_one_person_in_all_its_browsers(db: Db) {
        let app = strict(&db).await;
        let mut one = Client::new(&app);
        let mut other = one.clone();
        one.sign_in(&app, "lea@mail.example", &[]).await;
        other.sign_in(&app, "lea@mail.example", &[]).await;
        assert!(one.post("/features/1/vote", &[("voice", "for")]).await.status.is_redirection());
        assert!(other.post("/features/1/vote", &[("voice", "none")]).await.status.is_redirection());
        for browser in [&mut one, &mut other] {
            let late = browser.post("/features/1/vote", &[("voice", "for")]).await;
            assert_eq!(late.status, axum::http::StatusCode::TOO_MANY_REQUESTS);
        }
    }
}
