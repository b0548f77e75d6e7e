//! Writes into the journal that a phase began or ended. The calendar itself needs nobody: each act asks the clock.

use super::gate::ProcessRules;
use super::local_time;
use super::model::State;
use super::store::{self, Edge};
use crate::base::clock::{self, Timestamp};
use crate::base::error::Result;
use crate::base::i18n::{Lang, Message};
use crate::base::jobs::{Done, Job};
use crate::base::mail::{self, Letter};
use crate::civic::contributions::followers;
use crate::core::app::App;
use crate::core::journal::Write;
use chrono::TimeDelta;
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

/// What is older than this is told nobody any more.
const STALE: TimeDelta = TimeDelta::days(1);

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
    let told = store::crossed(&app.db).await?;
    for (known, phase, edge, instant) in passed(app, now).await? {
        // An end that is moved by some hours is no news twice.
        let is_told = told.iter().any(|(of, key, word, at)| {
            (*of, key, word.as_str()) == (known.id, &phase, edge.word()) && (instant - *at).abs() < STALE
        });
        let mut write = app.begin().await?;
        store::cross(&mut write, &known, &phase, edge, instant).await?;
        // What happened while no server ran is news of yesterday at most.
        if now - instant < STALE && !is_told && known.state == State::Public {
            tell(app, &mut write, &known, &phase, edge).await?;
        }
        app.commit(write).await?;
    }
    Ok(())
}

/// Puts the letters about an end of a phase into the outbox, to who follows the process.
async fn tell(app: &App, write: &mut Write, known: &ProcessRules, phase: &str, edge: Edge) -> Result<()> {
    let Some(phase) = known.settings.phases.iter().find(|one| one.key == phase) else { return Ok(()) };
    let base = app.config.letters_base();
    let page = format!("{base}/processes/{}", known.slug);
    let key = match edge {
        Edge::Opened => "letter-process-opened",
        Edge::Closed => "letter-process-closed",
    };
    let say = |lang: Lang| {
        // In French what was written in French only.
        let told = known.told(lang);
        let title = told.rules.title.as_str();
        let phase = told.rules.settings.phases.iter().find(|one| one.key == phase.key).unwrap_or(phase);
        let said = Message::new(key)
            .with("process", title)
            .with("phase", phase.title.as_str())
            .with("closes", local_time::said(lang, phase.closes));
        (lang.say(&Message::new("letter-process-subject").with("process", title)), lang.say(&said))
    };
    for (follower, to, lang) in followers::of_process(write.tx(), known.id).await? {
        let end = Message::new("letter-follow-end")
            .with("page", page.as_str())
            .with("stop", followers::link(app, &base, follower, &to))
            .with("site", app.name());
        let (subject, said) = say(lang);
        let body = format!("{said}\n\n{}", lang.say(&end));
        let (letter, at) = (Letter { to, subject, body }, write.at());
        mail::post(write.tx(), &letter, at).await?;
    }
    Ok(())
}
