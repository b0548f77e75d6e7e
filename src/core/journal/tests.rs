//! The journal's promises, on both databases.

use super::*;
use crate::server::testing::on_both;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

async fn write(db: &Db, subject: &str, pause: Duration) -> Option<Seq> {
    let mut write = Write::begin(db, crate::base::clock::now()).await.unwrap();
    write.record_subject(Act::LAYER, subject);
    // A slow transaction: it began before others and ends after them.
    tokio::time::sleep(pause).await;
    write.commit().await.unwrap()
}

on_both! {
    async fn lines_are_numbered_from_one_without_gaps(db: Db) {
        assert_eq!(head(&db).await.unwrap(), 0);
        let mut two = Write::begin(&db, crate::base::clock::now()).await.unwrap();
        two.record(Act::PLACED, FeatureId(7));
        two.record_subject(Act::LAYER, "water");
        assert_eq!(two.commit().await.unwrap(), Some(3), "and a line that seals what the write left");
        assert_eq!(write(&db, "parks", Duration::ZERO).await, Some(4));
        let entries = after(&db, 0, 10).await.unwrap();
        assert_eq!(entries.iter().map(|e| e.seq).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!((entries[2].act, entries[2].feature_id), (Act::SEALED, None));
        assert_eq!(entries[0].feature_id, Some(FeatureId(7)));
        assert_eq!((entries[1].act, entries[1].subject.as_deref()), (Act::LAYER, Some("water")));
        assert_eq!(after(&db, 1, 1).await.unwrap()[0].seq, 2);
    }

    async fn a_write_that_is_dropped_leaves_neither_line_nor_number(db: Db) {
        let mut dropped = Write::begin(&db, crate::base::clock::now()).await.unwrap();
        dropped.record(Act::PLACED, FeatureId(1));
        drop(dropped);
        assert_eq!(write(&db, "x", Duration::ZERO).await, Some(1));
    }

    async fn a_write_that_changes_nothing_has_no_line(db: Db) {
        let write = Write::begin(&db, crate::base::clock::now()).await.unwrap();
        assert!(write.is_empty());
        assert_eq!(write.commit().await.unwrap(), None);
        assert_eq!(head(&db).await.unwrap(), 0);
    }

    /// The test that would catch a number that commits late: a reader goes by number while sixteen writers, some of them
    /// slow, commit; it must meet every line, each exactly once, in order. A plain sequence loses about a tenth.
    async fn a_reader_that_goes_by_number_misses_no_line_of_concurrent_writers(db: Db) {
        const WRITERS: usize = 16;
        const EACH: usize = 12;
        let done = Arc::new(AtomicBool::new(false));
        let reader = tokio::spawn({
            let (db, done) = (db.clone(), Arc::clone(&done));
            async move {
                let mut seen: Vec<Entry> = Vec::new();
                loop {
                    let finished = done.load(Ordering::SeqCst);
                    let last = seen.last().map_or(0, |e| e.seq);
                    let more = after(&db, last, 1_000).await.unwrap();
                    if more.is_empty() && finished {
                        return seen;
                    }
                    seen.extend(more);
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            }
        });
        let writers = (0..WRITERS).map(|writer| {
            let db = db.clone();
            tokio::spawn(async move {
                for n in 0..EACH {
                    // Every fifth transaction is slow. SQLite has one writer at a time: there, slow means slow for all.
                    let pause = if (writer + n) % 5 == 0 { Duration::from_millis(8) } else { Duration::ZERO };
                    write(&db, &format!("{writer}-{n}"), pause).await;
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        done.store(true, Ordering::SeqCst);
        let seen = reader.await.unwrap();
        let numbers: Vec<Seq> = seen.iter().map(|e| e.seq).collect();
        assert_eq!(numbers, (1..=(WRITERS * EACH) as i64).collect::<Vec<_>>());
    }
}
