//! Writes into the journal that a phase began or ended. The calendar itself needs nobody: each act asks the clock.

use super::gate::ProcessRules;
use super::store::{self, Edge};
use crate::base::clock::{self, Timestamp};
use crate::base::error::Result;
use crate::base::jobs::{Done, Job};
use crate::core::app::App;
use std::collections::HashSet;
use std::time::Duration;

/// Looks at the calendars every ten seconds, and first of all for what happened while no server ran.
pub(super) const PHASES: Job<App> = Job {
    name: "phases",
    every: Duration::from_secs(10),
    look: Some(|app| Box::pin(async { Ok(!passed(app, clock::now()).await?.is_empty()) })),
    run: |app| {
        Box::pin(async {
            cross_all(app, clock::now()).await?;
            Ok(Done::default())
        })
    },
};

/// An end of a phase: of which process and phase, which end, and when.
type Passed = (ProcessRules, String, Edge, Timestamp);

/// The ends of phases that have passed and are not in the journal yet, in order.
async fn passed(app: &App, now: Timestamp) -> Result<Vec<Passed>> {
    let mut passed: Vec<Passed> = Vec::new();
    for known in ProcessRules::all(&app.atlas.world())? {
        for phase in &known.settings.phases {
            for (edge, at) in [(Edge::Opened, phase.opens), (Edge::Closed, phase.closes)] {
                if at <= now {
                    passed.push((known.clone(), phase.key.clone(), edge, at));
                }
            }
        }
    }
    if passed.is_empty() {
        return Ok(passed);
    }
    let crossed: HashSet<_> = store::crossed(&app.db).await?.into_iter().collect();
    passed.retain(|(known, phase, edge, at)| {
        !crossed.contains(&(known.id, phase.clone(), edge.word().to_owned(), *at))
    });
    passed.sort_by_key(|(.., at)| *at);
    Ok(passed)
}

/// Writes each end of a phase that has passed and is not in the journal yet.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn cross_all(app: &App, now: Timestamp) -> Result<()> {
    for (known, phase, edge, instant) in passed(app, now).await? {
        let mut write = app.begin().await?;
        store::cross(&mut write, &known, &phase, edge, instant).await?;
        app.commit(write).await?;
    }
    Ok(())
}
