//! The proposals' SQL. Their rows are features; what only a proposal has will be a table of its own.

use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::ids::{FeatureId, Visitor};
use crate::civic::contributions::changing::Standing;
use crate::civic::processes::{Moderation, ProcessRules};
use crate::core::features::{self, Channel, Content, Hold, Kind, NewFeature, Status};
use crate::core::journal::{Act, Write};

/// Writes a proposal. It is public at once, or waits to be read first where the process wants that.
pub(super) async fn insert(
    write: &mut Write,
    new: Content,
    author: Visitor,
    process: &ProcessRules,
) -> Result<FeatureId> {
    let held = (process.settings.rules.moderation == Moderation::Before).then_some(Hold::Waiting);
    let feature = NewFeature {
        kind: Kind::PROPOSAL,
        process: process.process(),
        theme: new.theme,
        status: Status::OPEN,
        title: new.title,
        body: new.body,
        geometry: new.geometry,
        stated_area: new.stated_area,
        areas: new.areas,
        author: Some(author),
        channel: Channel::Web,
        origin: None,
        held,
        created_at: write.at(),
    };
    features::store::insert(write, &feature, Act::PLACED).await
}

/// A proposal as its author may see it, public or taken back.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Own {
    #[sqlx(flatten)]
    pub(super) standing: Standing,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) theme: Option<String>,
    pub(super) wkb: Option<Vec<u8>>,
    /// The slug of the area that stands for a place.
    pub(super) area: Option<String>,
}

/// Locks a feature's row: who else changes it, answers it or votes on it waits.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn lock(write: &mut Write, id: FeatureId) -> Result<()> {
    let locked = write.tx().run("update feature set updated_at = updated_at where id = $1", (id,)).await?;
    if locked == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// What somebody placed on this site: a proposal, or what another module has for its form, which is taken back here and changed there.
///
/// # Errors
/// [`Error::NotFound`] where there is none of that id.
pub(super) async fn own(db: impl Sql<'_>, id: FeatureId) -> Result<Own> {
    let row = db
        .optional(
            "select f.kind, f.author, f.status, f.title, f.body, t.slug as theme, f.wkb, a.slug as area,
                    f.held, f.withdrawn_at,
                    (select count(*) from answer w where w.feature_id = f.id and w.undone_at is null) as answers,
                    p.slug as process
             from feature f left join theme t on t.id = f.theme_id left join area a on a.id = f.area_id
             left join process p on p.id = f.process_id
             where f.id = $1 and f.kind <> 'project' and f.channel in ('web', 'demo')
               and coalesce(f.held, '') <> 'erased'",
            (id,),
        )
        .await?;
    row.ok_or(Error::NotFound)
}
