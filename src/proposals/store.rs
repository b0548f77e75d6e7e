//! The proposals' SQL. Their rows are features; what only a proposal has will be a table of its own.

use super::model::NewProposal;
use crate::db::Sql;
use crate::error::Result;
use crate::features::{self, Channel, Kind, NewFeature, Status};
use crate::ids::{FeatureId, Visitor};
use crate::journal::{Act, Write};

/// Writes a proposal and publishes it at once.
pub(super) async fn insert(write: &mut Write, new: NewProposal, author: Visitor) -> Result<FeatureId> {
    let feature = NewFeature {
        kind: Kind::Proposal,
        process: None,
        theme: new.theme,
        status: Status::Open,
        title: new.title,
        body: new.body,
        geometry: new.geometry,
        stated_area: new.stated_area,
        areas: new.areas,
        author: Some(author),
        channel: Channel::Web,
        origin: None,
        created_at: write.at(),
    };
    features::store::insert(write, &feature, Act::Placed).await
}

/// Whether this visitor placed this feature.
pub(super) async fn is_author(db: impl Sql<'_>, id: FeatureId, visitor: Visitor) -> Result<bool> {
    features::store::is_author(db, id, visitor).await
}
