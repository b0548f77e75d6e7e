//! Following by letter without an account, over HTTP in process, on both databases.

use crate::base::db::Sql as _;
use crate::base::i18n::Lang;
use crate::base::ids::FeatureId;
use crate::civic::accounts::Role;
use crate::civic::contributions::followers;
use crate::civic::processes::tests::process;
use crate::civic::processes::{Action, Phase, Settings};
use crate::core::app::App;
use crate::core::features;
use crate::core::journal::Act;
use crate::server::testing::{Client, app, on_both, proposal};
use axum::http::StatusCode;
use chrono::TimeDelta;

const ZOE: &str = "zoe@mail.example";

async fn placed(app: &App) -> FeatureId {
    let mut write = app.begin().await.unwrap();
    let id =
        features::store::insert(&mut write, &proposal("Un banc", 2.35, 48.85), Act::PLACED).await.unwrap();
    app.commit(write).await.unwrap();
    id
}

/// Every letter so far: to whom, its subject, its text, with plain spaces.
async fn letters(app: &App) -> Vec<(String, String, String)> {
    let mut all = crate::base::mail::latest(&app.db, 0, 1_000, features::store::name_of).await.unwrap();
    all.reverse();
    let plain = |text: String| text.replace(['\u{a0}', '\u{202f}'], " ");
    all.into_iter().map(|letter| (letter.recipient, plain(letter.subject), plain(letter.body))).collect()
}

/// The page that a letter leads to for following: its path, and its key.
fn link(body: &str) -> (String, String) {
    let link = body.split_whitespace().find(|word| word.contains("/following/")).unwrap();
    let (path, key) = link[link.find("/following/").unwrap()..].split_once("?key=").unwrap();
    (path.to_owned(), key.to_owned())
}

async fn ask(client: &mut Client, email: &str) -> crate::server::testing::Answer {
    client.post("/features/1/follow-by-letter", &[("email", email)]).await
}

