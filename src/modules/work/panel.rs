//! What agents see of their work on a contribution, on its page: who looks after it, and their notes.

use super::views::WorkPart;
use crate::base::db::Answer;
use crate::base::error::{Error, Result};
use crate::base::http::Reader;
use crate::civic::accounts::{Actor, Jurisdiction, Role, Seen};
use crate::civic::contributions::things::Thing;
use crate::civic::work::{assignments, notes};
use crate::core::app::App;
use askama::Template as _;

/// The part of a contribution's page; nothing for who does not answer for the authority there.
pub(super) fn panel<'a>(seen: &'a Seen<'a>) -> Answer<'a, String> {
    Box::pin(async move {
        let place = Jurisdiction::of(&seen.app.atlas.world(), seen.card);
        if !seen.actor.may(Role::Agent, &place) {
            return Ok(String::new());
        }
        let part = part(seen.app, seen.reader, seen.actor, Thing::feature(seen.card.id), &place).await?;
        let part = WorkPart { on_page: true, ..part };
        part.render().map_err(|error| Error::Internal(error.to_string()))
    })
}

/// What is known of the work on a subject.
pub(super) async fn part(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    thing: Thing,
    place: &Jurisdiction,
) -> Result<WorkPart> {
    Ok(WorkPart {
        lang: reader.lang,
        word: thing.word(),
        me: actor.signed_in()?.id,
        on_page: false,
        assigned: assignments::now(&app.db, thing.subject).await?,
        colleagues: assignments::colleagues(&app.db, place).await?,
        notes: notes::of(&app.db, thing.subject).await?,
        typed: String::new(),
        problem: None,
    })
}
