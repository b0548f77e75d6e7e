//! Schema migrations, one folder a database, the same names in both. Forward only.

use super::Db;
use crate::error::{Error, Result};
use sqlx::migrate::{MigrateError, Migrator};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGIS: Migrator = sqlx::migrate!("migrations/postgis");

/// A step of the schema's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// The number that starts the file's name.
    pub version: i64,
    /// The rest of the file's name.
    pub name: String,
}

fn of(db: &Db) -> &'static Migrator {
    match db {
        Db::Sqlite(_) => &SQLITE,
        Db::Postgres(_) => &POSTGIS,
    }
}

/// Brings the schema to the version of this binary. Harmless when it is there already; several servers that start at
/// once wait for each other on the migrator's lock.
///
/// # Errors
/// [`Error::Config`] where the database is newer than this binary, or PostGIS is not installed.
pub async fn migrate(db: &Db) -> Result<()> {
    let done = match db {
        Db::Sqlite(pool) => of(db).run(pool).await,
        Db::Postgres(pool) => of(db).run(pool).await,
    };
    done.map_err(told)
}

/// Brings an older or empty database's schema to an earlier version: what a backup of that version is put into.
///
/// # Errors
/// As [`migrate`]; [`Error::Config`] where this binary does not know that version.
pub async fn migrate_to(db: &Db, version: i64) -> Result<()> {
    if !of(db).version_exists(version) {
        return Err(told(MigrateError::VersionMissing(version)));
    }
    let done = match db {
        Db::Sqlite(pool) => of(db).run_to(version, pool).await,
        Db::Postgres(pool) => of(db).run_to(version, pool).await,
    };
    done.map_err(told)
}

/// The number of the last migration that was applied; 0 where none was.
///
/// # Errors
/// [`Error::Sqlx`] where the database does not answer.
pub async fn version(db: &Db) -> Result<i64> {
    Ok(applied(db).await?.into_iter().max().unwrap_or(0))
}

fn told(error: MigrateError) -> Error {
    match error {
        MigrateError::VersionMissing(version) => Error::Config(format!(
            "la base porte la migration {version}, inconnue de ce binaire : installez une version plus récente / \
             the database is at migration {version}, unknown to this binary: install a newer version"
        )),
        MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _) => Error::from(e),
        other => Error::Internal(format!("migration: {other}")),
    }
}

/// The migrations that [`migrate`] would apply.
///
/// # Errors
/// [`Error::Sqlx`] where the database does not answer.
pub async fn pending(db: &Db) -> Result<Vec<Migration>> {
    let applied = applied(db).await?;
    let known = of(db).iter().filter(|m| !applied.contains(&m.version));
    Ok(known.map(|m| Migration { version: m.version, name: m.description.to_string() }).collect())
}

/// What was applied. The table is the migrator's own; absent on a fresh database.
async fn applied(db: &Db) -> Result<Vec<i64>> {
    use super::Sql;
    match db.all("select version from _sqlx_migrations where success", ()).await {
        Ok(rows) => Ok(rows.into_iter().map(|(version,): (i64,)| version).collect()),
        Err(Error::Sqlx(e)) if e.as_database_error().is_some() => Ok(Vec::new()),
        Err(other) => Err(other),
    }
}
