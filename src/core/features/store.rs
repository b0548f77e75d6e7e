//! The features' SQL.

use super::geometry::to_wkb;
use super::said::{self, FeatureSaid};
pub use super::shown::{cards, find, name_of, process_of, ruled_by, titles};
use super::{Channel, Content, Hold, Kind, Located, NewFeature, Placed, merges, redactions, revisions};
use crate::base::db::{Ids, Sql, Statement, by, insert_many};
use crate::base::error::{Error, Result};
use crate::base::ids::{AreaId, FeatureId, Visitor};
use crate::base::text::fold;
use crate::core::journal::{Act, Said, Write};
use crate::core::subject::Subject;

/// Writes a feature; it is public at once where nothing holds it.
///
/// # Errors
/// Where the database refuses.
pub async fn insert(write: &mut Write, new: &NewFeature, act: Act) -> Result<FeatureId> {
    let ids = insert_all(write, std::slice::from_ref(new), act).await?;
    ids.first().copied().ok_or_else(|| Error::Internal("no id was reserved".into()))
}

/// Writes many features at once, with their areas and journal lines. Gives their ids, in the same order.
///
/// # Errors
/// Where the database refuses, for instance a second row with the same origin.
pub async fn insert_all(write: &mut Write, new: &[NewFeature], act: Act) -> Result<Vec<FeatureId>> {
    let at = write.at();
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let ids = reserve(write, new.len()).await?;
    let mut rows = Vec::with_capacity(new.len());
    for (id, f) in ids.iter().zip(new) {
        let wkb = f.geometry.as_ref().map(to_wkb).transpose()?;
        let origin = f.origin.as_ref();
        rows.push((
            *id,
            f.kind,
            f.process,
            f.theme,
            f.status,
            f.title.as_str(),
            f.body.as_str(),
            search_text(&f.title, &f.body),
            wkb,
            f.stated_area,
            f.author,
            f.channel,
            origin.map(|o| o.source.as_str()),
            origin.map(|o| o.external_id.as_str()),
            origin.map(|o| o.fingerprint.as_str()),
            f.held,
            f.created_at,
            at,
            f.held.is_none().then_some(at),
            f.kind.0.ballot,
        ));
    }
    insert_many(
        write.tx(),
        "insert into feature (id, kind, process_id, theme_id, status, title, body, search, wkb, area_id, author,
                              channel, source, external_id, fingerprint, held, created_at, updated_at,
                              published_at, ballot)",
        rows,
        "",
    )
    .await?;
    let areas = ids.iter().zip(new).flat_map(|(id, f)| f.areas.iter().map(|area| (*id, *area)));
    insert_many(write.tx(), "insert into feature_area (feature_id, area_id)", areas, "").await?;
    let said = ids.iter().zip(new).map(|(id, f)| Ok(said_of(*id, f.channel, said::feature(&of_new(f))?)));
    let said = said.collect::<Result<Vec<Said>>>()?;
    write.deposit(act, said).await?;
    Ok(ids)
}

pub(super) fn said_of(feature: FeatureId, channel: Channel, content: String) -> Said {
    Said {
        of: Subject::feature(feature),
        feature: Some(feature),
        subject: None,
        channel: Some(channel.word()),
        content,
    }
}

fn of_new(f: &NewFeature) -> FeatureSaid<'_> {
    FeatureSaid {
        kind: f.kind,
        title: &f.title,
        body: &f.body,
        theme: f.theme,
        geometry: f.geometry.as_ref(),
        area: f.stated_area,
        notice: f.channel.notice(),
    }
}

/// Takes fresh ids, in order. Concurrent writers never get the same ones.
async fn reserve(write: &mut Write, count: usize) -> Result<Vec<FeatureId>> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let ids: Vec<(FeatureId,)> = write
        .tx()
        .all(
            by(
                // The one writer of SQLite holds the database: the next ids are ours.
                "with recursive step (n) as (select 1 union all select n + 1 from step where n < $1)
                 select (select coalesce(max(id), 0) from feature) + n from step",
                "select nextval(pg_get_serial_sequence('feature', 'id')) from generate_series(1, $1)",
            ),
            (count,),
        )
        .await?;
    Ok(ids.into_iter().map(|(id,)| id).collect())
}

