//! The connections under trouble: no room, a file that cannot be written, a writer that takes its time, a lock.

use super::*;
use crate::base::clock;
use crate::core::journal::{Act, Write};
use crate::server::testing::{Client, app, on_both, on_postgis, on_sqlite, proposal};
use axum::http::StatusCode;
use std::time::Duration;

/// Long for a page, short for whoever waits for a writer.
const SOON: Duration = Duration::from_secs(4);

async fn on_the_writer(db: &Db, sql: &'static str) {
    let Db::Sqlite(pools) = db else { panic!("SQLite alone") };
    sqlx::query(sql).execute(&pools.write).await.unwrap();
}

/// A row of a megabyte.
async fn write_much(db: &Db) -> Result<()> {
    let mut tx = db.begin().await?;
    tx.run("insert into setting (name, value) values ('much', hex(zeroblob(500000)))", ()).await?;
    tx.commit().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_found_no_room_or_a_file_that_cannot_be_written_spoils_no_later_write() {
    on_sqlite(|db| async move {
        for (trouble, fault) in
            [("pragma max_page_count = 1", Fault::Full), ("pragma query_only = on", Fault::ReadOnly)]
        {
            on_the_writer(&db, trouble).await;
            let error = write_much(&db).await.unwrap_err();
            assert_eq!(error.fault(), Some(fault), "{trouble}: {error}");
            assert_eq!(db.trouble(), Some(fault), "{trouble}");
            // What was set held for that connection alone: it is not used again, neither for a transaction nor for one statement.
            for _ in 0..4 {
                setting::touch(&db, clock::now()).await.unwrap();
                db.run("update setting set value = value where name = 'written_at'", ()).await.unwrap();
            }
            assert_eq!(db.trouble(), None, "a write that goes through ends the trouble");
            assert_eq!(db.checkup().await.writing, None);
        }
        write_much(&db).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_room_is_told_with_what_to_do_and_seen_by_whoever_watches() {
    on_sqlite(|db| async move {
        let app = app(&db).await;
        let title = "Un banc ".repeat(8);
        let body = "a".repeat(1_500);
        let form = [
            ("title", title.trim()),
            ("body", &body),
            ("lon", "2.35"),
            ("lat", "48.85"),
            ("step", "publish"),
        ];
        let full = || on_the_writer(&db, "pragma max_page_count = 1");
        // A page that exists may still have room: one of the first few finds none.
        let mut refused = None;
        for _ in 0..40 {
            full().await;
            let answer = Client::json(&app).post("/proposals", &form).await;
            if answer.status != StatusCode::CREATED {
                refused = Some(answer);
                break;
            }
        }
        let refused = refused.expect("no room in the end");
        assert_eq!(refused.status, StatusCode::INSUFFICIENT_STORAGE, "{}", refused.text());
        assert_eq!(refused.header("retry-after"), "120");
        assert_eq!(refused.json()["title"], "Il n’y a plus de place pour enregistrer");
        let ready = Client::new(&app).get("/readyz").await;
        assert!(ready.status == StatusCode::OK, "the trial found room again: {}", ready.text());
    })
    .await;
}

/// Who does nothing within a transaction is ended as where people are served; other tests may think for longer.
const AS_SERVED: Statement = by("select 1", "set local idle_in_transaction_session_timeout = 2000");

on_both! {
    async fn who_waits_for_a_writer_keeps_nobody_from_reading(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let id = crate::core::features::store::insert(&mut write, &proposal("Un banc", 2.35, 48.85), Act::PLACED).await.unwrap();
        app.commit(write).await.unwrap();
        let mut holder = db.begin().await.unwrap();
        holder.run(AS_SERVED, ()).await.unwrap();
        holder.run("update journal_head set seq = seq where id = 1", ()).await.unwrap();
        holder.run("update feature set updated_at = updated_at where id = $1", (id,)).await.unwrap();
        let waiting: Vec<_> = (0..60)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move {
                    let mut tx = db.begin().await?;
                    tx.run("update journal_head set seq = seq where id = 1", ()).await?;
                    tx.commit().await
                })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(200)).await;
        let reads = async {
            for path in ["/", "/list", "/api/features", "/api/counts", "/privacy"] {
                assert_eq!(Client::new(&app).get(path).await.status, StatusCode::OK, "{path}");
            }
        };
        tokio::time::timeout(SOON, reads).await.expect("pages are shown while writers wait");
        let ready = tokio::time::timeout(SOON * 2, Client::new(&app).get("/readyz")).await.expect("an answer");
        assert!([StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE].contains(&ready.status), "{}", ready.text());
        if db.name() == "sqlite" {
            assert_eq!(ready.status, StatusCode::OK, "that somebody writes is no trouble: {}", ready.text());
        }
        for waits in waiting {
            // On PostgreSQL the holder, who does nothing, is ended after three seconds: some had waited for too long by then.
            let error = match waits.await.unwrap() {
                Ok(()) if db.name() == "postgis" => continue,
                other => other.expect_err("nobody waits for ever"),
            };
            assert_eq!(error.fault(), Some(Fault::Busy), "{error}");
            assert_eq!(error.status(), StatusCode::SERVICE_UNAVAILABLE);
        }
        assert_eq!(holder.commit().await.is_ok(), db.name() == "sqlite");
        setting::touch(&db, clock::now()).await.unwrap();
    }

    async fn a_connection_that_reads_cannot_write(db: Db) {
        let sql = by("select 1", "select setval(pg_get_serial_sequence('feature', 'id'), 1)");
        let wrote: Result<Option<(i64,)>> = db.optional(sql, ()).await;
        if db.name() == "postgis" {
            let error = wrote.unwrap_err();
            assert_eq!(error.fault(), Some(Fault::ReadOnly), "{error}");
        } else if let Db::Sqlite(pools) = &db {
            let wrote = sqlx::query("delete from setting").execute(&pools.read).await;
            assert_eq!(wrote.map_err(|e| Fault::of(&e)).unwrap_err(), Some(Fault::ReadOnly));
        }
    }

    async fn what_was_begun_and_dropped_is_undone_and_its_connection_is_used_again(db: Db) {
        for n in 0..30 {
            let mut tx = db.begin().await.unwrap();
            tx.run("insert into setting (name, value) values ('gone', 'x')", ()).await.unwrap();
            drop(tx);
            let left: Option<(String,)> = db.optional("select value from setting where name = 'gone'", ()).await.unwrap();
            assert!(left.is_none(), "{n}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_holds_a_lock_and_says_nothing_is_ended_by_the_database() {
    on_postgis(|db| async move {
        let mut frozen = Write::begin(&db, clock::now()).await.unwrap();
        frozen.tx().run(AS_SERVED, ()).await.unwrap();
        frozen.tx().run("update journal_head set seq = seq where id = 1", ()).await.unwrap();
        let begun = std::time::Instant::now();
        // The first may be refused; the second goes through, because the frozen one was ended.
        let mut done = false;
        while !done && begun.elapsed() < Duration::from_secs(8) {
            let mut tx = db.begin().await.unwrap();
            done = tx.run("update journal_head set seq = seq where id = 1", ()).await.is_ok();
            tx.commit().await.ok();
        }
        assert!(done, "a lock is held for as long as its holder is frozen");
        assert!(frozen.tx().run("update journal_head set seq = seq where id = 1", ()).await.is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_compiles_no_statement_before_it_runs_it() {
    crate::server::testing::on_postgis(|db| async move {
        let (jit,): (String,) = db.one("select current_setting('jit')", ()).await.unwrap();
        assert_eq!(jit, "off", "a page of the desk takes twenty times as long with it");
    })
    .await;
}
