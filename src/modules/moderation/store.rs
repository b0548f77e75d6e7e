//! What is known of a thing that moderators look at, in SQL. Which things are in the queue: `queue/store.rs`.

use crate::base::clock::Timestamp;
use crate::base::db::{Sql, Statement, by};
use crate::base::error::{Error, Result};
use crate::base::ids::{AreaId, DecisionId, FeatureId, ProcessId, Visitor};
use crate::civic::accounts::Jurisdiction;
use crate::civic::contributions::things::{self, PerKind, Thing, among_ids};
use crate::core::features::{Hold, geometry};
use crate::core::subject::{Moderated, Subject, SubjectKind};
use std::sync::LazyLock;

fn areas_of(joined: Option<&str>) -> Vec<AreaId> {
    joined.unwrap_or_default().split(',').filter_map(AreaId::of_text).collect()
}

/// All that a moderator sees of a thing, public or not.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Item {
    /// On whose page it stands, if on one's.
    pub(super) feature_id: Option<FeatureId>,
    subject_kind: String,
    subject_id: i64,
    /// The key of what it is called.
    pub(super) name: String,
    /// Its own title, or that of the contribution on whose page it stands.
    pub(super) title: String,
    /// The thing's own text; of a photo, what it shows.
    pub(super) body: String,
    pub(super) author: Option<Visitor>,
    /// Who placed the feature.
    pub(super) placed_by: Option<Visitor>,
    pub(super) created_at: Timestamp,
    pub(super) seen_at: Option<Timestamp>,
    pub(super) held: Option<Hold>,
    pub(super) process_id: Option<ProcessId>,
    pub(super) merged_into: Option<FeatureId>,
    /// When its author took it back, where a shell of it stays.
    pub(super) withdrawn_at: Option<Timestamp>,
    /// Whether a version that its author sent waits.
    pub(super) waits: bool,
    /// The last decision about it, whatever it was.
    pub(super) last: Option<DecisionId>,
    /// How many photos the feature has, and the last one's number.
    pub(super) photos: String,
    /// How many people voted on the contribution.
    pub(super) votes: i64,
    wkb: Option<Vec<u8>>,
    areas: Option<String>,
}

impl Item {
    pub(super) fn thing(&self) -> Thing {
        Thing::of(self.feature_id, Subject::of(&self.subject_kind, self.subject_id))
    }

    /// The contribution that it is, or on whose page it stands.
    ///
    /// # Errors
    /// [`Error::NotFound`] where it stands on none: what is asked for is done to contributions only.
    pub(super) fn feature(&self) -> Result<FeatureId> {
        self.feature_id.ok_or(Error::NotFound)
    }

    pub(super) fn place(&self) -> Jurisdiction {
        Jurisdiction { process: self.process_id, areas: areas_of(self.areas.as_deref()) }
    }

    /// Longitude and latitude of a pin that stands for it; nothing where only an area is known.
    pub(super) fn at(&self) -> Option<(f64, f64)> {
        let wkb = self.wkb.as_deref()?;
        let of_shape = || parvis_tiles::geometry::representative_point(&geometry::from_wkb(wkb).ok()?);
        geometry::point_of_wkb(wkb).or_else(of_shape)
    }

    /// What signals read: an argument alone, a feature with its title.
    pub(super) fn text(&self) -> String {
        if self.thing().is_feature() { format!("{}\n{}", self.title, self.body) } else { self.body.clone() }
    }

    /// Whether somebody made it, or the contribution that it is part of: who did does not decide about it.
    pub(super) fn is_of(&self, voice: Visitor) -> bool {
        self.author == Some(voice) || self.placed_by == Some(voice)
    }
}

/// A thing of a kind, with what is the contribution's on whose page it stands.
fn selected(kind: &SubjectKind, of: &Moderated) -> String {
    format!(
        "select r.feature_id, '{word}' as subject_kind, r.id as subject_id, r.name, r.title, r.body, r.author, r.created_at, r.seen_at,
                r.held, r.process_id, f.merged_into, f.withdrawn_at, f.wkb, f.author as placed_by,
                coalesce(f.votes_for + f.votes_against, 0) as votes,
                (select string_agg(cast(a.area_id as text), ',') from feature_area a where a.feature_id = f.id) as areas,
                (select cast(count(*) as text) || '.' || cast(coalesce(max(i.id), 0) as text) from photo i
                 where i.feature_id = f.id) as photos,
                (select max(d.id) from decision d where d.subject_kind = '{word}' and d.subject_id = r.id) as last,
                '{word}' = 'feature'
                  and exists (select 1 from revision v where v.subject_kind = 'feature' and v.subject_id = f.id
                                and v.held = 'waiting') as waits
         from ({rows}) r left join feature f on f.id = r.feature_id",
        word = kind.word,
        rows = of.rows
    )
}

