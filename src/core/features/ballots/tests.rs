//! The ballot box: batches, what is refused in them, what fails in them, on both databases.

use super::*;
use crate::base::db::{Sql, by};
use crate::core::app::App;
use crate::core::features::{store, votes};
use crate::core::journal::{self, Act};
use crate::server::testing::{Client, app, on_both, proposal};
use axum::http::StatusCode;
use std::pin::Pin;
use std::task::{Context, Waker};
use uuid::Uuid;

/// Features 1 to `count`.
async fn with_ideas(db: &Db, count: usize) -> App {
    let app = app(db).await;
    for n in 1..=count {
        let mut write = app.begin().await.unwrap();
        store::insert(&mut write, &proposal(&format!("Un banc {n}"), 2.35, 48.85), Act::PLACED)
            .await
            .unwrap();
        app.commit(write).await.unwrap();
    }
    app
}

fn visitor(n: u128) -> Visitor {
    Visitor(Uuid::from_u128(n))
}

fn ballot(feature: i64, voter: u128, voice: Option<Voice>) -> Ballot {
    Ballot { feature: FeatureId(feature), voter: visitor(voter), voice, terms: None }
}

/// Puts these into one batch, and gives what each was told.
async fn in_one_batch(app: &App, ballots: &[Ballot]) -> Vec<Result<()>> {
    let writer = Writer { db: app.db.clone(), atlas: Arc::clone(&app.atlas) };
    let (slips, told): (Vec<Slip>, Vec<_>) = ballots
        .iter()
        .map(|ballot| {
            let (answer, told) = oneshot::channel();
            (Slip { ballot: *ballot, since: Instant::now(), answer }, told)
        })
        .unzip();
    // What a batch that failed still holds, until its rollback is through, is tried again with the next one.
    let mut left = writer.clone().write(slips).await;
    while !left.is_empty() {
        tokio::time::sleep(AGAIN).await;
        left = writer.clone().write(left).await;
    }
    let mut results = Vec::new();
    for told in told {
        results.push(told.await.unwrap());
    }
    results
}

/// Goes as far as a vote goes without waiting: it is in the box, and not yet written.
fn put_in(vote: Pin<&mut impl Future<Output = Result<()>>>) {
    assert!(vote.poll(&mut Context::from_waker(Waker::noop())).is_pending());
}

async fn lines_of_votes(app: &App) -> usize {
    let lines = journal::after(&app.db, 0, 1_000).await.unwrap();
    lines.iter().filter(|line| line.act == Act::VOTED).count()
}

