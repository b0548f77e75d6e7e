//! What a feature said before: when it was changed, and the versions that everybody read until then. What it is not: what waits, was
//! refused, hidden or taken back; nobody reads that here.

use crate::base::clock::Timestamp;
use crate::base::error::Result;
use crate::base::prose;
use crate::core::app::App;
use crate::core::features::{Card, revisions};

/// A version that everybody read.
pub(super) struct Past {
    /// Until when.
    pub(super) until: Timestamp,
    pub(super) title: String,
    /// Safe HTML.
    pub(super) html: String,
}

/// What a page says of what was there before.
#[derive(Default)]
pub(super) struct History {
    /// When it was last changed.
    pub(super) changed_at: Option<Timestamp>,
    /// The latest first.
    pub(super) versions: Vec<Past>,
}

impl History {
    pub(super) async fn read(app: &App, card: &Card) -> Result<History> {
        if card.withdrawn_at.is_some() {
            return Ok(History::default());
        }
        let past = |(until, version): (Timestamp, revisions::Version)| Past {
            until,
            html: prose::html(&version.body),
            title: version.title,
        };
        let versions = revisions::before(&app.db, card.id).await?;
        Ok(History {
            changed_at: revisions::changed_at(&app.db, card.id).await?,
            versions: versions.into_iter().map(past).collect(),
        })
    }
}