static ITEM: LazyLock<PerKind> = LazyLock::new(|| {
    PerKind::new(|kind, of| {
        format!("{} where r.id = $1 and ($2 = 0 or r.feature_id = $2)", selected(kind, of))
    })
});

/// One thing.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn item(db: impl Sql<'_>, thing: Thing) -> Result<Item> {
    let feature = thing.feature.map_or(0, |feature| feature.0);
    db.optional(ITEM.of(thing.subject)?, (thing.subject.id, feature)).await?.ok_or(Error::NotFound)
}

/// A text for each database, of every kind's part of it with the condition that its rows are named by `$1`.
fn of_every_kind(joined: &str, part: impl Fn(&SubjectKind, &Moderated, &str) -> String) -> (String, String) {
    let of = |on: fn((String, String)) -> String| {
        let parts = things::moderated().map(|(kind, of)| part(kind, of, &on(among_ids(kind))));
        parts.collect::<Vec<_>>().join(joined)
    };
    (of(|(sqlite, _)| sqlite), of(|(_, postgres)| postgres))
}

static ITEMS: LazyLock<Statement> = LazyLock::new(|| {
    let part =
        |kind: &SubjectKind, of: &Moderated, named: &str| format!("{} where {named}", selected(kind, of));
    let (sqlite, postgres) = of_every_kind(" union all ", part);
    by(sqlite.leak(), postgres.leak())
});

/// Several things, in their order; those that are not there any more are left out.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn items(db: impl Sql<'_>, things: &[Thing]) -> Result<Vec<Item>> {
    let mut items: Vec<Item> = db.all(*ITEMS, (things::list(things),)).await?;
    let at = |item: &Item| things.iter().position(|thing| *thing == item.thing());
    items.retain(|item| at(item).is_some());
    items.sort_by_key(at);
    Ok(items)
}

static TIMES: LazyLock<Statement> = LazyLock::new(|| {
    let (sqlite, postgres) = of_every_kind(" union ", |_, of, named| {
        format!("select r.author from ({}) r where r.author is not null and {named}", of.rows)
    });
    let each = things::moderated().filter(|(_, of)| of.is_seen).map(|(_, of)| {
        format!(
            "select r.author, r.created_at from ({}) r
             where r.created_at between $2 and $3 and r.author in (select author from writing)",
            of.rows
        )
    });
    let each = each.collect::<Vec<_>>().join(" union all ");
    let text = |writing: &str| -> &'static str { format!("with writing as ({writing}) {each}").leak() };
    by(text(&sqlite), text(&postgres))
});

/// When the authors of several things contributed, between two instants: each thing of theirs once.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn times(
    db: &crate::base::db::Db,
    things: &[Thing],
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<(Visitor, Timestamp)>> {
    db.all(*TIMES, (things::list(things), from, to)).await
}

/// The latest features that are or were public, with what they say: what a new text is compared with.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn recent(db: impl Sql<'_>, most: i64) -> Result<Vec<(FeatureId, String, String)>> {
    db.all(
        "select id, title, body from feature where held is null or held in ('waiting', 'hidden')
         order by created_at desc, id desc limit $1",
        (most,),
    )
    .await
}

/// A line of the public log's other half: what became of appeals.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Settled {
    pub(super) decision_id: DecisionId,
    pub(super) outcome: crate::civic::contributions::appeals::Outcome,
}

/// The appeals against decisions of these numbers that were settled.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn settled(db: impl Sql<'_>, from: DecisionId, to: DecisionId) -> Result<Vec<Settled>> {
    db.all(
        "select decision_id, outcome from appeal
         where outcome is not null and decision_id between $1 and $2",
        (from, to),
    )
    .await
}

/// The journal's line of each decision of these numbers.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn journalled(
    db: impl Sql<'_>,
    from: DecisionId,
    to: DecisionId,
) -> Result<Vec<(DecisionId, i64)>> {
    db.all(
        // What stands on no contribution is named by its kind and number.
        "select d.id, min(j.seq) from decision d
         join journal j on j.at = d.decided_at
           and (j.feature_id = d.feature_id
                or (d.feature_id is null and j.subject = d.subject_kind || ':' || cast(d.subject_id as text)))
         where d.id between $1 and $2 group by d.id",
        (from, to),
    )
    .await
}
