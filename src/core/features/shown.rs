//! Features as everybody reads them: the cards of pages, lists and exports, and what a public one is called.
//!
//! Invariant: what is not public is not found here.

use super::{Ballot, Card, Kind};
use crate::base::db::{Db, Ids, Sql, by};
use crate::base::error::{Error, Result};
use crate::base::ids::FeatureId;

/// The columns of [`Card`], up to the filter.
macro_rules! card {
    ($filter:literal) => {
        concat!(
            "select f.id, f.kind, f.status, p.slug as process, t.slug as theme, t.label as theme_label, t.names as theme_names,
                    t.color as theme_color, t.icon as theme_icon, f.title, f.body, f.wkb, f.votes_for, f.votes_against,
                    f.votes_neutral, f.points, coalesce(f.ballot, p.ballot, 'for_against') as ballot,
                    f.arguments_for, f.arguments_against, f.created_at, f.updated_at, f.withdrawn_at,
                    (select h.digest from photo h where h.feature_id = f.id and h.held is null
                     order by h.position, h.id limit 1)
                        as photo,
                    (select w.authority from answer w where w.feature_id = f.id and w.undone_at is null order by w.id desc limit 1)
                        as answered_by,
                    coalesce((select w.verdict from answer w where w.feature_id = f.id and w.undone_at is null order by w.id desc limit 1) = 'partly',
                             1 = 0) as is_partly,
                    (select string_agg(a.slug, ',') from feature_area fa join area a on a.id = fa.area_id
                     where fa.feature_id = f.id) as areas
             from feature f
             left join process p on p.id = f.process_id
             left join theme t on t.id = f.theme_id
             where f.published_at is not null and ",
            $filter
        )
    };
}

/// The public features of these ids, in the order of the ids; those that are not public are missing.
///
/// # Errors
/// Where the database does not answer.
pub async fn cards(db: impl Sql<'_>, ids: &[i64]) -> Result<Vec<Card>> {
    let sql = by(card!("f.id in (select value from json_each($1))"), card!("f.id = any($1)"));
    let mut cards: Vec<Card> = db.all(sql, (Ids(ids),)).await?;
    let order: std::collections::HashMap<i64, usize> =
        ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    cards.sort_by_key(|card| order.get(&card.id.0).copied());
    Ok(cards)
}

/// One public feature.
///
/// # Errors
/// [`Error::NotFound`] where it is not public or not there.
pub async fn find(db: impl Sql<'_>, id: FeatureId) -> Result<Card> {
    db.one(card!("f.id = $1"), (id,)).await
}

/// The title of a feature, where everybody may read it: what a letter calls it ([`crate::base::mail::Naming`]).
pub fn name_of<'a>(db: &'a Db, kind: &'a str, id: i64) -> crate::base::db::Answer<'a, Option<String>> {
    Box::pin(async move {
        if kind != "feature" {
            return Ok(None);
        }
        let sql = "select title from feature where id = $1 and published_at is not null";
        let row: Option<(String,)> = db.optional(sql, (id,)).await?;
        Ok(row.map(|(title,)| title))
    })
}

/// What these features are called, as everybody reads it; those that are not public are missing.
///
/// # Errors
/// Where the database does not answer.
pub async fn titles(db: impl Sql<'_>, ids: &[i64]) -> Result<Vec<(FeatureId, String)>> {
    let sql = by(
        "select id, title from feature where id in (select value from json_each($1)) and published_at is not null",
        "select id, title from feature where id = any($1) and published_at is not null",
    );
    db.all(sql, (Ids(ids),)).await
}

/// By which rules voices on a public feature are taken: the slug of its process, its kind, its vote.
///
/// # Errors
/// [`Error::NotFound`] where the feature is not public.
pub async fn ruled_by(db: impl Sql<'_>, id: FeatureId) -> Result<(Option<String>, Kind, Ballot)> {
    db.one(
        "select p.slug, f.kind, coalesce(f.ballot, p.ballot, 'for_against')
         from feature f left join process p on p.id = f.process_id
         where f.id = $1 and f.published_at is not null",
        (id,),
    )
    .await
}

/// The slug of a public feature's process, if it has one.
///
/// # Errors
/// [`Error::NotFound`] where the feature is not public.
pub async fn process_of(db: impl Sql<'_>, id: FeatureId) -> Result<Option<String>> {
    let row: Option<(Option<String>,)> = db
        .optional(
            "select p.slug from feature f left join process p on p.id = f.process_id
             where f.id = $1 and f.published_at is not null",
            (id,),
        )
        .await?;
    row.map(|(slug,)| slug).ok_or(Error::NotFound)
}
