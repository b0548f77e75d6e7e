//! Values that the installation keeps under a name: what it makes for itself once, such as the key that signs cookies, and what it was told.

use super::{Db, Sql};
use crate::base::clock::Timestamp;
use crate::base::error::Result;

/// The value of that name; where there is none, the one that `make` gives, kept from then on. Two servers that start at
/// once agree on one.
///
/// # Errors
/// Where the database refuses.
pub async fn ensure(db: &Db, name: &str, make: impl FnOnce() -> String) -> Result<String> {
    let known: Option<(String,)> = db.optional("select value from setting where name = $1", (name,)).await?;
    if let Some((value,)) = known {
        return Ok(value);
    }
    db.run("insert into setting (name, value) values ($1, $2) on conflict (name) do nothing", (name, make()))
        .await?;
    let (value,) = db.one("select value from setting where name = $1", (name,)).await?;
    Ok(value)
}

/// The value of that name, where there is one.
///
/// # Errors
/// Where the database does not answer.
pub async fn get(db: impl Sql<'_>, name: &str) -> Result<Option<String>> {
    let row: Option<(String,)> = db.optional("select value from setting where name = $1", (name,)).await?;
    Ok(row.map(|(value,)| value))
}

/// The values of two names, those that are kept.
///
/// # Errors
/// Where the database does not answer.
pub async fn pair(db: impl Sql<'_>, names: [&str; 2]) -> Result<Vec<(String, String)>> {
    let sql = "select name, value from setting where name in ($1, $2)";
    db.all(sql, (names[0], names[1])).await
}

/// Sets the value of that name.
///
/// # Errors
/// Where the database refuses.
pub async fn put(db: impl Sql<'_>, name: &str, value: &str) -> Result<()> {
    let sql = "insert into setting (name, value) values ($1, $2)
               on conflict (name) do update set value = excluded.value";
    db.run(sql, (name, value)).await.map(|_| ())
}

/// Writes one small row, to find out whether writing is possible. Ahead of those who wait for their turn.
///
/// # Errors
/// Where the database refuses, or somebody else writes for longer than anybody waits.
pub(super) async fn touch(db: &Db, at: Timestamp) -> Result<()> {
    let mut tx = db.begin_ahead().await?;
    tx.run(
        "insert into setting (name, value) values ('written_at', $1)
         on conflict (name) do update set value = excluded.value",
        (at.to_rfc3339(),),
    )
    .await?;
    tx.commit().await
}
