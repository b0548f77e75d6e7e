//! Erasing contributions: the link to their author alone, or what they say, with every version that the register kept of it.
//!
//! What it is not: a withdrawal, which can be undone. Invariant: the register learns of each erasure in the same transaction, so
//! that what is gone is never taken for what was tampered with; voices stay counted.

use super::arguments;
use super::untying::OpenBallots;
use super::{merges, photos, redactions, revisions, shells, stakes};
use crate::base::clock::Timestamp;
use crate::base::db::{Answer, Sql as _, Tx, by};
use crate::base::error::{Error, Result};
use crate::base::ids::{ArgumentId, FeatureId, Visitor};
use crate::base::media::Digest;
use crate::core::journal::{Act, Write};
use crate::core::personal_data::{Fate, Person};
use crate::core::subject::Subject;

/// Erases a person's features.
pub fn features<'a>(write: &'a mut Write, person: &'a Person, fate: Fate) -> Answer<'a, Vec<Digest>> {
    Box::pin(async move {
        let Some(voice) = person.voice else { return Ok(Vec::new()) };
        let own: Vec<(FeatureId,)> =
            write.tx().all("select id from feature where author = $1 order by id", (voice,)).await?;
        let mut free = Vec::new();
        for (id,) in own {
            match fate {
                Fate::Anonymous => cut(write, id).await?,
                Fate::Gone => free.extend(empty(write, id).await?),
            }
        }
        Ok(free)
    })
}

/// Cuts the link between a feature and its author. What it says stays.
///
/// # Errors
/// Where the database refuses.
pub async fn cut(write: &mut Write, id: FeatureId) -> Result<()> {
    write.tx().run("update feature set author = null where id = $1", (id,)).await?;
    write.record_about(Act::ERASED, id, "author");
    Ok(())
}

/// Empties a feature of all that it says, for good, and takes it off the map. Where others gave it an argument or an official answer, a
/// shell without text and place stays public, for these. Gives the pictures whose files may go after the commit.
///
/// # Errors
/// Where the database refuses.
pub async fn empty(write: &mut Write, id: FeatureId) -> Result<Vec<Digest>> {
    let at = write.at();
    let said: Option<(String, String)> =
        write.tx().optional("select title, body from feature where id = $1", (id,)).await?;
    let (title, body) = said.unwrap_or_default();
    forget_letters(write, Some(id), &[title, body]).await?;
    // What was the same as it stands alone again, with its own voices.
    merges::end(write, id).await?;
    let row: Option<(Option<Visitor>, bool)> = write
        .tx()
        .optional("select author, published_at is not null from feature where id = $1", (id,))
        .await?;
    let (author, is_public) = row.ok_or(Error::NotFound)?;
    let stays = is_public && stakes::foreign(write.tx(), id, author).await?.is_written();
    revisions::clear(write, id).await?;
    redactions::forget(write, Subject::feature(id)).await?;
    let tx = write.tx();
    tx.run("update feature set author = null, fingerprint = null where id = $1", (id,)).await?;
    tx.run("delete from feature_area where feature_id = $1", (id,)).await?;
    tx.run("delete from deposit where subject_kind = 'feature' and subject_id = $1", (id,)).await?;
    // Moderators kept what it said beside their decisions, those about its arguments too; residents may have quoted it.
    for sql in [
        "update decision set title = '' where feature_id = $1",
        "update decision set body = '', note = '' where feature_id = $1 and subject_kind in ('feature', 'photo')",
        "update appeal set body = '', answer = '' where decision_id in
           (select id from decision where feature_id = $1 and subject_kind in ('feature', 'photo'))",
        "update flag set body = '' where subject_kind = 'feature' and subject_id = $1",
    ] {
        tx.run(sql, (id,)).await?;
    }
    let free = photos::clear(write, id).await?;
    if stays {
        // Answers, voices and arguments of others are not the author's to erase.
        shells::empty_to_shell(write, id, Act::ERASED).await?;
        return Ok(free);
    }
    write
        .tx()
        .run(
            "update feature
             set title = '', body = '', search = '', wkb = null, area_id = null, held = 'erased',
                 published_at = null, updated_at = $2
             where id = $1",
            (id, at),
        )
        .await?;
    write.record(Act::ERASED, id);
    Ok(free)
}

/// The shortest text, in characters, by which a letter is known to quote it: « Oui » stands in many.
const QUOTED: usize = 8;