on_both! {
    async fn one_voice_stays_one_under_two_hundred_clicks_at_once(db: Db) {
        let app = with_ideas(&db, 1).await;
        let mut visitor = Client::new(&app);
        visitor.post("/features/1/vote", &[("voice", "against")]).await;
        let clicks: Vec<_> = (0..200)
            .map(|_| {
                let mut tab = visitor.clone();
                tokio::spawn(async move { tab.post("/features/1/vote", &[("voice", "for")]).await.status })
            })
            .collect();
        for click in clicks {
            assert_eq!(click.await.unwrap(), StatusCode::SEE_OTHER);
        }
        let counted = votes::counted(&app.db, &[FeatureId(1)]).await.unwrap();
        assert_eq!(counted[&FeatureId(1)], (1, 0));
        let card = store::find(&app.db, FeatureId(1)).await.unwrap();
        assert_eq!((card.votes_for, card.votes_against), (1, 0));
    }

    async fn two_hundred_visitors_who_click_twice_have_two_hundred_voices(db: Db) {
        let app = with_ideas(&db, 2).await;
        let visitors: Vec<_> = (1..=200)
            .map(|n| {
                let app = app.clone();
                tokio::spawn(async move {
                    let feature = FeatureId(1 + n % 2);
                    let click = || app.ballots.cast(feature, visitor(n.unsigned_abs().into()), Some(Voice::For), None);
                    let (first, second) = tokio::join!(click(), click());
                    first.and(second)
                })
            })
            .collect();
        for done in visitors {
            done.await.unwrap().unwrap();
        }
        for id in [1, 2] {
            let card = store::find(&app.db, FeatureId(id)).await.unwrap();
            assert_eq!((card.votes_for, card.votes_against), (100, 0));
        }
    }

    async fn who_is_told_that_their_voice_counts_sees_it_on_the_map(db: Db) {
        let app = with_ideas(&db, 1).await;
        let before = app.atlas.seq();
        app.ballots.cast(FeatureId(1), visitor(1), Some(Voice::For), None).await.unwrap();
        assert!(app.atlas.seq() > before);
        assert_eq!(app.atlas.seq(), journal::head(&app.db).await.unwrap());
    }

    async fn a_refused_voice_spoils_no_other_of_its_batch(db: Db) {
        let app = with_ideas(&db, 2).await;
        let ballots = [
            ballot(2, 1, Some(Voice::For)),
            ballot(99, 1, Some(Voice::For)),
            ballot(1, 2, Some(Voice::Against)),
        ];
        let told = in_one_batch(&app, &ballots).await;
        assert!(matches!(told[..], [Ok(()), Err(Error::NotFound), Ok(())]), "{told:?}");
        let counted = votes::counted(&app.db, &[FeatureId(1), FeatureId(2)]).await.unwrap();
        assert_eq!((counted[&FeatureId(1)], counted[&FeatureId(2)]), ((0, 1), (1, 0)));
        let told = in_one_batch(&app, &[ballot(98, 1, None), ballot(99, 1, None)]).await;
        assert!(told.iter().all(|told| matches!(told, Err(Error::NotFound))), "{told:?}");
    }

    async fn a_voice_that_breaks_its_batch_is_the_only_one_to_fail(db: Db) {
        let app = with_ideas(&db, 2).await;
        // No value of a vote can be wrong: the database is made to refuse one voter.
        let refusal = by(
            "create trigger refuse before insert on vote when new.voter = x'0000000000000000000000000000000d'
             begin select raise(abort, 'refused by the test'); end",
            "alter table vote add constraint refuse check (voter <> '00000000-0000-0000-0000-00000000000d')",
        );
        app.db.run(refusal, ()).await.unwrap();
        let ballots: Vec<_> = (10..16).map(|n| ballot(1 + (n % 2) as i64, n, Some(Voice::For))).collect();
        let told = in_one_batch(&app, &ballots).await;
        let failed: Vec<usize> = (0..told.len()).filter(|n| told[*n].is_err()).collect();
        assert_eq!(failed, [3], "{told:?}");
        let counted = votes::counted(&app.db, &[FeatureId(1), FeatureId(2)]).await.unwrap();
        assert_eq!((counted[&FeatureId(1)], counted[&FeatureId(2)]), ((3, 0), (2, 0)));
        for id in [1, 2] {
            let card = store::find(&app.db, FeatureId(id)).await.unwrap();
            assert_eq!((card.votes_for, card.votes_against), counted[&FeatureId(id)], "counted as cast");
        }
    }

    async fn the_last_word_of_one_visitor_in_a_batch_stays_the_last(db: Db) {
        let app = with_ideas(&db, 2).await;
        let says = [Some(Voice::For), None, Some(Voice::For), Some(Voice::Against)];
        let mut ballots: Vec<_> = says.map(|voice| ballot(2, 1, voice)).to_vec();
        ballots.insert(1, ballot(1, 1, Some(Voice::For)));
        assert!(in_one_batch(&app, &ballots).await.iter().all(Result::is_ok));
        let counted = votes::counted(&app.db, &[FeatureId(1), FeatureId(2)]).await.unwrap();
        assert_eq!((counted[&FeatureId(1)], counted[&FeatureId(2)]), ((1, 0), (0, 1)));
    }

    async fn a_batch_leaves_one_line_for_each_feature(db: Db) {
        let app = with_ideas(&db, 2).await;
        let ballots: Vec<_> = (1..=40).map(|n| ballot(1 + (n % 2) as i64, n, Some(Voice::For))).collect();
        assert!(in_one_batch(&app, &ballots).await.iter().all(Result::is_ok));
        assert_eq!(lines_of_votes(&app).await, 2);
        assert!(in_one_batch(&app, &ballots).await.iter().all(Result::is_ok));
        assert_eq!(lines_of_votes(&app).await, 2, "the same said again leaves none");
    }

    async fn a_box_that_closes_writes_what_waits_and_takes_no_more(db: Db) {
        let app = with_ideas(&db, 1).await;
        let cast = |n| {
            let app = app.clone();
            async move { app.ballots.cast(FeatureId(1), visitor(n), Some(Voice::For), None).await }
        };
        let mut waiting: Vec<_> = (1..=50).map(|n| Box::pin(cast(n))).collect();
        for voice in &mut waiting {
            put_in(voice.as_mut());
        }
        app.ballots.close().await;
        let counted = votes::counted(&app.db, &[FeatureId(1)]).await.unwrap();
        assert_eq!(counted[&FeatureId(1)], (50, 0));
        for voice in waiting {
            voice.await.unwrap();
        }
        assert!(matches!(cast(51).await, Err(Error::Unavailable)));
        let late = Client::new(&app).post("/features/1/vote", &[("voice", "for")]).await;
        assert_eq!((late.status, late.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "5"));
        app.ballots.close().await;
    }
}

