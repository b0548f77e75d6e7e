//! One mailbox, one voice: whatever somebody has erased, and however they come back, while the ballot is open.

use crate::base::clock;
use crate::base::config::Retention;
use crate::base::db::Sql as _;
use crate::base::ids::{FeatureId, ProcessId};
use crate::civic::accounts::kept_voices;
use crate::civic::accounts::store as accounts;
use crate::civic::processes::{self, Action, Phase, Settings, State};
use crate::core::app::App;
use crate::core::features::{self, merges, untying, votes};
use crate::core::journal::Act;
use crate::modules::privacy::keep::{self, Dry};
use crate::server::testing::{Client, app, on_both, proposal};
use chrono::TimeDelta;

const ERASE: [[(&str, &str); 2]; 2] =
    [[("fate", "anonymous"), ("word", "effacer")], [("fate", "gone"), ("word", "effacer")]];

async fn place(app: &App, title: &str, process: Option<ProcessId>) -> FeatureId {
    let mut write = app.begin().await.unwrap();
    let idea = features::NewFeature { process, ..proposal(title, 2.35, 48.85) };
    let id = features::store::insert(&mut write, &idea, Act::PLACED).await.unwrap();
    app.commit(write).await.unwrap();
    id
}

/// A process that asks for an address, and whose vote ends so many days from now.
async fn process(app: &App, title: &str, days: i64) -> ProcessId {
    let now = clock::now();
    let phase = Phase {
        key: "votes".into(),
        title: "Vote".into(),
        opens: now - TimeDelta::days(1),
        closes: now + TimeDelta::days(days),
        acts: Action::words(&[Action::VOTE]),
    };
    let mut settings = Settings { phases: vec![phase], ..Settings::default() };
    settings.rules = settings.rules.with_level(Action::VOTE, crate::civic::accounts::Level::Email);
    let mut write = app.begin().await.unwrap();
    let (id, _) = processes::store::insert(&mut write, title, &settings, State::Public, None).await.unwrap();
    app.commit(write).await.unwrap();
    id
}

async fn count(app: &App, id: FeatureId) -> (i64, i64) {
    let row: (i64, i64) =
        app.db.one("select votes_for, votes_against from feature where id = $1", (id,)).await.unwrap();
    row
}

/// Retention as of so many days from now.
async fn retention(app: &App, days: i64) {
    let now = clock::now() + TimeDelta::days(days);
    keep::run(&app.db, &app.media, &Retention::default(), now, Dry::No).await.unwrap();
}

/// A small generator of the same numbers each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// Signs in by an identity provider, as the account that its word makes.
async fn by_identity(app: &App, client: &mut Client, subject: &str) {
    let mut write = app.begin().await.unwrap();
    let account =
        crate::civic::accounts::of_identity(&mut write, ("https://idp.example", subject), None).await;
    if let Ok(account) = account {
        app.commit(write).await.unwrap();
        client.open(app, &account).await;
    }
}

async fn links(app: &App, email: &str, subject: &str) {
    let mut write = app.begin().await.unwrap();
    let account = accounts::ensure(&mut write, email).await;
    if let Ok(account) = account
        && crate::civic::accounts::of_identity(&mut write, ("https://idp.example", subject), Some(account.id))
            .await
            .is_ok()
    {
        app.commit(write).await.unwrap();
    }
}

