//! The little SQL of backups: the journal's head, and whether a database is still empty.

use crate::base::db::{Db, Sql, Tx};
use crate::base::error::Result;

/// The journal's last number, the register's, and the chain at it.
pub(super) async fn head(tx: &mut Tx) -> Result<(i64, i64, Option<Vec<u8>>)> {
    tx.one("select seq, number, chain from journal_head where id = 1", ()).await
}

/// Whether nobody has used this database yet. What a server writes at its first start (keys) does not count.
pub(super) async fn is_unused(db: &Db) -> Result<bool> {
    let (used,): (bool,) = db
        .one(
            "select exists (select 1 from journal) or exists (select 1 from account) or exists (select 1 from feature)
                 or exists (select 1 from area) or exists (select 1 from process) or exists (select 1 from place)",
            (),
        )
        .await?;
    Ok(!used)
}
