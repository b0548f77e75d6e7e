//! What somebody did before they signed in becomes theirs: ideas, arguments, photos, voices.
//!
//! What it is not: signing in (`accounts`). Invariant: one voice stays one voice. Where both the visitor and the account had a
//! voice on a feature, the account's stays, the visitor's goes, and the feature's counts say so.

use crate::db::Sql;
use crate::error::Result;
use crate::ids::{FeatureId, Visitor};
use crate::journal::{Act, Write};

/// Gives all that `visitor` did to `account`, the voice of an account. Doing it twice changes nothing.
///
/// # Errors
/// Where the database refuses.
pub async fn claim(write: &mut Write, visitor: Visitor, account: Visitor) -> Result<()> {
    if visitor == account {
        return Ok(());
    }
    voices(write, visitor, account).await?;
    let tx = write.tx();
    tx.run("update feature set author = $2 where author = $1", (visitor, account)).await?;
    tx.run("update argument set author = $2 where author = $1", (visitor, account)).await?;
    tx.run("update photo set author = $2 where author = $1", (visitor, account)).await?;
    Ok(())
}

async fn voices(write: &mut Write, visitor: Visitor, account: Visitor) -> Result<()> {
    let sql = "select feature_id from vote where voter = $1 order by feature_id";
    let voted: Vec<(FeatureId,)> = write.tx().all(sql, (visitor,)).await?;
    // In the order of the ids, each row locked before its voices are read: two devices of one person that sign in at once
    // wait for each other.
    for (feature,) in voted {
        let tx = write.tx();
        tx.run("update feature set updated_at = updated_at where id = $1", (feature,)).await?;
        let moved = tx
            .run(
                "update vote set voter = $3 where feature_id = $1 and voter = $2
                 and not exists (select 1 from vote held where held.feature_id = $1 and held.voter = $3)",
                (feature, visitor, account),
            )
            .await?;
        if moved > 0 {
            continue;
        }
        let gone: Option<(i64,)> = tx
            .optional(
                "delete from vote where feature_id = $1 and voter = $2 returning value",
                (feature, visitor),
            )
            .await?;
        if let Some((value,)) = gone {
            tx.run(
                "update feature set votes_for = votes_for - $2, votes_against = votes_against - $3 where id = $1",
                (feature, value.max(0), (-value).max(0)),
            )
            .await?;
            write.record(Act::Voted, feature);
        }
    }
    Ok(())
}