on_both! {
    async fn one_mailbox_is_one_voice_whatever_is_erased_in_between(db: Db) {
        let app = app(&db).await;
        let vote = process(&app, "Budget", 60).await;
        let features = [
            place(&app, "Un banc", None).await,
            place(&app, "Une fontaine", Some(vote)).await,
            place(&app, "Un arbre", Some(vote)).await,
            place(&app, "Un arbre aussi", Some(vote)).await,
        ];
        let mut write = app.begin().await.unwrap();
        merges::merge(&mut write, features[3], features[2]).await.unwrap();
        app.commit(write).await.unwrap();
        // The mailbox and the identity are one person's from the beginning.
        links(&app, "lea@mail.example", "lea").await;
        let mut chance = Chance(7);
        let mut client = Client::new(&app);
        let mut said = Vec::new();
        for step in 0..160 {
            let act = chance.below(10);
            said.push(act);
            match act {
                0..=3 => {
                    let id = features[usize::try_from(chance.below(3)).unwrap()];
                    let voice = if chance.below(4) == 0 { "against" } else { "for" };
                    if client.is_signed_in() {
                        client.post(&format!("/features/{id}/vote"), &[("voice", voice)]).await;
                    }
                }
                4 => { client.post("/sign-out", &[]).await; }
                5 | 6 => {
                    let fate = usize::try_from(chance.below(2)).unwrap();
                    if client.is_signed_in() {
                        client.post("/privacy/me/erase", &ERASE[fate]).await;
                    }
                }
                7 => {
                    let mut write = app.begin().await.unwrap();
                    if let Ok(account) = accounts::ensure(&mut write, "lea@mail.example").await {
                        app.commit(write).await.unwrap();
                        client.open(&app, &account).await;
                    }
                }
                8 if chance.below(3) == 0 => links(&app, "lea@mail.example", "lea").await,
                8 => by_identity(&app, &mut client, "lea").await,
                _ => retention(&app, i64::try_from(chance.below(50)).unwrap()).await,
            }
            for id in features {
                let (pro, contra) = count(&app, id).await;
                assert!(pro + contra <= 1, "{pro} + {contra} on {id} after {step}: {said:?}");
            }
            let (voters,): (i64,) = db.one("select count(distinct voter) from vote", ()).await.unwrap();
            assert!(voters <= 1, "one voter after {step}: {said:?}");
        }
        let (voices,): (i64,) = db.one("select count(*) from vote", ()).await.unwrap();
        assert!(voices > 0 && said.contains(&5), "something was voted and erased");
    }

    async fn an_erased_voice_is_the_same_again_and_can_be_changed(db: Db) {
        let app = app(&db).await;
        let idea = place(&app, "Un banc", None).await;
        for (fate, voice) in [(0, "for"), (1, "against"), (0, "for")] {
            let mut client = Client::new(&app);
            client.sign_in(&app, "lea@mail.example", &[]).await;
            client.post(&format!("/features/{idea}/vote"), &[("voice", voice)]).await;
            let expected = if voice == "for" { (1, 0) } else { (0, 1) };
            assert_eq!(count(&app, idea).await, expected, "{voice}");
            assert_eq!(client.post("/privacy/me/erase", &ERASE[fate]).await.status, 200);
            assert_eq!(count(&app, idea).await, expected, "an erased voice stays counted");
        }
        let (person,): (String,) = db.one("select person from kept_voice", ()).await.unwrap();
        assert_eq!((person.len(), person.contains('@')), (64, false));
        let (addresses,): (i64,) = db.one(
            "select (select count(*) from account where email is not null) + (select count(*) from sign_in_link where email <> '')", ()).await.unwrap();
        assert_eq!(addresses, 0);
    }

    async fn a_voice_is_nobodys_once_its_ballot_is_over_and_a_digest_goes_with_the_last(db: Db) {
        let app = app(&db).await;
        let (short, long) = (process(&app, "Court", 10).await, process(&app, "Long", 500).await);
        let ideas = [place(&app, "Un banc", Some(short)).await, place(&app, "Un arbre", Some(long)).await, place(&app, "Un abri", None).await];
        let mut client = Client::new(&app);
        client.sign_in(&app, "lea@mail.example", &[]).await;
        for idea in ideas {
            client.post(&format!("/features/{idea}/vote"), &[("voice", "for")]).await;
        }
        client.post("/privacy/me/erase", &ERASE[0]).await;
        let tied = async || -> Vec<i64> {
            let rows: Vec<(i64,)> = db.all("select feature_id from vote where voter in (select voice from kept_voice) order by 1", ()).await.unwrap();
            rows.into_iter().map(|(id,)| id).collect()
        };
        let of = |which: &[usize]| which.iter().map(|i| ideas[*i].0).collect::<Vec<_>>();
        assert_eq!(tied().await, of(&[0, 1, 2]));
        retention(&app, 11).await;
        assert_eq!(tied().await, of(&[1, 2]), "the short vote is over");
        retention(&app, 396).await;
        assert_eq!(tied().await, of(&[1]), "what has no end lets go after thirteen months");
        retention(&app, 501).await;
        let (kept,): (i64,) = db.one("select count(*) from kept_voice", ()).await.unwrap();
        assert_eq!((tied().await, kept), (vec![], 0));
        for idea in ideas {
            assert_eq!(count(&app, idea).await, (1, 0), "voices never vanish");
        }
    }

    async fn old_visitors_voices_are_untied_only_where_they_cannot_be_given_again(db: Db) {
        let app = app(&db).await;
        let now = clock::now();
        let phase = Phase { key: "v".into(), title: "V".into(), opens: now - TimeDelta::days(1), closes: now + TimeDelta::days(700), acts: Action::words(&[Action::VOTE]) };
        let settings = Settings { phases: vec![phase], ..Settings::default() };
        let mut write = app.begin().await.unwrap();
        let (long, _) = processes::store::insert(&mut write, "Long", &settings, State::Public, None).await.unwrap();
        app.commit(write).await.unwrap();
        let (there, here) = (place(&app, "Un banc", Some(long)).await, place(&app, "Un arbre", None).await);
        let (one, other) = (place(&app, "Un abri", None).await, place(&app, "Un abri bis", None).await);
        let mut client = Client::new(&app);
        for idea in [there, here, one, other] {
            client.post(&format!("/features/{idea}/vote"), &[("voice", "for")]).await;
        }
        let voice = client.visitor(&app);
        let mut write = app.begin().await.unwrap();
        merges::merge(&mut write, other, one).await.unwrap();
        app.commit(write).await.unwrap();
        retention(&app, 396).await;
        let mine: Vec<(FeatureId,)> = db.all("select feature_id from vote where voter = $1", (voice,)).await.unwrap();
        assert_eq!(mine, [(there,)], "a vote that is still open knows who voted");
        let mut write = app.begin().await.unwrap();
        merges::recount(&mut write, one).await.unwrap();
        app.commit(write).await.unwrap();
        assert_eq!(count(&app, one).await, (1, 0), "a person on both counts once, also as nobody");
        retention(&app, 701).await;
        let (left,): (i64,) = db.one("select count(*) from vote where voter = $1", (voice,)).await.unwrap();
        assert_eq!(left, 0);
    }

    async fn erasing_does_not_give_a_mailbox_more_letters(db: Db) {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        for _ in 0..2 {
            for _ in 0..5 {
                client.post("/sign-in", &[("email", "lea@mail.example")]).await;
            }
            client.sign_in(&app, "lea@mail.example", &[]).await;
            client.post("/privacy/me/erase", &ERASE[1]).await;
        }
        client.post("/sign-in", &[("email", "lea@mail.example")]).await;
        let (letters,): (i64,) = db.one("select count(*) from mail", ()).await.unwrap();
        assert_eq!(letters, 0, "the first five were erased with the account, and no sixth was written");
        client.post("/sign-in", &[("email", "noe@mail.example")]).await;
        let (letters,): (i64,) = db.one("select count(*) from mail", ()).await.unwrap();
        assert_eq!(letters, 1, "another mailbox is not concerned");
    }

    async fn two_accounts_that_one_person_proved_meet_in_one_voice(db: Db) {
        let app = app(&db).await;
        let idea = place(&app, "Un banc", None).await;
        links(&app, "lea@mail.example", "lea").await;
        let mut client = Client::new(&app);
        client.sign_in(&app, "lea@mail.example", &[]).await;
        client.post(&format!("/features/{idea}/vote"), &[("voice", "for")]).await;
        client.post("/privacy/me/erase", &ERASE[0]).await;
        // Back by the address: the identity then must be linked, not make a second account.
        client.sign_in(&app, "lea@mail.example", &[]).await;
        let mut write = app.begin().await.unwrap();
        let again = crate::civic::accounts::of_identity(&mut write, ("https://idp.example", "lea"), None).await;
        assert!(matches!(again, Err(crate::base::error::Error::Conflict(_))), "{again:?}");
        drop(write);
        links(&app, "lea@mail.example", "lea").await;
        let (left,): (i64,) = db.one("select count(*) from kept_voice", ()).await.unwrap();
        assert_eq!((left, count(&app, idea).await), (0, (1, 0)));
        let voice = accounts::of_email(&db, "lea@mail.example").await.unwrap().unwrap().voice;
        assert!(votes::of(&db, idea, voice).await.unwrap().is_some());
        let mut write = app.begin().await.unwrap();
        kept_voices::settle(&mut write, &untying::OpenBallots::default()).await.unwrap();
        app.commit(write).await.unwrap();
        assert!(votes::of(&db, idea, voice).await.unwrap().is_some(), "who is there keeps their voice");
    }
}