/// Rewrites an imported feature whose row changed. Votes, author and channel stay as they are.
///
/// # Errors
/// [`Error::NotFound`] where there is no such feature.
pub async fn update(write: &mut Write, id: FeatureId, new: &NewFeature, act: Act) -> Result<()> {
    let wkb = new.geometry.as_ref().map(to_wkb).transpose()?;
    let at = write.at();
    if is_public(write, id).await? {
        revisions::keep(write, id).await?;
    }
    let (title, body) = redactions::kept(write, id, &new.title, &new.body).await?;
    let changed = write
        .tx()
        .run(
            "update feature
             set kind = $2, process_id = $3, theme_id = $4, status = $5, title = $6, body = $7, search = $8, wkb = $9,
                 area_id = $10, fingerprint = $11, created_at = $12, updated_at = $13
             where id = $1",
            (
                id,
                new.kind,
                new.process,
                new.theme,
                new.status,
                title.as_str(),
                body.as_str(),
                search_text(&title, &body),
                wkb,
                new.stated_area,
                new.origin.as_ref().map(|o| o.fingerprint.as_str()),
                new.created_at,
                at,
            ),
        )
        .await?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    set_areas(write, id, &new.areas).await?;
    write
        .deposit(
            act,
            vec![said_of(
                id,
                new.channel,
                said::feature(&FeatureSaid { title: &title, body: &body, ..of_new(new) })?,
            )],
        )
        .await
}

/// Replaces the areas that a feature lies in. Records nothing: the caller says why it changed.
///
/// # Errors
/// Where the database refuses.
pub async fn set_areas(write: &mut Write, id: FeatureId, areas: &[AreaId]) -> Result<()> {
    write.tx().run("delete from feature_area where feature_id = $1", (id,)).await?;
    let rows = areas.iter().map(|area| (id, *area));
    insert_many(write.tx(), "insert into feature_area (feature_id, area_id)", rows, "").await?;
    Ok(())
}

/// Rewrites what a feature says and where it is: its author's act. Votes, arguments, status and process stay; what everybody read
/// until now is kept as a version.
///
/// # Errors
/// [`Error::NotFound`] where there is no such feature.
pub async fn rewrite(write: &mut Write, id: FeatureId, new: &Content) -> Result<()> {
    revisions::replace(write, id).await?;
    if is_public(write, id).await? {
        revisions::keep(write, id).await?;
    }
    put(write, id, new, Act::CHANGED, Channel::Web).await
}

async fn is_public(write: &mut Write, id: FeatureId) -> Result<bool> {
    let row: Option<(bool,)> =
        write.tx().optional("select published_at is not null from feature where id = $1", (id,)).await?;
    row.map(|(is_public,)| is_public).ok_or(Error::NotFound)
}

/// Puts a text and a place into a feature's row, and seals them. What the row said before is the caller's to keep.
///
/// # Errors
/// [`Error::NotFound`] where there is no such feature.
pub async fn put(write: &mut Write, id: FeatureId, new: &Content, act: Act, channel: Channel) -> Result<()> {
    let wkb = new.geometry.as_ref().map(to_wkb).transpose()?;
    let at = write.at();
    let (title, body) = redactions::kept(write, id, &new.title, &new.body).await?;
    let changed: Option<(Kind,)> = write
        .tx()
        .optional(
            "update feature
             set theme_id = $2, title = $3, body = $4, search = $5, wkb = $6, area_id = $7, updated_at = $8,
                 seen_at = null
             where id = $1 returning kind",
            (
                id,
                new.theme,
                title.as_str(),
                body.as_str(),
                search_text(&title, &body),
                wkb,
                new.stated_area,
                at,
            ),
        )
        .await?;
    let (kind,) = changed.ok_or(Error::NotFound)?;
    set_areas(write, id, &new.areas).await?;
    let said = FeatureSaid {
        kind,
        title: &title,
        body: &body,
        theme: new.theme,
        geometry: new.geometry.as_ref(),
        area: new.stated_area,
        notice: channel.notice(),
    };
    write.deposit(act, vec![said_of(id, channel, said::feature(&said)?)]).await
}

/// Takes a feature off the public map, and says why; `None` puts it back. The act says whose decision it is. What was merged into
/// it stands alone from then on.
///
/// # Errors
/// [`Error::NotFound`] where there is no such feature.
pub async fn hold(write: &mut Write, id: FeatureId, held: Option<Hold>, act: Act) -> Result<()> {
    let at = write.at();
    let published_at = held.is_none().then_some(at);
    let changed = write
        .tx()
        .run(
            "update feature set held = $2, published_at = $3, updated_at = $4 where id = $1",
            (id, held, published_at, at),
        )
        .await?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    if held.is_some() {
        merges::end(write, id).await?;
    }
    write.record(act, id);
    Ok(())
}

