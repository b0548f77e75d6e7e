//! What reports have done while nobody waits: the clock is told of.

use super::{store, treating};
use crate::base::clock;
use crate::base::jobs::{Done, Job};
use crate::core::app::App;
use std::time::Duration;

/// Tells the journal of each report whose time is over, when it is.
pub(super) const OVERDUE: Job<App> = Job {
    name: "reports-overdue",
    every: Duration::from_secs(60),
    look: Some(|app| {
        Box::pin(async move {
            let next = store::next_due(&app.db).await?;
            Ok(next.is_some_and(|next| next <= clock::now()))
        })
    }),
    run: |app| {
        Box::pin(async move {
            let count = treating::tell_overdue(app, clock::now()).await?;
            Ok(Done { count, next: store::next_due(&app.db).await? })
        })
    },
};
