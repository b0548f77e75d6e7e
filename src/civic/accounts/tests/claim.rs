//! What was done before signing in is the account's afterwards, and one voice stays one voice.

use crate::base::db::Sql as _;
use crate::base::ids::{FeatureId, Visitor};
use crate::civic::accounts::store;
use crate::core::app::App;
use crate::core::features::{self, Voice, claim, votes};
use crate::core::journal::{self, Act};
use crate::server::testing::{Client, app, on_both, proposal};

async fn place(app: &App, title: &str) -> FeatureId {
    let mut write = app.begin().await.unwrap();
    let id = features::store::insert(&mut write, &proposal(title, 2.35, 48.85), Act::PLACED).await.unwrap();
    app.commit(write).await.unwrap();
    id
}

async fn counts(app: &App, id: FeatureId) -> (i64, i64) {
    let card = features::store::find(&app.db, id).await.unwrap();
    let counted = votes::counted(&app.db, &[id]).await.unwrap();
    assert_eq!((card.votes_for, card.votes_against), counted[&id], "counts are those of the votes");
    (card.votes_for, card.votes_against)
}

/// Follows a link in the browser that asked for it.
async fn sign_in(app: &App, client: &mut Client, email: &str) {
    client.post("/sign-in", &[("email", email)]).await;
    let (body,): (String,) = app
        .db
        .one("select body from mail where recipient = $1 order by id desc limit 1", (email,))
        .await
        .unwrap();
    let at = body.find("/sign-in/").unwrap();
    let answer = client.get(body[at..].split_whitespace().next().unwrap()).await;
    assert!(answer.status.is_redirection());
}

on_both! {
    async fn ideas_arguments_and_voices_are_the_accounts_after_signing_in(db: Db) {
        let app = app(&db).await;
        let other = place(&app, "Un banc").await;
        let mut lea = Client::json(&app);
        let placed = lea.post("/proposals", &[("title", "Une fontaine au marché"), ("lon", "2.35"), ("lat", "48.85")]).await;
        let mine = FeatureId(placed.json()["id"].as_i64().unwrap());
        lea.post(&format!("/features/{other}/vote"), &[("voice", "for")]).await;
        lea.post(&format!("/features/{other}/arguments"), &[("side", "for"), ("body", "On s’y assoit volontiers.")]).await;
        let visitor = lea.visitor(&app);
        sign_in(&app, &mut lea, "lea@mail.example").await;
        let voice = store::of_email(&app.db, "lea@mail.example").await.unwrap().unwrap().voice;
        assert!(features::store::is_author(&app.db, mine, voice).await.unwrap());
        assert!(!features::store::is_author(&app.db, mine, visitor).await.unwrap());
        assert_eq!(votes::of(&app.db, other, voice).await.unwrap(), Some(Voice::For));
        assert_eq!(features::arguments::of(&app.db, other).await.unwrap()[0].author, Some(voice));
        assert_eq!(counts(&app, other).await, (1, 0));
        assert_eq!(lea.cookie("visitor"), None, "the next person at this computer is somebody else");
        // A second click, signed in, is the same voice.
        lea.post(&format!("/features/{other}/vote"), &[("voice", "for")]).await;
        assert_eq!(counts(&app, other).await, (1, 0));
    }

    async fn two_devices_that_both_voted_are_one_voice_and_the_accounts_stays(db: Db) {
        let app = app(&db).await;
        let (bench, tree) = (place(&app, "Un banc").await, place(&app, "Un arbre").await);
        let (mut phone, mut desktop) = (Client::new(&app), Client::new(&app));
        phone.post(&format!("/features/{bench}/vote"), &[("voice", "for")]).await;
        desktop.post(&format!("/features/{bench}/vote"), &[("voice", "against")]).await;
        desktop.post(&format!("/features/{tree}/vote"), &[("voice", "for")]).await;
        assert_eq!(counts(&app, bench).await, (1, 1));
        sign_in(&app, &mut phone, "lea@mail.example").await;
        assert_eq!(counts(&app, bench).await, (1, 1), "another person's, as far as anybody knows");
        let before = journal::head(&app.db).await.unwrap();
        sign_in(&app, &mut desktop, "lea@mail.example").await;
        assert_eq!(counts(&app, bench).await, (1, 0));
        assert_eq!(counts(&app, tree).await, (1, 0));
        let lines = journal::after(&app.db, before, 10).await.unwrap();
        let told: Vec<_> = lines.iter().map(|line| (line.act, line.feature_id)).collect();
        assert_eq!(told, [(Act::VOTED, Some(bench))], "the map follows what changed, and only that");
    }

    async fn two_devices_that_sign_in_at_once_leave_right_counts(db: Db) {
        let app = app(&db).await;
        let mut ids = Vec::new();
        for n in 0..6 {
            ids.push(place(&app, &format!("Banc {n}")).await);
        }
        let account = Visitor(uuid::Uuid::new_v4());
        let mut devices = tokio::task::JoinSet::new();
        for device in 0..4 {
            let visitor = Visitor(uuid::Uuid::new_v4());
            let mut write = app.begin().await.unwrap();
            for id in &ids {
                let voice = if device % 2 == 0 { Voice::For } else { Voice::Against };
                votes::set(&mut write, *id, visitor, Some(voice)).await.unwrap();
            }
            app.commit(write).await.unwrap();
            let app = app.clone();
            devices.spawn(async move {
                let mut write = app.begin().await.unwrap();
                claim::claim(&mut write, visitor, account).await.unwrap();
                claim::claim(&mut write, visitor, account).await.unwrap();
                app.commit(write).await.unwrap();
            });
        }
        devices.join_all().await;
        for id in ids {
            let (with, against) = counts(&app, id).await;
            assert_eq!(with + against, 1, "one person, one voice");
        }
    }
}