/// The number of the last line that changed what a feature says, or what its author sent of it: who changes it says which they read.
///
/// # Errors
/// Where the database does not answer.
pub async fn last_said(db: impl Sql<'_>, id: FeatureId) -> Result<i64> {
    let (seq,): (i64,) = db
        .one(
            "select coalesce(max(seq), 0) from journal
             where feature_id = $1 and act in ('placed', 'imported', 'changed', 'revised', 'restored')",
            (id,),
        )
        .await?;
    Ok(seq)
}

/// Which rows of a source we have: external id, our id and the fingerprint.
///
/// # Errors
/// Where the database does not answer.
pub async fn of_source(db: impl Sql<'_>, source: &str) -> Result<Vec<(String, FeatureId, Option<String>)>> {
    db.all("select external_id, id, fingerprint from feature where source = $1", (source,)).await
}

/// The columns of [`Placed`], up to the filter.
macro_rules! placed {
    ($filter:literal) => {
        concat!(
            "select f.id, f.kind, f.process_id, f.theme_id, f.status, f.wkb, f.points as score,
                    f.created_at, f.published_at is not null as published, f.slot_a, f.slot_b, f.slot_c,
                    (select string_agg(cast(a.area_id as text), ',') from feature_area a where a.feature_id = f.id)
                        as areas
             from feature f where ",
            $filter
        )
    };
}

/// What the live map needs of these features, in no order; those that are gone are missing.
///
/// # Errors
/// Where the database does not answer.
pub async fn placed(db: impl Sql<'_>, ids: &[i64]) -> Result<Vec<Placed>> {
    db.all(PLACED, (Ids(ids),)).await
}

/// The same, one by one: some of them have megabytes.
///
/// # Errors
/// Where the database does not answer, or of `visit`.
pub async fn each_of<'a>(
    db: impl Sql<'a>,
    ids: &[i64],
    visit: impl FnMut(Placed) -> Result<()> + Send + 'a,
) -> Result<()> {
    db.each(PLACED, (Ids(ids),), visit).await
}

const PLACED: Statement = by(placed!("f.id in (select value from json_each($1))"), placed!("f.id = any($1)"));

/// Visits where every feature is, published or not, and the areas that it is known to lie in.
///
/// # Errors
/// Where the database does not answer, or of `visit`.
pub async fn each_located<'a>(
    db: impl Sql<'a>,
    visit: impl FnMut(Located) -> Result<()> + Send + 'a,
) -> Result<()> {
    db.each(
        "select f.id, f.wkb, f.area_id,
                (select string_agg(cast(a.area_id as text), ',') from feature_area a where a.feature_id = f.id) as areas
         from feature f order by f.id",
        (),
        visit,
    )
    .await
}

/// Whether this visitor placed this feature.
///
/// # Errors
/// Where the database does not answer.
pub async fn is_author(db: impl Sql<'_>, id: FeatureId, visitor: Visitor) -> Result<bool> {
    let row: Option<(i64,)> =
        db.optional("select id from feature where id = $1 and author = $2", (id, visitor)).await?;
    Ok(row.is_some())
}

/// How many features there are, published or not.
///
/// # Errors
/// Where the database does not answer.
pub async fn count(db: impl Sql<'_>) -> Result<i64> {
    let (count,): (i64,) = db.one("select count(*) from feature", ()).await?;
    Ok(count)
}

pub(super) fn search_text(title: &str, body: &str) -> String {
    let mut text = fold(title);
    text.push(' ');
    text.push_str(&fold(body));
    text
}

/// Files a feature of a kind: each slot's new code, where it changes. Records nothing: the caller says why.
///
/// # Errors
/// [`Error::NotFound`] where there is no such feature of this kind.
pub async fn file(write: &mut Write, id: FeatureId, kind: Kind, slots: [Option<u32>; 3]) -> Result<()> {
    let [a, b, c] = slots.map(|code| code.map(i64::from));
    let changed = write
        .tx()
        .run(
            "update feature set slot_a = coalesce($3, slot_a), slot_b = coalesce($4, slot_b), slot_c = coalesce($5, slot_c)
             where id = $1 and kind = $2",
            (id, kind, a, b, c),
        )
        .await?;
    if changed == 0 { Err(Error::NotFound) } else { Ok(()) }
}