/// Another server that is frozen within a write, an official who takes their time: theirs alone waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_holds_one_feature_keeps_nobody_from_voting_elsewhere() {
    crate::server::testing::on_postgis(|db| async move {
        let app = with_ideas(&db, 3).await;
        let cast = |feature: i64, n: u128| {
            let app = app.clone();
            tokio::spawn(async move {
                app.ballots.cast(FeatureId(feature), visitor(n), Some(Voice::For), None).await
            })
        };
        let mut holder = db.begin().await.unwrap();
        let touch = "update feature set updated_at = updated_at where id = 1";
        holder.run(touch, ()).await.unwrap();
        let blocked = cast(1, 1);
        for n in 2..6 {
            holder.run(touch, ()).await.unwrap();
            let elsewhere = tokio::time::timeout(Duration::from_secs(2), cast(2 + (n % 2) as i64, n)).await;
            elsewhere.expect("not behind the locked one").unwrap().unwrap();
        }
        holder.commit().await.unwrap();
        blocked.await.unwrap().unwrap();

        let mut holder = db.begin().await.unwrap();
        holder.run(touch, ()).await.unwrap();
        let refused = cast(1, 20);
        while !refused.is_finished() {
            // Held all the time: as by somebody who works, not by somebody who is frozen.
            holder.run(touch, ()).await.unwrap();
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let error = refused.await.unwrap().unwrap_err();
        assert_eq!(error.status(), StatusCode::SERVICE_UNAVAILABLE, "{error}");
        holder.commit().await.unwrap();
        let counted = votes::counted(&app.db, &[FeatureId(1)]).await.unwrap();
        assert_eq!(counted[&FeatureId(1)], (1, 0), "who was refused is not counted");
    })
    .await;
}

/// An argument or a photo that is being placed points at its feature's row, and holds it there: voices on it wait for nobody.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_voice_does_not_wait_for_who_writes_a_row_that_points_at_its_feature() {
    crate::server::testing::on_postgis(|db| async move {
        let app = with_ideas(&db, 1).await;
        let mut placing = db.begin().await.unwrap();
        // The lock that a foreign key takes.
        let _row: (i64,) =
            placing.one("select id from feature where id = 1 for key share", ()).await.unwrap();
        let cast = app.ballots.cast(FeatureId(1), visitor(1), Some(Voice::For), None);
        tokio::time::timeout(Duration::from_secs(2), cast).await.expect("nobody is waited for").unwrap();
        placing.commit().await.unwrap();
    })
    .await;
}

/// A full box is told at once, not after a wait: the queue is the server's, not the visitor's.
#[tokio::test]
async fn a_full_box_sends_away_who_comes_last() {
    let (ballots, mut slips, _stopping, _end) = Ballots::with_room(1);
    let mut first = Box::pin(ballots.cast(FeatureId(1), visitor(1), Some(Voice::For), None));
    put_in(first.as_mut());
    let second = ballots.cast(FeatureId(1), visitor(2), Some(Voice::For), None).await;
    assert!(matches!(second, Err(Error::Unavailable)), "{second:?}");
    drop(slips.recv().await);
    assert!(matches!(first.await, Err(Error::Internal(_))), "whose batch broke is told so");
}