/// Deletes the letters that lead to a feature, or quote one of these texts, sent or not, whoever they are to.
///
/// # Errors
/// Where the database refuses.
pub async fn forget_letters(write: &mut Write, feature: Option<FeatureId>, texts: &[String]) -> Result<()> {
    let tx = write.tx();
    if let Some(id) = feature {
        tx.run(
            by(
                "delete from mail where body || ' ' glob '*/features/' || $1 || '[^0-9]*'",
                "delete from mail where body || ' ' ~ ('/features/' || $1 || '[^0-9]')",
            ),
            (id.to_string(),),
        )
        .await?;
    }
    for text in texts.iter().filter(|text| text.chars().count() >= QUOTED) {
        tx.run(
            by(
                "delete from mail where instr(subject || char(10) || body, $1) > 0",
                "delete from mail where position($1 in subject || chr(10) || body) > 0",
            ),
            (text.as_str(),),
        )
        .await?;
    }
    Ok(())
}

/// Erases a person's arguments.
pub fn arguments<'a>(write: &'a mut Write, person: &'a Person, fate: Fate) -> Answer<'a, Vec<Digest>> {
    Box::pin(async move {
        let Some(voice) = person.voice else { return Ok(Vec::new()) };
        let own: Vec<(ArgumentId, FeatureId)> = write
            .tx()
            .all("select id, feature_id from argument where author = $1 order by id", (voice,))
            .await?;
        for (id, feature) in own {
            match fate {
                Fate::Anonymous => cut_argument(write, feature, id).await?,
                Fate::Gone => arguments::empty(write, feature, id).await?,
            }
        }
        Ok(Vec::new())
    })
}

async fn cut_argument(write: &mut Write, feature: FeatureId, id: ArgumentId) -> Result<()> {
    write.tx().run("update argument set author = null where id = $1", (id,)).await?;
    write.record_about(Act::ERASED, feature, format!("author of {id}"));
    Ok(())
}

/// Erases what a person sent of photos and never attached, and cuts the link to the others: their features decide about them.
pub fn photos<'a>(write: &'a mut Write, person: &'a Person, _: Fate) -> Answer<'a, Vec<Digest>> {
    Box::pin(async move {
        let Some(voice) = person.voice else { return Ok(Vec::new()) };
        let free = photos::clear_pending(write, voice).await?;
        write.tx().run("update photo set author = null where author = $1", (voice,)).await?;
        Ok(free)
    })
}

/// Features that nobody shows any more since before an instant: withdrawn, or hidden; and shells whose text is kept still.
///
/// # Errors
/// Where the database does not answer.
pub async fn withheld_features(tx: &mut Tx, before: Timestamp) -> Result<Vec<(FeatureId,)>> {
    tx.all(
        "select f.id from feature f
         where f.held in ('withdrawn', 'hidden') and f.updated_at < $1
            or f.withdrawn_at < $1 and exists (select 1 from revision r
                                               where r.subject_kind = 'feature' and r.subject_id = f.id
                                                 and r.held = 'withdrawn')
         order by f.id",
        (before,),
    )
    .await
}

/// Arguments that nobody shows any more, given before an instant.
///
/// # Errors
/// Where the database does not answer.
pub async fn withheld_arguments(tx: &mut Tx, before: Timestamp) -> Result<Vec<(ArgumentId, FeatureId)>> {
    tx.all(
        "select id, feature_id from argument where held in ('withdrawn', 'hidden') and created_at < $1 order by id",
        (before,),
    )
    .await
}

/// Cuts the links between what visitors without an account did before an instant and the random value that their browser had:
/// features and arguments are nobody's then, and voices each another nobody's. Gives how many of all.
///
/// # Errors
/// Where the database refuses.
pub async fn untie_visitors(write: &mut Write, before: Timestamp, open: &OpenBallots) -> Result<u64> {
    let features: Vec<(FeatureId,)> = write
        .tx()
        .all(
            "select id from feature where author is not null and created_at < $1
             and author not in (select voice from account) order by id",
            (before,),
        )
        .await?;
    let arguments: Vec<(ArgumentId, FeatureId)> = write
        .tx()
        .all(
            "select id, feature_id from argument where author is not null and created_at < $1
             and author not in (select voice from account) order by id",
            (before,),
        )
        .await?;
    let cut_links = u64::try_from(features.len() + arguments.len()).unwrap_or(u64::MAX);
    for (id,) in features {
        cut(write, id).await?;
    }
    for (id, feature) in arguments {
        cut_argument(write, feature, id).await?;
    }
    write
        .tx()
        .run(
            "update photo set author = null where created_at < $1 and feature_id is not null
             and author is not null and author not in (select voice from account)",
            (before,),
        )
        .await?;
    Ok(cut_links + super::untying::untie(write.tx(), before, open).await?)
}
