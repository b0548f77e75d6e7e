//! Views of the desk's lists that people keep under a name: a filter and an order, found again in the navigation, their own or the team's.
//!
//! What it is not: a bookmark. Invariant: a view is of a list that says how its query is read, and holds parameters that the list knows,
//! in its own form; where it leads is never what somebody sent. Who may not open its list does not see it.

mod routes;
pub(super) mod store;
#[cfg(test)]
mod tests;

pub(super) use routes::routes;

use crate::base::clock::Timestamp;
use crate::base::db::Tx;
use crate::base::error::Result;
use crate::base::ids::AccountId;

/// Where views are renamed and removed.
pub(super) const HERE: &str = "/admin/views";

/// How many one person may keep.
const MOST: i64 = 60;

/// The longest name, in characters.
const NAME_MOST: usize = 60;

/// The longest query that is kept, in characters.
const QUERY_MOST: usize = 1_000;

/// A view.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SavedView {
    /// Its number.
    pub id: i64,
    /// Whose.
    pub account_id: AccountId,
    /// The list that it is of.
    pub room: String,
    /// What it is called.
    pub name: String,
    /// What is looked at, as the list says it.
    pub query: String,
    /// Whether the team sees it.
    pub is_shared: bool,
    /// When it was kept.
    pub made_at: Timestamp,
}

/// Keeps a view of somebody's: list and query, its name and whether the team sees it.
///
/// # Errors
/// Where the database refuses.
pub async fn keep_view(
    tx: &mut Tx,
    account: AccountId,
    seen: (&str, &str),
    called: (&str, bool),
) -> Result<i64> {
    store::insert(tx, account, seen, called).await
}

impl SavedView {
    /// Its address; with an empty query too, because a list without any may show less.
    pub fn path(&self) -> String {
        format!("{}?{}", self.room, self.query)
    }
}
