//! A feature as GeoJSON (RFC 7946): the one way in which the API, exports and pages say it.

use super::{Card, geometry};
use crate::base::error::Result;
use serde_json::{Value, json};

/// A feature as GeoJSON.
///
/// # Errors
/// [`Error::Internal`] where the database holds what is no geometry.
pub fn card_json(card: &Card) -> Result<Value> {
    let place = card.wkb.as_deref().map(geometry::published).transpose()?;
    Ok(json!({
        "type": "Feature",
        "id": card.id,
        "geometry": place.map(|place| ::geojson::Geometry::from(&place)),
        "properties": {
            "kind": card.kind, "status": card.status, "process": card.process, "theme": card.theme,
            "title": card.title, "body": card.body, "areas": card.area_slugs(), "score": card.score(),
            "votes_for": card.votes_for, "votes_against": card.votes_against, "votes_neutral": card.votes_neutral,
            "voters": card.voters(), "withdrawn_at": card.withdrawn_at,
            "arguments_for": card.arguments_for, "arguments_against": card.arguments_against,
            "photo": card.photo,
            "created_at": card.created_at, "updated_at": card.updated_at,
        },
    }))
}
