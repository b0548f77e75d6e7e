//! Jobs: one server at a time, taken up by another, tried again after a failure or a panic.

use super::*;
use crate::base::db::Sql as _;
use crate::server::testing::on_both;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Clone, Default)]
struct Counter(Arc<AtomicU64>);

impl Counter {
    fn runs(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
    fn run(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

static WORK: Job<Counter> = Job {
    name: "work",
    every: Duration::from_secs(3_600),
    look: None,
    run: |counter| {
        Box::pin(async {
            counter.run();
            tokio::time::sleep(Duration::from_millis(50)).await;
            Ok(Done::of(1))
        })
    },
};

static PANICS: Job<Counter> = Job {
    name: "panics",
    every: Duration::from_secs(3_600),
    look: None,
    run: |counter| {
        Box::pin(async {
            counter.run();
            panic!("a defect")
        })
    },
};

static LOOKS: Job<Counter> = Job {
    name: "looks",
    every: Duration::from_secs(3_600),
    look: Some(|_| Box::pin(async { panic!("a defect") })),
    run: |_| Box::pin(async { Ok(Done::default()) }),
};

static IDLE: Job<Counter> = Job {
    name: "idle",
    every: Duration::from_secs(10),
    look: Some(|_| Box::pin(async { Ok(false) })),
    run: |counter| {
        Box::pin(async {
            counter.run();
            Ok(Done::default())
        })
    },
};

static SOON: Job<Counter> = Job {
    name: "soon",
    every: Duration::from_secs(3_600),
    look: None,
    run: |_| Box::pin(async { Ok(Done { count: 0, next: Some(clock::now() + TimeDelta::seconds(5)) }) }),
};

async fn make_due(db: &Db, name: &str) {
    let past = clock::now() - TimeDelta::minutes(1);
    db.run("update job set due_at = $2, leased_until = $2 where name = $1", (name, past)).await.unwrap();
}

async fn kept(db: &Db, name: &str) -> Kept {
    all(db).await.unwrap().into_iter().find(|kept| kept.name == name).unwrap()
}

on_both! {
    async fn of_many_servers_one_does_a_job_and_it_is_done_once_in_its_time(db: Db) {
        let (counter, servers) = (Counter::default(), [Uuid::new_v4(), Uuid::new_v4(), Uuid::new_v4()]);
        let turns = servers.map(|server| turn(&db, &WORK, &counter, server));
        let turns: Vec<_> = futures_util::future::join_all(turns).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(turns.iter().filter(|turn| **turn != Turn::NotOurs).count(), 1, "{turns:?}");
        assert_eq!(turn(&db, &WORK, &counter, servers[0]).await.unwrap(), Turn::NotOurs, "its hour is not over");
        assert_eq!(counter.runs(), 1);
        make_due(&db, "work").await;
        assert_eq!(turn(&db, &WORK, &counter, servers[1]).await.unwrap(), Turn::Done(Done::of(1)));
    }

    async fn what_a_server_left_in_the_middle_is_taken_up_when_its_lease_is_over(db: Db) {
        let counter = Counter::default();
        let now = clock::now();
        let asleep = Uuid::new_v4();
        assert_eq!(store::take(&db, "work", asleep, now, now + LEASE).await.unwrap(), Some(0));
        assert_eq!(turn(&db, &WORK, &counter, Uuid::new_v4()).await.unwrap(), Turn::NotOurs, "somebody has it");
        let renew = || store::renew(&db, "work", asleep, clock::now(), clock::now() + LEASE);
        assert!(renew().await.unwrap(), "it is awake");
        make_due(&db, "work").await;
        assert_eq!(turn(&db, &WORK, &counter, Uuid::new_v4()).await.unwrap(), Turn::Done(Done::of(1)));
        assert!(!renew().await.unwrap(), "it is told that another did it");
    }

    async fn a_panic_is_a_failure_that_is_told_and_tried_again_after_a_growing_pause(db: Db) {
        let (counter, server) = (Counter::default(), Uuid::new_v4());
        let mut pauses = Vec::new();
        for n in 1..=3 {
            assert!(turn(&db, &PANICS, &counter, server).await.is_err());
            let kept = kept(&db, "panics").await;
            assert_eq!((kept.failures, kept.done_at), (n, None));
            assert!(kept.problem.unwrap().contains("panics"));
            pauses.push((kept.due_at - clock::now()).num_seconds());
            assert_eq!(turn(&db, &PANICS, &counter, server).await.unwrap(), Turn::NotOurs, "not at once");
            make_due(&db, "panics").await;
        }
        assert_eq!(counter.runs(), 3);
        assert!(pauses[0] < pauses[1] && pauses[1] < pauses[2], "{pauses:?}");
    }

    async fn a_panic_of_a_look_is_a_failure_too_and_ends_nothing(db: Db) {
        let counter = Counter::default();
        for _ in 0..2 {
            let told = turn(&db, &LOOKS, &counter, Uuid::new_v4()).await.unwrap_err();
            assert!(told.to_string().contains("looks"), "{told}");
        }
    }

    async fn where_there_is_nothing_to_do_nothing_is_written(db: Db) {
        let counter = Counter::default();
        assert_eq!(turn(&db, &IDLE, &counter, Uuid::new_v4()).await.unwrap(), Turn::Nothing);
        assert_eq!((counter.runs(), all(&db).await.unwrap()), (0, Vec::new()));
    }

    async fn a_job_that_is_asked_for_has_its_turn_at_once_and_nobody_takes_it_from_who_does_it(db: Db) {
        let (counter, wait) = (Counter::default(), Duration::from_secs(30));
        let ask = async |name: &'static str| {
            let mut tx = db.begin().await.unwrap();
            let asked = ask(&mut tx, name, clock::now()).await.unwrap();
            tx.commit().await.unwrap();
            asked
        };
        assert!(ask("work").await, "it was never done");
        assert_eq!(at_once(&db, &WORK, counter.clone(), wait).await.unwrap(), Some(Turn::Done(Done::of(1))));
        assert_eq!(at_once(&db, &WORK, counter.clone(), wait).await.unwrap(), Some(Turn::NotOurs), "nobody asked again");
        assert!(ask("work").await);
        assert_eq!(at_once(&db, &WORK, counter.clone(), Duration::ZERO).await.unwrap(), None, "nobody waits for so long");
        for _ in 0..200 {
            tokio::time::sleep(Duration::from_millis(20)).await;
            if counter.runs() == 2 && kept(&db, "work").await.leased_until.is_none() { break }
        }
        assert_eq!((counter.runs(), kept(&db, "work").await.leased_until), (2, None), "it goes on without who asked");
        let now = clock::now();
        assert!(ask("work").await);
        store::take(&db, "work", Uuid::new_v4(), now + TimeDelta::seconds(1), now + LEASE).await.unwrap();
        assert!(!ask("work").await, "a server does it");
        assert!(ask("panics").await);
        assert!(at_once(&db, &PANICS, counter.clone(), wait).await.is_err());
        assert_eq!(kept(&db, "panics").await.failures, 1);
    }

    async fn a_job_that_knows_when_there_is_something_to_do_again_has_its_turn_then(db: Db) {
        turn(&db, &SOON, &Counter::default(), Uuid::new_v4()).await.unwrap();
        let kept = kept(&db, "soon").await;
        assert!(kept.due_at - clock::now() <= TimeDelta::seconds(5) && kept.done_at.is_some(), "{kept:?}");
    }
}

#[test]
fn no_two_jobs_have_one_name() {
    let mut names: Vec<_> = crate::modules::jobs().map(|job| job.name).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
    assert!(all >= 5, "{names:?}");
}