async fn answer(app: &App) {
    let mut agent = Client::new(app);
    agent.sign_in(app, "agente@ville.example", &[Role::Agent]).await;
    let form = [("verdict", "accepted"), ("body", "Oui, dès mars."), ("authority", "La Ville")];
    let sent = agent.post("/admin/answers/1", &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
}

async fn rows(app: &App) -> i64 {
    let (count,): (i64,) = app.db.one("select count(*) from letter_follow", ()).await.unwrap();
    count
}

on_both! {
    async fn who_confirms_is_told_until_they_stop_and_nothing_is_kept_of_them_then(db: Db) {
        let app = app(&db).await;
        placed(&app).await;
        let mut zoe = Client::new(&app);
        let page = zoe.get("/features/1").await.text();
        assert!(page.contains("action=\"/features/1/follow-by-letter\"") && page.contains("Tenez-moi au courant"), "{page}");
        let asked = ask(&mut zoe, " Zoe@Mail.example ").await;
        assert_eq!(asked.status, StatusCode::OK, "{}", asked.text());
        let sent = letters(&app).await;
        assert_eq!((sent.len(), sent[0].0.as_str(), sent[0].1.as_str()), (1, ZOE, "Confirmez : suivre « Un banc »"));
        // Nobody is told before they confirmed, and reading the link, as a letter's scanner does, confirms nothing.
        let (path, key) = link(&sent[0].2);
        let confirm = zoe.get(&format!("{path}?key={key}")).await;
        assert!(confirm.text().contains("Oui, prévenez-moi") && confirm.text().contains("z•••@mail.example"), "{}", confirm.text());
        assert!(!confirm.text().contains(ZOE), "whoever holds the link does not learn the address");
        answer(&app).await;
        assert_eq!(letters(&app).await.len(), 1);
        let confirmed = zoe.post(&path, &[("key", &key), ("act", "confirm")]).await;
        assert!(confirmed.status == StatusCode::OK && confirmed.text().contains("vous serez prévenu par courriel"), "{}", confirmed.text());
        answer(&app).await;
        let sent = letters(&app).await;
        let (to, subject, body) = &sent[1];
        assert_eq!((sent.len(), to.as_str(), subject.as_str()), (2, ZOE, "Réponse à la contribution « Un banc »"));
        let (stop, key) = link(body);
        assert!(body.contains("Ne plus suivre"), "{body}");
        let stopped = zoe.post(&stop, &[("key", &key), ("act", "stop")]).await;
        assert!(stopped.text().contains("plus rien à ce sujet"), "{}", stopped.text());
        assert_eq!(rows(&app).await, 0);
        let again = zoe.post(&stop, &[("key", &key), ("act", "stop")]).await;
        assert_eq!(again.status, StatusCode::OK, "ended twice is ended");
        answer(&app).await;
        assert_eq!(letters(&app).await.len(), 2, "nobody is told any more");
        assert_eq!(zoe.get(&format!("{path}?key={key}")).await.status, StatusCode::GONE);
    }

    async fn an_address_gets_few_letters_and_no_answer_says_whether_it_is_known(db: Db) {
        let app = app(&db).await;
        for _ in 0..7 {
            placed(&app).await;
        }
        let mut client = Client::new(&app);
        let first = ask(&mut client, ZOE).await;
        let bare = |text: String| text.split("name=\"once\"").map(|part| part.split_once('>').map_or(part, |(_, rest)| rest).to_owned()).collect::<String>();
        // Known, as often as one likes, or an account's: the same page.
        let again = ask(&mut client, ZOE).await;
        assert_eq!((again.status, bare(again.text())), (first.status, bare(first.text())));
        let mut lea = Client::new(&app);
        lea.sign_in(&app, "lea@mail.example", &[]).await;
        let account = ask(&mut client, "lea@mail.example").await;
        assert_eq!(bare(account.text()), bare(first.text()).replace(ZOE, "lea@mail.example"));
        let to = async |email: &str| letters(&app).await.iter().filter(|(to, ..)| to == email).count();
        assert_eq!(to(ZOE).await, 1, "once an hour about one thing");
        for id in 2..=7 {
            client.post(&format!("/features/{id}/follow-by-letter"), &[("email", ZOE)]).await;
        }
        assert_eq!(to(ZOE).await, 5, "five an hour");
        for bad in ["", "zoe", "zoe@", "zoe@mail.example\r\nBcc: x@y.example"] {
            let refused = ask(&mut client, bad).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{bad}");
            assert!(refused.text().contains("Cette adresse n’est pas complète"), "{bad}");
        }
        assert_eq!(client.post("/features/99/follow-by-letter", &[("email", ZOE)]).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_link_that_is_not_theirs_or_too_late_leads_to_nothing_and_says_not_why(db: Db) {
        let app = app(&db).await;
        placed(&app).await;
        placed(&app).await;
        let mut client = Client::new(&app);
        ask(&mut client, ZOE).await;
        ask(&mut client, "max@mail.example").await;
        let sent = letters(&app).await;
        let ((path, key), (_, other)) = (link(&sent[0].2), link(&sent[1].2));
        for (path, key) in [(path.as_str(), other.as_str()), (&path, ""), (&path, "zz"), ("/following/99", &key), ("/following/x", &key)] {
            let page = client.get(&format!("{path}?key={key}")).await;
            assert_eq!(page.status, StatusCode::GONE, "{path} {key}");
            assert!(!page.text().contains("mail.example"), "{path} {key}");
            assert_eq!(client.post(path, &[("key", key), ("act", "confirm")]).await.status, StatusCode::GONE);
        }
        // Nobody is told that it is ended where it is not.
        let stop = client.post(&path, &[("key", &other), ("act", "stop")]).await;
        assert_eq!((stop.status, rows(&app).await), (StatusCode::GONE, 2));
        // Two days later.
        let long_ago = crate::base::clock::now() - followers::LASTS - TimeDelta::minutes(1);
        db.run("update letter_follow set asked_at = $1", (long_ago,)).await.unwrap();
        assert_eq!(client.post(&path, &[("key", &key), ("act", "confirm")]).await.status, StatusCode::GONE);
        let confirmed: Vec<(i64,)> = db.all("select id from letter_follow where confirmed_at is not null", ()).await.unwrap();
        assert_eq!(confirmed, vec![]);
        (crate::modules::answers::by_letter::FORGET.run)(&app).await.unwrap();
        assert_eq!(rows(&app).await, 0, "and what nobody confirmed is forgotten");
    }

    async fn who_has_an_account_and_follows_both_ways_is_told_once_and_erasing_takes_both(db: Db) {
        let app = app(&db).await;
        placed(&app).await;
        let mut zoe = Client::new(&app);
        zoe.sign_in(&app, ZOE, &[]).await;
        zoe.post("/features/1/follow", &[("follows", "yes")]).await;
        ask(&mut zoe, ZOE).await;
        let asked = letters(&app).await.pop().unwrap();
        let (path, key) = link(&asked.2);
        zoe.post(&path, &[("key", &key), ("act", "confirm")]).await;
        let before = letters(&app).await.len();
        answer(&app).await;
        assert_eq!(letters(&app).await.len(), before + 1);
        let taken = zoe.get("/privacy/me").await.text();
        assert!(taken.contains("Courriels"), "{taken}");
        let erased = zoe.post("/privacy/me/erase", &[("fate", "gone"), ("word", "effacer")]).await;
        assert!(erased.status.as_u16() < 400, "{}", erased.text());
        assert_eq!(rows(&app).await, 0);
    }

    async fn a_contribution_that_went_into_another_brings_its_followers_along(db: Db) {
        let app = app(&db).await;
        let (into, other) = (placed(&app).await, placed(&app).await);
        let mut write = app.begin().await.unwrap();
        for feature in [into, other] {
            let id = followers::ask(&mut write, ("feature", feature.0), (ZOE, Lang::Fr)).await.unwrap().unwrap();
            followers::confirm(&mut write, id, Lang::Fr).await.unwrap();
        }
        let max = followers::ask(&mut write, ("feature", other.0), ("max@mail.example", Lang::Fr)).await.unwrap().unwrap();
        followers::confirm(&mut write, max, Lang::Fr).await.unwrap();
        followers::ask(&mut write, ("feature", into.0), ("never@mail.example", Lang::Fr)).await.unwrap().unwrap();
        app.commit(write).await.unwrap();
        let told = async |id| {
            let all = followers::of_feature(&app.db, id).await.unwrap();
            all.into_iter().map(|(_, email, _)| email).collect::<Vec<String>>()
        };
        assert_eq!(told(into).await, [ZOE]);
        db.run("update feature set merged_into = $1, held = 'merged', published_at = null where id = $2", (into, other)).await.unwrap();
        assert_eq!(told(into).await, [ZOE, "max@mail.example"]);
    }

    async fn a_process_is_followed_too_and_tells_when_a_phase_opens_and_closes(db: Db) {
        let app = app(&db).await;
        let now = crate::base::clock::now();
        let phase = Phase {
            key: "p".into(),
            title: "Vos idées".into(),
            opens: now + TimeDelta::hours(1),
            closes: now + TimeDelta::hours(30),
            acts: Action::words(&[Action::PROPOSE]),
        };
        process(&app, "Plan vélo", &Settings { phases: vec![phase], ..Settings::default() }).await;
        let mut zoe = Client::new(&app);
        assert!(zoe.get("/processes/plan-velo").await.text().contains("/processes/plan-velo/follow"));
        assert!(zoe.get("/processes/plan-velo/follow").await.text().contains("quand une phase s’ouvre"));
        assert_eq!(zoe.get("/processes/nowhere/follow").await.status, StatusCode::NOT_FOUND);
        let asked = zoe.post("/processes/plan-velo/follow", &[("email", ZOE)]).await;
        assert_eq!(asked.status, StatusCode::OK, "{}", asked.text());
        let sent = letters(&app).await;
        assert!(sent[0].2.contains("démarche « Plan vélo »"), "{sent:?}");
        let (path, key) = link(&sent[0].2);
        let confirmed = zoe.post(&path, &[("key", &key), ("act", "confirm")]).await.text();
        assert!(confirmed.contains("Plan vélo") && confirmed.contains("href=\"/processes/plan-velo\""), "{confirmed}");
        crate::civic::processes::tests::cross(&app, now + TimeDelta::hours(2)).await;
        crate::civic::processes::tests::cross(&app, now + TimeDelta::hours(3)).await;
        let sent = letters(&app).await;
        assert_eq!((sent.len(), sent[1].0.as_str(), sent[1].1.as_str()), (2, ZOE, "La démarche « Plan vélo »"));
        assert!(sent[1].2.contains("Une phase s’ouvre") && sent[1].2.contains("Vos idées") && sent[1].2.contains("/following/"), "{}", sent[1].2);
        crate::civic::processes::tests::cross(&app, now + TimeDelta::hours(31)).await;
        assert!(letters(&app).await[2].2.contains("Une phase est terminée"));
        let (stop, key) = link(&letters(&app).await[2].2);
        zoe.post(&stop, &[("key", &key), ("act", "stop")]).await;
        assert_eq!(rows(&app).await, 0);
    }
}
