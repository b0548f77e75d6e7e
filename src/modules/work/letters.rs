//! Letters to the authority's people: what arrived where they act, at once or as a digest, in the language in which each reads.
//!
//! What it is not: the letters to residents (`moderation`, `answers`). Invariant: who lost their role is told nothing; who is away is
//! told of everything when they are back; who stands in for them is told meanwhile of what both look after.

use crate::base::clock::{self, Timestamp};
use crate::base::error::Result;
use crate::base::i18n::Message;
use crate::base::jobs::{Done, Job};
use crate::base::mail::{self, Letter};
use crate::civic::accounts::store::grants;
use crate::civic::work::news::{self, Item, Sort};
use crate::civic::work::watch::{self, Holder, Watch};
use crate::core::app::App;
use chrono::TimeDelta;

/// How many contributions of a sort are named.
const NAMED: usize = 10;

/// So long after an instant everything that says it happened then is committed.
const SETTLED: TimeDelta = TimeDelta::minutes(1);

/// Looks each minute whose turn it is.
pub(super) const LETTERS: Job<App> = Job {
    name: "work-letters",
    every: std::time::Duration::from_secs(60),
    look: None,
    run: |app| Box::pin(async { Ok(Done::of(run(app, clock::now() - SETTLED).await?)) }),
};

/// Tells everybody whose turn it is. Gives how many letters that made.
pub(super) async fn run(app: &App, now: Timestamp) -> Result<u64> {
    let (holders, chosen) = (watch::holders(&app.db).await?, watch::all(&app.db).await?);
    let mut count = 0;
    for holder in &holders {
        let Some(watch) = chosen.iter().find(|watch| watch.account_id == holder.id) else {
            // Told from now on, not of all that ever was.
            let mut write = app.begin().await?;
            watch::set(&mut write, &Watch::new(holder.id, now)).await?;
            app.commit(write).await?;
            continue;
        };
        if watch.is_due(now) {
            count += u64::from(tell(app, &holders, holder, watch, now).await?);
        }
    }
    Ok(count)
}

/// Tells one, or who stands in for them. Gives whether there was something to tell.
async fn tell(app: &App, holders: &[Holder], holder: &Holder, watch: &Watch, now: Timestamp) -> Result<bool> {
    let is_absent = watch.is_absent(now);
    let substitute = watch.substitute_id.filter(|_| is_absent);
    let substitute = substitute.and_then(|id| holders.iter().find(|one| one.id == id));
    if is_absent && substitute.is_none() {
        return Ok(false);
    }
    let between = (watch.since(now), now);
    let mut found = arrived(app, holder, between).await?;
    if let Some(substitute) = substitute {
        let theirs = arrived(app, substitute, between).await?;
        for (sort, items) in &mut found {
            items.retain(|item| theirs.iter().any(|(other, them)| other == sort && them.contains(item)));
        }
    }
    found.retain(|(_, items)| !items.is_empty());
    // What is told at once has no turn that passes.
    if found.is_empty() && watch.pace == watch::Pace::Now {
        return Ok(false);
    }
    let mut write = app.begin().await?;
    if !watch::told(&mut write, watch, now).await? || found.is_empty() {
        app.commit(write).await?;
        return Ok(false);
    }
    let letter = letter(app, &found, (holder, substitute));
    let at = write.at();
    mail::post(write.tx(), &letter, at).await?;
    app.commit(write).await?;
    Ok(true)
}

/// What arrived where somebody acts.
async fn arrived(
    app: &App,
    holder: &Holder,
    between: (Timestamp, Timestamp),
) -> Result<Vec<(Sort, Vec<Item>)>> {
    let grants = grants(&app.db, holder.id).await?;
    let promise = app.site().answer_days().map(|days| TimeDelta::days(days.cast_signed()));
    let mut found = Vec::new();
    for sort in Sort::ALL.iter().copied() {
        let scope = news::scope(&grants, sort.role());
        found.push((sort, news::of(&app.db, sort, &scope, between, promise).await?));
    }
    Ok(found)
}

fn letter(app: &App, found: &[(Sort, Vec<Item>)], (of, to): (&Holder, Option<&Holder>)) -> Letter {
    let lang = to.unwrap_or(of).lang;
    let base = app.config.letters_base();
    let mut body = lang.text("letter-work");
    if to.is_some() {
        body.push_str("\n\n");
        body.push_str(&lang.say(&Message::new("letter-work-substitute").with("name", &of.name)));
    }
    for (sort, items) in found {
        body.push_str("\n\n");
        body.push_str(
            &lang.count(
                &format!("letter-work-{}", sort.word()),
                i64::try_from(items.len()).unwrap_or(i64::MAX),
            ),
        );
        for title in items.iter().filter_map(|item| item.title.as_deref()).take(NAMED) {
            body.push_str("\n- ");
            body.push_str(title);
        }
        body.push_str(&format!("\n{base}{}", sort.path()));
    }
    let end = Message::new("letter-work-end").with("page", format!("{base}{}", super::letters_page::HERE));
    body.push_str("\n\n");
    body.push_str(&lang.say(&end.with("site", app.name())));
    let subject = lang.say(&Message::new("letter-work-subject").with("site", app.name()));
    Letter { to: to.unwrap_or(of).email.clone(), subject, body }
}
