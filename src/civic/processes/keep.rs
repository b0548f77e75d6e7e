//! Writes into the journal that a phase began or ended. The calendar itself needs nobody: each act asks the clock.

use super::gate::ProcessRules;
use super::store::{self, Edge};
use crate::base::clock::{self, Timestamp};
use crate::base::error::Result;
use crate::core::app::App;
use std::collections::HashSet;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(10);

/// Looks at the calendars every ten seconds, and first of all for what happened while no server ran. Never ends.
pub async fn keep(app: App) {
    loop {
        if let Err(error) = crate::base::telemetry::ran("phases", cross_all(&app, clock::now()).await) {
            tracing::error!(%error, "phases could not be kept");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Writes each end of a phase that has passed and is not in the journal yet.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn cross_all(app: &App, now: Timestamp) -> Result<()> {
    let known = ProcessRules::all(&app.atlas.world())?;
    let passed: Vec<(&ProcessRules, &str, Edge, Timestamp)> = known
        .iter()
        .flat_map(|known| known.settings.phases.iter().map(move |phase| (known, phase)))
        .flat_map(|(known, phase)| {
            [
                (known, phase.key.as_str(), Edge::Opened, phase.opens),
                (known, phase.key.as_str(), Edge::Closed, phase.closes),
            ]
        })
        .filter(|(.., instant)| *instant <= now)
        .collect();
    if passed.is_empty() {
        return Ok(());
    }
    let crossed: HashSet<_> = store::crossed(&app.db).await?.into_iter().collect();
    let is_new = |(known, phase, edge, instant): &(&ProcessRules, &str, Edge, Timestamp)| {
        !crossed.contains(&(known.id, (*phase).to_owned(), edge.word().to_owned(), *instant))
    };
    let mut new: Vec<_> = passed.into_iter().filter(is_new).collect();
    new.sort_by_key(|(.., instant)| *instant);
    for (known, phase, edge, instant) in new {
        let mut write = app.begin().await?;
        store::cross(&mut write, known, phase, edge, instant).await?;
        app.commit(write).await?;
    }
    Ok(())
}
