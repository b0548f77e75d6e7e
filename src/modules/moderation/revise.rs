//! What becomes of a version that waits, and of what its author took back. No SQL, no HTTP.
//!
//! Invariant: only the version that a moderator read is published; what others gave their voice to meanwhile is asked again.

use super::store::Item;
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::FeatureId;
use crate::base::media::Digest;
use crate::civic::contributions::decisions;
use crate::civic::processes::{Edits, ProcessRules};
use crate::core::app::App;
use crate::core::features::edits::Change;
use crate::core::features::revisions::{self, Version, Wait};
use crate::core::features::{self, Channel, Content, stakes, waiting_photos};
use crate::core::journal::{Act, Write};

fn conflict(key: &'static str) -> Error {
    Error::Conflict(Message::new(key))
}

fn content(app: &App, version: &Version) -> Result<Content> {
    let world = app.atlas.world();
    let mut content = version.content(world.territory())?;
    // A theme that was removed since is no theme.
    content.theme = content.theme.filter(|id| world.themes().iter().any(|theme| theme.id == *id));
    Ok(content)
}

/// Publishes the version that waits. Gives the pictures whose files may go after the commit.
///
/// # Errors
/// [`Error::Conflict`] where it is not that one any more, or people gave their voice to something else meanwhile.
pub(super) async fn accept(app: &App, write: &mut Write, item: &Item, n: i64) -> Result<Vec<Digest>> {
    let id = item.feature()?;
    let waiting = revisions::waiting(write.tx(), id).await?.filter(|revision| revision.n == n);
    let waiting = waiting.ok_or_else(|| conflict("revision-meanwhile"))?;
    let new = content(app, &waiting.version()?)?;
    must_leave_what_has_voices(app, write, item, &new).await?;
    let brought = waiting_photos::bring(write, id).await?;
    let free = waiting_photos::drop_from(write, id, &waiting.photos()).await?;
    revisions::settle(write, id, n, None, &brought).await?;
    put(write, item, &new).await?;
    Ok(free)
}

async fn put(write: &mut Write, item: &Item, new: &Content) -> Result<()> {
    features::store::put(write, item.feature()?, new, Act::CHANGED, Channel::Web).await?;
    decisions::look(write, item.thing()).await
}

async fn must_leave_what_has_voices(app: &App, write: &mut Write, item: &Item, new: &Content) -> Result<()> {
    let id = item.feature()?;
    let world = app.atlas.world();
    let process = world.processes().iter().find(|process| Some(process.id) == item.process_id);
    let process = ProcessRules::of_feature(&world, process.map(|process| process.slug.as_str()))?;
    let stake = stakes::foreign(write.tx(), id, item.author).await?;
    if process.settings.rules.edits == Edits::Told || !stake.is_discussed() {
        return Ok(());
    }
    let seen = match stakes::seen_by_voices(write.tx(), id, item.author).await? {
        Some(version) => version,
        None => Version::read(&revisions::current(write.tx(), id).await?)?,
    };
    if Change::between(&seen, new)?.is_small() { Ok(()) } else { Err(conflict("revision-too-large")) }
}

/// Leaves what is public as it is. Photos that came with the version are deleted: gives the pictures whose files may go after the
/// commit.
///
/// # Errors
/// [`Error::Conflict`] where the version does not wait any more.
pub(super) async fn refuse(write: &mut Write, id: FeatureId, n: i64) -> Result<Vec<Digest>> {
    revisions::settle(write, id, n, Some(Wait::Refused), &[]).await?;
    let free = waiting_photos::discard(write, id).await?;
    write.record_about(Act::KEPT, id, format!("revision {n}"));
    Ok(free)
}

/// Takes back what was decided about a version: it waits again, and the public reads what it read before.
///
/// # Errors
/// [`Error::NotFound`] where there is no such version any more.
pub(super) async fn reopen(
    app: &App,
    write: &mut Write,
    item: &Item,
    n: i64,
    was_published: bool,
) -> Result<()> {
    let before = revisions::unsettle(write, item.feature()?, n, was_published).await?;
    if !was_published {
        write.record_about(Act::KEPT, item.feature()?, format!("revision {n} undone"));
        return Ok(());
    }
    waiting_photos::put_off(write, item.feature()?, &before.photos()).await?;
    let old = content(app, &before.version()?)?;
    put(write, item, &old).await
}

/// Puts back what its author took back.
///
/// # Errors
/// [`Error::Conflict`] where they did not.
pub(super) async fn restore(app: &App, write: &mut Write, item: &Item) -> Result<()> {
    if item.withdrawn_at.is_none() {
        return Err(conflict("decision-not-withdrawn"));
    }
    let world = app.atlas.world();
    match features::shells::restore(write, item.feature()?, world.territory(), Act::RESTORED).await {
        Err(Error::NotFound) => Err(conflict("decision-withdrawn-erased")),
        done => done,
    }
}
