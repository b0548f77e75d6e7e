//! How often each sort of page is shown, counted in memory and written once a minute: the audience within the CNIL's exemption.
//!
//! What it is not: a measure of people. No address, no cookie, no order of pages, nothing of the browser; only pages count, so that
//! tiles never come near the lock.

use super::store;
use crate::base::clock;
use crate::core::app::App;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The counters. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Audience {
    shown: Arc<Mutex<HashMap<String, i64>>>,
}

impl Audience {
    /// Counts a page by the pattern of its address.
    pub fn count(&self, route: &str) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        match shown.get_mut(route) {
            Some(count) => *count += 1,
            None => {
                shown.insert(route.to_owned(), 1);
            }
        }
    }

    /// What was counted since it was last taken.
    pub fn take(&self) -> Vec<(String, i64)> {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.drain().collect()
    }

    /// Writes what was counted to the present day.
    ///
    /// # Errors
    /// Where the database refuses; what was counted is lost then.
    pub async fn flush(&self, app: &App) -> crate::base::error::Result<()> {
        let shown = self.take();
        if shown.is_empty() {
            return Ok(());
        }
        let day = clock::now().with_timezone(&clock::zone()).date_naive().to_string();
        store::add_audience(&app.db, &day, &shown).await
    }

    /// Writes once a minute. Never ends.
    pub async fn upkeep(self, app: App) {
        let mut minutes = tokio::time::interval(Duration::from_secs(60));
        loop {
            minutes.tick().await;
            match crate::base::telemetry::ran("audience", self.flush(&app).await) {
                Ok(()) => {}
                Err(_) if app.db.is_closed() => return,
                Err(error) => tracing::error!(%error, "the audience could not be written"),
            }
        }
    }
}
