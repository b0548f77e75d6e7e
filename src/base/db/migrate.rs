//! Schema migrations, one folder a database, the same names in both. Forward only.

use super::{Db, Fault};
use crate::base::error::{Error, Result};
use sqlx::PgPool;
use sqlx::migrate::{MigrateError, Migrator};

#[cfg(not(test))]
static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
#[cfg(not(test))]
static POSTGIS: Migrator = sqlx::migrate!("migrations/postgis");

/// Under test, those of the module that is compiled for tests only come after ours.
#[cfg(test)]
static SQLITE: std::sync::LazyLock<Migrator> = std::sync::LazyLock::new(|| {
    both(sqlx::migrate!("migrations/sqlite"), sqlx::migrate!("tests/modules/dummy/migrations/sqlite"))
});
#[cfg(test)]
static POSTGIS: std::sync::LazyLock<Migrator> = std::sync::LazyLock::new(|| {
    both(sqlx::migrate!("migrations/postgis"), sqlx::migrate!("tests/modules/dummy/migrations/postgis"))
});

#[cfg(test)]
fn both(mut ours: Migrator, theirs: Migrator) -> Migrator {
    ours.migrations.to_mut().extend(theirs.migrations.into_owned());
    ours
}

/// A step of the schema's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// The number that starts the file's name.
    pub version: i64,
    /// The rest of the file's name.
    pub name: String,
}

fn newer(version: i64) -> Error {
    Error::Config(format!(
        "la base porte la migration {version}, elle est plus récente que ce programme : installez une version plus récente / \
         the database is at migration {version}, newer than this program: install a newer version"
    ))
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
        Db::Sqlite(pools) => of(db).run(&pools.write).await,
        Db::Postgres(pools) => on_postgres(&pools.write).await,
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
        Db::Sqlite(pools) => of(db).run_to(version, &pools.write).await,
        Db::Postgres(pools) => of(db).run_to(version, &pools.write).await,
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

/// What tells one set of PostGIS's migrations from another, in letters and digits.
#[cfg(test)]
pub(crate) fn schema_mark() -> String {
    let all: Vec<u8> = POSTGIS.iter().flat_map(|step| step.checksum.iter().copied()).collect();
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(&all))
}

fn told(error: MigrateError) -> Error {
    match error {
        MigrateError::VersionMissing(version) => newer(version),
        MigrateError::VersionMismatch(version) => Error::Config(format!(
            "la migration {version:04} appliquée à cette base n’est pas celle de ce programme : il vient d’une autre version, ou elle a \
             été modifiée. Reprenez le programme qui servait cette base, ou restaurez une sauvegarde / migration {version:04} of this \
             database is not the one of this program, which is another version, or it was changed: use the program that served this \
             database, or restore a backup"
        )),
        MigrateError::Dirty(version) => Error::Config(format!(
            "la migration {version:04} s’est arrêtée à mi-chemin : restaurez la sauvegarde d’avant, puis recommencez / migration \
             {version:04} stopped half-way: restore the backup from before it, then try again"
        )),
        MigrateError::ExecuteMigration(e, version) => Error::Config(format!(
            "la migration {version:04} a échoué ; la base est restée comme avant : {e} / migration {version:04} failed; the database is \
             as it was before: {e}"
        )),
        MigrateError::Execute(e) if Fault::of(&e).is_some_and(Fault::stops_writes) => Error::Config(format!(
            "la base ne s’écrit pas : vérifiez les droits du fichier, du dossier ou du rôle, et la place / the database cannot be \
             written: check the rights on the file, the folder or the role, and the room left ({e})"
        )),
        MigrateError::Execute(e) => Error::from(e),
        other => Error::Internal(format!("migration: {other}")),
    }
}

/// On a connection of its own, on which nothing is bounded: a step goes through whole tables, and waits for other servers that start.
async fn on_postgres(pool: &PgPool) -> Result<(), MigrateError> {
    let mut connection = pool.acquire().await?;
    sqlx::raw_sql(
        "set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0",
    )
    .execute(&mut *connection)
    .await?;
    let done = POSTGIS.run(&mut *connection).await;
    connection.close().await?;
    done
}

/// The migrations that [`migrate`] would apply.
///
/// # Errors
/// [`Error::Config`] where the database is newer than this binary; [`Error::Sqlx`] where it does not answer.
pub async fn pending(db: &Db) -> Result<Vec<Migration>> {
    let applied = applied(db).await?;
    if let Some(version) = applied.iter().find(|version| !of(db).version_exists(**version)) {
        return Err(newer(*version));
    }
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
