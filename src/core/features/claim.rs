//! What somebody did before they signed in becomes theirs: voices, and the rows of every table that are declared a voice's.
//!
//! What it is not: signing in (`accounts`). Invariant: one voice stays one voice. Where both the visitor and the account had a
//! voice on a feature, the account's stays, the visitor's goes, and the feature's counts say so.

use super::merges;
use crate::base::db::{Sql, held};
use crate::base::error::Result;
use crate::base::ids::{FeatureId, Visitor};
use crate::core::journal::Write;
use crate::core::personal_data::{Erasing, Rows, Whose};
use crate::modules::tables;

/// Gives all that `visitor` did to `account`, the voice of an account. Doing it twice changes nothing.
///
/// # Errors
/// Where the database refuses.
pub async fn claim(write: &mut Write, visitor: Visitor, account: Visitor) -> Result<()> {
    if visitor == account {
        return Ok(());
    }
    voices(write, visitor, account).await?;
    for table in tables() {
        let (column, once): (_, &[_]) = match (table.whose, table.rows, table.erasing) {
            // Voices are counted, above. What stays whoever is erased is kept on a person, and nothing that they did.
            (_, Rows::Voices, _) | (_, _, Erasing::Stays) => continue,
            (Whose::Voice(column), ..) => (column, &[]),
            (Whose::VoiceOnce(column, once), ..) => (column, once),
            _ => continue,
        };
        held::give(write.tx(), table.name, column, once, [visitor, account]).await?;
    }
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
        tx.run(
            "update vote set voter = $3 where feature_id = $1 and voter = $2
             and not exists (select 1 from vote held where held.feature_id = $1 and held.voter = $3)",
            (feature, visitor, account),
        )
        .await?;
        let gone =
            tx.run("delete from vote where feature_id = $1 and voter = $2", (feature, visitor)).await?;
        // A person counts once on a feature and on what was merged into it, together.
        let (counts,): (FeatureId,) =
            tx.one("select coalesce(merged_into, id) from feature where id = $1", (feature,)).await?;
        if gone > 0 || counts != feature || merges::has_merged(write.tx(), feature).await? {
            merges::recount(write, counts).await?;
            write.record_voices(counts);
            if counts != feature {
                merges::recount(write, feature).await?;
                write.record_voices(feature);
            }
        }
    }
    Ok(())
}
