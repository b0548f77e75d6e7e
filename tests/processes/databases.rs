//! A fresh database for each test, gone after it.

use parvis::base::db::{Db, Row, Sql};
use sqlx::PgPool;
use tokio::runtime::Runtime;

/// A database that servers can be started on.
pub(crate) struct Database {
    pub(crate) url: String,
    runtime: Runtime,
    folder: Option<tempfile::TempDir>,
    /// The pool on the server's own database, and the name of ours.
    admin: Option<(PgPool, String)>,
}

impl Database {
    pub(crate) fn sqlite() -> Database {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("parvis.db").display());
        Database { url, runtime: Runtime::new().unwrap(), folder: Some(folder), admin: None }
    }

    /// On the server of `PARVIS_TEST_POSTGRES`, if there is one.
    pub(crate) fn postgis() -> Option<Database> {
        let Ok(server) = std::env::var("PARVIS_TEST_POSTGRES") else {
            super::skip("PARVIS_TEST_POSTGRES is not set; run tests/with-postgres");
            return None;
        };
        let name = format!("parvis_{}", uuid::Uuid::new_v4().simple());
        let runtime = Runtime::new().unwrap();
        let admin = runtime.block_on(PgPool::connect(&server)).unwrap();
        let (base, _) = server.rsplit_once('/').unwrap();
        let url = format!("{base}/{name}");
        let database = Database { url, runtime, folder: None, admin: Some((admin, name.clone())) };
        database.admin(&format!("create database {name} template parvis_template"));
        Some(database)
    }

    /// Runs a statement on the PostgreSQL server, beside the database.
    pub(crate) fn admin(&self, sql: &str) {
        let (pool, _) = self.admin.as_ref().unwrap();
        self.runtime.block_on(sqlx::query(sqlx::AssertSqlSafe(sql)).execute(pool)).unwrap();
    }

    /// Cuts every connection that servers have to it.
    pub(crate) fn cut_connections(&self) {
        let (_, name) = self.admin.as_ref().unwrap();
        self.admin(&format!(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"
        ));
    }

    /// Takes it away from its servers, or gives it back.
    pub(crate) fn set_reachable(&self, reachable: bool) {
        let (_, name) = self.admin.as_ref().unwrap();
        self.admin(&format!("alter database {name} with allow_connections {reachable}"));
        if !reachable {
            self.cut_connections();
        }
    }

    /// Runs a statement on it, beside the servers.
    pub(crate) fn run(&self, sql: &'static str) {
        self.runtime.block_on(async {
            let db = Db::connect(&self.url, 1).await.unwrap();
            (&db).run(sql, ()).await.unwrap();
            db.close().await;
        });
    }

    /// One row of an answer, read beside the servers.
    pub(crate) fn one<T: Row>(&self, sql: &'static str) -> T {
        self.runtime.block_on(async {
            let db = Db::connect(&self.url, 1).await.unwrap();
            let row = (&db).one(sql, ()).await.unwrap();
            db.close().await;
            row
        })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some((pool, name)) = &self.admin {
            let sql = format!("drop database if exists {name} with (force)");
            // A second panic while a test fails would hide the first.
            if let Err(error) = self.runtime.block_on(sqlx::query(sqlx::AssertSqlSafe(sql)).execute(pool)) {
                eprintln!("{name} stays: {error}");
            }
        }
        drop(self.folder.take());
    }
}
